//! What an invitation may say. Pure.

use chrono::{Days, NaiveDate, TimeZone};
use chrono_tz::Tz;

use super::Offer;
use crate::clock::Instant;
use crate::error::{Say, Wrong};
use crate::forum::Space;
use crate::limits;
use crate::people::rights::Layer;
use crate::people::{Language, OrganisationRow};
use crate::workshops::WorkshopRow;

/// People who may come by one link.
pub const USES: std::ops::RangeInclusive<i64> = 1..=1_000;
/// Days until a new invitation ends, unless its form says otherwise.
pub const ENDS_AFTER: u64 = 30;

/// What an invitation can lead into: all Organisations, the Spaces that are not archived, the Workshops ahead.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    pub organisations: Vec<OrganisationRow>,
    pub spaces: Vec<Space>,
    pub workshops: Vec<WorkshopRow>,
}

/// Reads an offer off its form: `organisation`, `practitioner`, `space` (several), `workshop`, `language`, `ends` (the last
/// day, in `zone`).
///
/// # Errors
/// What is wrong, each beside its field.
pub fn offer(form: &[(String, String)], choices: &Choices, now: Instant, zone: Tz) -> Result<Offer, Vec<Wrong>> {
    let mut wrongs = Vec::new();
    let get = |name: &str| form.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim());
    let organisation = match get("organisation") {
        "" => None,
        id => {
            let known = choices.organisations.iter().map(|one| one.id).find(|known| known.to_string() == id);
            known.or_else(|| refuse(&mut wrongs, "organisation", "wrong-organisation"))
        }
    };
    let is_practitioner = get("practitioner") == "yes";
    let mut spaces = Vec::new();
    for (_, id) in form.iter().filter(|(name, _)| name == "space") {
        match choices.spaces.iter().find(|space| space.id.to_string() == *id) {
            None => wrongs.push(Wrong { field: "space", say: "wrong-choice".into() }),
            Some(space) if space.layer == Layer::Practitioners && !is_practitioner => {
                wrongs.push(Wrong { field: "space", say: Say::new("wrong-invitation-layer").with("title", &space.title) });
            }
            Some(space) => spaces.push(space.id),
        }
    }
    let workshop = match get("workshop") {
        "" => None,
        id => choices.workshops.iter().find(|workshop| workshop.id.to_string() == id).or_else(|| refuse(&mut wrongs, "workshop", "wrong-choice")),
    };
    if let Some(space) = workshop.and_then(|workshop| choices.spaces.iter().find(|space| space.id.0 == workshop.space)) {
        let is_seen = match space.layer {
            Layer::Public => true,
            Layer::Practitioners => is_practitioner,
            Layer::Private => spaces.contains(&space.id),
        };
        if !is_seen {
            wrongs.push(Wrong { field: "workshop", say: Say::new("wrong-invitation-workshop").with("title", &space.title) });
        }
    }
    let language = get("language").parse::<Language>().ok().or_else(|| refuse(&mut wrongs, "language", "wrong-choice"));
    let ends_at = match get("ends").parse::<NaiveDate>().ok().and_then(|day| end_of(day, zone)) {
        Some(at) if at <= now => refuse(&mut wrongs, "ends", "wrong-invitation-past"),
        Some(at) if at.since(now) > limits::INVITATION => refuse(&mut wrongs, "ends", Say::new("wrong-invitation-long").with("n", limits::INVITATION.num_days())),
        Some(at) => Some(at),
        None => refuse(&mut wrongs, "ends", "wrong-date"),
    };
    match (language, ends_at) {
        (Some(language), Some(ends_at)) if wrongs.is_empty() => {
            Ok(Offer { organisation, is_practitioner, spaces, workshop: workshop.map(|workshop| workshop.id), language, ends_at })
        }
        _ => Err(wrongs),
    }
}

/// Notes what is wrong with a field; nothing was read from it.
fn refuse<T>(wrongs: &mut Vec<Wrong>, field: &'static str, say: impl Into<Say>) -> Option<T> {
    wrongs.push(Wrong { field, say: say.into() });
    None
}

/// The first moment after a day, as the wall of a zone shows it.
fn end_of(day: NaiveDate, zone: Tz) -> Option<Instant> {
    let next = day.checked_add_days(Days::new(1))?.and_hms_opt(0, 0, 0)?;
    // Where midnight does not exist, that of UTC is near enough.
    let at = zone.from_local_datetime(&next).earliest().map_or_else(|| next.and_utc(), |at| at.to_utc());
    Some(Instant::from_utc(at))
}

/// The day that a new form proposes as its last.
pub fn proposed_end(now: Instant, zone: Tz) -> String {
    now.date_in(zone).checked_add_days(Days::new(ENDS_AFTER)).map(|day| day.to_string()).unwrap_or_default()
}

/// How many may come by a link.
pub fn uses(text: &str) -> Result<i64, Wrong> {
    let wrong = || Wrong { field: "uses", say: Say::new("wrong-invitation-uses").with("most", USES.end()) };
    text.trim().parse().ok().filter(|uses| USES.contains(uses)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::{May, SpaceId};

    fn space(id: i64, layer: Layer) -> Space {
        let may = May::Members;
        let (title, purpose) = (format!("Space {id}"), String::new());
        Space { id: SpaceId(id), layer, language: String::new(), may_start: may, may_reply: may, may_schedule: may, may_open: may, archived_at: None, title, purpose, title_language: "en".into() }
    }

    fn read(pairs: &[(&str, &str)]) -> Result<Offer, Vec<&'static str>> {
        let choices = Choices { spaces: vec![space(1, Layer::Public), space(2, Layer::Practitioners), space(3, Layer::Private)], ..Choices::default() };
        let form: Vec<(String, String)> = [("language", "fr"), ("ends", "2026-12-01")].iter().chain(pairs).map(|(name, value)| ((*name).into(), (*value).into())).collect();
        let now = Instant::from_utc(chrono::Utc.with_ymd_and_hms(2026, 11, 25, 20, 0, 0).unwrap());
        offer(&form, &choices, now, chrono_tz::Europe::Vienna).map_err(|wrongs| wrongs.iter().map(|wrong| wrong.field).collect())
    }

    #[test]
    fn an_offer_is_read_off_its_form() {
        let plain = read(&[]).unwrap();
        assert_eq!((plain.language, plain.leads_to().as_str()), (Language::Fr, "/"));
        assert_eq!(plain.ends_at.utc().to_rfc3339(), "2026-12-01T23:00:00+00:00", "the whole last day, where the host lives");
        let offer = read(&[("practitioner", "yes"), ("space", "2"), ("space", "3")]).unwrap();
        assert_eq!((offer.spaces.len(), offer.leads_to().as_str()), (2, "/spaces/2"));
    }

    #[test]
    fn what_cannot_be_given_is_said_beside_its_field() {
        assert_eq!(read(&[("space", "2")]), Err(vec!["space"]), "for Practitioners alone");
        assert_eq!(read(&[("space", "9"), ("organisation", "9"), ("workshop", "9"), ("language", "tlh")]), Err(vec!["organisation", "space", "workshop", "language"]));
        for ends in ["2026-11-24", "2027-11-30", "soon", ""] {
            assert_eq!(read(&[("ends", ends)]), Err(vec!["ends"]), "{ends}");
        }
        assert!(read(&[("ends", "2026-11-25")]).is_ok(), "today is not over");
        for (text, is_right) in [("1", true), (" 20 ", true), ("0", false), ("1001", false), ("many", false)] {
            assert_eq!(uses(text).is_ok(), is_right, "{text}");
        }
    }
}
