//! A Board as it grew: cards, groups, dots, by the people of the texts, up to the phase it is in.

use std::collections::BTreeMap;

use chrono::Duration;
use serde::Deserialize;

use super::generated::Chance;
use super::step::{Known, Step, Timed};
use crate::boards::{AddBoard, AddCard, AddGroup, BoardId, CardChange, CardId, CastDot, ChangeCard, GroupId, Phase, SetPhase, cards};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum::SpaceId;
use crate::journal::{Act, FormKey, Tx};
use crate::live::BoxFuture;
use crate::people::MemberId;
use crate::workshops::{WorkshopId, agenda};

/// Dots that each has.
const DOTS: usize = 3;

/// A brainstorm of the texts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BoardText {
    pub question: String,
    pub phase: Option<Phase>,
    /// How many gave dots; 0: as few as it takes.
    pub voters: usize,
    #[serde(rename = "card")]
    pub cards: Vec<CardText>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct CardText {
    pub by: String,
    pub text: String,
    /// Its group's title; empty: it stands alone.
    #[serde(default)]
    pub group: String,
    /// Dots; those of a group are added up.
    #[serde(default)]
    pub votes: usize,
}

/// Where a Board is.
#[derive(Clone, Debug)]
pub enum Place {
    /// It stands by itself in a Space.
    Space { title: String, space: String },
    /// The room of a Workshop has opened it, at this part of the Agenda.
    Agenda { workshop: String, position: i64 },
}

/// Where, by whom and when it was opened, who votes, and by when it was what it is.
pub struct Opening {
    pub place: Place,
    pub leads: Vec<String>,
    pub voters: Vec<String>,
    pub from: Instant,
    pub until: Instant,
}

/// What happens on a Board.
enum Happens {
    Opens { place: Place, question: String, others: Vec<String> },
    Card { number: usize, text: String, shuffle: i64 },
    Phase(Phase),
    /// A new group with its first card.
    Group { title: String, first: usize },
    Joins { title: String, number: usize },
    /// A dot for a group, or for a card that stands alone.
    /// `turn` tells one dot from the next.
    Dot { group: String, number: usize, turn: usize },
}

struct OnBoard {
    board: String,
    by: String,
    what: Happens,
}

/// Everything that happened on it, spread over its time.
pub fn steps(key: &str, text: &BoardText, opening: &Opening) -> Result<Vec<Timed>> {
    let wrong = |what: &str| Error::bug(format!("the demo's Board {key}: {what}"));
    let lead = opening.leads.first().ok_or_else(|| wrong("nobody leads it"))?;
    let phase = text.phase.unwrap_or(Phase::Write);
    let mut happened: Vec<(String, Happens)> = Vec::new();
    let others = opening.leads[1..].to_vec();
    happened.push((lead.clone(), Happens::Opens { place: opening.place.clone(), question: text.question.clone(), others }));
    let mut chance = Chance::seeded(key.len() as u64);
    for (number, card) in text.cards.iter().enumerate() {
        let shuffle = (chance.next() >> 1) as i64;
        happened.push((card.by.clone(), Happens::Card { number, text: card.text.clone(), shuffle }));
    }
    for next in Phase::ALL.iter().copied().filter(|next| (Phase::Reveal..=phase).contains(next)) {
        happened.push((lead.clone(), Happens::Phase(next)));
        match next {
            Phase::Group => happened.extend(grouped(text)),
            Phase::Vote => happened.extend(dots(text, &opening.voters)),
            _ => {}
        }
    }
    let span = opening.until.since(opening.from);
    let amount = happened.len() as i32;
    let timed = happened.into_iter().zip(0..).map(|((by, what), place): (_, i32)| {
        let at = opening.from.plus(Duration::microseconds(span.num_microseconds().unwrap_or(0).max(0) / i64::from(amount.max(1)) * i64::from(place)));
        Timed::new(at, OnBoard { board: key.to_owned(), by, what })
    });
    Ok(timed.collect())
}

/// Cards that come together, each moved by whoever wrote it.
fn grouped(text: &BoardText) -> Vec<(String, Happens)> {
    let mut made: Vec<&str> = Vec::new();
    let mut happened = Vec::new();
    for (number, card) in text.cards.iter().enumerate().filter(|(_, card)| !card.group.is_empty()) {
        let title = card.group.clone();
        if made.contains(&card.group.as_str()) {
            happened.push((card.by.clone(), Happens::Joins { title, number }));
        } else {
            made.push(&card.group);
            happened.push((card.by.clone(), Happens::Group { title, first: number }));
        }
    }
    happened
}

/// Dots by as many people as it takes, nobody more than their budget; those who wrote go first.
fn dots(text: &BoardText, people: &[String]) -> Vec<(String, Happens)> {
    let total: usize = text.cards.iter().map(|card| card.votes).sum();
    let mut voters: Vec<&str> = Vec::new();
    for handle in text.cards.iter().map(|card| &card.by).chain(people).map(String::as_str) {
        if !voters.contains(&handle) {
            voters.push(handle);
        }
    }
    voters.truncate(text.voters.max(total.div_ceil(DOTS)));
    let dot = |(card, number): (&CardText, usize), turn| Happens::Dot { group: card.group.clone(), number, turn };
    let targets = text.cards.iter().enumerate().flat_map(|(number, card)| std::iter::repeat_n((card, number), card.votes));
    targets.zip(voters.iter().cycle()).enumerate().map(|(turn, (target, voter))| ((*voter).to_owned(), dot(target, turn))).collect()
}

impl Step for OnBoard {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let key = &self.board;
            let by = known.reader(tx, &self.by).await?;
            let card_name = |number: usize| format!("{key}/{number}");
            let group_name = |title: &str| format!("{key}/{title}");
            if let Happens::Opens { place, question, others } = &self.what {
                let leads = others.iter().map(|handle| Ok(MemberId(known.id("member", handle)?))).collect::<Result<_>>()?;
                let board = match place {
                    Place::Space { title, space } => {
                        let space = SpaceId(known.id("space", space)?);
                        let (by, title, question) = (by.signed_in()?.id, title.clone(), question.clone());
                        AddBoard { by, space, workshop: None, title, question, dots: DOTS as i64, leads }.run(tx).await?.0
                    }
                    Place::Agenda { workshop, position } => {
                        let agenda = agenda(tx, WorkshopId(known.id("workshop", workshop)?)).await?;
                        let board = agenda.iter().find(|activity| activity.position == *position).and_then(|activity| activity.board);
                        board.ok_or_else(|| Error::bug(format!("the room of {workshop} has opened no Board at {position}")))?
                    }
                };
                known.is("board", key, board);
                return Ok(());
            }
            let board = BoardId(known.id("board", key)?);
            match &self.what {
                Happens::Opens { .. } => {}
                Happens::Card { number, text, shuffle } => {
                    let form = FormKey::of("demo", &["card", key, &number.to_string()]);
                    let card = AddCard { by, board, text: text.clone(), shuffle: *shuffle, key: form }.run(tx).await?;
                    known.is("card", &card_name(*number), card.0);
                    known.is("shuffle", &card_name(*number), *shuffle);
                }
                Happens::Phase(phase) => {
                    SetPhase { by, board, phase: *phase }.run(tx).await?;
                    if *phase == Phase::Reveal {
                        // Cards get new numbers then; they are known again by the places that were drawn for them.
                        let drawn: BTreeMap<i64, CardId> = cards(tx, board).await?.into_iter().map(|card| (card.shuffle, card.id)).collect();
                        let known_again = (0..).map_while(|number| Some((card_name(number), *drawn.get(&known.id("shuffle", &card_name(number)).ok()?)?)));
                        for (name, card) in known_again.collect::<Vec<_>>() {
                            known.is("card", &name, card.0);
                        }
                    }
                }
                Happens::Group { title, first } => {
                    let first = CardId(known.id("card", &card_name(*first))?);
                    let group = AddGroup { by, board, title: title.clone(), with: Some(first), key: FormKey::of("demo", &["group", key, title]) }.run(tx).await?;
                    known.is("group", &group_name(title), group.0);
                }
                Happens::Joins { title, number } => {
                    let group = GroupId(known.id("group", &group_name(title))?);
                    let card = CardId(known.id("card", &card_name(*number))?);
                    ChangeCard { by, board, card, change: CardChange::Move(Some(group)) }.run(tx).await?;
                }
                Happens::Dot { group, number, turn } => {
                    let target = match group.is_empty() {
                        true => format!("c{}", known.id("card", &card_name(*number))?),
                        false => format!("g{}", known.id("group", &group_name(group))?),
                    };
                    CastDot { by, board, target, change: 1, key: FormKey::of("demo", &["dot", key, &turn.to_string()]) }.run(tx).await?;
                }
            }
            Ok(())
        })
    }

    fn rows(&self) -> usize {
        4
    }
}
