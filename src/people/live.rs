//! People on the live line: the directory, names and standing wherever they are shown, one's own sessions and rights.

use super::kinds::People;
use super::{MemberId, Reader};
use crate::app::Site;
use crate::error::Result;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn};
use crate::web::Words;

/// The people's part in the live line: a Member's own Room, and the site's.
pub struct Live;

impl Domain for Live {
    fn owns(&self, room: Room) -> bool {
        matches!(room, Room::Member(_) | Room::Site)
    }

    fn door<'a>(&'a self, _site: &'a Site, room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async move {
            Ok(match room {
                Room::Site => Box::new(|_: &_| true) as Door,
                Room::Member(id) => Box::new(move |reader: &Reader| reader.is(MemberId(id))),
                _ => Box::new(|_: &_| false),
            })
        })
    }

    fn things(&self, entry: &Entry, room: Room) -> Vec<String> {
        let Some(kind) = People::of(entry) else { return Vec::new() };
        match (room, kind) {
            (Room::Site, People::Confirmed { .. }) => vec!["people".into()],
            (Room::Site, People::ProfileChanged { member, .. } | People::Erased { member }) => vec!["people".into(), format!("person-{member}"), format!("who:{member}")],
            (Room::Site, People::PractitionerChanged { member, .. } | People::RoleChanged { member, .. } | People::MeasureTaken { member, .. }) => {
                vec!["people".into(), format!("person-{member}")]
            }
            (Room::Site, People::MembershipChanged { member, organisation }) => {
                vec!["people".into(), format!("person-{member}"), format!("organisation-{organisation}"), format!("who:{member}")]
            }
            (Room::Site, People::StewardChanged { organisation, .. } | People::QuestionAsked { organisation, .. } | People::QuestionAnswered { organisation, .. }) => {
                vec!["people".into(), format!("organisation-{organisation}")]
            }
            (Room::Site, People::OrganisationAdded { .. }) => vec!["organisations".into()],
            // Its short name stands beside the names of all who speak for it.
            (Room::Site, People::OrganisationChanged { organisation } | People::OrganisationMerged { organisation, .. }) => {
                vec!["organisations".into(), "people".into(), format!("organisation-{organisation}"), "all-names".into()]
            }
            (Room::Member(_), People::SignedIn { .. } | People::SignedOut { .. } | People::PasswordChanged { .. }) => vec!["sessions".into(), "events".into()],
            (Room::Member(_), People::AddressMoved { .. }) => vec!["address".into(), "events".into()],
            (Room::Member(_), People::ErasureMoved { .. }) => vec!["erasing".into(), "events".into()],
            (Room::Member(_), People::ExportMoved { .. }) => vec!["exports".into(), "events".into()],
            (Room::Member(_), People::PractitionerChanged { .. } | People::RoleChanged { .. } | People::StewardChanged { .. } | People::MeasureTaken { .. }) => vec!["rights".into()],
            _ => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, _site: &'a Site, _room: Room, thing: &'a str, _words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            Ok(Some(match thing.split_once(':') {
                // Wherever their name stands, or could stand unnamed.
                Some((_, member)) => Drawn::each_anew(&format!("[data-who='{member}'], [data-who='some']")),
                // What one may do changes any page.
                None if thing == "all-names" => Drawn::each_anew("[data-who]"),
                None if thing == "rights" => Drawn::anew("main", ""),
                None => Drawn::anew(thing, ""),
            }))
        })
    }
}
