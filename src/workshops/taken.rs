//! How many places are taken: on lists, on a Workshop's own page, and on the live line in the same bytes.

use askama::Template;

use super::kinds::Workshops;
use super::{Workshop, WorkshopId, WorkshopRow, workshop_for};
use crate::app::Site;
use crate::error::Result;
use crate::live::{Drawn, State};
use crate::web::{Fragment, Words};

/// The places of a Workshop as everybody sees them.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    workshop: WorkshopId,
    taken: i64,
    /// 0: as many as come.
    all: i64,
    waiting: i64,
}

#[derive(Template)]
#[template(path = "workshops/_places.html")]
struct PlacesTemplate {
    words: Words,
    places: Taken,
}

impl Workshop {
    pub fn places(&self) -> Taken {
        Taken { workshop: self.id, taken: self.registered, all: self.capacity, waiting: self.waiting }
    }
}

impl WorkshopRow {
    pub fn places(&self) -> Taken {
        Taken { workshop: self.id, taken: self.registered, all: self.capacity, waiting: self.waiting }
    }
}

impl Taken {
    fn is_full(self) -> bool {
        self.all > 0 && self.taken >= self.all
    }

    /// "12 of 20 places · 3 wait".
    fn told(self, words: &Words) -> String {
        let taken = match self.all {
            0 => words.n("workshop-registered-count", self.taken),
            all => words.with("workshop-places", &[("taken", self.taken.to_string()), ("all", all.to_string())]),
        };
        if self.waiting > 0 { format!("{taken} · {}", words.n("workshop-waiting-count", self.waiting)) } else { taken }
    }

    /// In a line of a list; write it with `|safe`, as those below.
    pub fn count(self, words: &Words) -> String {
        let full = if self.is_full() { format!(" · {}", words.t("workshop-full")) } else { String::new() };
        format!("<span id=\"workshop-{}-count\">{}{full}</span>", self.workshop, self.told(words))
    }

    /// On the Workshop's page, with a bar.
    pub fn shown(self, words: &Words) -> String {
        PlacesTemplate { words: *words, places: self }.render().unwrap_or_default()
    }

    /// What being full means, to somebody who has not registered.
    pub fn hint(self, words: &Words) -> String {
        let hidden = if self.is_full() { "" } else { " hidden" };
        format!("<p id=\"workshop-{}-full\"{hidden}>{}</p>", self.workshop, words.t("workshop-full-hint"))
    }

    /// What the button says that asks for a place.
    pub fn ask(self, words: &Words) -> String {
        let key = if self.is_full() { "workshop-line-join" } else { "workshop-register" };
        format!("<span id=\"workshop-{}-ask\">{}</span>", self.workshop, words.t(key))
    }
}

/// What a Space hears of its Workshops: names of things.
pub(super) fn in_space(kind: &Workshops) -> Vec<String> {
    match kind {
        Workshops::Registered { workshop, .. } | Workshops::Waiting { workshop, .. } => counts(*workshop),
        // Those behind them in the line have moved up.
        Workshops::Promoted { workshop, .. } | Workshops::Withdrawn { workshop, .. } => [counts(*workshop), vec![format!("line:{workshop}")]].concat(),
        Workshops::Scheduled { workshop, .. }
        | Workshops::Changed { workshop, .. }
        | Workshops::Cancelled { workshop, .. }
        | Workshops::Moved { workshop, .. }
        | Workshops::MinutesPublished { workshop, .. } => vec!["ahead".into(), "list".into(), format!("page:{workshop}")],
        Workshops::Entered { .. } | Workshops::MessageAdded { .. } | Workshops::HandsChanged { .. } => Vec::new(),
    }
}

/// What a Member hears of their own place, on every device.
pub(super) fn of_member(kind: &Workshops) -> Vec<String> {
    match kind {
        Workshops::Registered { workshop, .. } | Workshops::Waiting { workshop, .. } | Workshops::Promoted { workshop, .. } | Workshops::Withdrawn { workshop, .. } => {
            vec!["list".into(), format!("page:{workshop}")]
        }
        _ => Vec::new(),
    }
}

fn counts(workshop: i64) -> Vec<String> {
    ["places", "count", "full", "ask"].map(|thing| format!("{thing}:{workshop}")).into()
}

/// Draws what [`in_space`] and [`of_member`] name.
pub(super) async fn draw(site: &Site, thing: &str, words: Words) -> Result<Option<Drawn>> {
    let (thing, id) = thing.split_once(':').unwrap_or((thing, ""));
    // Hours are told in the reader's zone, and whether one is registered is one's own: each page fetches these itself.
    match thing {
        "ahead" => return Ok(Some(Drawn::anew("workshops-ahead", ""))),
        "list" => return Ok(Some(Drawn::anew("workshops", ""))),
        "page" => return Ok(Some(Drawn::anew(format!("workshop-{id}"), ""))),
        "line" => return Ok(Some(Drawn::anew(format!("workshop-{id}-line"), ""))),
        _ => {}
    }
    let Some(workshop) = workshop_for(&site.db, words.0, WorkshopId(id.parse().unwrap_or_default())).await? else { return Ok(None) };
    let places = workshop.places();
    let text = match thing {
        "places" => places.shown(&words),
        "count" => places.count(&words),
        "full" => places.hint(&words),
        "ask" => places.ask(&words),
        _ => return Ok(None),
    };
    let state = State::Put { fragment: Fragment::parse(&text), list: None, key: String::new(), say: None };
    Ok(Some(Drawn { id: format!("workshop-{id}-{thing}"), state }))
}
