//! The page of an export: what a person would want to read of their rows, with titles instead of numbers. The JSON
//! beside it holds every column.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use chrono_tz::Tz;
use serde_json::{Map, Value};

use super::gather::{Gathered, is_instant};
use crate::app::TABLES;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Reads, Snapshot, Title};
use crate::people::Reader;
use crate::people::rights::readable;
use crate::values;
use crate::web::Words;

/// The columns that the page shows, in the order in which a row tells them; each has its word (`export-column-…`).
#[rustfmt::skip]
pub const COLUMNS: &[&str] = &[
    "name", "handle", "email", "old_email", "new_email", "title", "organisation", "speaks_for", "space", "topic", "workshop", "board", "dialogue", "stage",
    "number", "kind", "recipient", "subject", "program", "entered_for", "source", "text", "words", "about", "choice", "reason", "target", "amount",
    "numbers", "standing", "state", "role", "language", "zone", "theme", "weekday", "hour", "immediate", "moderates", "local_start", "minutes", "local_date",
    "at", "since", "asked_at", "ready_at", "due_at", "done_at", "undone_at", "created_at", "confirmed_at", "practitioner_at", "edited_at", "deleted_at", "withdrawn_at", "joined_at", "came_at",
    "raised_at", "spoken", "read_at", "next_at", "planned_at", "last_post_at", "closed_at", "cancelled_at",
];

/// Columns with words of one's own, shown as they were written.
const WRITTEN: &[&str] = &["source", "text", "words", "about", "reason"];
/// Columns that point to a table of another name.
const POINTS: &[(&str, &str)] = &[("speaks_for", "organisation")];

/// Whose page it is, and for whom.
pub struct About {
    pub words: Words,
    pub zone: Tz,
    pub name: String,
    pub site_name: String,
    pub base_url: String,
    pub made_at: Instant,
}

enum Cell {
    Plain(String),
    Written(String),
    Link { title: String, href: String },
}

struct Section {
    id: &'static str,
    title: String,
    rows: Vec<Vec<(String, Cell)>>,
}

#[derive(Template)]
#[template(path = "people/export.html")]
struct ExportPage<'a> {
    about: &'a About,
    title: String,
    made: String,
    sections: Vec<Section>,
}

/// The page, whole in itself.
pub async fn page(db: &Snapshot, reader: &Reader, about: &About, tables: &[Gathered]) -> Result<String> {
    let titles = look_up(db, readable(reader, "s"), pointed_to(tables)).await?;
    let with_rows = tables.iter().filter(|gathered| !gathered.rows.is_empty());
    let sections = with_rows.map(|gathered| Section {
        id: gathered.table,
        title: about.words.t(format!("export-table-{}", gathered.table)),
        rows: gathered.rows.iter().map(|row| cells(about, &titles, row)).collect(),
    });
    let title = about.words.t2("export-title", ("name", &about.name), ("site", &about.site_name));
    Ok(ExportPage { about, title, made: about.words.moment(about.made_at, about.zone), sections: sections.collect() }.render()?)
}

/// What a column points to: a table whose rows have titles.
fn target(column: &str) -> Option<(&'static str, Title)> {
    let name = POINTS.iter().find(|(known, _)| *known == column).map_or(column, |(_, table)| table);
    let table = TABLES.iter().copied().flatten().find(|table| table.name == name)?;
    Some((table.name, table.title?))
}

/// Words and address of each thing that is pointed to.
type Titles = HashMap<(&'static str, i64), (String, String)>;

/// Every thing that a shown column points to, with how it is asked for its title.
fn pointed_to(tables: &[Gathered]) -> BTreeMap<(&'static str, i64), Title> {
    let cells = tables.iter().flat_map(|gathered| &gathered.rows).flatten();
    let ids = cells.filter_map(|(column, value)| Some((target(column)?, value.as_i64()?)));
    ids.map(|((table, title), id)| ((table, id), title)).collect()
}

async fn look_up(db: &Snapshot, rule: String, things: BTreeMap<(&'static str, i64), Title>) -> Result<Titles> {
    let mut titles = Titles::new();
    for ((table, id), title) in things {
        let sql = title.sql.replace("{readable}", &rule);
        if let Some(words) = db.value::<String>(&sql, values![id]).await? {
            titles.insert((table, id), (words, title.href.replace("{id}", &id.to_string())));
        }
    }
    Ok(titles)
}

/// A row as the page tells it: labels and what stands there.
fn cells(about: &About, titles: &Titles, row: &Map<String, Value>) -> Vec<(String, Cell)> {
    let shown = COLUMNS.iter().filter_map(|column| Some((*column, cell(about, titles, column, row.get(*column)?)?)));
    shown.map(|(column, cell)| (about.words.t(format!("export-column-{column}")), cell)).collect()
}

fn cell(about: &About, titles: &Titles, column: &str, value: &Value) -> Option<Cell> {
    Some(match value {
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) if is_instant(column) => Cell::Plain(about.words.moment(Instant::from_utc(text.parse().ok()?), about.zone)),
        Value::String(text) if WRITTEN.contains(&column) => Cell::Written(text.clone()),
        Value::String(text) => Cell::Plain(text.clone()),
        Value::Bool(is) => Cell::Plain(about.words.t(if *is { "export-yes" } else { "export-no" })),
        Value::Number(number) => match target(column).and_then(|(table, _)| titles.get(&(table, number.as_i64()?))) {
            Some((title, href)) => Cell::Link { title: title.clone(), href: href.clone() },
            None => Cell::Plain(number.to_string()),
        },
        _ => return None,
    })
}
