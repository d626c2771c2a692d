//! A row of one Member in every table that can hold one, whatever the table: words that say where they stand, numbers
//! that no other column has. What exports and erasing promise is proven on them.

use std::collections::BTreeMap;

use plenary::app::TABLES;
use plenary::journal::Reads;
use plenary::people::MemberId;
use plenary::values;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DbBackend};
use serde_json::{Value, json};

use super::TestSite;

/// What was put into a table: column and value, as an export tells it.
pub type Filled = BTreeMap<String, Value>;

/// Fills every table but `member` and the journal. References are not looked at, so that no table needs another.
pub async fn fill(site: &TestSite, member: MemberId) -> BTreeMap<&'static str, Filled> {
    let backend = site.site.db.backend();
    let mut options = ConnectOptions::new(&site.settings.database_url);
    options.max_connections(1);
    let db = Database::connect(options).await.unwrap();
    let free = if backend == DbBackend::Postgres { "SET session_replication_role = replica" } else { "PRAGMA foreign_keys = OFF" };
    db.execute_unprepared(free).await.unwrap();
    let soon = site.site.now().plus(chrono::Duration::days(3)).micros();
    let (mut all, mut number) = (BTreeMap::new(), 0);
    for table in TABLES.iter().copied().flatten().filter(|table| !table.members.is_empty() && !["member", "journal"].contains(&table.name)) {
        let mut row = Filled::new();
        let (mut names, mut cells) = (Vec::new(), Vec::new());
        for (column, kind) in columns(site, table.name).await {
            number += 1;
            let is_instant = ["at", "since", "deadline"].contains(&column.as_str()) || column.ends_with("_at");
            let (cell, told) = match kind.as_str() {
                // A row whose words are there still; and SQLite looks at a table's references to itself at any change.
                _ if column == "erased_at" || column == "series" => ("NULL".into(), Value::Null),
                _ if table.members.contains(&column.as_str()) => (member.to_string(), json!(member.0)),
                "text" => (format!("'mark-{}-{column}'", table.name), json!(format!("mark-{}-{column}", table.name))),
                "boolean" => ("TRUE".into(), json!(true)),
                _ if is_instant => ((soon + number).to_string(), json!(chrono::DateTime::from_timestamp_micros(soon + number).unwrap().to_rfc3339_opts(chrono::SecondsFormat::Micros, true))),
                _ => ((7_000_000 + number).to_string(), json!(7_000_000 + number)),
            };
            row.insert(column.clone(), told);
            names.push(format!("\"{column}\""));
            cells.push(cell);
        }
        let sql = format!("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT DO NOTHING", table.name, names.join(", "), cells.join(", "));
        let made = db.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        if made.rows_affected() == 0 {
            // One of each Member at most, and there is one: this stands in its place.
            db.execute_unprepared(&format!("DELETE FROM {} WHERE {} = {member}", table.name, table.members[0])).await.unwrap();
            db.execute_unprepared(&sql).await.unwrap();
        }
        all.insert(table.name, row);
    }
    db.close().await.unwrap();
    all
}

/// A table's columns with their kinds, in lower case.
pub async fn columns(site: &TestSite, table: &str) -> Vec<(String, String)> {
    let sql = match site.site.db.backend() {
        DbBackend::Sqlite => "SELECT name, lower(type) FROM pragma_table_info($1) ORDER BY cid",
        _ => "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position",
    };
    let rows = site.site.db.rows(sql, values![table]).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
}
