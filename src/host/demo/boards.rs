//! A Board as it grew: cards, groups, dots, by the people of the texts, up to the phase it is in.

use std::collections::BTreeMap;

use chrono::Duration;
use serde::Deserialize;

use super::generated::Chance;
use super::roster::Roster;
use super::step::{Known, Step, Timed};
use crate::boards::{AddBoard, AddCard, AddGroup, BoardId, CardChange, CardId, CastDot, ChangeCard, GroupId, Phase, SetPhase, cards};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::forum::SpaceId;
use crate::journal::{Act, FormKey, Tx};
use crate::live::BoxFuture;
use crate::people::MemberId;

/// Dots that each has.
const DOTS: usize = 3;

/// A brainstorm of the texts.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BoardText {
    pub question: String,
    pub phase: Option<Phase>,
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

/// Where, by whom and when it was opened, and by when it was what it is.
pub struct Opening {
    pub title: String,
    pub space: String,
    pub leads: Vec<String>,
    pub from: Instant,
    pub until: Instant,
}

/// What happens on a Board.
enum Happens {
    Opens { title: String, question: String, space: String, others: Vec<String> },
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
pub fn steps(roster: &Roster, key: &str, text: &BoardText, opening: &Opening) -> Result<Vec<Timed>> {
    let wrong = |what: &str| Error::bug(format!("the demo's Board {key}: {what}"));
    let lead = opening.leads.first().ok_or_else(|| wrong("nobody leads it"))?;
    let phase = text.phase.unwrap_or(Phase::Write);
    let mut happened: Vec<(String, Happens)> = Vec::new();
    let others = opening.leads[1..].to_vec();
    happened.push((lead.clone(), Happens::Opens { title: opening.title.clone(), question: text.question.clone(), space: opening.space.clone(), others }));
    let mut chance = Chance::seeded(key.len() as u64);
    for (number, card) in text.cards.iter().enumerate() {
        let shuffle = (chance.next() >> 1) as i64;
        happened.push((card.by.clone(), Happens::Card { number, text: card.text.clone(), shuffle }));
    }
    for next in Phase::ALL.iter().copied().filter(|next| (Phase::Reveal..=phase).contains(next)) {
        happened.push((lead.clone(), Happens::Phase(next)));
        match next {
            Phase::Group => happened.extend(grouped(text)),
            Phase::Vote => happened.extend(dots(roster, text, &opening.space)?),
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
fn dots(roster: &Roster, text: &BoardText, space: &str) -> Result<Vec<(String, Happens)>> {
    let space = roster.space(space).ok_or_else(|| Error::bug(format!("no Space {space}")))?;
    let total: usize = text.cards.iter().map(|card| card.votes).sum();
    let mut voters: Vec<&str> = Vec::new();
    let others = roster.people.iter().filter(|person| person.practitioner && roster.may_enter(person, space)).map(|person| person.handle.as_str());
    for handle in text.cards.iter().map(|card| card.by.as_str()).chain(others) {
        if !voters.contains(&handle) {
            voters.push(handle);
        }
    }
    voters.truncate(total.div_ceil(DOTS) + 2);
    let dot = |(card, number): (&CardText, usize), turn| Happens::Dot { group: card.group.clone(), number, turn };
    let targets = text.cards.iter().enumerate().flat_map(|(number, card)| std::iter::repeat_n((card, number), card.votes));
    Ok(targets.zip(voters.iter().cycle()).enumerate().map(|(turn, (target, voter))| ((*voter).to_owned(), dot(target, turn))).collect())
}

impl Step for OnBoard {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let key = &self.board;
            let by = known.reader(tx, &self.by).await?;
            let card_name = |number: usize| format!("{key}/{number}");
            let group_name = |title: &str| format!("{key}/{title}");
            if let Happens::Opens { title, question, space, others } = &self.what {
                let leads = others.iter().map(|handle| Ok(MemberId(known.id("member", handle)?))).collect::<Result<_>>()?;
                let act = AddBoard {
                    by: by.signed_in()?.id,
                    space: SpaceId(known.id("space", space)?),
                    workshop: None,
                    title: title.clone(),
                    question: question.clone(),
                    dots: DOTS as i64,
                    leads,
                };
                let board = act.run(tx).await?;
                known.is("board", key, board.0);
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
