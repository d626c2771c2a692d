//! The pages of what waits, of choosing what to be mailed, and of stopping it by a link.

pub mod choice;
pub mod unsubscribe;
pub mod waiting;
