//! The rows that the tables declare as a Member's own.

use futures_util::{StreamExt, pin_mut};
use sea_orm::QueryResult;
use serde_json::{Map, Value, json};

use crate::app::TABLES;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{OnExport, Snapshot, Table};
use crate::keeping::schema::{Shape, shapes};
use crate::people::MemberId;

/// A table's rows: columns by their names, instants as RFC 3339.
pub struct Gathered {
    pub table: &'static str,
    pub rows: Vec<Map<String, Value>>,
}

/// Whether a column holds an instant: all that do are called so.
pub(super) fn is_instant(column: &str) -> bool {
    column == "at" || column == "since" || column == "deadline" || column.ends_with("_at")
}

/// One table's rows of a Member, still to be read.
struct Wanted {
    table: &'static Table,
    shape: Shape,
    sql: String,
}

/// What is to be read, in the order of the registry.
fn wanted(shapes: Vec<Shape>, member: MemberId) -> Result<Vec<Wanted>> {
    let exported = TABLES.iter().copied().flatten().filter(|table| table.export == OnExport::Rows);
    exported
        .map(|table| {
            let shape = shapes.iter().find(|shape| shape.head.name == table.name).ok_or_else(|| Error::bug(format!("no table {}", table.name)))?;
            let owner = table.members.first().ok_or_else(|| Error::bug(format!("{}: whose rows?", table.name)))?;
            Ok(Wanted { table, sql: shape.select_of(owner, member.0), shape: shape.clone() })
        })
        .collect()
}

/// Every row whose first declared column is this Member, in the order of the registry and of the keys.
pub async fn gather(db: &Snapshot, member: MemberId) -> Result<Vec<Gathered>> {
    let mut gathered = Vec::new();
    for Wanted { table, shape, sql } in wanted(shapes(db).await?, member)? {
        let stream = db.stream(&sql).await?;
        pin_mut!(stream);
        let mut rows = Vec::new();
        while let Some(row) = stream.next().await {
            rows.push(named(table, &shape, &row?)?);
        }
        gathered.push(Gathered { table: table.name, rows });
    }
    Ok(gathered)
}

fn named(table: &Table, shape: &Shape, row: &QueryResult) -> Result<Map<String, Value>> {
    let cells = shape.cells(row)?;
    let shown = shape.head.columns.iter().zip(cells).filter(|(column, _)| !table.hides.contains(&column.name.as_str()));
    Ok(shown.map(|(column, cell)| (column.name.clone(), told(&column.name, cell))).collect())
}

fn told(column: &str, cell: Option<Value>) -> Value {
    match cell {
        Some(Value::Number(micros)) if is_instant(column) => micros.as_i64().map_or(Value::Null, |micros| rfc3339(Instant::from_micros(micros)).into()),
        Some(value) => value,
        None => Value::Null,
    }
}

fn rfc3339(at: Instant) -> String {
    at.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// All of it for programs.
pub fn json(site: &str, address: &str, handle: &str, made_at: Instant, tables: Vec<Gathered>) -> Value {
    let tables: Map<String, Value> = tables.into_iter().map(|gathered| (gathered.table.to_owned(), gathered.rows.into_iter().map(Value::Object).collect())).collect();
    json!({ "site": site, "address": address, "handle": handle, "made_at": rfc3339(made_at), "tables": tables })
}
