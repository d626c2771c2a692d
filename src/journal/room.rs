//! Rooms: what one can listen to. An entry belongs to one or more, and replay is one index range a Room.

use std::fmt;
use std::str::FromStr;

/// A Room of the live line, written `topic:42`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Room {
    Topic(i64),
    Space(i64),
    Workshop(i64),
    Board(i64),
    Dialogue(i64),
    /// One Member's own devices.
    Member(i64),
    /// What admins and moderators did: the audit log.
    Log,
    /// What concerns every page: the network's name, Spaces, people's names.
    Site,
}

impl fmt::Display for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Topic(id) => write!(f, "topic:{id}"),
            Self::Space(id) => write!(f, "space:{id}"),
            Self::Workshop(id) => write!(f, "workshop:{id}"),
            Self::Board(id) => write!(f, "board:{id}"),
            Self::Dialogue(id) => write!(f, "dialogue:{id}"),
            Self::Member(id) => write!(f, "member:{id}"),
            Self::Log => f.write_str("log"),
            Self::Site => f.write_str("site"),
        }
    }
}

impl FromStr for Room {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "site" {
            return Ok(Self::Site);
        }
        if text == "log" {
            return Ok(Self::Log);
        }
        let (kind, id) = text.split_once(':').ok_or(())?;
        // One Room, one name: not `topic:+7`, not `topic:007`.
        let id: i64 = id.parse().ok().filter(|number: &i64| number.to_string() == id).ok_or(())?;
        match kind {
            "topic" => Ok(Self::Topic(id)),
            "space" => Ok(Self::Space(id)),
            "workshop" => Ok(Self::Workshop(id)),
            "board" => Ok(Self::Board(id)),
            "dialogue" => Ok(Self::Dialogue(id)),
            "member" => Ok(Self::Member(id)),
            _ => Err(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_reads_back_as_it_was_written() {
        for room in [Room::Topic(42), Room::Space(1), Room::Workshop(7), Room::Board(9), Room::Dialogue(2), Room::Member(5), Room::Log, Room::Site] {
            assert_eq!(room.to_string().parse(), Ok(room));
        }
        for wrong in ["", "topic", "topic:", "topic:x", "else:1", "topic:1:2", "topic:01", "topic:+1"] {
            assert!(wrong.parse::<Room>().is_err(), "{wrong}");
        }
    }
}
