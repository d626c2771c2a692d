//! Fragments with slots: what everybody sees is rendered once per version and language; what differs per reader is
//! laid over by one function, on the page and on the live line alike. Nothing personal is ever in shared bytes.
//!
//! A template writes a slot as a marker (`{{ slots::when(at) }}`, `{{ slots::only_if(…) }}…{{ slots::end() }}`);
//! [`Fragment::parse`] cuts the rendered text into pieces.

use std::sync::Arc;

use chrono_tz::Tz;

use super::{Words, when as time_element};
use crate::clock::Instant;
use crate::people::{MemberId, Reader};

/// Private-use characters that cannot come from a person: `markdown` and forms take them out.
pub const OPEN: char = '\u{f8f0}';
pub const CLOSE: char = '\u{f8f1}';

/// What a part of a fragment depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    /// Shown to this Member alone.
    Author(i64),
    /// Shown to everybody but this Member.
    Others(i64),
    /// Shown to those who keep order in this Space.
    Moderators(i64),
    /// Shown to the author and to those who keep order.
    AuthorOrModerators(i64, i64),
    /// Shown to whoever is signed in.
    Members,
    /// Shown to whoever is not.
    Visitors,
    /// Shown where this number (of a Post in its Topic) is unread; never to its author.
    Unread(i64, i64),
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    When(Instant),
    If(Only, Vec<Piece>),
}

/// Rendered shared bytes with slots.
#[derive(Clone, Debug)]
pub struct Fragment {
    pieces: Arc<Vec<Piece>>,
}

/// What the slots are filled with for one reader.
pub struct Fill<'a> {
    pub reader: &'a Reader,
    pub words: Words,
    /// Whether a numbered thing is unread to them.
    pub unread: &'a (dyn Fn(i64) -> bool + Sync),
}

/// A time in the reader's zone.
pub fn when(at: &Instant) -> String {
    format!("{OPEN}w{}{CLOSE}", at.micros())
}

pub fn author(id: &MemberId) -> String {
    format!("{OPEN}a{}{CLOSE}", id.0)
}

pub fn others(id: &MemberId) -> String {
    format!("{OPEN}o{}{CLOSE}", id.0)
}

pub fn moderators(space: &i64) -> String {
    format!("{OPEN}m{space}{CLOSE}")
}

pub fn author_or_moderators(author: &Option<MemberId>, space: &i64) -> String {
    match author {
        Some(author) => format!("{OPEN}b{},{space}{CLOSE}", author.0),
        None => moderators(space),
    }
}

pub fn members() -> String {
    format!("{OPEN}s{CLOSE}")
}

pub fn visitors() -> String {
    format!("{OPEN}v{CLOSE}")
}

pub fn unread(number: &i64, author: &Option<MemberId>) -> String {
    format!("{OPEN}u{number},{}{CLOSE}", author.map_or(0, |author| author.0))
}

pub fn end() -> String {
    format!("{OPEN}e{CLOSE}")
}

impl Fragment {
    /// Cuts rendered text at its markers. A marker that is not understood is left out.
    pub fn parse(text: &str) -> Self {
        let mut stack: Vec<(Option<Only>, Vec<Piece>)> = vec![(None, Vec::new())];
        let mut rest = text;
        while let Some(at) = rest.find(OPEN) {
            push(&mut stack, Piece::Text(rest[..at].to_owned()));
            let marked = &rest[at + OPEN.len_utf8()..];
            let Some(close) = marked.find(CLOSE) else {
                rest = "";
                break;
            };
            mark(&mut stack, &marked[..close]);
            rest = &marked[close + CLOSE.len_utf8()..];
        }
        push(&mut stack, Piece::Text(rest.to_owned()));
        while stack.len() > 1 {
            close_innermost(&mut stack);
        }
        let pieces = stack.pop().map(|(_, pieces)| pieces).unwrap_or_default();
        Self { pieces: Arc::new(pieces) }
    }

    /// Its bytes, about: for a cache's weigher.
    pub fn weight(&self) -> u32 {
        fn bytes(pieces: &[Piece]) -> usize {
            pieces.iter().map(|piece| match piece {
                Piece::Text(text) => text.len(),
                Piece::When(_) => 16,
                Piece::If(_, inner) => 32 + bytes(inner),
            }).sum()
        }
        u32::try_from(bytes(&self.pieces)).unwrap_or(u32::MAX)
    }

    /// The fragment as this reader sees it.
    pub fn fill(&self, fill: &Fill<'_>) -> String {
        let mut out = String::with_capacity(self.weight() as usize);
        lay(&self.pieces, fill, &mut out);
        out
    }

    /// Which of its conditions hold for the reader: those for whom the same hold, of one language and zone, get the same
    /// bytes.
    pub fn sides(&self, fill: &Fill<'_>) -> Vec<u64> {
        let mut sides = (Vec::new(), 0usize);
        collect_sides(&self.pieces, fill, &mut sides);
        sides.0
    }
}

/// Puts fragments together into one that keeps their slots, but for the times: those are written as all readers of one
/// language and zone see them.
pub struct Joined {
    words: Words,
    zone: Tz,
    pieces: Vec<Piece>,
}

impl Joined {
    pub fn new(words: Words, zone: Tz) -> Self {
        Self { words, zone, pieces: Vec::new() }
    }

    pub fn text(&mut self, text: &str) {
        add(&mut self.pieces, Piece::Text(text.to_owned()));
    }

    pub fn fragment(&mut self, fragment: &Fragment) {
        for piece in self.dated(&fragment.pieces) {
            add(&mut self.pieces, piece);
        }
    }

    /// Takes these bytes, and blanks after them, off the end again.
    pub fn without(&mut self, end: &str) {
        if let Some(Piece::Text(text)) = self.pieces.last_mut()
            && let Some(kept) = text.trim_end().strip_suffix(end)
        {
            text.truncate(kept.len());
        }
    }

    pub fn done(self) -> Fragment {
        Fragment { pieces: Arc::new(self.pieces) }
    }

    fn dated(&self, pieces: &[Piece]) -> Vec<Piece> {
        let mut dated = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let piece = match piece {
                Piece::Text(text) => Piece::Text(text.clone()),
                Piece::When(at) => Piece::Text(time(self.words, self.zone, *at)),
                Piece::If(only, inner) => Piece::If(*only, self.dated(inner)),
            };
            add(&mut dated, piece);
        }
        dated
    }
}

/// Text goes on with the text before it.
fn add(pieces: &mut Vec<Piece>, piece: Piece) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Text(before)), Piece::Text(text)) => before.push_str(&text),
        (_, piece) => pieces.push(piece),
    }
}

fn push(stack: &mut [(Option<Only>, Vec<Piece>)], piece: Piece) {
    if let Some((_, pieces)) = stack.last_mut()
        && !matches!(&piece, Piece::Text(text) if text.is_empty())
    {
        pieces.push(piece);
    }
}

fn close_innermost(stack: &mut Vec<(Option<Only>, Vec<Piece>)>) {
    if let Some((Some(only), pieces)) = stack.pop() {
        push(stack, Piece::If(only, pieces));
    }
}

fn mark(stack: &mut Vec<(Option<Only>, Vec<Piece>)>, marker: &str) {
    let (kind, value) = marker.split_at(marker.chars().next().map_or(0, char::len_utf8));
    let number = value.parse::<i64>().unwrap_or_default();
    let only = match kind {
        "w" => return push(stack, Piece::When(Instant::from_micros(number))),
        "e" if stack.len() > 1 => return close_innermost(stack),
        "a" => Only::Author(number),
        "o" => Only::Others(number),
        "m" => Only::Moderators(number),
        "b" => Only::AuthorOrModerators(pair(value).0, pair(value).1),
        "s" => Only::Members,
        "v" => Only::Visitors,
        "u" => Only::Unread(pair(value).0, pair(value).1),
        _ => return,
    };
    stack.push((Some(only), Vec::new()));
}

fn pair(value: &str) -> (i64, i64) {
    let (one, other) = value.split_once(',').unwrap_or_default();
    (one.parse().unwrap_or_default(), other.parse().unwrap_or_default())
}

fn holds(only: Only, fill: &Fill<'_>) -> bool {
    match only {
        Only::Author(id) => fill.reader.is(MemberId(id)),
        Only::Others(id) => !fill.reader.is(MemberId(id)),
        Only::Moderators(space) => fill.reader.moderates(space),
        Only::AuthorOrModerators(id, space) => fill.reader.is(MemberId(id)) || fill.reader.moderates(space),
        Only::Members => fill.reader.member.is_some(),
        Only::Visitors => fill.reader.member.is_none(),
        Only::Unread(number, author) => !fill.reader.is(MemberId(author)) && (fill.unread)(number),
    }
}

fn lay(pieces: &[Piece], fill: &Fill<'_>, out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::When(at) => out.push_str(&time(fill.words, fill.reader.zone, *at)),
            Piece::If(only, inner) => {
                if holds(*only, fill) {
                    lay(inner, fill, out);
                }
            }
        }
    }
}

fn collect_sides(pieces: &[Piece], fill: &Fill<'_>, sides: &mut (Vec<u64>, usize)) {
    for piece in pieces {
        if let Piece::If(only, inner) = piece {
            if sides.1.is_multiple_of(64) {
                sides.0.push(0);
            }
            if holds(*only, fill)
                && let Some(last) = sides.0.last_mut()
            {
                *last |= 1 << (sides.1 % 64);
            }
            sides.1 += 1;
            collect_sides(inner, fill, sides);
        }
    }
}

fn time(words: Words, zone: Tz, at: Instant) -> String {
    time_element(words, zone, at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Language;

    fn filled(text: &str, reader: &Reader) -> String {
        Fragment::parse(text).fill(&Fill { reader, words: Words(Language::En), unread: &|number| number == 7 })
    }

    #[test]
    fn what_differs_per_reader_is_laid_over_the_shared_bytes() {
        let visitor = Reader::visitor(Language::En, chrono_tz::UTC);
        let text = format!("<p>{}new{}{}old{} {}edit{}</p>", unread(&7, &None), end(), unread(&8, &None), end(), author(&MemberId(5)), end());
        assert_eq!(filled(&text, &visitor), "<p>new </p>");
        let text = format!("{}mine{}{}theirs{}", author(&MemberId(5)), end(), others(&MemberId(5)), end());
        assert_eq!(filled(&text, &visitor), "theirs");
    }

    #[test]
    fn readers_of_one_side_get_the_same_however_many_slots() {
        let text: String = (0..200).map(|id| format!("{}mine{}", author(&MemberId(id)), end())).collect();
        let fragment = Fragment::parse(&text);
        let visitor = Reader::visitor(Language::En, chrono_tz::UTC);
        let of = |number: i64| fragment.sides(&Fill { reader: &visitor, words: Words(Language::En), unread: &|_| false }).get(number as usize / 64).copied();
        assert_eq!((of(0), of(199), of(256)), (Some(0), Some(0), None));
        let unread: String = (0..200).map(|number| format!("{}new{}", unread(&number, &None), end())).collect();
        let unread = Fragment::parse(&unread);
        let sides = |number: i64| unread.sides(&Fill { reader: &visitor, words: Words(Language::En), unread: &|other| other == number });
        assert_ne!(sides(150), sides(151));
        assert_eq!(sides(150), sides(150));
    }

    #[test]
    fn nested_and_broken_markers_lose_no_text() {
        let visitor = Reader::visitor(Language::En, chrono_tz::UTC);
        let text = format!("a{}b{}c{}d{}e", unread(&7, &None), members(), end(), end());
        assert_eq!(filled(&text, &visitor), "abde");
        assert_eq!(filled(&format!("a{}b", unread(&7, &None)), &visitor), "ab");
        assert_eq!(filled(&format!("a{}b", end()), &visitor), "ab");
        assert_eq!(filled(&format!("a{OPEN}zzz"), &visitor), "a");
    }

    #[test]
    fn what_is_joined_fills_like_its_parts_one_after_the_other() {
        let visitor = Reader::visitor(Language::En, chrono_tz::Europe::Vienna);
        let fill = Fill { reader: &visitor, words: Words(Language::En), unread: &|number| number == 7 };
        let parts = [format!("<li>{}new{}{}</li>\n", unread(&7, &None), when(&Instant::from_micros(0)), end()), format!("{}mine{}<b></li>", author(&MemberId(5)), end())];
        let mut joined = Joined::new(fill.words, visitor.zone);
        let mut apart = String::new();
        for part in &parts {
            let fragment = Fragment::parse(part);
            joined.fragment(&fragment);
            joined.without("</li>");
            joined.text("<hr>");
            let text = fragment.fill(&fill);
            apart.push_str(text.trim_end().strip_suffix("</li>").unwrap());
            apart.push_str("<hr>");
        }
        assert_eq!(joined.done().fill(&fill), apart);
    }

    #[test]
    fn a_time_is_in_the_readers_zone() {
        let visitor = Reader::visitor(Language::En, chrono_tz::Europe::Vienna);
        let text = when(&Instant::from_micros(0));
        assert_eq!(filled(&text, &visitor), "<time datetime=\"1970-01-01T00:00:00Z\">1 January 1970, 01:00 CET</time>");
    }
}
