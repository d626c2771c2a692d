//! What one reader sees of a Board now: only what its phase lets leave the server.
//!
//! While all group, cards and groups are fragments of their own that the live line sends, too: many people change them
//! at once. In the other phases a page fetches its whole panel, for there what one sees is mostly one's own.

use askama::Template;

use super::queries::{self, Board, BoardRow, Card, Group};
use super::rules::{before, loses_dots, next, ranked};
use super::{BoardId, GroupId, Phase};
use crate::error::Result;
use crate::forum::allows;
use crate::secret;
use crate::web::{Context, Fill, Fragment, Words, slots};

/// A card as everybody sees it, with slots for its author.
#[derive(Template)]
#[template(path = "boards/_card.html")]
struct CardTemplate<'a> {
    words: Words,
    board: BoardId,
    phase: Phase,
    card: &'a Card,
}

/// A group while all group.
#[derive(Template)]
#[template(path = "boards/_group.html")]
struct GroupTemplate<'a> {
    words: Words,
    board: BoardId,
    group: &'a Group,
    cards: String,
}

/// How many cards there are, or how many people have voted.
#[derive(Template)]
#[template(path = "boards/_count.html")]
struct CountTemplate {
    board: BoardId,
    text: String,
}

/// A line of a Space's list.
#[derive(Template)]
#[template(path = "boards/_row.html")]
struct RowTemplate<'a> {
    words: Words,
    row: &'a BoardRow,
}

impl Card {
    /// Its place in a list, sorted as text.
    pub fn key(&self) -> String {
        format!("{:020}{:012}", self.shuffle, self.id.0)
    }

    pub fn is_in(&self, group: &GroupId) -> bool {
        self.grouped == Some(*group)
    }

    /// The list it stands in while all group.
    pub fn list(&self, board: BoardId) -> String {
        self.grouped.map_or_else(|| format!("loose-{board}"), |group| format!("cards-{group}"))
    }
}

impl Group {
    fn tone(&self) -> i64 {
        tone(&self.id.0)
    }

    pub fn key(&self) -> String {
        group_key(self.id)
    }
}

fn group_key(id: GroupId) -> String {
    format!("1{:012}", id.0)
}

/// The colour of a group, the same for all and for ever.
fn tone(id: &i64) -> i64 {
    id.rem_euclid(5) + 1
}

pub(super) fn card_fragment(words: Words, board: BoardId, phase: Phase, card: &Card) -> Result<Fragment> {
    Ok(Fragment::parse(&CardTemplate { words, board, phase, card }.render()?))
}

pub(super) fn group_fragment(words: Words, board: BoardId, group: &Group, cards: &[Card]) -> Result<Fragment> {
    let inside = cards.iter().filter(|card| card.grouped == Some(group.id));
    let cards = inside.map(|card| Ok(CardTemplate { words, board, phase: Phase::Group, card }.render()?)).collect::<Result<String>>()?;
    Ok(Fragment::parse(&GroupTemplate { words, board, group, cards }.render()?))
}

pub(super) fn count_fragment(words: Words, board: &Board, (cards, voters): (i64, i64)) -> Result<Option<Fragment>> {
    let text = match board.phase {
        Phase::Write => words.n("board-cards", cards),
        Phase::Vote => words.n("board-voters", voters),
        _ => return Ok(None),
    };
    Ok(Some(Fragment::parse(&CountTemplate { board: board.id, text }.render()?)))
}

pub(super) fn row_fragment(words: Words, row: &BoardRow) -> Result<Fragment> {
    Ok(Fragment::parse(&RowTemplate { words, row }.render()?))
}

/// The lines of a Space's list of Boards.
pub fn rows(words: Words, rows: &[BoardRow]) -> Result<String> {
    rows.iter().map(|row| Ok(RowTemplate { words, row }.render()?)).collect()
}

impl BoardRow {
    /// Its place in a list that shows the newest first.
    pub fn key(&self) -> String {
        format!("{:012}", 999_999_999_999_i64.saturating_sub(self.id.0))
    }
}

/// A group, or a card that stands alone, with its dots: while all vote, and afterwards.
pub struct GroupView {
    /// `g12` or `c5`.
    pub target: String,
    pub group: Option<Group>,
    pub cards: Vec<Card>,
    /// The cards as this reader sees them.
    pub filled: String,
    /// All dots: known once the vote is over.
    pub votes: i64,
    pub own_dots: i64,
    tone: i64,
}

impl GroupView {
    /// What it is called where there is only a word: its title, or the card that stands alone.
    fn name(&self) -> &str {
        self.group.as_ref().map_or_else(|| self.cards.first().map_or("", |card| card.text.as_str()), |group| group.title.as_str())
    }

    fn range(&self, amount: &i64) -> std::ops::Range<i64> {
        0..(*amount).min(20)
    }
}

#[derive(Template)]
#[template(path = "boards/_panel.html")]
struct Panel {
    words: Words,
    board: Board,
    /// What everybody may know in numbers, as it is drawn on the live line.
    count: String,
    /// One's own cards, while all write.
    own: Vec<Card>,
    /// All cards while all read, those that stand alone while all group: drawn.
    loose: String,
    /// The groups while all group: drawn.
    groups: String,
    /// Groups and cards that stand alone, with dots.
    views: Vec<GroupView>,
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
    fn is(&self, word: &str) -> bool {
        self.board.phase.word() == word
    }

    fn is_over(&self) -> bool {
        self.board.phase >= Phase::Discuss
    }
}

/// The HTML of a whole Board for this reader; `back` is where its forms return to. The page must list
/// `Room::Board(id)` among its Rooms.
pub async fn panel(context: &Context, id: BoardId, back: &str) -> Result<String> {
    let (db, reader, words) = (&context.site.db, &context.reader, context.words());
    let board = queries::board(db, reader, id).await?;
    let leads = queries::leads(db, reader, &board).await?;
    let cards = queries::cards(db, id).await?;
    let fill = Fill { reader, words, unread: &|_| false };
    let count = count_fragment(words, &board, queries::amounts(db, id).await?)?;
    let before = before(board.phase);
    let mut panel = Panel {
        words,
        count: count.map(|count| count.fill(&fill)).unwrap_or_default(),
        own: Vec::new(),
        loose: String::new(),
        groups: String::new(),
        views: Vec::new(),
        dots_left: board.dots,
        takes_part: allows(reader, board.place(), board.may_reply).is_ok(),
        leads,
        next: next(board.phase),
        back_loses_dots: before.is_some_and(|to| loses_dots(board.phase, to)),
        before,
        back: back.to_owned(),
        key: secret::token(),
        board,
    };
    let drawn = |card: &Card| card_fragment(words, id, panel.board.phase, card).map(|fragment| fragment.fill(&fill));
    match panel.board.phase {
        // While all write, nobody else's words leave the server, not even towards those who lead.
        Phase::Write => panel.own = cards.into_iter().filter(|card| card.author.is_some() && card.author == reader.id()).collect(),
        Phase::Reveal => panel.loose = cards.iter().map(drawn).collect::<Result<_>>()?,
        Phase::Group => {
            let loose = cards.iter().filter(|card| card.grouped.is_none()).map(drawn).collect::<Result<_>>()?;
            for group in queries::groups(db, id).await? {
                panel.groups += &group_fragment(words, id, &group, &cards)?.fill(&fill);
            }
            panel.loose = loose;
        }
        Phase::Vote | Phase::Discuss | Phase::Closed => {
            panel.views = views(context, &panel.board, cards, &drawn).await?;
            panel.dots_left -= panel.views.iter().map(|view| view.own_dots).sum::<i64>();
        }
    }
    Ok(panel.render()?)
}

/// Groups and cards that stand alone, in their order: most dots first once they are told.
async fn views(context: &Context, board: &Board, mut cards: Vec<Card>, drawn: &(dyn Fn(&Card) -> Result<String> + Sync)) -> Result<Vec<GroupView>> {
    let db = &context.site.db;
    let own = match context.reader.id() {
        Some(member) => queries::dots(db, board.id, Some(member)).await?,
        None => Default::default(),
    };
    let tells = super::rules::tells_votes(board.phase);
    let all = if tells { queries::dots(db, board.id, None).await? } else { Default::default() };
    let view = |target: String, group: Option<Group>, cards: Vec<Card>, tone| -> Result<GroupView> {
        Ok(GroupView {
            votes: all.get(&target).copied().unwrap_or(0),
            own_dots: own.get(&target).copied().unwrap_or(0),
            filled: cards.iter().map(drawn).collect::<Result<_>>()?,
            target,
            group,
            cards,
            tone,
        })
    };
    let mut views = Vec::new();
    for group in queries::groups(db, board.id).await? {
        let (inside, outside) = cards.into_iter().partition(|card| card.grouped == Some(group.id));
        cards = outside;
        views.push(view(format!("g{}", group.id), Some(group.clone()), inside, tone(&group.id.0))?);
    }
    for alone in cards {
        views.push(view(format!("c{}", alone.id), None, vec![alone.clone()], 1)?);
    }
    if !tells {
        return Ok(views);
    }
    let votes = views.iter().enumerate().map(|(at, view)| (at, view.votes)).collect();
    let mut views: Vec<Option<GroupView>> = views.into_iter().map(Some).collect();
    Ok(ranked(&votes).into_iter().filter_map(|at| views[at].take()).collect())
}
