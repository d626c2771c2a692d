//! The list of Workshops by day: what lies ahead, and what is over.

use askama::Template;
use axum::extract::Query;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::forum;
use crate::web::{Answer, Context, Page, html};
use crate::workshops::when::differ;
use crate::workshops::{Which, WorkshopRow, workshops};

/// Workshops on one page.
const PAGE: usize = 40;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Shown {
    /// `over` for what is past.
    show: String,
    at: Option<i64>,
    id: Option<i64>,
}

struct Day {
    /// As its heading says it.
    name: String,
    date: NaiveDate,
    rows: Vec<WorkshopRow>,
}

#[derive(Template)]
#[template(path = "workshops/list.html")]
struct ListPage {
    page: Page,
    days: Vec<Day>,
    is_over: bool,
    next: Option<String>,
}

impl ListPage {
    /// "14:00–15:30", in the reader's zone, and in the event's where that shows another hour.
    fn hours(&self, row: &WorkshopRow) -> String {
        let (words, zone) = (self.page.words, self.page.zone());
        let span = |zone| format!("{}–{}", words.hour(row.starts_at, zone), words.hour(row.ends_at, zone));
        if differ(row.starts_at, zone, row.tz()) { format!("{} ({} {})", span(zone), span(row.tz()), row.tz()) } else { span(zone) }
    }
}

/// The list (GET /workshops).
pub async fn list(context: Context, Query(shown): Query<Shown>) -> Answer {
    let page = context.page(&forum::heard(&context.site.db, &context.reader).await?).await?;
    let is_over = shown.show == "over";
    let which = if is_over { Which::Over } else { Which::Ahead };
    let after = shown.at.zip(shown.id);
    let mut rows = workshops(&context.site.db, &context.reader, which, None, context.site.now(), after, PAGE as u64 + 1).await?;
    let next = (rows.len() > PAGE).then(|| rows.truncate(PAGE)).and_then(|()| rows.last());
    let show = if is_over { "show=over&" } else { "" };
    let next = next.map(|last| format!("/workshops?{show}at={}&id={}", last.ends_at.micros(), last.id));
    let mut days: Vec<Day> = Vec::new();
    for row in rows {
        let date = row.starts_at.date_in(page.zone());
        match days.last_mut() {
            Some(day) if day.date == date => day.rows.push(row),
            _ => days.push(Day { name: page.words.day(row.starts_at, page.zone()), date, rows: vec![row] }),
        }
    }
    html(&ListPage { page, days, is_over, next })
}
