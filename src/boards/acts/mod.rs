//! What changes a Board, one act a file.

mod card;
mod dots;
mod group;
mod open;
mod phase;

pub use card::{AddCard, CardChange, ChangeCard};
pub use dots::CastDot;
pub use group::{AddGroup, ChangeGroup, GroupChange};
pub use open::{AddBoard, OpenBoard};
pub use phase::SetPhase;

use super::queries::{self, Board};
use super::BoardId;
use crate::error::{Error, Result};
use crate::forum::{May, allows};
use crate::journal::Tx;
use crate::people::{MemberId, Reader};

/// The Board, for somebody who may take part: whoever may reply in its Space.
async fn taking_part(tx: &Tx, by: &Reader, id: BoardId) -> Result<(Board, MemberId)> {
    let member = by.signed_in()?.id;
    let board = queries::board(tx, by, id).await?;
    allows(by, board.place(), board.may_reply)?;
    Ok((board, member))
}

/// The Board, for somebody who leads it.
async fn leading(tx: &Tx, by: &Reader, id: BoardId) -> Result<(Board, MemberId)> {
    let member = by.signed_in()?.id;
    let board = queries::board(tx, by, id).await?;
    if !queries::leads(tx, by, &board).await? {
        return Err(Error::NotAllowed);
    }
    if board.may_reply == May::Nobody {
        return Err(Error::conflict("wrong-space-archived"));
    }
    Ok((board, member))
}
