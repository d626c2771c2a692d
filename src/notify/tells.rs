//! What a domain tells `notify`: whom an entry concerns, how that reads now, and what is worth a place in a digest.

use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Entry;
use crate::live::BoxFuture;
use crate::people::{MemberId, Reader};
use crate::web::Words;

/// One notice to be written: ids and a reason only. Its words are made when it is read, from what its reader may see then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    pub member: MemberId,
    /// Why: `reply`, `mention`, `dialogue-answered` …; the catalogue has `notice-<reason>` for each, with `$who` and `$title`.
    pub reason: &'static str,
    /// What it is about, by a name of the domain's own: `post:118`. One notice per member and thing: the first stays.
    pub thing: String,
}

/// How a notice reads to its reader now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    pub href: String,
    /// Who did it; empty where that is nobody's name.
    pub who: String,
    /// The title of the place: a Topic, a Workshop, a Dialogue.
    pub title: String,
    pub line: Line,
}

/// What stands under a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Nothing,
    /// Somebody's words, cut.
    Said(String),
    /// What is so and nobody has said: a date, the name of a Stage.
    Fact(String),
}

impl Line {
    /// Somebody's words; nothing where they wrote none.
    pub fn said(text: String) -> Self {
        if text.is_empty() { Self::Nothing } else { Self::Said(text) }
    }

    /// As it is, for where its place tells what it is.
    pub fn plain(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Said(text) | Self::Fact(text) => text,
        }
    }

    /// For mail: what somebody said is quoted, with their name before it where `who` is one.
    pub fn quoted(&self, words: Words, who: &str) -> String {
        match self {
            Self::Said(text) if who.is_empty() => words.t1("quoted", "what", text),
            Self::Said(text) => words.t1("lead-in", "what", who) + &words.t1("quoted", "what", text),
            _ => self.plain().to_owned(),
        }
    }
}

/// Something worth telling in a digest.
#[derive(Clone, Debug, PartialEq)]
pub struct DigestItem {
    /// Why it is there; the catalogue has `digest-why-<reason>`, with `$who` and `$title`.
    pub reason: &'static str,
    pub described: Described,
    /// What it is about, so that nothing is told twice: `topic:42`.
    pub thing: String,
    /// Where it is and how much of it there is, in the reader's language: `City administration · 9 new replies`; may be empty.
    pub note: String,
    pub at: Instant,
    /// Higher is more personal or more valued: 100 an answer to them, 50 a place they watch, 10 what is new.
    pub weight: f64,
}

/// A domain's part in what people are told.
pub trait Tells: Send + Sync {
    /// The domain's name: the first half of its kinds, and kept with each notice.
    fn domain(&self) -> &'static str;

    /// Whom an entry concerns; never its own actor.
    fn told<'a>(&'a self, site: &'a Site, entry: &'a Entry) -> BoxFuture<'a, Result<Vec<Telling>>>;

    /// Whether the act behind a reason has sent a mail of its own: then its notice does not go by mail, too.
    fn has_mailed(&self, _reason: &str) -> bool {
        false
    }

    /// How a thing reads now; `None` where the reader may not see it any more, or it is gone.
    fn describe<'a>(&'a self, site: &'a Site, reader: &'a Reader, thing: &'a str) -> BoxFuture<'a, Result<Option<Described>>>;

    /// Which of these things still wait for the reader: they may see them, they are there, and they have not read them.
    /// Asked on every page with a bell: a domain with many notices answers it in one query.
    fn still_wait<'a>(&'a self, site: &'a Site, reader: &'a Reader, things: &'a [String]) -> BoxFuture<'a, Result<Vec<String>>> {
        Box::pin(async move {
            let mut waiting = Vec::new();
            for thing in things {
                if self.describe(site, reader, thing).await?.is_some() {
                    waiting.push(thing.clone());
                }
            }
            Ok(waiting)
        })
    }

    /// What happened after `since`, or lies ahead, that this reader may see and has not read; at most some dozens.
    fn digest<'a>(&'a self, site: &'a Site, reader: &'a Reader, since: Instant) -> BoxFuture<'a, Result<Vec<DigestItem>>>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Language;

    #[test]
    fn only_what_somebody_said_is_quoted() {
        let (english, french) = (Words(Language::En), Words(Language::Fr));
        let said = Line::said("In May".into());
        assert_eq!(said.quoted(english, "Ben"), "Ben: “In May”");
        assert_eq!(said.quoted(french, "Ben"), "Ben\u{a0}: «\u{202f}In May\u{202f}»");
        assert_eq!(said.quoted(french, ""), "«\u{202f}In May\u{202f}»");
        assert_eq!(Line::Fact("Monday 5 May 2027".into()).quoted(english, ""), "Monday 5 May 2027");
        assert_eq!(Line::said(String::new()).quoted(english, "Ben"), "");
    }
}
