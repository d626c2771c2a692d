//! Who is there: Organisations, people and Spaces, as the texts say.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono::Duration;
use serde::Deserialize;

use super::step::{Known, Step, Timed};
use super::texts;
use crate::clock::Instant;
use crate::error::Result;
use crate::forum::{AddSpace, May, SetSpacePerson, SpaceId, SpaceRules};
use crate::journal::{Act, Tx};
use crate::live::BoxFuture;
use crate::people::rights::Layer;
use crate::people::{AddMember, AddOrganisation, Language, Level, MemberId, OrganisationId, Role};
use crate::web::{Rendered, render_naming};

/// Days ago that the network's first Organisation was added; everything written is younger.
pub(super) const FOUNDED: i64 = 420;

#[derive(Clone, Debug, Deserialize)]
pub struct OrganisationText {
    pub key: String,
    pub name: String,
    pub short: String,
    pub kind: String,
    pub level: Level,
    pub country: String,
    pub standing: String,
    pub within: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct PersonText {
    pub handle: String,
    pub name: String,
    pub organisation: String,
    pub language: Language,
    pub zone: chrono_tz::Tz,
    pub practitioner: bool,
    pub about: String,
    #[serde(default)]
    pub roles: Vec<String>,
    /// Which ready sign-in link of the demo is theirs.
    pub demo: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Said {
    pub en: String,
    pub fr: String,
}

#[derive(Clone, Debug, Deserialize)]
pub struct SpaceText {
    pub key: String,
    pub name: Said,
    pub purpose: Said,
    pub layer: Layer,
    pub language: String,
    pub moderators: Vec<String>,
    #[serde(default)]
    pub people: Vec<String>,
}

/// A text as HTML, as pages make it: whoever of these people is named in it is a link.
pub fn rendered(source: &str) -> Rendered {
    static HANDLES: LazyLock<HashSet<String>> = LazyLock::new(|| match Roster::load() {
        Ok(roster) => roster.people.into_iter().map(|person| person.handle).collect(),
        Err(error) => {
            tracing::error!("the demo's people: {error}");
            HashSet::new()
        }
    });
    render_naming(source, &HANDLES)
}

/// The three files together.
#[derive(Clone, Debug)]
pub struct Roster {
    pub organisations: Vec<OrganisationText>,
    pub people: Vec<PersonText>,
    pub spaces: Vec<SpaceText>,
}

#[derive(Deserialize)]
struct Organisations {
    organisation: Vec<OrganisationText>,
}

#[derive(Deserialize)]
struct People {
    person: Vec<PersonText>,
}

#[derive(Deserialize)]
struct Spaces {
    space: Vec<SpaceText>,
}

impl Roster {
    pub fn load() -> Result<Self> {
        let Organisations { organisation } = texts::toml("organisations.toml")?;
        let People { person } = texts::toml("people.toml")?;
        let Spaces { space } = texts::toml("spaces.toml")?;
        Ok(Self { organisations: outer_first(organisation), people: person, spaces: space })
    }

    pub fn person(&self, handle: &str) -> Option<&PersonText> {
        self.people.iter().find(|person| person.handle == handle)
    }

    pub fn organisation_of(&self, person: &PersonText) -> Option<&OrganisationText> {
        self.organisations.iter().find(|organisation| organisation.key == person.organisation)
    }

    pub fn space(&self, key: &str) -> Option<&SpaceText> {
        self.spaces.iter().find(|space| space.key == key)
    }

    /// Whether this person may read (and so write) there.
    pub fn may_enter(&self, person: &PersonText, space: &SpaceText) -> bool {
        match space.layer {
            Layer::Public => true,
            Layer::Practitioners => person.practitioner || person.roles.iter().any(|role| role == "admin"),
            Layer::Private => space.people.iter().chain(&space.moderators).any(|handle| *handle == person.handle),
        }
    }

    /// The network grows: Organisations first, then people over some weeks, then the Spaces.
    pub fn steps(&self, began: Instant) -> Vec<Timed> {
        let founded = began.minus(Duration::days(FOUNDED));
        let mut at = founded;
        let mut steps = Vec::new();
        for organisation in &self.organisations {
            at = at.plus(Duration::hours(5));
            steps.push(Timed::new(at, organisation.clone()));
        }
        for person in &self.people {
            at = at.plus(Duration::hours(9));
            steps.push(Timed::new(at, person.clone()));
        }
        for (position, space) in self.spaces.iter().enumerate() {
            at = at.plus(Duration::hours(2));
            steps.push(Timed::new(at, Placed { position: position as i64 + 1, space: space.clone() }));
        }
        steps
    }
}

/// Whoever lies within another comes after it.
fn outer_first(mut organisations: Vec<OrganisationText>) -> Vec<OrganisationText> {
    let mut sorted: Vec<OrganisationText> = Vec::with_capacity(organisations.len());
    while !organisations.is_empty() {
        let is_ready = |one: &OrganisationText| one.within.as_ref().is_none_or(|within| sorted.iter().any(|done| done.key == *within));
        let (mut ready, waiting): (Vec<_>, Vec<_>) = organisations.into_iter().partition(is_ready);
        if ready.is_empty() {
            // Within something that is not there: taken as it stands, and refused with a name when it is seeded.
            sorted.extend(waiting);
            break;
        }
        sorted.append(&mut ready);
        organisations = waiting;
    }
    sorted
}

impl Step for OrganisationText {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let within = self.within.as_ref().map(|key| known.id("organisation", key)).transpose()?;
            let act = AddOrganisation {
                name: self.name.clone(),
                short_name: self.short.clone(),
                kind: self.kind.clone(),
                level: self.level,
                country: self.country.clone(),
                standing: self.standing.clone(),
                within: within.map(OrganisationId),
            };
            let id = act.run(tx).await?;
            known.is("organisation", &self.key, id.0);
            Ok(())
        })
    }
}

impl Step for PersonText {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let role = match self.roles.first().map(String::as_str) {
                Some("admin") => Role::Admin,
                Some("moderator") => Role::Moderator,
                _ => Role::Member,
            };
            let act = AddMember {
                handle: Some(self.handle.clone()),
                name: self.name.clone(),
                email: format!("{}@{}.example", self.handle, self.organisation),
                password_hash: None,
                language: self.language,
                zone: self.zone,
                about: self.about.clone(),
                role,
                is_practitioner: self.practitioner,
                organisation: Some(OrganisationId(known.id("organisation", &self.organisation)?)),
            };
            let id = act.run(tx).await?;
            known.is("member", &self.handle, id.0);
            Ok(())
        })
    }
}

/// A Space at its place in the list, with its people.
struct Placed {
    position: i64,
    space: SpaceText,
}

impl Step for Placed {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let text = &self.space;
            let may = if text.layer == Layer::Practitioners { May::Practitioners } else { May::Members };
            let act = AddSpace {
                by: None,
                layer: text.layer,
                language: text.language.clone(),
                position: self.position,
                rules: SpaceRules { may_start: may, may_reply: may, may_schedule: May::Practitioners, may_open: May::Moderators },
                texts: vec![
                    (Language::En, text.name.en.clone(), text.purpose.en.clone()),
                    (Language::Fr, text.name.fr.clone(), text.purpose.fr.clone()),
                ],
            };
            let space: SpaceId = act.run(tx).await?;
            known.is("space", &text.key, space.0);
            for handle in text.moderators.iter().chain(text.people.iter().filter(|handle| !text.moderators.contains(handle))) {
                let member = MemberId(known.id("member", handle)?);
                SetSpacePerson { by: None, space, member, moderates: text.moderators.contains(handle) }.run(tx).await?;
            }
            Ok(())
        })
    }

    fn rows(&self) -> usize {
        6 + 4 * (self.space.moderators.len() + self.space.people.len())
    }
}
