//! What stands beside an Organisation on its page: asking to belong, leaving, and what its Stewards decide.

mod beside;
mod decide;
mod member;

pub use beside::{Beside, beside};
pub use decide::{answer, person, stewards};
pub use member::{ask, leave};
