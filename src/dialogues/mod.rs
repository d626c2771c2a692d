//! Multi-level dialogues: one question through Stages; each contributes, sums up, ratifies and passes on; the Stage
//! above answers every Point, and every contributor learns what became of what they said.

mod acts;
mod checks;
mod erase;
pub mod kinds;
mod live;
mod model;
pub mod pages;
mod queries;
pub mod rules;
mod tells;
mod trail;

pub use erase::Eraser;
pub use acts::*;
pub use checks::CHECKS;
pub use live::Live;
pub use model::{AnswerKind, Choice, ContributionId, DialogueId, PointId, StageId, StageState};
pub use queries::{Dialogue, DialogueRow, Stage, contributions, dialogues, held_in, points, stages};
pub use tells::Tells;
pub use trail::holds as trail_holds;

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("dialogue", &["created_by"], OnErase::Anonymise, OnExport::Nothing("a Dialogue is everybody's"))
        .titled("SELECT d.title FROM dialogue d JOIN space s ON s.id = d.space WHERE d.id = $1 AND {readable}", "/dialogues/{id}"),
    Table::journaled("dialogue_lead", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("stage", &[], OnErase::Nothing("a step, not a person"), OnExport::Nothing("a step, not a person"))
        .titled("SELECT g.name FROM stage g JOIN dialogue d ON d.id = g.dialogue JOIN space s ON s.id = d.space WHERE g.id = $1 AND {readable}", ""),
    Table::journaled("contribution", &["author"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("contribution_comment", &["author"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("point", &[], OnErase::Nothing("what a Stage said together"), OnExport::Nothing("what a Stage said together")),
    Table::journaled("point_cite", &[], OnErase::Nothing("which Points rest on which Contributions"), OnExport::Nothing("shown in the trail")),
    Table::journaled("set_aside", &[], OnErase::Nothing("a facilitator's reason"), OnExport::Nothing("shown in the trail")),
    Table::journaled("ballot", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("point_answer", &["author"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("trail", &[], OnErase::Anonymise, OnExport::Nothing("the words are exported where they live")),
];
