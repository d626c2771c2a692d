//! Minutes as they are written: a body, a line of dashes, then decisions and actions a line each; `{+9d}` is a day.

use chrono::Duration;

use super::WorkshopText;
use crate::clock::Instant;
use crate::error::Result;
use crate::host::demo::{roster, texts};
use crate::people::Language;
use crate::web::{Rendered, Words};
use crate::workshops::{decided, lines_of};

/// Between the two parts.
const RULE: &str = "\n---\n";

/// What a facilitator publishes.
pub struct Minutes {
    pub title: String,
    pub source: String,
    pub rendered: Rendered,
    pub outcomes: Vec<String>,
}

/// The minutes of a Workshop of the texts; `None` where none are written.
pub fn of(text: &WorkshopText, began: Instant) -> Result<Option<Minutes>> {
    if text.minutes_file.is_empty() {
        return Ok(None);
    }
    let words = Words(text.language.parse::<Language>().map_err(|()| text.wrong("minutes in a language the site has not"))?);
    let file = texts::file(&format!("workshops/{}", text.minutes_file))?;
    let (body, tail) = file.split_once(RULE).ok_or_else(|| text.wrong("minutes without decisions"))?;
    let outcomes = lines_of(&dated(text, tail, words, began)?);
    let source = format!("{}{}", body.trim(), decided(words, &outcomes));
    Ok(Some(Minutes { title: words.t1("minutes-title", "title", &text.title), rendered: roster::rendered(&source), source, outcomes }))
}

/// Days from now as dates.
fn dated(text: &WorkshopText, tail: &str, words: Words, began: Instant) -> Result<String> {
    let mut out = String::new();
    let mut rest = tail;
    while let Some((before, after)) = rest.split_once('{') {
        let (days, behind) = after.split_once("d}").ok_or_else(|| text.wrong("a day that does not end"))?;
        let days: i64 = days.parse().map_err(|_| text.wrong(format!("no day: {days}")))?;
        out.push_str(before);
        out.push_str(&words.date(began.plus(Duration::days(days)), text.zone));
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}
