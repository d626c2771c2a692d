//! Decisions without I/O: where a Post stands in its tree, what counts as read, how a title becomes an address.

use super::May;
use crate::error::{Error, Result, Say, Wrong};
use crate::limits;
use crate::people::Reader;
use crate::people::rights::{Place, may_write, visible};

/// Base-36 digits of one number in a path: room for 1,679,615 Posts in a Topic.
pub const DIGITS: usize = 4;
/// Levels of the tree; a reply to the deepest stands beside it.
pub const DEEPEST: usize = 200;
/// Levels that are drawn inside one another; deeper ones are listed flat, so that they stay readable on a phone.
pub const NESTED: usize = 8;
/// Posts of a Topic on one page.
pub const PAGE: usize = 100;

/// The place in the tree of Post `number` that answers the Post at `parent` (the first Post's path is empty).
pub fn path_of(parent: &str, number: i64) -> String {
    let keep = parent.len().min((DEEPEST - 1) * DIGITS);
    format!("{}{}", &parent[..keep], digits(number))
}

fn digits(number: i64) -> String {
    let mut rest = number.max(0);
    let mut text = [b'0'; DIGITS];
    for place in text.iter_mut().rev() {
        *place = b"0123456789abcdefghijklmnopqrstuvwxyz"[(rest % 36) as usize];
        rest /= 36;
    }
    text.iter().map(|byte| char::from(*byte)).collect()
}

/// The numbers from the root to the Post at `path`, itself included.
pub fn numbers_in(path: &str) -> Vec<i64> {
    path.as_bytes().chunks(DIGITS).filter_map(|digits| i64::from_str_radix(std::str::from_utf8(digits).ok()?, 36).ok()).collect()
}

/// The number of the Post whose list of replies a Post at `path` is drawn in (1: the Topic's own).
pub fn drawn_under(path: &str) -> i64 {
    let numbers = numbers_in(path);
    match numbers.len() {
        0 | 1 => 1,
        deep => numbers[deep.min(NESTED + 1) - 2],
    }
}

/// Which Posts a Member has read: ranges of numbers in order, as `1-20,25`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadSet(Vec<(i64, i64)>);

impl ReadSet {
    pub fn parse(text: &str) -> Self {
        let mut set = Self::default();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let (from, to) = part.split_once('-').unwrap_or((part, part));
            if let (Ok(from), Ok(to)) = (from.parse::<i64>(), to.parse::<i64>())
                && from <= to
            {
                set.0.push((from, to));
            }
        }
        set.tidy();
        set
    }

    pub fn contains(&self, number: i64) -> bool {
        let at = self.0.partition_point(|(from, _)| *from <= number);
        at > 0 && self.0[at - 1].1 >= number
    }

    pub fn insert(&mut self, numbers: &[i64]) {
        self.0.extend(numbers.iter().filter(|number| **number > 0).map(|number| (*number, *number)));
        self.tidy();
    }

    /// How many Posts it holds.
    pub fn len(&self) -> i64 {
        self.0.iter().map(|(from, to)| to - from + 1).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What it doesn't hold of the numbers 1 to `total`, as (first, last), in order.
    pub fn gaps(&self, total: i64) -> impl Iterator<Item = (i64, i64)> + '_ {
        let mut from = 1;
        let known = self.0.iter().copied().chain(std::iter::once((total + 1, total + 1)));
        known.filter_map(move |(first, last)| {
            let gap = (from, (first - 1).min(total));
            from = last + 1;
            (gap.0 <= gap.1).then_some(gap)
        })
    }

    fn tidy(&mut self) {
        self.0.sort_unstable();
        let mut tidy: Vec<(i64, i64)> = Vec::with_capacity(self.0.len());
        for (from, to) in self.0.drain(..) {
            match tidy.last_mut() {
                Some(last) if from <= last.1 + 1 => last.1 = last.1.max(to),
                _ => tidy.push((from, to)),
            }
        }
        self.0 = tidy;
    }
}

impl std::fmt::Display for ReadSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, (from, to)) in self.0.iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            if from == to { write!(f, "{comma}{from}")? } else { write!(f, "{comma}{from}-{to}")? }
        }
        Ok(())
    }
}

/// A title as part of an address: letters of every script; the id alone where nothing but digits is left.
pub fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut slug = String::new();
    for word in words {
        if slug.chars().count() + word.chars().count() > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.chars().all(|c| c.is_ascii_digit() || c == '-') { String::new() } else { slug }
}

/// Whether the reader may do what a Space lets `may` do.
pub fn allows(reader: &Reader, place: Place, may: May) -> Result<()> {
    visible(reader, place)?;
    reader.signed_in()?;
    may_write(reader)?;
    let passes = match may {
        May::Members => true,
        May::Practitioners => reader.is_practitioner() || reader.moderates(place.space),
        May::Moderators => reader.moderates(place.space),
        May::Admins => reader.is_admin(),
        May::Nobody => false,
    };
    if passes { Ok(()) } else { Err(Error::NotAllowed) }
}

/// Nobody writes in an archived Space.
pub fn writable(archived_at: Option<crate::clock::Instant>) -> Result<()> {
    if archived_at.is_none() { Ok(()) } else { Err(Error::conflict("wrong-space-archived")) }
}

/// Whether the reader may change a Space: admins any, its Moderators those they see.
pub fn may_manage(reader: &Reader, place: Place) -> Result<()> {
    if reader.is_admin() {
        return Ok(());
    }
    visible(reader, place)?;
    reader.signed_in()?;
    if reader.moderates(place.space) { Ok(()) } else { Err(Error::NotAllowed) }
}

/// The text of a Post as it was typed, within its limits.
pub fn checked_text(text: &str) -> Result<String, Wrong> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let wrong = |say: Say| Wrong { field: "body", say };
    if !text.chars().any(|c| !c.is_whitespace() && !c.is_control()) {
        return Err(wrong("wrong-body-empty".into()));
    }
    if text.chars().count() > limits::POST {
        return Err(wrong(Say::new("wrong-too-long").with("limit", limits::POST)));
    }
    Ok(text)
}

/// A Topic's title.
pub fn checked_title(title: &str) -> Result<String, Wrong> {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = |say: Say| Wrong { field: "title", say };
    if !title.chars().any(char::is_alphanumeric) {
        return Err(wrong("wrong-title-empty".into()));
    }
    if title.chars().count() > limits::TITLE {
        return Err(wrong(Say::new("wrong-too-long").with("limit", limits::TITLE)));
    }
    Ok(title)
}

/// Tags as they are kept: lower case, without doubles, five at most.
pub fn clean_tags(tags: &str) -> String {
    let mut kept: Vec<String> = Vec::new();
    for tag in tags.split(',') {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase();
        if !tag.is_empty() && tag.chars().count() <= 40 && !kept.contains(&tag) && kept.len() < 5 {
            kept.push(tag);
        }
    }
    kept.join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_put_the_tree_in_order() {
        let two = path_of("", 2);
        let three = path_of(&two, 3);
        let four = path_of("", 4);
        let five = path_of(&two, 5);
        let mut all = vec![five.clone(), four.clone(), three.clone(), two.clone()];
        all.sort();
        assert_eq!(all, [two, three.clone(), five, four]);
        assert_eq!(numbers_in(&three), [2, 3]);
    }

    #[test]
    fn deep_replies_are_listed_flat() {
        let mut path = String::new();
        for number in 2..=14 {
            path = path_of(&path, number);
            let expected = if number == 2 { 1 } else { (number - 1).min(9) };
            assert_eq!(drawn_under(&path), expected, "{number}");
        }
        for number in 15..400 {
            path = path_of(&path, number);
        }
        assert_eq!(path.len(), DEEPEST * DIGITS);
        assert!(path.ends_with(&digits(399)));
    }

    #[test]
    fn slugs_keep_letters_of_every_script() {
        assert_eq!(slug("How do you reach residents?"), "how-do-you-reach-residents");
        assert_eq!(slug("Ünïted Çities"), "ünïted-çities");
        assert_eq!(slug("城市 人权"), "城市-人权");
        assert_eq!(slug("2026"), "");
        assert_eq!(slug("?!"), "");
        assert!(slug(&"word ".repeat(100)).chars().count() <= 60);
    }

    proptest! {
        #[test]
        fn a_read_set_holds_what_was_put_in(numbers in proptest::collection::vec(1i64..200, 0..100), more in proptest::collection::vec(1i64..200, 0..100)) {
            let mut set = ReadSet::default();
            set.insert(&numbers);
            set.insert(&more);
            let back = ReadSet::parse(&set.to_string());
            prop_assert_eq!(&back, &set);
            let mut distinct: Vec<i64> = numbers.iter().chain(&more).copied().collect();
            distinct.sort_unstable();
            distinct.dedup();
            prop_assert_eq!(set.len(), distinct.len() as i64);
            for number in 0..201 {
                prop_assert_eq!(set.contains(number), distinct.contains(&number));
            }
            let missing: Vec<i64> = set.gaps(150).flat_map(|(from, to)| from..=to).collect();
            prop_assert_eq!(missing, (1..=150).filter(|number| !distinct.contains(number)).collect::<Vec<_>>());
        }

        #[test]
        fn any_text_makes_a_read_set(text in ".*") {
            let set = ReadSet::parse(&text);
            prop_assert_eq!(ReadSet::parse(&set.to_string()), set);
        }
    }
}
