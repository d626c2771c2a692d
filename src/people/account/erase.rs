//! Erasing an account, in steps that can be broken off and begun again: each is small, so that nobody waits.
//!
//! First the name, the address and every session go; then each part takes out what is its own ([`Erases`]); then the
//! registry of tables says what becomes of every column that holds a Member, so that no table can be forgotten.

use super::acts::{DropMails, EndErasure, EraseActor, EraseInDomain, EraseInTable, Unname, columns};
use super::job::sweep;
use super::queries::erasure_of;
use crate::app::{ERASERS, Site};
use crate::error::{Error, Result};
use crate::journal::{Reads, Tx};
use crate::live::BoxFuture;
use crate::people::MemberId;
use crate::values;

/// Rows looked at or changed at once.
const BATCH: usize = 300;

/// A part's own way of erasing: words, counts, and whoever has to be told.
pub trait Erases: Send + Sync {
    /// As much as one act should do, with its entries; whether there may be more. Repeatable. It writes nothing, and
    /// records nothing, where nothing is left to do.
    fn step<'a>(&'a self, tx: &'a Tx, member: MemberId, words: bool) -> BoxFuture<'a, Result<bool>>;
}

/// What a Member is known by.
#[derive(Clone, Debug, Default)]
struct Known(Vec<String>);

impl Known {
    /// Whether a text names them, by whole words.
    fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|name| {
            text.match_indices(name.as_str()).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let after = text[at + name.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            })
        })
    }
}

/// Erases a Member, from wherever an earlier attempt was broken off.
///
/// # Errors
/// [`Error::NotFound`] for nobody; whatever the disk does not take. Begun again it goes on.
pub async fn erase(site: &Site, member: MemberId, words: bool) -> Result<()> {
    let rows = site.db.rows("SELECT name, handle, email FROM member WHERE id = $1", values![member]).await?;
    let row = rows.first().ok_or(Error::NotFound)?;
    let (name, handle): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    let email: Option<String> = row.try_get_by_index(2)?;
    let known = Known([name, handle].into_iter().chain(email).filter(|text| !text.is_empty()).collect());
    drop_mails(site, member, &known).await?;
    site.write(Unname { member }).await?;
    for domain in 0..ERASERS.len() {
        while site.write(EraseInDomain { member, words, domain }).await? {}
    }
    for (table, column) in columns() {
        while site.write(EraseInTable { member, table, column }).await? {}
    }
    erase_actor(site, member).await?;
    // What was written while all this went on.
    drop_mails(site, member, &known).await?;
    site.write(EndErasure { member }).await?;
    sweep(site).await
}

async fn erase_actor(site: &Site, member: MemberId) -> Result<()> {
    loop {
        let sql = format!("SELECT id FROM journal WHERE actor = $1 ORDER BY id LIMIT {BATCH}");
        let entries: Vec<i64> = site.db.column(&sql, values![member]).await?;
        let is_last = entries.len() < BATCH;
        if !entries.is_empty() {
            site.note(EraseActor { entries }).await?;
        }
        if is_last {
            return Ok(());
        }
    }
}

/// Mails to others in which they are named (a reply, a digest) are only records by now.
async fn drop_mails(site: &Site, member: MemberId, known: &Known) -> Result<()> {
    let mut after = 0;
    loop {
        let sql = format!("SELECT id, subject, message FROM outbox WHERE id > $1 AND (member IS NULL OR member <> $2) ORDER BY id LIMIT {BATCH}");
        let rows = site.db.rows(&sql, values![after, member]).await?;
        let mut mails = Vec::new();
        for row in &rows {
            after = row.try_get_by_index(0)?;
            let (subject, message): (String, String) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            if known.is_in(&subject) || known.is_in(&message) {
                mails.push(after);
            }
        }
        if !mails.is_empty() {
            site.note(DropMails { mails }).await?;
        }
        if rows.len() < BATCH {
            return Ok(());
        }
    }
}

/// Erases whoever is due.
pub(super) async fn erase_due(site: &Site) -> Result<()> {
    while let Some(erasure) = super::queries::next_erasure(&site.db, site.now()).await? {
        erase(site, erasure.member, erasure.words).await?;
        if erasure_of(&site.db, erasure.member).await?.is_some() {
            return Err(Error::bug("an erasure that does not end"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Known;

    #[test]
    fn somebody_is_named_by_whole_words_alone() {
        let known = Known(vec!["Ana".into(), "ana-2".into(), "ana@graz.example".into()]);
        for text in ["Ana wrote", "by (Ana)", "<b>Ana</b>", "to ana@graz.example", "@ana-2, look"] {
            assert!(known.is_in(text), "{text}");
        }
        for text in ["Anastasia wrote", "banana", "Diana", "an apple"] {
            assert!(!known.is_in(text), "{text}");
        }
        assert!(!Known::default().is_in("anything"));
    }
}
