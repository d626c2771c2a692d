//! The words of a Dialogue as types.

use crate::{id, word_enum};

id!(/** One question and its Stages. */ DialogueId);
id!(/** A step of a Dialogue at one Level. */ StageId);
id!(/** What somebody said in a Stage. */ ContributionId);
id!(/** One numbered sentence of a Synthesis. */ PointId);

word_enum! {
    /// Where a Stage stands.
    StageState { Planned = "planned", Gather = "gather", SumUp = "sum_up", Ratify = "ratify", PassedOn = "passed_on" }
}

word_enum! {
    /// What somebody says to a Synthesis.
    Choice { Agree = "agree", Abstain = "abstain", Disagree = "disagree", Block = "block" }
}

word_enum! {
    /// What a Stage answers to a Point of the one below.
    AnswerKind { Accepted = "accepted", Adapted = "adapted", Declined = "declined", PassedUp = "passed_up" }
}

impl AnswerKind {
    /// The class of its looks.
    pub const fn class(self) -> &'static str {
        match self {
            Self::PassedUp => "passed-up",
            other => other.word(),
        }
    }
}
