//! The pages of those who look after the site.

pub mod home;
pub mod jobs;
pub mod log;
pub mod outbox;
pub mod storage;
pub mod well;
