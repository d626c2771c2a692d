//! Where Workshops meet Boards: beginning one, showing it in the room, and what came of it.

use super::{Activity, Workshop};
use crate::boards::{self, AddBoard, BoardId, Outcome};
use crate::error::Result;
use crate::forum::SpaceId;
use crate::journal::{Act, Reads, Tx};
use crate::people::MemberId;
use crate::web::Context;

/// Dots that each may give where nobody said otherwise.
const DOTS: i64 = 3;

/// Opens the Board of a brainstorm that begins; every facilitator leads it.
pub(super) async fn begin(tx: &Tx, by: MemberId, workshop: &Workshop, activity: &Activity, leads: Vec<MemberId>) -> Result<i64> {
    let act = AddBoard {
        by,
        space: SpaceId(workshop.space),
        workshop: Some(workshop.id.0),
        title: activity.title.clone(),
        question: activity.question.clone(),
        dots: DOTS,
        leads,
    };
    act.run(tx).await.map(|board| board.0)
}

/// The Board as this reader sees it; its forms return to `back`.
pub(super) async fn panel(context: &Context, board: i64, back: &str) -> Result<String> {
    boards::panel(context, BoardId(board), back).await
}

pub(super) async fn outcome(db: &impl Reads, board: i64) -> Result<Outcome> {
    boards::outcome(db, BoardId(board)).await
}
