//! The pages of Workshops.

pub mod form;
pub mod list;
pub mod minutes;
pub mod room;
pub mod show;

use std::collections::HashSet;

use askama::Template;

use super::{Which, WorkshopRow, workshops};
use crate::error::Result;
use crate::web::Context;

/// Workshops in the short list beside other pages, and how many are looked at for them.
const NEXT: usize = 4;
const LOOK: u64 = 40;

#[derive(Template)]
#[template(path = "workshops/_next.html")]
struct NextTemplate<'a> {
    context: &'a Context,
    rows: Vec<WorkshopRow>,
}

impl NextTemplate<'_> {
    fn starts(&self, row: &WorkshopRow) -> String {
        self.context.words().appointment(row.starts_at, self.context.reader.zone)
    }
}

/// The next Workshops that the reader may see, of a weekly row the nearest, as a short list for the rail of another page;
/// without an entry it is not seen.
pub async fn next(context: &Context, space: Option<i64>) -> Result<String> {
    let rows = workshops(&context.site.db, &context.reader, Which::Ahead, space, context.site.now(), None, LOOK).await?;
    let mut known = HashSet::new();
    let rows = rows.into_iter().filter(|row| row.cancelled_at.is_none() && known.insert(row.series)).take(NEXT).collect();
    Ok(NextTemplate { context, rows }.render()?)
}
