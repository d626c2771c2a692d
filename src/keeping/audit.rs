//! That an admin asked for a backup, in words.

use super::kinds::Keeping;
use crate::app::Site;
use crate::audit::{Audits, Line};
use crate::error::Result;
use crate::journal::{Entry, Kind};
use crate::live::BoxFuture;
use crate::people::Reader;
use crate::web::Words;

/// The backups' part in the audit log.
pub struct Audit;

impl Audits for Audit {
    fn kinds(&self) -> &'static [&'static str] {
        &["keeping.backup_asked"]
    }

    fn line<'a>(&'a self, _site: &'a Site, reader: &'a Reader, entry: &'a Entry) -> BoxFuture<'a, Result<Option<Line>>> {
        Box::pin(async move {
            let Some(Keeping::BackupAsked { .. }) = Keeping::of(entry) else { return Ok(None) };
            Ok(Some(Line { says: Words(reader.language).t("log-backup-asked"), href: Some("/admin/storage".into()), reason: None }))
        })
    }
}
