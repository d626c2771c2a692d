//! The network's pages: what its host chooses, and what became of it.

pub mod documents;
pub mod help;
pub mod looks;
pub mod settings;
pub mod setup;
mod upload;
