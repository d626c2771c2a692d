//! Adds length to the demo's older Topics: Posts put together from hand-written parts, never the same text twice, in
//! branches in which each answers the one above. Chance is seeded, so that every demo is the same.

mod deck;
mod parts;

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

pub use deck::Chance;
use deck::Decks;
use parts::{Around, Parts};

use super::roster::{PersonText, Roster, SpaceText};
use super::written::WrittenTopic;
use crate::error::{Error, Result};

/// A Post that was put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    /// Its parent among the drafted ones; `None` answers the Topic.
    pub parent: Option<usize>,
    pub by: String,
    pub age: Duration,
    pub text: String,
}

/// Someone who can write in a language, and from where.
struct Voice {
    handle: String,
    first_name: String,
    city: String,
}

/// Puts Posts together, remembering what was said.
pub struct Generator {
    parts: BTreeMap<String, Parts>,
    chance: Chance,
    decks: Decks,
    said: HashSet<String>,
}

/// What follows under an answer to the Topic, as a chain; branches of several chains hang side by side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Ask,
    Answer,
    Thanks,
    Echo,
}

/// How often a text is made anew until it is one that nobody has said; a test sees that it is enough.
const TRIES: usize = 400;

use Turn::{Answer, Ask, Echo, Thanks};

/// The shapes that take turns.
const SHAPES: &[&[&[Turn]]] = &[
    &[&[Ask, Answer]],
    &[&[Echo]],
    &[],
    &[&[Ask, Answer, Thanks], &[Echo]],
    &[&[Ask, Answer, Ask, Answer, Thanks]],
    &[],
    &[&[Ask, Answer, Thanks]],
    &[&[Echo], &[Ask, Answer]],
    &[&[Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Thanks]],
    &[&[Echo], &[Echo]],
];

/// Once in the long Topic: as deep as there are questions.
const DEEP: &[&[Turn]] = &[&[
    Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Ask, Answer, Thanks,
]];
/// Posts from which a Topic is long.
const LONG: usize = 100;

impl Generator {
    pub fn new() -> Result<Self> {
        let load = |language: &&str| Ok(((*language).to_owned(), Parts::load(language)?));
        let parts = ["en", "fr", "de", "es"].iter().map(load).collect::<Result<_>>()?;
        Ok(Self { parts, chance: Chance::seeded(0x70_6c65_6e61_7279), decks: Decks::default(), said: HashSet::new() })
    }

    /// `amount` Posts for a Topic, each after the one it answers.
    pub fn lengthen(&mut self, topic: &WrittenTopic, space: &SpaceText, roster: &Roster, amount: usize) -> Result<Vec<Drafted>> {
        let Some(theme) = topic.theme.as_deref().filter(|_| amount > 0) else { return Ok(Vec::new()) };
        let parts = self.parts.get(&topic.language).cloned().ok_or_else(|| wrong(topic, "a language without parts"))?;
        let voices = voices(&topic.language, space, roster);
        if voices.len() < 4 {
            return Err(wrong(topic, "nobody to write in it"));
        }
        if theme != "all" && !parts.theme.contains_key(theme) {
            return Err(wrong(topic, "an unknown theme"));
        }
        let mut drafted: Vec<Drafted> = Vec::with_capacity(amount);
        let mut roots = Vec::new();
        let mut shape = topic.key.len();
        while drafted.len() < amount {
            roots.push(drafted.len());
            let turns = if amount > LONG && roots.len() == 9 { DEEP } else { SHAPES[shape % SHAPES.len()] };
            self.branch(&parts, &topic.language, theme, turns, &voices, amount, &mut drafted);
            shape += 1;
        }
        date(&mut drafted, &roots, topic.ages, &mut self.chance);
        Ok(drafted)
    }

    /// One answer to the Topic and what hangs under it.
    #[allow(clippy::too_many_arguments)]
    fn branch(&mut self, parts: &Parts, language: &str, theme: &str, shape: &[&[Turn]], voices: &[Voice], amount: usize, drafted: &mut Vec<Drafted>) {
        let root = drafted.len();
        let by = self.deal(&format!("{language} voices"), voices.len());
        let text = self.fresh(|it, _| it.did(parts, language, theme, &voices[by]));
        drafted.push(Drafted { parent: None, by: voices[by].handle.clone(), age: Duration::ZERO, text });
        for chain in shape {
            let mut above = (root, by);
            let order = self.chance.shuffled(parts.talk.len());
            let mut questions = order.iter().map(|at| &parts.talk[*at]);
            let mut asked = None;
            for turn in *chain {
                if drafted.len() == amount {
                    return;
                }
                let mut writes = self.deal(&format!("{language} voices"), voices.len());
                if *turn == Answer {
                    writes = by;
                }
                while *turn != Answer && (writes == by || writes == above.1) {
                    writes = self.deal(&format!("{language} voices"), voices.len());
                }
                if *turn == Ask {
                    asked = questions.next();
                }
                let (said, leads): (&[String], &[String]) = match (turn, asked) {
                    (Ask, Some(talk)) => (&talk.ask, &parts.talk_leads.ask),
                    (Answer, Some(talk)) => (&talk.answer, &parts.talk_leads.answer),
                    (Thanks, _) => (&parts.talk_ends.thanks, &parts.talk_leads.thanks),
                    (Echo, _) => (&parts.talk_ends.echo, &parts.talk_leads.echo),
                    // The language has no further question: the chain ends here.
                    _ => break,
                };
                let around = Around { city: &voices[writes].city, name: &voices[above.1].first_name, thing: "" };
                let text = self.fresh(|it, is_worn| {
                    let part = it.one_of(parts, language, said, around);
                    if is_worn { format!("{} {part}", it.one_of(parts, language, leads, around)) } else { part }
                });
                drafted.push(Drafted { parent: Some(above.0), by: voices[writes].handle.clone(), age: Duration::ZERO, text });
                above = (drafted.len() - 1, writes);
            }
        }
    }

    /// What somebody's city did: a deed with what came of it, with what is wrong with it, or both.
    fn did(&mut self, parts: &Parts, language: &str, theme: &str, by: &Voice) -> String {
        let themes: Vec<&String> = parts.theme.keys().collect();
        let name = if theme == "all" { themes[self.deal(&format!("{language} themes"), themes.len())].clone() } else { theme.to_owned() };
        let theme = &parts.theme[&name];
        let thing = self.deal(&format!("{language} {name} things"), theme.things.len());
        let around = Around { city: &by.city, name: "", thing: &theme.things[thing] };
        let did = self.one_of(parts, language, &theme.did, around);
        let came = self.one_of(parts, language, &theme.came, around);
        let but = self.one_of(parts, language, &theme.but, around);
        match self.deal("forms", 3) {
            0 => format!("{did} {came}"),
            1 => format!("{did} {came}\n\n{but}"),
            _ => format!("{did}\n\n{but}"),
        }
    }

    fn one_of(&mut self, parts: &Parts, language: &str, list: &[String], around: Around) -> String {
        // A list is known by its first line: lines are written once.
        let name = format!("{language} {}", list.first().map_or("", String::as_str));
        let at = self.deal(&name, list.len());
        list.get(at).map(|part| parts.fill(part, around, &mut self.chance, &mut self.decks)).unwrap_or_default()
    }

    fn deal(&mut self, name: &str, cards: usize) -> usize {
        self.decks.deal(&mut self.chance, name, cards)
    }

    /// A text that nobody has said. `make` is told when the parts alone are worn out.
    fn fresh(&mut self, mut make: impl FnMut(&mut Self, bool) -> String) -> String {
        let mut text = make(self, false);
        for turn in 0..TRIES {
            if self.said.insert(text.clone()) {
                break;
            }
            text = make(self, turn > TRIES / 20);
        }
        text
    }
}

fn wrong(topic: &WrittenTopic, what: &str) -> Error {
    Error::bug(format!("the demo's Topic {}: {what}", topic.key))
}

/// Who may write generated Posts there: Practitioners of cities, never those whom the demo's links sign in.
fn voices(language: &str, space: &SpaceText, roster: &Roster) -> Vec<Voice> {
    let speaks = |person: &PersonText, country: &str, is_city: bool| match language {
        "fr" => person.language.word() == "fr",
        "de" => matches!(country, "AT" | "DE"),
        "es" => country == "ES",
        _ => is_city,
    };
    roster
        .people
        .iter()
        .filter(|person| person.practitioner && person.demo.is_none() && roster.may_enter(person, space))
        // First names in other scripts are kept out of the middle of sentences; a team has none.
        .filter(|person| person.name.chars().all(|c| (c as u32) < 0x250) && !person.handle.starts_with("equipe"))
        .filter_map(|person| {
            let organisation = roster.organisation_of(person)?;
            let is_city = organisation.level.word() == "city" && organisation.kind == "municipality";
            speaks(person, &organisation.country, is_city).then(|| Voice {
                handle: person.handle.clone(),
                first_name: person.name.split(' ').next().unwrap_or_default().to_owned(),
                city: organisation.short.clone(),
            })
        })
        .collect()
}

/// Spreads the answers to the Topic evenly and lets replies follow within hours, so that all lie between the two ages.
fn date(drafted: &mut [Drafted], roots: &[usize], ages: (Duration, Duration), chance: &mut Chance) {
    let span = (ages.0 - ages.1).as_secs();
    let mut depth = vec![0u64; drafted.len()];
    for at in 0..drafted.len() {
        depth[at] = drafted[at].parent.map_or(0, |parent| depth[parent] + 1);
    }
    let deepest = depth.iter().max().copied().unwrap_or(0) + 1;
    let step = (span / 5 / deepest).clamp(120, 7 * 3_600);
    for at in 0..drafted.len() {
        drafted[at].age = match drafted[at].parent {
            Some(parent) => drafted[parent].age - Duration::from_secs(chance.between(step / 2, step)),
            None => {
                let turn = roots.partition_point(|root| *root < at) as u64;
                ages.0 - Duration::from_secs(span * 4 / 5 * turn / roots.len().max(1) as u64 + chance.between(0, step / 2))
            }
        };
    }
}
