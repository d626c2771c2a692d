//! The forum's pages.

pub mod manage;
pub mod post;
mod scrub;
mod shown;
pub mod space;
pub mod topic;

pub use space::rows;
