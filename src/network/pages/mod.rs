//! The network's pages: what its host chooses, and what became of it.

pub mod looks;
pub mod settings;
mod upload;
