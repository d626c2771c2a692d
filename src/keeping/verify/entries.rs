//! The journal against the rows: what it tells of is there, and what is there was told.

use sea_orm::DbBackend;

use crate::error::Result;
use crate::journal::{Checks, Reads, Snapshot};

use super::{Report, rows};

/// What must be true of the journal itself: words with `{id}`, and a statement that gives the faults' ids.
const OWN: &[(&str, &str)] = &[
    ("Entry {id} of the journal is in no Room, so nobody hears it.", "SELECT id FROM journal EXCEPT SELECT id FROM journal_room"),
    ("A Room has the entry {id}, which the journal does not have.", "SELECT id FROM journal_room EXCEPT SELECT id FROM journal"),
    ("The journal names Member {id} as who did something, who is not there.", "SELECT actor FROM journal WHERE actor IS NOT NULL EXCEPT SELECT id FROM member"),
    (
        "A reader of the journal stands at {id}, which is above its last entry.",
        "SELECT position FROM reader WHERE position > (SELECT COALESCE(MAX(id), 0) FROM journal)",
    ),
];

/// Looks, and adds what it finds to the report.
pub async fn look(db: &Snapshot, checks: &[&Checks], report: &mut Report) -> Result<()> {
    for (says, sql) in OWN {
        let found = ids(db, sql).await?;
        report.found(found.into_iter().map(|ids| says.replace("{id}", &ids[0].to_string())).collect());
    }
    let mut count = OWN.len();
    for checks in checks {
        let domain = checks.domain;
        for (name, table) in checks.things {
            count += 1;
            let id = id_in(name, db.backend());
            // A dot ends a domain's name, and a slash is what comes after a dot.
            let sql = format!("SELECT {id} FROM journal WHERE kind >= '{domain}.' AND kind < '{domain}/' AND {id} IS NOT NULL EXCEPT SELECT id FROM {table}");
            let found = ids(db, &sql).await?;
            report.found(found.into_iter().map(|ids| format!("The journal tells of {table} {}, which is not there.", ids[0])).collect());
        }
        for told in checks.told {
            count += 1;
            let kinds: Vec<String> = told.kinds.iter().map(|kind| format!("'{domain}.{kind}'")).collect();
            let places: Vec<String> = told.ids.iter().map(|name| id_in(name, db.backend())).collect();
            let sql = format!("{} EXCEPT SELECT {} FROM journal WHERE kind IN ({})", told.rows, places.join(", "), kinds.join(", "));
            let found = ids(db, &sql).await?;
            let words = |ids: Vec<i64>| told.says.replace("{id}", &ids[0].to_string()).replace("{second}", &ids.last().map_or(String::new(), ToString::to_string));
            report.found(found.into_iter().map(words).collect());
        }
    }
    report.looked("the journal and its rows", count);
    Ok(())
}

/// An id that entries hold under a name.
fn id_in(name: &str, backend: DbBackend) -> String {
    match (name, backend) {
        ("about", _) => "about".into(),
        (_, DbBackend::Postgres) => format!("CAST(CAST(more AS JSON) ->> '{name}' AS BIGINT)"),
        _ => format!("more ->> '{name}'"),
    }
}

/// One id or two of each fault.
async fn ids(db: &Snapshot, sql: &str) -> Result<Vec<Vec<i64>>> {
    let mut found = Vec::new();
    for row in rows(db, sql).await? {
        let mut ids = vec![row.try_get_by_index::<i64>(0)?];
        ids.extend(row.try_get_by_index::<i64>(1).ok());
        found.push(ids);
    }
    Ok(found)
}
