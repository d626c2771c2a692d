//! The live line: one WebSocket a tab, several Rooms on it, everything read from the journal.
//!
//! `live` knows no domain: each says who may listen to its Rooms, which things an entry touched, and how a thing is
//! drawn now. The protocol is in `docs/live-protocol.md`.

mod catch_up;
mod domain;
mod fan_out;
mod http;
mod message;
mod presence;
mod registry;
mod socket;

pub use domain::{BoxFuture, Domain, Door, Drawn, State};
pub use fan_out::run;
pub use http::live;
pub use registry::Live;
