//! Who is reading: a Visitor or a Member with their rights, language, zone and theme.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono_tz::Tz;

use super::measures::Silence;
use super::{Language, MemberId, Organisation, OrganisationId, Role, SessionId, Theme};
use crate::error::{Error, Result};

/// A Member as every request needs them: kept in memory, moved by the journal.
#[derive(Clone, Debug)]
pub struct Member {
    pub id: MemberId,
    pub handle: String,
    pub name: String,
    pub role: Role,
    pub is_practitioner: bool,
    /// They read and don't write.
    pub silence: Option<Silence>,
    pub language: Language,
    pub zone: Tz,
    pub theme: Theme,
    /// The Organisation they speak for now.
    pub speaks_for: Option<Organisation>,
    /// Organisations they look after.
    pub stewards: HashSet<OrganisationId>,
    /// Spaces they moderate.
    pub moderates: HashSet<i64>,
    /// Private Spaces they are named in.
    pub named_in: HashSet<i64>,
    /// The newest version of each kind of document that they have accepted.
    pub accepted: HashMap<String, i64>,
}

/// Whoever asks for a page or opens a socket.
#[derive(Clone, Debug)]
pub struct Reader {
    pub member: Option<Arc<Member>>,
    pub session: Option<SessionId>,
    pub language: Language,
    pub zone: Tz,
    pub theme: Theme,
}

impl Reader {
    pub fn visitor(language: Language, zone: Tz) -> Self {
        Self { member: None, session: None, language, zone, theme: Theme::System }
    }

    pub fn of(member: Arc<Member>, session: Option<SessionId>) -> Self {
        let (language, zone, theme) = (member.language, member.zone, member.theme);
        Self { member: Some(member), session, language, zone, theme }
    }

    pub fn id(&self) -> Option<MemberId> {
        self.member.as_ref().map(|member| member.id)
    }

    /// The Member, or [`Error::SignIn`].
    pub fn signed_in(&self) -> Result<&Arc<Member>> {
        self.member.as_ref().ok_or(Error::SignIn)
    }

    pub fn is(&self, id: impl std::borrow::Borrow<MemberId>) -> bool {
        self.id() == Some(*id.borrow())
    }

    pub fn is_practitioner(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.is_practitioner)
    }

    pub fn is_admin(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.role == Role::Admin)
    }

    /// How they are silenced, if they are.
    pub fn silence(&self) -> Option<Silence> {
        self.member.as_ref().and_then(|member| member.silence)
    }

    /// Whether they keep order in a Space: its own moderators, and those of the whole site.
    pub fn moderates(&self, space: impl std::borrow::Borrow<i64>) -> bool {
        self.member.as_ref().is_some_and(|member| member.role != Role::Member || member.moderates.contains(space.borrow()))
    }
}

impl Member {
    /// Two letters for the face beside a name.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }
}

/// The first letters of the first and the last word.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = words.next();
    let letters: String = first.into_iter().chain(words.next_back()).collect();
    letters.to_uppercase()
}
