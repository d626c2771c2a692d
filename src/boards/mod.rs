//! Boards: brainstorming in phases. Write silently, reveal, group, vote with dots, discuss.

mod acts;
mod audit;
mod checks;
mod erase;
pub mod kinds;
mod live;
mod model;
pub mod pages;
mod queries;
pub mod rules;
mod view;

pub use erase::Eraser;
pub use acts::*;
pub use audit::Audit;
pub use checks::CHECKS;
pub use live::Live;
pub use model::{BoardId, CardId, GroupId, Phase};
pub use queries::{Board, BoardRow, Card, Outcome, OutcomeGroup, boards_of, cards, held_in, outcome};
pub use view::{panel, rows};

use crate::journal::{OnErase, OnExport, Table};

/// What exporting and erasing a Member does to the tables of this folder.
pub const TABLES: &[Table] = &[
    Table::journaled("board", &["created_by"], OnErase::Anonymise, OnExport::Nothing("a Board is everybody's; one's own cards are exported"))
        .titled("SELECT b.title FROM board b JOIN space s ON s.id = b.space WHERE b.id = $1 AND {readable}", "/boards/{id}"),
    Table::journaled("board_lead", &["member"], OnErase::Delete, OnExport::Rows),
    Table::journaled("card_group", &[], OnErase::Nothing("titles and notes that all wrote together"), OnExport::Nothing("everybody's")),
    Table::journaled("card", &["author"], OnErase::Anonymise, OnExport::Rows),
    Table::journaled("dot", &["member"], OnErase::Delete, OnExport::Rows),
];
