//! Where one is in a long Topic, beside its tree: the scrubber. Percentages for SVG attributes; numbers are those of Posts.

use crate::forum::ReadSet;

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
    /// For a Topic long enough to need it. `here` is the number of the Post that the page begins with; `read` is what a
    /// Member has read, `None` for a Visitor.
    pub fn of(total: i64, here: i64, read: Option<&ReadSet>) -> Option<Self> {
        if total < LONG {
            return None;
        }
        let gaps = read.into_iter().flat_map(|read| read.gaps(total)).take(STRETCHES);
        let unread = gaps.map(|(from, to)| (percent(from, total), percent(to, total))).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unread_is_drawn_where_it_is() {
        let scrub = Scrub::of(21, 11, Some(&ReadSet::parse("1,3-20"))).unwrap();
        assert_eq!((scrub.at(), scrub.unread), ("50.0".into(), vec![("5.0".into(), "5.0".into()), ("100.0".into(), "100.0".into())]));
        assert!(Scrub::of(21, 1, None).unwrap().unread.is_empty());
        assert!(Scrub::of(LONG - 1, 1, None).is_none());
    }
}
