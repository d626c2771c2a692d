//! The pages of one's own account, below `/settings`.

pub mod data;
pub mod erase;
pub mod prove;
