//! The pages of those who look after the site.

pub mod home;
pub mod log;
pub mod well;
