//! The trail: what was said, kept so that nothing can be edited away unseen. Each link holds H(salt, text) and the chain
//! runs over the hashes, so that erasing somebody's words (text and salt) breaks nothing.

use sea_orm::FromQueryResult;
use sha2::{Digest, Sha256};

use super::DialogueId;
use crate::error::Result;
use crate::journal::{Reads, Tx};
use crate::values;

fn hash(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Adds a link. `salt` is random and was made before the act.
pub async fn append(tx: &Tx, dialogue: DialogueId, what: &str, about: i64, text: &str, salt: &str) -> Result<()> {
    let before: Option<String> = tx.value("SELECT chain FROM trail WHERE dialogue = $1 ORDER BY id DESC LIMIT 1", values![dialogue]).await?;
    let own = hash(&[salt, text]);
    let chain = hash(&[&before.unwrap_or_default(), what, &about.to_string(), &own]);
    tx.write(
        "INSERT INTO trail (dialogue, what, about, text, salt, hash, chain, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![dialogue, what, about, text, salt, own, chain, tx.now()],
    )
    .await
    .map(|_| ())
}

#[derive(FromQueryResult)]
struct Link {
    what: String,
    about: i64,
    text: Option<String>,
    salt: Option<String>,
    hash: String,
    chain: String,
}

/// Whether a Dialogue's trail is whole: every text is the one that was hashed, and no link is missing or changed.
pub async fn holds(db: &impl Reads, dialogue: DialogueId) -> Result<bool> {
    let links: Vec<Link> = db.all("SELECT what, about, text, salt, hash, chain FROM trail WHERE dialogue = $1 ORDER BY id LIMIT 100000", values![dialogue]).await?;
    let mut before = String::new();
    for link in links {
        if let (Some(text), Some(salt)) = (&link.text, &link.salt)
            && hash(&[salt, text]) != link.hash
        {
            return Ok(false);
        }
        if hash(&[&before, &link.what, &link.about.to_string(), &link.hash]) != link.chain {
            return Ok(false);
        }
        before = link.chain;
    }
    Ok(true)
}
