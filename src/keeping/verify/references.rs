//! The schema and what it demands: tables and columns are those that the migrations make, every reference finds its row,
//! the next id is above all that were given out.

use crate::error::Result;
use crate::journal::{NewDatabase, Reads, Snapshot, known_migrations};
use crate::keeping::schema::{migrations, quoted, references, shapes};

use super::{Report, rows};

/// Looks, and adds what it finds to the report.
pub async fn look(db: &Snapshot, report: &mut Report) -> Result<()> {
    let applied = migrations(db).await?;
    let known = known_migrations();
    if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
        report.found(vec![format!("The database has the migration {newer}, which this program does not know: it was made by a newer release.")]);
        return Ok(());
    }
    // The schema as it should be, made anew: a reference that was dropped from the database is looked at all the same.
    let meant = NewDatabase::in_memory().await?;
    meant.make_schema(&applied).await?;
    let found = shapes(db).await?;
    let mut missing = Vec::new();
    for table in shapes(&meant).await? {
        let name = &table.head.name;
        match found.iter().find(|shape| shape.head.name == *name) {
            None => missing.push(format!("The table {name} is missing.")),
            Some(shape) => {
                let gone = table.head.columns.iter().filter(|column| !shape.head.columns.contains(column));
                missing.extend(gone.map(|column| format!("The column {name}.{} is missing or holds something else.", column.name)));
            }
        }
    }
    report.looked("tables", found.len());
    if !missing.is_empty() {
        report.found(missing);
        return Ok(());
    }
    let all = references(&meant).await?;
    for reference in &all {
        let [table, column, target, id] = [&reference.table, &reference.column, &reference.target, &reference.target_column].map(|name| quoted(name));
        let sql = format!("SELECT {column} AS lost FROM {table} WHERE {column} IS NOT NULL EXCEPT SELECT {id} FROM {target}");
        let lost: Result<Vec<i64>, _> = rows(db, &sql).await?.iter().map(|row| row.try_get_by_index(0)).collect();
        report.found(lost?.into_iter().map(|id| format!("A row of {} points by {} to {} {id}, which is not there.", reference.table, reference.column, reference.target)).collect());
    }
    report.looked("foreign keys", all.len());
    numbering(db, &found, report).await
}

/// An id that was given out must never be given again.
async fn numbering(db: &Snapshot, found: &[crate::keeping::schema::Shape], report: &mut Report) -> Result<()> {
    let with_ids = found.iter().filter(|shape| shape.gives_ids);
    let mut count = 0;
    for shape in with_ids {
        count += 1;
        let name = &shape.head.name;
        let highest: i64 = db.value(&format!("SELECT COALESCE(MAX(id), 0) FROM {}", quoted(name)), vec![]).await?.unwrap_or(0);
        let last = shape.head.last_id.unwrap_or(0);
        if last < highest {
            report.found(vec![format!("The next id of {name} would be {}, but {highest} was given out already.", last + 1)]);
        }
    }
    report.looked("the next ids", count);
    Ok(())
}
