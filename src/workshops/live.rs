//! The room on the live line: Agenda, clock, Activity, chat, raised hands, and the facilitators' bar.
//!
//! A Board is personal (one's own cards, one's own dots): its region is drawn without it and fetched by each browser.

use askama::Template;

use super::kinds::Workshops;
use super::room::door;
use super::rules::clock_face;
use super::{Activity, Hand, MessageId, MessageRow, Workshop, WorkshopId, agenda, facilitator_ids, hands, message, taken, workshop_for};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::{Entry, Kind, Room};
use crate::live::{BoxFuture, Domain, Door, Drawn, State};
use crate::people::MemberId;
use crate::web::{Fragment, Words, slots};

/// The Workshops' part in the live line.
pub struct Live;

/// The regions of a room that move with its clock.
const MOVED: &[&str] = &["agenda", "clock", "activity", "hands", "lead"];

impl Domain for Live {
    fn owns(&self, room: Room) -> bool {
        matches!(room, Room::Workshop(_))
    }

    fn door<'a>(&'a self, site: &'a Site, room: Room) -> BoxFuture<'a, Result<Door>> {
        Box::pin(async move {
            let Room::Workshop(id) = room else { return Ok(Box::new(|_: &_| false) as Door) };
            Ok(match door(site, WorkshopId(id)).await? {
                Some(door) => Box::new(door) as Door,
                None => Box::new(|_: &_| false),
            })
        })
    }

    fn things(&self, entry: &Entry, room: Room) -> Vec<String> {
        let Some(kind) = Workshops::of(entry) else { return Vec::new() };
        match room {
            Room::Workshop(_) => in_room(&kind),
            Room::Space(_) => taken::in_space(&kind),
            Room::Member(_) => taken::of_member(&kind),
            _ => Vec::new(),
        }
    }

    fn draw<'a>(&'a self, site: &'a Site, room: Room, thing: &'a str, words: Words) -> BoxFuture<'a, Result<Option<Drawn>>> {
        Box::pin(async move {
            let id = match room {
                Room::Workshop(id) => id,
                _ => return taken::draw(site, thing, words).await,
            };
            if let Some(id) = thing.strip_prefix("message:").and_then(|id| id.parse().ok()) {
                return draw_message(site, MessageId(id), words).await;
            }
            let Some(view) = RoomView::load(site, WorkshopId(id), words).await? else { return Ok(None) };
            let text = match thing {
                "agenda" => view.agenda()?,
                "clock" => view.clock(site.now())?,
                "activity" => view.activity(None, "")?,
                "lead" => view.lead()?,
                "hands" => view.hands()?,
                "hand" => view.hand()?,
                "name" => view.name()?,
                _ => return Ok(None),
            };
            let state = State::Put { fragment: Fragment::parse(&text), list: None, key: String::new(), say: view.announcement(thing) };
            Ok(Some(Drawn { id: format!("room-{thing}"), state }))
        })
    }
}

/// The regions of a room's page that an entry touched.
fn in_room(kind: &Workshops) -> Vec<String> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    match kind {
        Workshops::Moved { .. } | Workshops::MinutesPublished { .. } | Workshops::Cancelled { .. } => names(MOVED),
        Workshops::Changed { .. } => names(&[MOVED, &["name"]].concat()),
        Workshops::MessageAdded { message, .. } => vec![format!("message:{message}")],
        Workshops::HandsChanged { .. } => names(&["hands", "hand"]),
        _ => Vec::new(),
    }
}

/// What the regions of a room are drawn from.
pub struct RoomView {
    pub words: Words,
    pub workshop: Workshop,
    pub agenda: Vec<Activity>,
    pub facilitators: Vec<MemberId>,
    pub hands: Vec<Hand>,
}

impl RoomView {
    pub async fn load(site: &Site, id: WorkshopId, words: Words) -> Result<Option<Self>> {
        let db = &site.db;
        let Some(workshop) = workshop_for(db, words.0, id).await? else { return Ok(None) };
        let (agenda, facilitators, hands) = (agenda(db, id).await?, facilitator_ids(db, id).await?, hands(db, id).await?);
        Ok(Some(Self { words, workshop, agenda, facilitators, hands }))
    }

    /// The Activity that the room is at; `None` before it begins and after it has ended.
    pub fn current(&self) -> Option<&Activity> {
        let is_running = self.workshop.clock().is_running();
        self.agenda.iter().find(|activity| is_running && activity.position == self.workshop.step)
    }

    pub fn board(&self) -> Option<i64> {
        self.current().and_then(|activity| activity.board)
    }

    fn announcement(&self, thing: &str) -> Option<String> {
        (thing == "activity").then(|| match self.current() {
            Some(activity) => self.words.t1("room-now-announced", "title", &activity.title),
            None => self.words.t(if self.workshop.opened_at.is_some() { "room-over" } else { "room-before" }),
        })
    }

    pub fn name(&self) -> Result<String> {
        Ok(NameTemplate { view: self }.render()?)
    }

    pub fn agenda(&self) -> Result<String> {
        Ok(AgendaTemplate { view: self }.render()?)
    }

    pub fn clock(&self, now: Instant) -> Result<String> {
        Ok(ClockTemplate { view: self, clock: self.workshop.clock(), left: self.workshop.clock().left(now) }.render()?)
    }

    /// The Activity with its Board's panel; on the live line without, to be fetched. `rooms` are those the panel needs.
    pub fn activity(&self, panel: Option<&str>, rooms: &str) -> Result<String> {
        Ok(ActivityTemplate { view: self, panel, rooms }.render()?)
    }

    pub fn lead(&self) -> Result<String> {
        Ok(LeadTemplate { view: self, clock: self.workshop.clock() }.render()?)
    }

    pub fn hands(&self) -> Result<String> {
        Ok(HandsTemplate { view: self }.render()?)
    }

    /// The reader's own hand: the button that raises it, or lowers it where it is up. It stands in the facilitators' bar.
    pub fn hand(&self) -> Result<String> {
        Ok(HandTemplate { view: self }.render()?)
    }
}

#[derive(Template)]
#[template(path = "workshops/_name.html")]
struct NameTemplate<'a> {
    view: &'a RoomView,
}

#[derive(Template)]
#[template(path = "workshops/_agenda.html")]
struct AgendaTemplate<'a> {
    view: &'a RoomView,
}

#[derive(Template)]
#[template(path = "workshops/_clock.html")]
struct ClockTemplate<'a> {
    view: &'a RoomView,
    clock: super::rules::RoomClock,
    left: i64,
}

impl ClockTemplate<'_> {
    fn face(&self) -> String {
        clock_face(self.left)
    }

    fn minutes(&self) -> i64 {
        self.view.current().map_or(0, |activity| activity.minutes)
    }
}

#[derive(Template)]
#[template(path = "workshops/_activity.html")]
struct ActivityTemplate<'a> {
    view: &'a RoomView,
    panel: Option<&'a str>,
    rooms: &'a str,
}

#[derive(Template)]
#[template(path = "workshops/_lead.html")]
struct LeadTemplate<'a> {
    view: &'a RoomView,
    clock: super::rules::RoomClock,
}

impl LeadTemplate<'_> {
    fn is_last(&self) -> bool {
        self.clock.step >= self.view.agenda.len() as i64
    }
}

#[derive(Template)]
#[template(path = "workshops/_hands.html")]
struct HandsTemplate<'a> {
    view: &'a RoomView,
}

#[derive(Template)]
#[template(path = "workshops/_hand.html")]
struct HandTemplate<'a> {
    view: &'a RoomView,
}

#[derive(Template)]
#[template(path = "workshops/_message.html")]
struct MessageTemplate<'a> {
    words: Words,
    message: &'a MessageRow,
}

/// A line of the chat.
pub fn message_fragment(words: Words, message: &MessageRow) -> Result<String> {
    Ok(MessageTemplate { words, message }.render()?)
}

async fn draw_message(site: &Site, id: MessageId, words: Words) -> Result<Option<Drawn>> {
    let Some(message) = message(&site.db, id).await? else { return Ok(None) };
    let text = message_fragment(words, &message)?;
    let name = message.author_name.clone().unwrap_or_else(|| words.t("former-member"));
    let say = words.t2("room-said-announced", ("name", &name), ("words", &message.words));
    let state = State::Put { fragment: Fragment::parse(&text), list: Some("chat".into()), key: message.key(), say: Some(say) };
    Ok(Some(Drawn { id: format!("said{id}"), state }))
}
