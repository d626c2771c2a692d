//! What changes Workshops, one act a file.

mod cancel;
mod change;
mod enter;
mod hand;
mod lead;
mod minutes;
mod register;
mod say;
mod schedule;

pub use cancel::CancelWorkshop;
pub use change::ChangeWorkshop;
pub use enter::EnterRoom;
pub use hand::MoveHand;
pub use lead::MoveRoom;
pub use minutes::PublishMinutes;
pub use register::{Register, Withdraw};
pub use say::SayInRoom;
pub use schedule::{Draft, DraftActivity, ScheduleWorkshop};
