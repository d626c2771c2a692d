//! Handing one mail to the SMTP server, and reading from its answer whether to try again.

use std::time::Duration;

use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use super::retry::{ATTEMPT, Outcome};

/// How long to wait for any one answer of the server.
const ANSWER: Duration = Duration::from_secs(30);

/// The server of the setting PLENARY_SMTP_URL: `smtps://user:password@host`, `smtp://host:25` (plain, or STARTTLS by
/// `?tls=required`).
pub struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    pub fn new(url: &str) -> Result<Self, String> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|e| e.to_string())?;
        Ok(Self(builder.timeout(Some(ANSWER)).build()))
    }

    /// One attempt. Whatever is neither a clear yes nor a clear no is `Later`: the same mail, with the same Message-ID.
    pub async fn hand_over(&self, mail: lettre::Message) -> Outcome {
        match tokio::time::timeout(ATTEMPT, self.0.send(mail)).await {
            Err(_) => Outcome::Later("the server took too long; it may have accepted the mail".into()),
            Ok(Ok(_)) => Outcome::Sent,
            Ok(Err(error)) if error.is_permanent() || error.is_client() => Outcome::Failed(error.to_string()),
            Ok(Err(error)) if error.is_transient() => Outcome::Later(error.to_string()),
            Ok(Err(error)) => Outcome::Later(format!("{error}; the server may have accepted the mail")),
        }
    }
}
