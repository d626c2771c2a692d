//! What is stored though it follows from other rows, computed again.

use crate::error::Result;
use crate::journal::{Checks, Snapshot};

use super::{Report, rows};

/// Looks, and adds what it finds to the report.
pub async fn look(db: &Snapshot, checks: &[&Checks], report: &mut Report) -> Result<()> {
    let mut count = 0;
    for stored in checks.iter().flat_map(|checks| checks.stored) {
        count += 1;
        let mut faults = Vec::new();
        for row in rows(db, stored.sql).await? {
            let [id, is, should] = [0, 1, 2].map(|at| row.try_get_by_index::<i64>(at));
            faults.push(stored.says.replace("{id}", &id?.to_string()).replace("{is}", &is?.to_string()).replace("{should}", &should?.to_string()));
        }
        report.found(faults);
    }
    for other in checks.iter().flat_map(|checks| checks.others) {
        count += 1;
        report.found(other(db).await?);
    }
    report.looked("stored counts", count);
    Ok(())
}
