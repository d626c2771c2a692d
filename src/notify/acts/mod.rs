//! What changes notices and choices.

mod choose;
mod read;

pub use choose::{SetMailChoice, date, replan};
pub use read::{MarkNoticesRead, thing_changed, things_read};
