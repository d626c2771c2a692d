//! Cards that were hidden, in words.

use super::kinds::Boards;
use super::{BoardId, queries};
use crate::app::Site;
use crate::audit::{Audits, Line};
use crate::error::Result;
use crate::journal::{Entry, Kind};
use crate::live::BoxFuture;
use crate::people::Reader;
use crate::web::Words;

/// The Boards' part in the audit log.
pub struct Audit;

impl Audits for Audit {
    fn kinds(&self) -> &'static [&'static str] {
        &["boards.card_hidden"]
    }

    fn line<'a>(&'a self, site: &'a Site, reader: &'a Reader, entry: &'a Entry) -> BoxFuture<'a, Result<Option<Line>>> {
        Box::pin(async move {
            let Some(Boards::CardHidden { board, .. }) = Boards::of(entry) else { return Ok(None) };
            let words = Words(reader.language);
            Ok(Some(match queries::board(&site.db, reader, BoardId(board)).await.ok() {
                Some(found) => Line { says: words.t1("log-card-hidden", "title", found.title), href: Some(format!("/boards/{board}")), reason: None },
                None => Line { says: words.t("log-card-hidden-unseen"), ..Line::default() },
            }))
        })
    }
}
