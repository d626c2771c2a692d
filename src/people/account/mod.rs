//! One's own account: another address, what was done with the account, all one's data as a file, the account erased, and
//! proving who one is before what is dangerous.

mod acts;
mod erase;
pub mod events;
pub mod export;
mod job;
pub mod pages;
mod queries;

pub use acts::{AskAddress, AskErasure, AskExport, CancelErasure, ConfirmAddress, Prove, not_last_admin};
pub use erase::{Erases, erase};
pub use job::{run, sweep, work_once};
pub use queries::{Erasure, ExportRow, erasure_of, exports_of, has_password};
