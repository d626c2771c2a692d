//! Filling a database with a backup's rows: in any order, since references are looked at when all rows are there.

use sea_orm::DbBackend;
use tokio::sync::mpsc;

use super::Part;
use crate::journal::{NewDatabase, Reads};
use crate::keeping::Fault;
use crate::keeping::format::{Head, TableHead};
use crate::keeping::schema::{insert, last_id, quoted, sequence, shapes};
use crate::values;

/// A database that is filled.
pub struct Rows {
    database: NewDatabase,
    head: Head,
    /// PostgreSQL: the references that were taken off, with the statements that put them back.
    references: Vec<String>,
    count: u64,
}

impl Rows {
    /// Makes the schema as the backup's migrations left it, in a database that must be empty.
    pub async fn begin(database: NewDatabase, head: Head) -> Result<Self, Fault> {
        if database.backend() == DbBackend::Postgres {
            let first = "SELECT CAST(relname AS TEXT) FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'p') AND relnamespace = CAST(current_schema() AS regnamespace) LIMIT 1";
            if let Some(table) = database.value::<String>(first, vec![]).await? {
                return Err(Fault::NotEmpty(format!("the database isn't empty (it has the table {table})")));
            }
        }
        database.make_schema(&head.migrations).await?;
        let made: Vec<TableHead> = shapes(&database).await?.into_iter().map(|shape| shape.head).collect();
        for table in &head.tables {
            let is_known = made.iter().any(|known| known.name == table.name && table.columns.iter().all(|column| known.columns.contains(column)));
            if !is_known {
                return Err(Fault::changed(format!("its table {} is none that its migrations make", table.name)));
            }
        }
        let references = if database.backend() == DbBackend::Postgres { take_off(&database).await? } else { Vec::new() };
        Ok(Self { database, head, references, count: 0 })
    }

    /// Puts rows in as they come, to the end; `Err(None)` when they broke off before it.
    pub async fn fill(mut self, mut coming: mpsc::Receiver<Part>) -> Result<Self, Option<Fault>> {
        loop {
            let (name, lines) = match coming.recv().await {
                Some(Part::Rows(name, lines)) => (name, lines),
                Some(Part::End) => return Ok(self),
                None => return Err(None),
            };
            self.count += self.put(&name, lines).await?;
        }
    }

    async fn put(&self, name: &str, lines: Vec<u8>) -> Result<u64, Fault> {
        let table = self.head.tables.iter().find(|table| table.name == name).ok_or_else(|| Fault::changed(format!("the table {name} is not in its head")))?;
        let put = self.database.write(&insert(table, self.database.backend()), values![array_of(lines)?]).await;
        put.map_err(|e| Fault::changed(format!("its rows of {name} cannot be taken: {e}")))
    }

    /// Rows that were put in.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The last steps: ids go on where they were, references hold, and it is another epoch than the one that was backed up.
    pub async fn end(self, epoch: &str) -> Result<NewDatabase, Fault> {
        let database = self.database;
        for table in &self.head.tables {
            go_on(&database, table).await?;
        }
        for reference in &self.references {
            database.run(reference).await.map_err(|e| Fault::changed(format!("a row points to one that is missing: {e}")))?;
        }
        if database.backend() != DbBackend::Postgres
            && let Some(broken) = database.rows("PRAGMA foreign_key_check", vec![]).await?.first()
        {
            let (table, target): (String, String) = (broken.try_get_by_index(0).map_err(crate::Error::from)?, broken.try_get_by_index(2).map_err(crate::Error::from)?);
            return Err(Fault::changed(format!("a row of {table} points to one of {target} that is missing")));
        }
        database.write("DELETE FROM setting WHERE name = 'epoch'", vec![]).await?;
        database.write("INSERT INTO setting (name, value) VALUES ('epoch', $1)", values![epoch]).await?;
        Ok(database)
    }
}

/// Lines as one JSON array.
fn array_of(mut lines: Vec<u8>) -> Result<String, Fault> {
    lines.pop_if(|end| *end == b'\n');
    // Inside JSON an end of line is always escaped, so these are the ends of rows.
    lines.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b',');
    let mut array = Vec::with_capacity(lines.len() + 2);
    array.push(b'[');
    array.append(&mut lines);
    array.push(b']');
    String::from_utf8(array).map_err(|_| Fault::changed("its rows are no text"))
}

/// Takes all references off (PostgreSQL would look at each row as it comes); how to put them back.
async fn take_off(database: &NewDatabase) -> Result<Vec<String>, Fault> {
    let sql = "SELECT CAST(t.relname AS TEXT), CAST(c.conname AS TEXT), pg_get_constraintdef(c.oid) FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
               WHERE c.contype = 'f' AND c.connamespace = CAST(current_schema() AS regnamespace) ORDER BY c.conname";
    let mut back = Vec::new();
    for row in database.rows(sql, vec![]).await? {
        let [table, name, definition] = [0, 1, 2].map(|at| row.try_get_by_index::<String>(at).map_err(crate::Error::from));
        let (table, name) = (quoted(&table?), quoted(&name?));
        database.run(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}")).await?;
        back.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {}", definition?));
    }
    Ok(back)
}

/// The next id is the one after the highest that was ever given out, not after the highest that is left.
async fn go_on(database: &NewDatabase, table: &TableHead) -> Result<(), Fault> {
    let Some(last) = table.last_id else { return Ok(()) };
    if database.backend() == DbBackend::Postgres {
        if let Some(sequence) = sequence(database, &table.name).await? {
            database.rows("SELECT setval(CAST($1 AS regclass), $2)", values![sequence, last]).await?;
        }
        return Ok(());
    }
    if last_id(database, &table.name).await?.is_none() {
        database.write("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", values![table.name.clone(), last]).await?;
    }
    database.write("UPDATE sqlite_sequence SET seq = $2 WHERE name = $1", values![table.name.clone(), last]).await?;
    Ok(())
}
