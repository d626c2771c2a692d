//! What tables a database has, in words that both databases mean.

use std::collections::BTreeMap;

use sea_orm::{DbBackend, QueryResult};

use super::format::{Column, Holds, TableHead};
use crate::error::{Error, Result};
use crate::journal::Reads;
use crate::values;

/// A reference that the schema declares: every `column` of `table` is NULL or an `id` of `target`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    pub table: String,
    pub column: String,
    pub target: String,
    pub target_column: String,
}

/// One table: how its rows are read, in which order.
#[derive(Clone, Debug)]
pub struct Shape {
    pub head: TableHead,
    /// The columns of its primary key, in their order.
    key: Vec<String>,
    /// Whether the database gives its ids, each once.
    pub gives_ids: bool,
}

impl Shape {
    /// All rows, in the order of the primary key, which is the same on both databases.
    pub fn select(&self) -> String {
        let columns: Vec<String> = self.head.columns.iter().map(|column| quoted(&column.name)).collect();
        let key: Vec<String> = self.key.iter().map(|column| quoted(column)).collect();
        format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), quoted(&self.head.name), key.join(", "))
    }

    /// The rows whose `column` holds this id, in the same order.
    pub fn select_of(&self, column: &str, id: i64) -> String {
        let all = self.select();
        let (from, order) = all.split_once(" ORDER BY ").unwrap_or((&all, ""));
        format!("{from} WHERE {} = {id} ORDER BY {order}", quoted(column))
    }

    /// A row as its line: a JSON array and an end.
    pub fn line(&self, row: &QueryResult, into: &mut Vec<u8>) -> Result<()> {
        let cells = self.cells(row)?;
        serde_json::to_writer(&mut *into, &cells).map_err(Error::bug)?;
        into.push(b'\n');
        Ok(())
    }

    /// What a row holds, in the order of the columns; `None` is NULL.
    pub fn cells(&self, row: &QueryResult) -> Result<Vec<Option<serde_json::Value>>> {
        let mut cells = Vec::with_capacity(self.head.columns.len());
        for (at, column) in self.head.columns.iter().enumerate() {
            cells.push(match column.holds {
                Holds::Integer => row.try_get_by_index::<Option<i64>>(at)?.map(serde_json::Value::from),
                Holds::Boolean => row.try_get_by_index::<Option<bool>>(at)?.map(serde_json::Value::from),
                Holds::Text => row.try_get_by_index::<Option<String>>(at)?.map(serde_json::Value::from),
            });
        }
        Ok(cells)
    }
}

/// A name as a statement takes it, whatever it is.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The statement that puts the rows of a JSON array (`$1`) into a table.
pub fn insert(table: &TableHead, backend: DbBackend) -> String {
    let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let cells = table.columns.iter().enumerate().map(|(at, column)| match (backend, column.holds) {
        (DbBackend::Postgres, Holds::Integer) => format!("CAST(line.value ->> {at} AS BIGINT)"),
        (DbBackend::Postgres, Holds::Boolean) => format!("CAST(line.value ->> {at} AS BOOLEAN)"),
        _ => format!("line.value ->> {at}"),
    });
    let lines = if backend == DbBackend::Postgres { "json_array_elements(CAST($1 AS JSON)) AS line(value)" } else { "json_each($1) AS line" };
    format!("INSERT INTO {} ({}) SELECT {} FROM {lines}", quoted(&table.name), names.join(", "), cells.collect::<Vec<_>>().join(", "))
}

/// Every table but the one that remembers migrations, by name.
pub async fn shapes(db: &impl Reads) -> Result<Vec<Shape>> {
    let sql = match db.backend() {
        DbBackend::Postgres => {
            "SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, a.atttypmod),
                    CAST(COALESCE(array_position(CAST(i.indkey AS int2[]), a.attnum), -1) AS BIGINT)
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
             LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
             WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS regnamespace) ORDER BY c.relname COLLATE \"C\", a.attnum"
        }
        _ => {
            "SELECT t.name, c.name, c.type, CASE c.pk WHEN 0 THEN -1 ELSE c.pk END FROM sqlite_master t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY t.name, c.cid"
        }
    };
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    let mut keys: BTreeMap<String, Vec<(i64, String)>> = BTreeMap::new();
    for row in db.rows(sql, vec![]).await? {
        let (table, column, declared): (String, String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let place: i64 = row.try_get_by_index(3)?;
        let holds = holds(&declared).ok_or_else(|| Error::bug(format!("{table}.{column} is {declared}, which no backup knows how to keep")))?;
        if place >= 0 {
            keys.entry(table.clone()).or_default().push((place, column.clone()));
        }
        tables.entry(table).or_default().push(Column { name: column, holds });
    }
    tables.remove("migration");
    let mut shapes = Vec::new();
    for (name, columns) in tables {
        let mut key = keys.remove(&name).ok_or_else(|| Error::bug(format!("{name} has no primary key, so its rows have no order")))?;
        key.sort();
        let gives_ids = gives_ids(db, &name).await?;
        let last_id = if gives_ids { last_id(db, &name).await? } else { None };
        let key = key.into_iter().map(|(_, column)| column).collect();
        shapes.push(Shape { head: TableHead { name, columns, last_id }, key, gives_ids });
    }
    Ok(shapes)
}

fn holds(declared: &str) -> Option<Holds> {
    match declared.to_ascii_lowercase().as_str() {
        "bigint" | "integer" => Some(Holds::Integer),
        "boolean" => Some(Holds::Boolean),
        "text" => Some(Holds::Text),
        _ => None,
    }
}

/// Whether the database itself gives a table's ids, each once.
async fn gives_ids(db: &impl Reads, table: &str) -> Result<bool> {
    if db.backend() == DbBackend::Postgres {
        return Ok(sequence(db, table).await?.is_some());
    }
    let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1 AND sql LIKE '%AUTOINCREMENT%'";
    Ok(!db.rows(sql, values![table]).await?.is_empty())
}

/// The highest id that a table ever gave out, where the database gives them; `None` when it gave none yet.
pub async fn last_id(db: &impl Reads, table: &str) -> Result<Option<i64>> {
    if db.backend() != DbBackend::Postgres {
        return db.value("SELECT seq FROM sqlite_sequence WHERE name = $1", values![table]).await;
    }
    let Some(sequence) = sequence(db, table).await? else { return Ok(None) };
    db.value(&format!("SELECT last_value FROM {sequence} WHERE is_called"), vec![]).await
}

/// The sequence behind a table's ids, ready for a statement (PostgreSQL).
pub async fn sequence(db: &impl Reads, table: &str) -> Result<Option<String>> {
    let has_id = "SELECT 1 FROM pg_attribute WHERE attrelid = CAST($1 AS regclass) AND attname = 'id' AND attidentity <> ''";
    if db.rows(has_id, values![quoted(table)]).await?.is_empty() {
        return Ok(None);
    }
    Ok(db.value::<Option<String>>("SELECT pg_get_serial_sequence($1, 'id')", values![quoted(table)]).await?.flatten())
}

/// The migrations that were applied, in their order.
pub async fn migrations(db: &impl Reads) -> Result<Vec<String>> {
    db.column("SELECT name FROM migration ORDER BY name LIMIT 10000", vec![]).await
}

/// Every reference that a SQLite schema declares.
pub async fn references(db: &impl Reads) -> Result<Vec<Reference>> {
    let sql = "SELECT t.name, f.\"from\", f.\"table\", COALESCE(f.\"to\", 'id') FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f
               WHERE t.type = 'table' ORDER BY t.name, f.id, f.seq";
    let rows = db.rows(sql, vec![]).await?;
    rows.iter()
        .map(|row| {
            let [table, column, target, target_column] = [0, 1, 2, 3].map(|at| row.try_get_by_index::<String>(at));
            Ok(Reference { table: table?, column: column?, target: target?, target_column: target_column? })
        })
        .collect()
}
