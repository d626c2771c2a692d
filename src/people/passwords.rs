//! Passwords: argon2id off the async threads, the same time for accounts that do not exist.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// Hashes at work at once: each takes 19 MiB and a core for some 30 ms.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords (OWASP's parameters for argon2id: 19 MiB, 2 passes, 1 lane).
#[derive(Clone)]
pub struct Passwords {
    places: Arc<Semaphore>,
    /// The hash of nobody's password, so that an unknown account costs what a known one does.
    nobody: Arc<str>,
}

impl Passwords {
    pub fn new() -> Result<Self> {
        let nobody = argon2()?.hash_password(crate::secret::token().as_bytes()).map_err(Error::bug)?.to_string();
        Ok(Self { places: Arc::new(Semaphore::new(AT_ONCE)), nobody: nobody.into() })
    }

    pub async fn hash(&self, password: String) -> Result<String> {
        self.work(move || Ok(argon2()?.hash_password(password.as_bytes()).map_err(Error::bug)?.to_string())).await
    }

    /// Whether `password` is the one behind `hash`; `None` takes as long and is never right.
    pub async fn is_right(&self, hash: Option<String>, password: String) -> Result<bool> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        self.work(move || {
            let hash = PasswordHash::new(&hash).map_err(Error::bug)?;
            Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, job: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _place = self.places.acquire().await.map_err(Error::bug)?;
        tokio::task::spawn_blocking(job).await.map_err(Error::bug)?
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(Error::bug)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}
