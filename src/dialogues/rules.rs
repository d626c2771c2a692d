//! Decisions without I/O: who belongs to a Stage, what is missing in a Synthesis, when it is ratified.

use std::collections::BTreeSet;

use super::{AnswerKind, Choice, StageState};
use crate::error::{Error, Result, Say, Wrong};
use crate::limits;
use crate::people::{Level, Member, OrganisationId};

/// Points of a Synthesis, at most.
pub const POINTS: usize = 20;
/// Stages of a Dialogue, at most.
pub const STAGES: usize = 6;
/// How long the Stage above has to answer.
pub const ANSWER_WITHIN: chrono::Duration = chrono::Duration::days(60);

/// Whether somebody is one of a Stage's people: they speak from its Level or for its Organisation; a neighbourhood lies
/// within its city, and residents, who speak for themselves, belong to both.
pub fn belongs(member: &Member, level: Level, organisation: Option<OrganisationId>) -> Result<()> {
    let is_theirs = match &member.speaks_for {
        Some(own) => own.level == level || Some(own.id) == organisation || (own.level, level) == (Level::Neighbourhood, Level::City),
        None => matches!(level, Level::City | Level::Neighbourhood),
    };
    if is_theirs { Ok(()) } else { Err(Error::conflict(Say::new("wrong-stage-level").with("level", level.word()))) }
}

/// What is done in one state only.
pub fn only_in(now: StageState, allowed: &[StageState]) -> Result<()> {
    if allowed.contains(&now) { Ok(()) } else { Err(Error::conflict(Say::new("wrong-stage-state").with("state", now.word()))) }
}

/// The Contributions that are neither cited nor given a reason: none may be left.
pub fn all_heard(contributions: &BTreeSet<i64>, cited: &BTreeSet<i64>, set_aside: &BTreeSet<i64>) -> Result<()> {
    let left: Vec<String> = contributions.iter().filter(|number| !cited.contains(number) && !set_aside.contains(number)).map(ToString::to_string).collect();
    if left.is_empty() { Ok(()) } else { Err(Error::conflict(Say::new("wrong-not-heard").with("numbers", left.join(", ")))) }
}

/// The votes on one version of a Synthesis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub agree: i64,
    pub abstain: i64,
    pub disagree: i64,
    pub block: i64,
}

impl Tally {
    pub fn of(choices: &[Choice]) -> Self {
        let count = |choice| choices.iter().filter(|known| **known == choice).count() as i64;
        Self { agree: count(Choice::Agree), abstain: count(Choice::Abstain), disagree: count(Choice::Disagree), block: count(Choice::Block) }
    }

    pub fn all(&self) -> i64 {
        self.agree + self.abstain + self.disagree + self.block
    }
}

/// Whether a Synthesis is ratified; `disagree_most` is a share of a hundred of those who did not abstain.
pub fn ratified(tally: Tally, quorum: i64, disagree_most: i64) -> Result<()> {
    if tally.block > 0 {
        return Err(Error::conflict(Say::new("wrong-open-block").with("n", tally.block)));
    }
    if tally.all() < quorum {
        return Err(Error::conflict(Say::new("wrong-below-quorum").with("votes", tally.all()).with("quorum", quorum)));
    }
    let spoke = tally.agree + tally.disagree;
    if tally.disagree * 100 > disagree_most * spoke {
        return Err(Error::conflict(Say::new("wrong-too-many-disagree").with("disagree", tally.disagree).with("most", disagree_most)));
    }
    Ok(())
}

/// Points from below that nobody has answered: none may be left.
pub fn all_answered(unanswered: &[i64]) -> Result<()> {
    if unanswered.is_empty() {
        return Ok(());
    }
    let numbers = unanswered.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Err(Error::conflict(Say::new("wrong-not-answered").with("numbers", numbers)))
}

/// Disagreeing and blocking need a reason; so do adapting and declining.
pub fn reason_for_choice(choice: Choice, reason: &str) -> Result<(), Wrong> {
    let needs = matches!(choice, Choice::Disagree | Choice::Block);
    if needs && reason.trim().is_empty() { Err(Wrong { field: "reason", say: "wrong-reason-missing".into() }) } else { Ok(()) }
}

pub fn reason_for_answer(kind: AnswerKind, text: &str) -> Result<(), Wrong> {
    let needs = kind != AnswerKind::Accepted;
    if needs && text.trim().is_empty() { Err(Wrong { field: "answer", say: "wrong-answer-missing".into() }) } else { Ok(()) }
}

/// A text of a Dialogue, within its limits.
pub fn checked(field: &'static str, text: &str, limit: usize) -> Result<String, Wrong> {
    let text = text.replace("\r\n", "\n").trim().to_owned();
    let wrong = |say: Say| Wrong { field, say };
    if !text.chars().any(|c| !c.is_whitespace() && !c.is_control()) {
        return Err(wrong("wrong-dialogue-empty".into()));
    }
    if text.chars().count() > limit {
        return Err(wrong(Say::new("wrong-too-long").with("limit", limit)));
    }
    Ok(text)
}

/// What a Contribution, a Point or an answer says.
pub fn checked_text(field: &'static str, text: &str) -> Result<String, Wrong> {
    checked(field, text, limits::POST / 4)
}

/// Numbers as people type them: "1, 4 and 7" or "#1 #4".
pub fn numbers(text: &str) -> BTreeSet<i64> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_said_is_left_unheard() {
        let set = |numbers: &[i64]| numbers.iter().copied().collect::<BTreeSet<_>>();
        assert!(all_heard(&set(&[1, 2, 3]), &set(&[1, 3]), &set(&[2])).is_ok());
        let left = all_heard(&set(&[1, 2, 3, 4]), &set(&[1]), &set(&[3]));
        assert!(matches!(left, Err(Error::Conflict(say)) if say.args[0].1 == "2, 4"));
        assert_eq!(numbers("1, 4 and #7"), set(&[1, 4, 7]));
    }

    #[test]
    fn a_block_a_missing_quorum_and_too_many_who_disagree_each_stop_it() {
        let tally = |agree, abstain, disagree, block| Tally { agree, abstain, disagree, block };
        assert!(ratified(tally(4, 1, 1, 0), 5, 25).is_ok());
        assert!(ratified(tally(40, 0, 0, 1), 5, 25).is_err());
        assert!(ratified(tally(3, 1, 0, 0), 5, 25).is_err());
        assert!(ratified(tally(2, 5, 1, 0), 5, 25).is_err());
        assert!(ratified(tally(0, 5, 0, 0), 5, 0).is_ok());
    }

    proptest! {
        #[test]
        fn one_more_who_agrees_never_spoils_it(agree in 0i64..50, abstain in 0i64..50, disagree in 0i64..50, quorum in 0i64..60, most in 0i64..100) {
            let tally = Tally { agree, abstain, disagree, block: 0 };
            if ratified(tally, quorum, most).is_ok() {
                let one_more = Tally { agree: agree + 1, ..tally };
                prop_assert!(ratified(one_more, quorum, most).is_ok());
            }
        }
    }
}
