//! The forum's pages.

pub mod post;
mod scrub;
mod shown;
pub mod space;
pub mod topic;

pub use space::rows;
