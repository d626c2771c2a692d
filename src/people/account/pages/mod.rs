//! The pages of one's own account, below `/settings`.

pub mod account;
pub mod address;
pub mod data;
pub mod erase;
pub mod prove;
