//! Workshops: scheduling, calendars, registration, the live room, and the minutes that come of it.

mod acts;
mod brainstorm;
mod calendar;
mod checks;
mod erase;
mod draft;
pub mod kinds;
mod live;
mod mails;
mod model;
pub mod pages;
mod places;
mod queries;
mod reminders;
mod room;
mod rules;
mod taken;
mod tells;
mod when;
mod zone;

pub use erase::Eraser;
pub use acts::*;
pub use checks::CHECKS;
pub use draft::{decided, lines_of};
pub use live::Live;
pub use mails::Letterhead;
pub use model::{ActivityId, ActivityKind, Ahead, HandMove, MessageId, Move, Standing, WorkshopId};
pub use queries::*;
pub use reminders::{Mails, plan, run};
pub use room::admit;
pub use rules::may_schedule;
pub use tells::Tells;
pub use when::{Meant, Start, meant, weekly};

use crate::journal::{OnErase, OnExport, Table};

/// Mails that one act writes; the planner goes on where there are more (an act touches no more than a thousand rows).
const MAILS_AT_ONCE: usize = 250;

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("workshop", &["author"], OnErase::Anonymise, OnExport::Rows)
        .titled("SELECT w.title FROM workshop w JOIN space s ON s.id = w.space WHERE w.id = $1 AND {readable}", "/workshops/{id}"),
    Table::journaled("workshop_facilitator", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("activity", &[], OnErase::Nothing("the Workshop's own words"), OnExport::Nothing("the Workshop's own words")),
    Table::journaled("registration", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("attendance", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("workshop_message", &["author"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("hand", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("workshop_outcome", &[], OnErase::Nothing("what a meeting decided"), OnExport::Nothing("what a meeting decided")),
    Table::booked("invitation", &["member"], OnErase::Delete, OnExport::Nothing("numbers of the mails that are exported with the outbox")),
    Table::booked("workshop_reminder", &[], OnErase::Nothing("how far a plan has come"), OnExport::Nothing("how far a plan has come")),
];
