//! What can go wrong, in few kinds; one place (`web::errors`) turns each into a page.

use sea_orm::DbErr;

/// A sentence for a person: a key of the catalogue and its arguments, so that rules know no language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

impl Say {
    pub fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl From<&'static str> for Say {
    fn from(key: &'static str) -> Self {
        Say::new(key)
    }
}

/// What is wrong with one field of a form. An empty field name speaks of the whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub field: &'static str,
    pub say: Say,
}

/// Why something was not done. Nothing was written when an act answers with one of these.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the reader may not know that it does: the same answer, byte for byte.
    #[error("not found")]
    NotFound,
    /// It exists and is seen, but this person may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// They are silenced: they may read this, and write nothing for now.
    #[error("silenced")]
    Silenced,
    /// One has to sign in first.
    #[error("sign in first")]
    SignIn,
    /// What was typed cannot be taken; each line belongs to a field.
    #[error("invalid: {0:?}")]
    Invalid(Vec<Wrong>),
    /// Somebody else changed it meanwhile, or its state forbids this now.
    #[error("conflict: {0:?}")]
    Conflict(Say),
    /// A link that was used, ended or withdrawn.
    #[error("gone")]
    Gone,
    /// Too many requests of this kind; try again after so many seconds.
    #[error("too fast: wait {0} s")]
    TooFast(u64),
    /// More than the stated limit was sent.
    #[error("too large")]
    TooLarge,
    /// The request came from another site's page.
    #[error("cross-origin")]
    CrossOrigin,
    /// The database or disk cannot take writes now; reading goes on.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// A fault of ours; details go to the log, never to the reader.
    #[error("bug: {0}")]
    Bug(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// One wrong field.
    pub fn field(field: &'static str, say: impl Into<Say>) -> Self {
        Error::Invalid(vec![Wrong { field, say: say.into() }])
    }

    pub fn conflict(say: impl Into<Say>) -> Self {
        Error::Conflict(say.into())
    }

    pub fn bug(what: impl ToString) -> Self {
        Error::Bug(what.to_string())
    }
}

impl From<DbErr> for Error {
    fn from(err: DbErr) -> Self {
        let text = err.to_string();
        // SQLITE_FULL (13), SQLITE_READONLY (8), SQLITE_IOERR (10), SQLITE_CANTOPEN (14), PostgreSQL on its way up or down or
        // a standby, lost connections: the host's trouble, not a bug.
        let storage = [
            "disk is full",
            "No space left",
            "readonly database",
            "read-only transaction",
            "disk I/O error",
            "unable to open database file",
            "onnection",
            "database system is",
            "pool timed out",
        ];
        if storage.iter().any(|sign| text.contains(sign)) { Error::Unavailable(text) } else { Error::Bug(text) }
    }
}

impl From<sea_orm::TryGetError> for Error {
    fn from(err: sea_orm::TryGetError) -> Self {
        Error::from(DbErr::from(err))
    }
}

impl From<askama::Error> for Error {
    fn from(err: askama::Error) -> Self {
        Error::Bug(format!("template: {err}"))
    }
}
