//! The pages of invitations: what admins make and look after, and what somebody who is invited sees.

pub mod admin;
pub mod answer;
mod form;
pub mod new;
pub mod paste;
