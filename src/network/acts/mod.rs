//! What changes the network, one file an act.

mod contact;
mod document;
mod settings;

pub use contact::{AnswerContact, SendContact};
pub use document::{Accept, SaveDocument};
pub use settings::SaveSettings;
