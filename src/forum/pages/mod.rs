//! The forum's pages.

pub mod post;
pub mod space;
pub mod topic;

pub use space::rows;
