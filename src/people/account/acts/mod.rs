//! What changes one's own account.

mod export;

pub use export::{AskExport, BeginExport, DropExport, EndExport};
