//! Putting another version of a document in force, and accepting one.

use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::network::documents::{Asks, Document, DocumentKind, accepted_from};
use crate::network::kinds::NetworkEntry;
use crate::network::rules::stale;
use crate::network::{Texts, queries};
use crate::people::{Language, MemberId};
use crate::values;

/// A new version of a document; one without any text takes it away.
pub struct SaveDocument {
    /// Nobody's are the demo's.
    pub by: Option<MemberId>,
    pub kind: DocumentKind,
    /// The version that was looked at; 0 for none.
    pub version: i64,
    pub asks: Asks,
    pub texts: Texts,
}

impl Act for SaveDocument {
    /// The new version.
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        let before: Option<Document> = queries::newest(tx, self.kind).await?;
        if before.map_or(0, |before| before.id) != self.version {
            return Err(stale());
        }
        let by = self.by.map(|by| by.0);
        let id = tx.insert("INSERT INTO document (kind, at, by) VALUES ($1, $2, $3) RETURNING id", values![self.kind, tx.now(), MaybeId(by)]).await?;
        let from = accepted_from(self.asks, id, before.and_then(|before| before.accepted_from));
        tx.write("UPDATE document SET accepted_from = $2 WHERE id = $1", values![id, MaybeId(from)]).await?;
        for language in Language::ALL.iter().filter(|language| !self.texts.get(*language).is_empty()) {
            let sql = "INSERT INTO document_text (document, language, source) VALUES ($1, $2, $3)";
            tx.write(sql, values![id, *language, self.texts.get(language)]).await?;
        }
        tx.record(by, &NetworkEntry::DocumentSaved { document: id }).await?;
        // Whoever puts it in force has read it.
        if let (Some(by), Some(_)) = (self.by, from) {
            Accept { by, documents: vec![id] }.run(tx).await?;
        }
        Ok(id)
    }
}

/// Accepts versions of documents, as they were shown.
pub struct Accept {
    pub by: MemberId,
    pub documents: Vec<i64>,
}

impl Act for Accept {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        for document in &self.documents {
            let asked: Option<i64> = tx.value("SELECT id FROM document WHERE id = $1 AND accepted_from IS NOT NULL", values![*document]).await?;
            let Some(document) = asked else { return Err(Error::NotFound) };
            let sql = "INSERT INTO acceptance (member, document, at) VALUES ($1, $2, $3) ON CONFLICT (member, document) DO NOTHING";
            if tx.write(sql, values![self.by, document, tx.now()]).await? == 1 {
                tx.record(Some(self.by.0), &NetworkEntry::DocumentAccepted { member: self.by.0, document }).await?;
            }
        }
        Ok(())
    }
}
