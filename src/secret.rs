//! Random tokens, their hashes, and signatures under the site's secret.
//!
//! What grants something is a random token stored hashed; what must be recomputed (unsubscribe, seats) is an HMAC
//! with its purpose and key number.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::error::{Error, Result};

/// Bytes of a token: 192 bits.
const TOKEN: usize = 24;
/// The number of the key in use; older ones stay valid.
const KEY: u8 = 1;

/// A new random token, as text for an address.
pub fn token() -> String {
    let mut bytes = [0u8; TOKEN];
    rand::rng().fill_bytes(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What of a token is stored.
pub fn hashed(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// The site's own key.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// From the setting, else from the file `secret` (mode 0600) in the data folder, made at the first start.
    pub fn load(setting: Option<&str>, data: &Path) -> Result<Self> {
        if let Some(text) = setting {
            return Ok(Self(text.as_bytes().to_vec()));
        }
        let file = data.join("secret");
        let unreadable = |e: std::io::Error| Error::Unavailable(format!("{}: {e}", file.display()));
        if let Ok(text) = std::fs::read_to_string(&file) {
            return Ok(Self(text.trim().as_bytes().to_vec()));
        }
        let text = format!("{}{}", token(), token());
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut opened = options.open(&file).map_err(unreadable)?;
        std::io::Write::write_all(&mut opened, text.as_bytes()).and_then(|()| opened.sync_all()).map_err(unreadable)?;
        Ok(Self(text.into_bytes()))
    }

    /// A signature of `text` for one purpose, begun with the key's number.
    pub fn sign(&self, purpose: &str, text: &str) -> String {
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&self.0).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
        mac.update(&[KEY]);
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(text.as_bytes());
        format!("{KEY}.{}", URL_SAFE_NO_PAD.encode(&mac.finalize().into_bytes()[..18]))
    }

    /// Whether `signature` is ours for this purpose and text, in constant time.
    pub fn verify(&self, purpose: &str, text: &str, signature: &str) -> bool {
        self.sign(purpose, text).as_bytes().ct_eq(signature.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_purpose_and_text_alone() {
        let secret = Secret(b"a test secret of some length....".to_vec());
        let signature = secret.sign("unsubscribe", "5");
        assert!(secret.verify("unsubscribe", "5", &signature));
        assert!(!secret.verify("unsubscribe", "6", &signature));
        assert!(!secret.verify("seat", "5", &signature));
        assert!(!secret.verify("unsubscribe", "5", "1.AAAA"));
    }

    #[test]
    fn tokens_differ_and_are_stored_hashed() {
        let (one, two) = (token(), token());
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
        assert_ne!(hashed(&one), one);
    }
}
