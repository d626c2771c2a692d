//! Entries of the journal: who did what to which thing. Ids only, no personal text, so erasing never rewrites them.

use sea_orm::FromQueryResult;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Room;
use crate::clock::Instant;
use crate::error::{Error, Result};

/// What a domain can say happened: an enum of ids, `#[serde(tag = "kind", rename_all = "snake_case")]`.
pub trait Kind: Serialize + DeserializeOwned + Send + Sync {
    /// The first half of every name: `forum` in `forum.post_added`.
    const DOMAIN: &'static str;

    /// Where it is heard.
    fn rooms(&self) -> Vec<Room>;

    /// The id of the thing it is about.
    fn about(&self) -> i64;

    /// Its name and its ids, as they are stored.
    fn stored(&self) -> Result<(String, String)> {
        let mut ids = serde_json::to_value(self).map_err(Error::bug)?;
        let tag = ids.as_object_mut().and_then(|ids| ids.remove("kind"));
        let tag = tag.as_ref().and_then(|tag| tag.as_str()).ok_or_else(|| Error::bug("a kind without a tag"))?;
        Ok((format!("{}.{tag}", Self::DOMAIN), ids.to_string()))
    }

    /// The kind that an entry holds; `None` when another domain wrote it.
    fn of(entry: &Entry) -> Option<Self> {
        let tag = entry.kind.strip_prefix(Self::DOMAIN)?.strip_prefix('.')?;
        let mut ids: serde_json::Value = serde_json::from_str(&entry.more).ok()?;
        ids.as_object_mut()?.insert("kind".into(), tag.into());
        serde_json::from_value(ids).ok()
    }
}

/// One row of the journal.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Entry {
    pub id: i64,
    pub at: Instant,
    pub actor: Option<i64>,
    pub kind: String,
    pub about: i64,
    pub more: String,
}
