//! What changes one's own account.

mod address;
mod erase;
mod export;
mod prove;

pub use address::{AddressChange, AskAddress, ConfirmAddress, EndOtherSessions, UndoAddress, pending, to_confirm, to_undo};
pub use erase::{AskErasure, CancelErasure, DropMails, EndErasure, EraseActor, EraseInDomain, EraseInTable, Unname, columns, not_last_admin};
pub use export::{AskExport, BeginExport, DropExport, EndExport};
pub use prove::{Prove, ProveByLink};
