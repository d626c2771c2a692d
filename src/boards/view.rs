//! What one reader sees of a Board now: only what its phase lets leave the server.

use askama::Template;

use super::queries::{self, Board, Card, Group};
use super::rules::{before, loses_dots, next, ranked};
use super::{BoardId, Phase};
use crate::error::Result;
use crate::forum::allows;
use crate::secret;
use crate::web::{Context, Words};

/// A card as this reader sees it.
pub struct CardView {
    pub card: Card,
    pub is_own: bool,
}

/// A group, or a card that stands alone, with its dots.
pub struct GroupView {
    /// `g12` or `c5`.
    pub target: String,
    pub group: Option<Group>,
    pub cards: Vec<CardView>,
    /// All dots: known once the vote is over.
    pub votes: i64,
    pub own_dots: i64,
}

#[derive(Template)]
#[template(path = "boards/_panel.html")]
struct Panel {
    words: Words,
    board: Board,
    /// Cards that stand alone (while all group), or one's own (while all write).
    loose: Vec<CardView>,
    groups: Vec<GroupView>,
    amount: i64,
    dots_left: i64,
    takes_part: bool,
    leads: bool,
    next: Option<Phase>,
    before: Option<Phase>,
    back_loses_dots: bool,
    back: String,
    key: String,
}

impl Panel {
    fn names(&self) -> Vec<(i64, &str)> {
        self.groups.iter().filter_map(|view| view.group.as_ref()).map(|group| (group.id.0, group.title.as_str())).collect()
    }

    fn is(&self, word: &str) -> bool {
        self.board.phase.word() == word
    }

    fn tone(&self, at: &usize) -> usize {
        at % 5 + 1
    }
}

impl GroupView {
    fn range(&self, amount: &i64) -> std::ops::Range<i64> {
        0..(*amount).min(20)
    }
}

/// The HTML of a whole Board for this reader; `back` is where its forms return to. The page must list
/// `Room::Board(id)` among its Rooms.
pub async fn panel(context: &Context, id: BoardId, back: &str) -> Result<String> {
    let (db, reader) = (&context.site.db, &context.reader);
    let board = queries::board(db, reader, id).await?;
    let leads = queries::leads(db, reader, &board).await?;
    let cards = queries::cards(db, id).await?;
    let amount = cards.len() as i64;
    let is_own = |card: &Card| card.author.is_some() && card.author == reader.id();
    let cards = cards.into_iter().map(|card| CardView { is_own: is_own(&card), card });
    // While all write, nobody else's words leave the server, not even towards those who lead.
    let mut cards: Vec<CardView> = if board.phase == Phase::Write { cards.filter(|view| view.is_own).collect() } else { cards.collect() };
    let (mut groups, mut dots_left) = (Vec::new(), board.dots);
    if board.phase >= Phase::Group {
        let own = match reader.id() {
            Some(member) => queries::dots(db, id, Some(member)).await?,
            None => Default::default(),
        };
        dots_left -= own.values().sum::<i64>();
        let all = if board.phase >= Phase::Discuss { queries::dots(db, id, None).await? } else { Default::default() };
        let view = |target: String, group, cards| GroupView {
            votes: all.get(&target).copied().unwrap_or(0),
            own_dots: own.get(&target).copied().unwrap_or(0),
            target,
            group,
            cards,
        };
        for group in queries::groups(db, id).await? {
            let (inside, outside) = cards.into_iter().partition(|view| view.card.grouped == Some(group.id));
            cards = outside;
            groups.push(view(format!("g{}", group.id), Some(group), inside));
        }
        if board.phase > Phase::Group {
            groups.extend(cards.drain(..).map(|alone| view(format!("c{}", alone.card.id), None, vec![alone])));
        }
        if board.phase >= Phase::Discuss {
            groups = by_votes(groups);
        }
    }
    let before = before(board.phase);
    let panel = Panel {
        words: context.words(),
        loose: cards,
        groups,
        amount,
        dots_left,
        takes_part: allows(reader, board.place(), board.may_reply).is_ok(),
        leads,
        next: next(board.phase),
        back_loses_dots: before.is_some_and(|to| loses_dots(board.phase, to)),
        before,
        back: back.to_owned(),
        key: secret::token(),
        board,
    };
    Ok(panel.render()?)
}

fn by_votes(groups: Vec<GroupView>) -> Vec<GroupView> {
    let votes = groups.iter().enumerate().map(|(at, view)| (at, view.votes)).collect();
    let mut groups: Vec<Option<GroupView>> = groups.into_iter().map(Some).collect();
    ranked(&votes).into_iter().filter_map(|at| groups[at].take()).collect()
}
