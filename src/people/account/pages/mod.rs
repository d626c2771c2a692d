//! The pages of one's own account, below `/settings`.

pub mod data;
