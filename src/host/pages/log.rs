//! The audit log for admins: what was done, by whom, when; narrowed to a person or a kind, and as CSV.

use askama::Template;
use axum::extract::Query;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;

use crate::audit::{self, Logged, Sought};
use crate::error::Result;
use crate::journal::Room;
use crate::people::account_by_handle;
use crate::web::errors::encode;
use crate::web::{Answer, Context, Page, html};

/// Acts on one page.
const PAGE: u64 = 50;
/// Acts in one file.
const FILE: u64 = 2_000;

/// What is asked, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// A handle, with or without its `@`.
    who: String,
    kind: String,
    before: String,
}

impl Asked {
    fn handle(&self) -> &str {
        self.who.trim().trim_start_matches('@')
    }

    /// The address without its place in the list.
    fn narrowed(&self, path: &str) -> String {
        format!("{path}?who={}&kind={}", encode(self.handle()), encode(&self.kind))
    }

    /// What is sought, and whether there is such a person.
    async fn sought(&self, context: &Context) -> Result<(Sought, bool)> {
        let kind = audit::kinds().find(|kind| *kind == self.kind).map(str::to_owned);
        let before = self.before.parse().unwrap_or(i64::MAX);
        if self.handle().is_empty() {
            return Ok((Sought { person: None, kind, before }, true));
        }
        let account = account_by_handle(&context.site.db, self.handle()).await?;
        Ok((Sought { person: account.as_ref().map(|account| account.id), kind, before }, account.is_some()))
    }
}

#[derive(Template)]
#[template(path = "host/log.html")]
struct LogPage {
    page: Page,
    asked: Asked,
    is_somebody: bool,
    acts: Vec<Logged>,
    next: Option<String>,
}

impl LogPage {
    /// Kinds with the keys of their words.
    fn kinds(&self) -> Vec<(&'static str, String)> {
        audit::kinds().map(|kind| (kind, kind.replace('.', "-"))).collect()
    }

    fn file(&self) -> String {
        self.asked.narrowed("/admin/log.csv")
    }
}

/// The log (GET /admin/log).
pub async fn log(context: Context, Query(asked): Query<Asked>) -> Answer {
    let page = context.page(&[Room::Log]).await?;
    let (sought, is_somebody) = asked.sought(&context).await?;
    let mut acts = if is_somebody { audit::logged(&context.site, &context.reader, &sought, PAGE + 1).await? } else { Vec::new() };
    let is_more = acts.len() as u64 > PAGE;
    acts.truncate(PAGE as usize);
    let next = acts.last().filter(|_| is_more).map(|last| format!("{}&before={}", asked.narrowed("/admin/log"), last.entry));
    html(&LogPage { page, asked, is_somebody, acts, next })
}

/// The log as CSV, the latest first (GET /admin/log.csv).
pub async fn file(context: Context, Query(asked): Query<Asked>) -> Answer {
    let (sought, is_somebody) = asked.sought(&context).await?;
    let acts = if is_somebody { audit::logged(&context.site, &context.reader, &sought, FILE).await? } else { Vec::new() };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"log.csv\""),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, audit::csv(&acts)?).into_response())
}
