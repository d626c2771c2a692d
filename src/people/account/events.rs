//! What was done with an account: a line each, with when and by which program, for its owner's eyes.

use sea_orm::FromQueryResult;

use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Reads, Tx};
use crate::people::programs::program_name;
use crate::people::{MemberId, SessionId};
use crate::{values, word_enum};

word_enum! {
    /// What can be done with an account.
    AccountEvent {
        SignedIn = "signed_in",
        SessionEnded = "session_ended",
        PasswordChanged = "password_changed",
        AddressAsked = "address_asked",
        AddressChanged = "address_changed",
        AddressUndone = "address_undone",
        ExportAsked = "export_asked",
        ErasureAsked = "erasure_asked",
        ErasureCancelled = "erasure_cancelled"
    }
}

/// Who did it, as far as that is known.
pub enum By<'a> {
    /// The program of a session that is open.
    Session(Option<SessionId>),
    /// A program by its own name (its User-Agent).
    Program(&'a str),
}

/// Writes a line, in the act that did it.
pub async fn note(tx: &Tx, member: MemberId, what: AccountEvent, by: By<'_>) -> Result<()> {
    let program = match by {
        By::Program(program) => program.chars().take(200).collect(),
        By::Session(None) => String::new(),
        By::Session(Some(session)) => tx.value("SELECT program FROM session WHERE id = $1", values![session]).await?.unwrap_or_default(),
    };
    let sql = "INSERT INTO account_event (member, kind, program, at) VALUES ($1, $2, $3, $4)";
    tx.write(sql, values![member, what, program, tx.now()]).await.map(|_| ())
}

/// A line as its owner reads it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct EventRow {
    pub kind: AccountEvent,
    pub program: String,
    pub at: Instant,
}

impl EventRow {
    /// The browser and the system, by the names people know.
    pub fn named(&self) -> String {
        program_name(&self.program)
    }
}

/// The latest of an account, the newest first.
pub async fn events_of(db: &impl Reads, member: MemberId) -> Result<Vec<EventRow>> {
    db.all("SELECT kind, program, at FROM account_event WHERE member = $1 ORDER BY id DESC LIMIT 50", values![member]).await
}
