//! What those who look after a site can observe from outside: health, readiness, figures for Prometheus, and a number
//! on every request that its lines of the log carry. Nothing of it names a person.

mod figures;
mod health;
mod requests;

pub use figures::{Metrics, serve as serve_metrics};
pub use health::{health, ready};
pub use requests::{RequestId, observe};
