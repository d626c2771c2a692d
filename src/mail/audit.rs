//! What admins did with the outbox, in words: by the mail's number, for its subject may be nobody else's.

use super::kinds::Mail;
use crate::app::Site;
use crate::audit::{Audits, Line};
use crate::error::Result;
use crate::journal::{Entry, Kind};
use crate::live::BoxFuture;
use crate::people::Reader;
use crate::web::Words;

/// The mail's part in the audit log.
pub struct Audit;

impl Audits for Audit {
    fn kinds(&self) -> &'static [&'static str] {
        &["mail.retried", "mail.dropped"]
    }

    fn line<'a>(&'a self, _site: &'a Site, reader: &'a Reader, entry: &'a Entry) -> BoxFuture<'a, Result<Option<Line>>> {
        Box::pin(async move {
            let words = Words(reader.language);
            let says = match Mail::of(entry) {
                Some(Mail::Retried { mail }) => words.t1("log-mail-retried", "mail", mail),
                Some(Mail::Dropped { mail }) => words.t1("log-mail-dropped", "mail", mail),
                None => return Ok(None),
            };
            Ok(Some(Line { says, ..Line::default() }))
        })
    }
}
