//! Where one is in a long Topic, beside its tree: the scrubber. Percentages for SVG attributes; numbers are those of Posts.

use crate::forum::{PostPlace, Topic};

/// A Topic with fewer Posts is seen whole.
const LONG: i64 = 12;
/// Stretches drawn at most; what is unread in more of them is dense enough.
const STRETCHES: usize = 40;

/// What the rail shows.
pub struct Scrub {
    pub total: i64,
    pub here: i64,
    /// Unread stretches: where each begins and ends.
    pub unread: Vec<(String, String)>,
}

impl Scrub {
    /// For a Topic long enough to need it. `here` is the first Post on the page after the opening one.
    pub fn of(topic: &Topic, first: Option<&PostPlace>, is_window: bool, unread: &dyn Fn(i64) -> bool) -> Option<Self> {
        let total = topic.posts;
        if total < LONG {
            return None;
        }
        let here = first.filter(|_| is_window).map_or(1, |place| place.number);
        let unread = stretches(total, unread).into_iter().map(|(from, to)| (percent(from, total), percent(to, total))).collect();
        Some(Self { total, here, unread })
    }

    /// Where the page begins.
    pub fn at(&self) -> String {
        percent(self.here, self.total)
    }
}

fn percent(number: i64, total: i64) -> String {
    format!("{:.1}", (number - 1) as f64 * 100.0 / (total - 1).max(1) as f64)
}

/// Neighbours that are unread, as (first, last).
fn stretches(total: i64, unread: &dyn Fn(i64) -> bool) -> Vec<(i64, i64)> {
    let mut found: Vec<(i64, i64)> = Vec::new();
    for number in (1..=total).filter(|number| unread(*number)) {
        match found.last_mut() {
            Some((_, last)) if *last == number - 1 => *last = number,
            _ => found.push((number, number)),
        }
    }
    found.truncate(STRETCHES);
    found
}

#[cfg(test)]
mod tests {
    use super::{percent, stretches};

    #[test]
    fn neighbours_are_one_stretch() {
        assert_eq!(stretches(9, &|number| matches!(number, 2 | 3 | 7 | 9)), [(2, 3), (7, 7), (9, 9)]);
        assert_eq!(stretches(9, &|_| false), []);
        assert_eq!((percent(1, 9), percent(5, 9), percent(9, 9)), ("0.0".into(), "50.0".into(), "100.0".into()));
    }
}
