//! Decisions without I/O: which phase follows, what is done in which, how dots and order are counted.

use std::collections::BTreeMap;

use super::Phase;
use crate::error::{Error, Result, Say, Wrong};
use crate::limits;

/// Dots a Board may give to each, at most.
pub const DOTS: i64 = 20;
/// Cards of one Board.
pub const CARDS: i64 = 500;

/// Groups of one Board.
pub const GROUPS: i64 = 100;

/// The phases in their order.
const ORDER: [Phase; 6] = [Phase::Write, Phase::Reveal, Phase::Group, Phase::Vote, Phase::Discuss, Phase::Closed];

pub fn next(phase: Phase) -> Option<Phase> {
    ORDER.iter().skip_while(|known| **known != phase).nth(1).copied()
}

pub fn before(phase: Phase) -> Option<Phase> {
    ORDER.iter().take_while(|known| **known != phase).last().copied()
}

/// One step on, or one back; nothing else.
pub fn may_move(from: Phase, to: Phase) -> Result<()> {
    if next(from) == Some(to) || before(from) == Some(to) { Ok(()) } else { Err(Error::conflict("wrong-board-step")) }
}

/// Whether going back here deletes the dots: they were given to groups that may change now.
pub fn loses_dots(from: Phase, to: Phase) -> bool {
    to <= Phase::Group && from >= Phase::Vote
}

/// What is done in one phase only.
pub fn only_in(now: Phase, phase: Phase) -> Result<()> {
    if now == phase { Ok(()) } else { Err(Error::conflict(Say::new("wrong-board-phase").with("phase", now.word()))) }
}

/// When who leads may withdraw a card: once it is seen, and before dots are given.
pub fn hidden_in(now: Phase) -> Result<()> {
    if now == Phase::Reveal { Ok(()) } else { only_in(now, Phase::Group) }
}

/// Whether the number of dots may leave the server: only once all have voted.
pub fn tells_votes(now: Phase) -> bool {
    now >= Phase::Discuss
}

/// What a card, a title or a note says.
pub fn checked(field: &'static str, text: &str, limit: usize) -> Result<String, Wrong> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let wrong = |say: Say| Wrong { field, say };
    if !text.chars().any(|c| !c.is_whitespace() && !c.is_control()) {
        return Err(wrong("wrong-board-empty".into()));
    }
    if text.chars().count() > limit {
        return Err(wrong(Say::new("wrong-too-long").with("limit", limit)));
    }
    Ok(text)
}

/// A card's text.
pub fn checked_card(text: &str) -> Result<String, Wrong> {
    checked("text", text, limits::SHORT_TEXT)
}

/// What is left of a budget after giving (+1) or taking back (−1) a dot.
pub fn budget(dots: i64, given: i64, on_this: i64, change: i64) -> Result<i64> {
    match change {
        1 if given >= dots => Err(Error::conflict("wrong-no-dots-left")),
        -1 if on_this <= 0 => Err(Error::conflict("wrong-no-dot-there")),
        1 | -1 => Ok(on_this + change),
        _ => Err(Error::field("change", "wrong-choice")),
    }
}

/// Targets by their dots, most first; ties stay in the order of the targets.
pub fn ranked<T: Ord + Clone>(votes: &BTreeMap<T, i64>) -> Vec<T> {
    let mut targets: Vec<T> = votes.keys().cloned().collect();
    targets.sort_by_key(|target| -votes.get(target).copied().unwrap_or(0));
    targets
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn phases_go_one_step_on_or_back() {
        assert_eq!(next(Phase::Write), Some(Phase::Reveal));
        assert_eq!(next(Phase::Closed), None);
        assert_eq!(before(Phase::Write), None);
        assert_eq!(before(Phase::Discuss), Some(Phase::Vote));
        assert!(may_move(Phase::Group, Phase::Vote).is_ok());
        assert!(may_move(Phase::Group, Phase::Discuss).is_err());
        assert!(loses_dots(Phase::Vote, Phase::Group) && !loses_dots(Phase::Discuss, Phase::Vote));
    }

    proptest! {
        #[test]
        fn nobody_gives_more_dots_than_they_have(dots in 0i64..8, changes in proptest::collection::vec((0usize..4, prop_oneof![Just(1i64), Just(-1i64)]), 0..60)) {
            let mut on = [0i64; 4];
            for (target, change) in changes {
                if let Ok(amount) = budget(dots, on.iter().sum(), on[target], change) {
                    on[target] = amount;
                }
                prop_assert!(on.iter().sum::<i64>() <= dots);
                prop_assert!(on.iter().all(|amount| *amount >= 0));
            }
        }

        #[test]
        fn ties_stay_in_their_order(votes in proptest::collection::btree_map(0u8..40, 0i64..4, 0..30)) {
            let ranked = ranked(&votes);
            for pair in ranked.windows(2) {
                let (one, other) = (votes[&pair[0]], votes[&pair[1]]);
                prop_assert!(one > other || (one == other && pair[0] < pair[1]));
            }
            prop_assert_eq!(ranked.len(), votes.len());
        }
    }
}
