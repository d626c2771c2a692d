//! The words of Workshops as types.

use crate::{id, word_enum};

id!(/** A meeting with a time, people and an Agenda. */ WorkshopId);
id!(/** One part of an Agenda. */ ActivityId);
id!(/** Something said in a room's chat. */ MessageId);

word_enum! {
    /// What an Activity is.
    ActivityKind { Talk = "talk", Brainstorm = "brainstorm", Discussion = "discussion", Break = "break" }
}

word_enum! {
    /// How a person stands to a Workshop.
    Standing { Registered = "registered", Waiting = "waiting", Withdrawn = "withdrawn" }
}

word_enum! {
    /// What a facilitator does with the room's clock.
    Move { Start = "start", Next = "next", Back = "back", Add = "add", Pause = "pause", Resume = "resume", End = "end" }
}

word_enum! {
    /// What is done with a raised hand; `Spoken` is for facilitators.
    HandMove { Raise = "raise", Lower = "lower", Spoken = "spoken" }
}

word_enum! {
    /// How far ahead a reminder goes out.
    Ahead { Day = "day", Hour = "hour" }
}

impl Ahead {
    pub fn span(self) -> chrono::Duration {
        match self {
            Self::Day => chrono::Duration::days(1),
            Self::Hour => chrono::Duration::hours(1),
        }
    }
}
