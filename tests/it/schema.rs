//! The schema walk: no table, and no column that can reach a Member, without its promise.
//!
//! A new table is declared in its domain's `TABLES`, with what exporting and erasing a Member does to it. A table
//! kept by `site.note` alone has to be named here, too: what is not journaled is exactly this list.

use std::collections::{BTreeMap, BTreeSet};

use plenary::app::TABLES;
use plenary::journal::{Kept, OnErase, OnExport, Reads, Table};
use plenary::values;
use sea_orm::DbBackend;

use crate::both_databases;
use crate::support::TestSite;

/// The books: positions, leases, sessions' last use, drafts, caches. Nothing here is journaled.
#[rustfmt::skip]
const BOOKED: &[&str] = &[
    // the journal itself
    "journal", "journal_room", "journal_floor", "reader", "form_key", "setting", "migration",
    // people
    "session_use", "link", "account_event",
    // the words that people are found by
    "member_word",
    // mail
    "outbox",
    // what is planned
    "digest_plan", "digest",
    // Workshops
    "invitation", "workshop_reminder",
    // backups by the clock
    "backup",
];

/// Names of columns that hold a Member's id, whether or not the schema says so by a foreign key.
const NAMES: &[&str] = &["member", "author", "actor", "by", "owner", "host", "facilitator", "speaker", "assignee", "reporter", "voter", "guest_of"];
const ENDINGS: &[&str] = &["_by", "_member", "_author", "_actor"];

both_databases!(every_table_and_every_column_that_reaches_a_member_is_declared);

/// A table's columns, and those of them that point to `member`.
type Schema = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

async fn every_table_and_every_column_that_reaches_a_member_is_declared(site: TestSite) {
    let schema = schema(&site).await;
    let declared: Vec<&Table> = TABLES.iter().copied().flatten().collect();
    let mut wrong = Vec::new();
    for (name, (columns, pointing)) in &schema {
        let Some(table) = declared.iter().find(|table| table.name == *name) else {
            wrong.push(format!("{name}: no TABLES of any domain says what exporting and erasing a Member does to it"));
            continue;
        };
        let named = columns.iter().filter(|column| NAMES.contains(&column.as_str()) || ENDINGS.iter().any(|ending| column.ends_with(ending)));
        let reaching: BTreeSet<&String> = pointing.iter().chain(named).collect();
        wrong.extend(reaching.iter().filter(|column| !table.members.contains(&column.as_str())).map(|column| format!("{name}.{column} can reach a Member and is not in its declaration")));
        wrong.extend(table.members.iter().filter(|column| !columns.contains(**column)).map(|column| format!("{name}.{column} is declared, but there is no such column")));
    }
    for table in &declared {
        let count = declared.iter().filter(|other| other.name == table.name).count();
        let reaches = !table.members.is_empty();
        let columns = schema.get(table.name).map(|(columns, _)| columns).cloned().unwrap_or_default();
        let proves = |column: &&String| table.export == OnExport::Rows && !column.starts_with("is_") && ["hash", "token", "secret", "salt"].iter().any(|part| column.contains(part)) && !table.hides.contains(&column.as_str());
        wrong.extend(columns.iter().filter(proves).map(|column| format!("{}.{column} would be exported: hide it", table.name)));
        wrong.extend(table.hides.iter().filter(|column| !columns.contains(**column)).map(|column| format!("{}.{column} is hidden, but there is no such column", table.name)));
        match () {
            () if !schema.contains_key(table.name) => wrong.push(format!("{} is declared, but there is no such table", table.name)),
            () if count > 1 => wrong.push(format!("{} is declared {count} times", table.name)),
            () if reaches && matches!(table.erase, OnErase::Nothing(_)) => wrong.push(format!("{}: erasing a Member does nothing to it, yet it holds Members", table.name)),
            () if !reaches && table.erase == OnErase::Delete => wrong.push(format!("{}: whose rows go when a Member is erased? It names no column", table.name)),
            () if !reaches && table.export == OnExport::Rows => wrong.push(format!("{}: whose rows are exported? It names no column", table.name)),
            () => {}
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_not_journaled_is_exactly_the_listed_tables() {
    let booked: BTreeSet<&str> = TABLES.iter().copied().flatten().filter(|table| table.kept == Kept::Booked).map(|table| table.name).collect();
    let listed: BTreeSet<&str> = BOOKED.iter().copied().collect();
    let extra: Vec<&&str> = booked.difference(&listed).collect();
    let gone: Vec<&&str> = listed.difference(&booked).collect();
    assert!(extra.is_empty(), "kept without entries, but not in the list of tests/it/schema.rs: {extra:?}");
    assert!(gone.is_empty(), "in the list of tests/it/schema.rs, but journaled or gone: {gone:?}");
}

async fn schema(site: &TestSite) -> Schema {
    let db = &site.site.db;
    let (tables, columns, pointing) = match db.backend() {
        DbBackend::Sqlite => (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            "SELECT name FROM pragma_table_info($1)",
            "SELECT \"from\" FROM pragma_foreign_key_list($1) WHERE \"table\" = 'member'",
        ),
        _ => (
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1",
            "SELECT CAST(a.attname AS TEXT) FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
             WHERE c.contype = 'f' AND c.confrelid = 'member'::regclass AND c.conrelid = to_regclass($1)",
        ),
    };
    let mut schema = Schema::new();
    for table in db.column::<String>(tables, vec![]).await.unwrap() {
        let columns: Vec<String> = db.column(columns, values![table.clone()]).await.unwrap();
        let pointing: Vec<String> = db.column(pointing, values![table.clone()]).await.unwrap();
        schema.insert(table, (columns.into_iter().collect(), pointing.into_iter().collect()));
    }
    assert!(schema["post"].1.contains("author"), "the walk sees foreign keys");
    schema
}
