//! The forum's pages.

pub mod post;
mod scrub;
pub mod space;
pub mod topic;

pub use space::rows;
