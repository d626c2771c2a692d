//! One's own account: all one's data as a file.

mod acts;
pub mod export;
mod job;
pub mod pages;
mod queries;

pub use acts::AskExport;
pub use job::{run, sweep, work_once};
pub use queries::{ExportRow, exports_of};
