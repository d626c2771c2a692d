//! Idempotent forms: the same author, key and content is one act, however often it is sent.
//!
//! The same key with other content (going back, writing anew) is a new act. Keys are kept a week.

use sea_orm::Value;
use sha2::{Digest, Sha256};

use super::{Reads, Tx};
use crate::error::Result;
use crate::values;

/// The digest of a form's key and of all it carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormKey(String);

impl FormKey {
    /// `content` is every field that makes this act what it is, in a fixed order.
    pub fn of(key: &str, content: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in std::iter::once(&key).chain(content) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        Self(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl From<&FormKey> for Value {
    fn from(key: &FormKey) -> Value {
        Value::from(key.0.clone())
    }
}

impl Tx {
    /// What this form did when it came before, if it did.
    pub async fn already(&self, author: i64, key: &FormKey) -> Result<Option<i64>> {
        self.value("SELECT answer FROM form_key WHERE author = $1 AND digest = $2", values![author, key]).await
    }

    /// Remembers what this form did.
    pub async fn done(&self, author: i64, key: &FormKey, answer: i64) -> Result<()> {
        let sql = "INSERT INTO form_key (author, digest, answer, at) VALUES ($1, $2, $3, $4)";
        self.write(sql, values![author, key, answer, self.now()]).await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::FormKey;

    #[test]
    fn the_parts_of_a_form_do_not_run_together() {
        assert_eq!(FormKey::of("k", &["ab", "c"]), FormKey::of("k", &["ab", "c"]));
        assert_ne!(FormKey::of("k", &["ab", "c"]), FormKey::of("k", &["a", "bc"]));
        assert_ne!(FormKey::of("k", &["ab"]), FormKey::of("l", &["ab"]));
    }
}
