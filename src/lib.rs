//! Plenary: one place for a network of practitioners to talk, to meet and to decide together.
//!
//! `docs/architecture.md` is the map. In one line: a request becomes an act, the act writes rows and one entry of the
//! journal in one transaction, and everything else reads the journal.

pub mod app;
pub mod audit;
pub mod boards;
pub mod clock;
pub mod dialogues;
pub mod error;
pub mod forum;
pub mod host;
pub mod ids;
pub mod journal;
pub mod keeping;
pub mod limits;
pub mod live;
pub mod mail;
pub mod network;
pub mod notify;
pub mod people;
pub mod secret;
pub mod settings;
pub mod web;
pub mod workshops;

pub use app::Site;
pub use error::{Error, Result};
