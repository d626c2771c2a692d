//! One mail as the outbox keeps it.

use serde::{Deserialize, Serialize};

/// A name and an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub name: String,
    pub email: String,
}

/// A mail before it becomes bytes: everything that was decided when it was written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Message {
    pub to: Address,
    pub subject: String,
    /// The language of its words, for Content-Language.
    pub language: String,
    /// Written, not stripped from the HTML.
    pub text: String,
    pub html: String,
    /// A text/calendar part (RFC 6047) and its METHOD.
    #[serde(default)]
    pub calendar: Option<(String, String)>,
    /// List-Id, List-Unsubscribe, In-Reply-To, References …; checked against CR and LF when it is sent.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// Without angle brackets; fixed when the mail is planned, so that a second copy is known as one.
    pub message_id: String,
}

/// A Message-ID that is the same whenever it is computed for the same thing.
pub fn message_id(thing: &str, host: &str) -> String {
    let host = host.split(':').next().unwrap_or("localhost");
    let thing: String = thing.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '.' }).collect();
    format!("{thing}@{host}")
}
