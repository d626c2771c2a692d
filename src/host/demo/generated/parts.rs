//! The hand-written parts of a language, and the words that are put into their places.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::deck::{Chance, Decks};
use crate::error::Result;
use crate::host::demo::texts;

/// Everything that generated Posts of one language are made from.
#[derive(Clone, Debug, Deserialize)]
pub struct Parts {
    months: Vec<String>,
    weekdays: Vec<String>,
    pub theme: BTreeMap<String, Theme>,
    /// Questions that fit any answer to a theme, each with answers that fit any of its ways of asking.
    pub talk: Vec<Talk>,
    pub talk_ends: TalkEnds,
    /// What is said before a part that alone has been said already.
    pub talk_leads: TalkLeads,
}

/// What was done, what came of it, what is still wrong with it: any of one theme's go together.
#[derive(Clone, Debug, Deserialize)]
pub struct Theme {
    pub things: Vec<String>,
    pub did: Vec<String>,
    pub came: Vec<String>,
    pub but: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Talk {
    pub ask: Vec<String>,
    pub answer: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct TalkEnds {
    /// Said to whoever answered.
    pub thanks: Vec<String>,
    /// Said of what somebody did.
    pub echo: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct TalkLeads {
    pub ask: Vec<String>,
    pub answer: Vec<String>,
    pub thanks: Vec<String>,
    pub echo: Vec<String>,
}

/// What a Post's places are filled with: who writes from where, to whom.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub city: &'a str,
    /// The first name of whom it answers.
    pub name: &'a str,
    pub thing: &'a str,
}

impl Parts {
    pub fn load(language: &str) -> Result<Self> {
        texts::toml(&format!("parts/{language}.toml"))
    }

    /// Fills `{city}`, `{name}`, `{thing}`, `{month}`, `{weekday}` and the numbers; a sentence still begins with a capital.
    pub fn fill(&self, part: &str, around: Around, chance: &mut Chance, decks: &mut Decks) -> String {
        let mut text = String::with_capacity(part.len() + 40);
        let mut rest = part;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((slot, after)) = after.split_once('}') else { break };
            let word = match slot {
                "city" => around.city.to_owned(),
                "name" => around.name.to_owned(),
                "thing" => around.thing.to_owned(),
                "month" => self.months[decks.deal(chance, "months", self.months.len())].clone(),
                "weekday" => self.weekdays[decks.deal(chance, "weekdays", self.weekdays.len())].clone(),
                "few" => chance.between(3, 9).to_string(),
                "dozen" => chance.between(11, 38).to_string(),
                "many" => chance.between(112, 689).to_string(),
                _ => String::new(),
            };
            let begins = text.is_empty() || text.ends_with(". ") || text.ends_with("\n\n");
            text.push_str(&if begins { capital(&word) } else { word });
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
