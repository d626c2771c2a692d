//! The frame of every page, and how templates become responses.

use std::sync::Arc;

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono_tz::Tz;

use super::{Context, Words, assets, when};
use crate::clock::Instant;
use crate::error::{Result, Say};
use crate::journal::Room;
use crate::network::Network;
use crate::network::colour::sheet_name;
use crate::people::{Language, Reader, Theme};

/// What the layout needs; every page template has one as its field `page`.
pub struct Page {
    pub words: Words,
    pub reader: Arc<Reader>,
    /// The network's name in the reader's language, or its main one.
    pub site_name: String,
    pub network: Arc<Network>,
    pub here: String,
    pub base_url: String,
    /// The Rooms this page shows and the last entry of each that it contains: `topic:42=117 member:5=90`.
    pub rooms: String,
    pub epoch: String,
    /// How many things wait for the reader.
    pub waiting: i64,
    pub is_demo: bool,
    /// That the reader is silenced: from when on they write again, and why.
    pub silence: Option<(Option<Instant>, String)>,
    now: Instant,
}

impl Page {
    pub(super) async fn new(context: &Context, rooms: &[Room]) -> Result<Self> {
        let site = &context.site;
        let mut rooms = rooms.to_vec();
        // Names and standing change on every page.
        if !rooms.is_empty() && !rooms.contains(&Room::Site) {
            rooms.push(Room::Site);
        }
        if let Some(id) = context.reader.id()
            && !rooms.is_empty()
        {
            rooms.push(Room::Member(id.0));
        }
        let heads = site.heads.of(&site.db, &site.bus, &rooms).await?;
        let rooms: Vec<String> = rooms.iter().zip(heads).map(|(room, head)| format!("{room}={head}")).collect();
        let network = site.network().await?;
        let waiting = crate::notify::waiting(site, &context.reader).await?;
        let silence = match (&context.reader.silence(), context.reader.id()) {
            (Some(silence), Some(id)) => Some((silence.until, crate::people::reason_of_silence(&site.db, id).await?.unwrap_or_default())),
            _ => None,
        };
        Ok(Self { rooms: rooms.join(" "), waiting, silence, ..Self::of_nothing(context, network) })
    }

    /// A frame that asks the database nothing and hears of nothing.
    pub(super) fn of_nothing(context: &Context, network: Arc<Network>) -> Self {
        let site = &context.site;
        Self {
            silence: None,
            words: context.words(),
            reader: context.reader.clone(),
            site_name: network.name(context.reader.language).to_owned(),
            network,
            here: context.here.clone(),
            base_url: site.settings.base_url.clone(),
            rooms: String::new(),
            epoch: site.epoch.name.clone(),
            waiting: 0,
            is_demo: site.settings.demo,
            now: site.clock.now(),
        }
    }

    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.words.t(key)
    }

    pub fn n(&self, key: &str, n: impl std::borrow::Borrow<i64>) -> String {
        self.words.n(key, n)
    }

    pub fn t1(&self, key: impl AsRef<str>, name: &str, value: impl ToString) -> String {
        self.words.t1(key.as_ref(), name, value)
    }

    /// A message with two arguments.
    pub fn t2(&self, key: &str, one: &str, value: impl ToString, other: &str, second: impl ToString) -> String {
        self.words.with(key, &[(one, value.to_string()), (other, second.to_string())])
    }

    /// The bell with what waits; write it with `|safe`.
    pub fn bell(&self) -> String {
        crate::notify::bell(self.words, self.waiting)
    }

    pub fn say(&self, say: &Say) -> String {
        self.words.say(say)
    }

    /// A `<time>` element in the reader's zone; write it with `|safe`.
    pub fn when(&self, at: &Instant) -> String {
        when(self.words, self.reader.zone, *at)
    }

    pub fn appointment(&self, at: &Instant) -> String {
        self.words.appointment(*at, self.reader.zone)
    }

    pub fn date(&self, at: &Instant) -> String {
        self.words.date(*at, self.reader.zone)
    }

    pub fn lang(&self) -> &'static str {
        self.words.0.word()
    }

    pub fn zone(&self) -> Tz {
        self.reader.zone
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    /// What `data-theme` says; nothing where the device decides.
    pub fn theme(&self) -> Option<&'static str> {
        (self.reader.theme != Theme::System).then(|| self.reader.theme.word())
    }

    /// Whether a place of the top bar is where we are.
    pub fn is_at(&self, prefix: &str) -> bool {
        if prefix == "/" { self.here == "/" } else { self.here.starts_with(prefix) }
    }

    pub fn asset(&self, name: &str) -> String {
        assets::href(name)
    }

    /// The style sheet of the network's own accent, where it has one.
    pub fn accent(&self) -> Option<String> {
        self.network.settings.accent.map(|accent| assets::href(&sheet_name(accent.light, accent.dark)))
    }

    /// What stands at the foot of every page.
    pub fn foot(&self) -> Vec<(String, String)> {
        self.network.foot(self.words, "")
    }

    /// The documents that everybody who joins is asked to accept.
    pub fn to_accept(&self) -> Vec<(String, String)> {
        let asked = self.network.documents.iter().filter(|document| document.accepted_from.is_some());
        asked.map(|document| (self.t(format!("document-{}", document.kind)), document.kind.href())).collect()
    }

    /// The network's logo: address, width and height as it is shown, and what can be read in it.
    pub fn logo(&self) -> Option<(String, (u32, u32), &str)> {
        let logo = self.network.settings.logo.as_ref()?;
        Some((logo.href(), logo.shown(), self.network.said(&logo.alt, self.words.0).map_or("", |(_, alt)| alt)))
    }

    /// Further places of the top bar, beside home and Spaces.
    pub fn places(&self) -> &'static [(&'static str, &'static str)] {
        crate::app::PLACES
    }

    /// Pages of settings beside the profile.
    pub fn settings_places(&self) -> &'static [(&'static str, &'static str)] {
        crate::app::SETTINGS
    }

    /// Pages from which admins look after the site.
    pub fn admin_places(&self) -> &'static [(&'static str, &'static str)] {
        crate::app::ADMIN
    }

    /// The languages that the network offers.
    pub fn languages(&self) -> &[Language] {
        &self.network.settings.languages
    }

    /// What the network says to whoever comes, as HTML (write it with `|safe`), with its language where that is another one
    /// than the page's.
    pub fn welcome(&self) -> Option<(Option<&'static str>, &str)> {
        let (language, welcome) = self.network.welcome(self.words.0)?;
        Some(((language != self.words.0).then(|| language.word()), welcome))
    }

    /// The language of the network's name, where it is another one than the page's.
    pub fn name_language(&self) -> Option<&'static str> {
        self.network.name_language(self.words.0).map(|language| language.word())
    }
}

/// A template as a page. Signed-in pages are nobody else's: never stored by a cache in between.
pub fn html(template: &impl Template) -> super::Answer {
    html_with(StatusCode::OK, template)
}

pub fn html_with(status: StatusCode, template: &impl Template) -> super::Answer {
    let body = template.render().map_err(crate::error::Error::from)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((status, headers, body).into_response())
}

/// A path of this site to go on to; `None` for another host, a scheme, or what browsers read as one (they drop tabs and
/// line ends, and take `\` for `/`: WHATWG URL).
pub fn local_path(path: &str) -> Option<&str> {
    let is_local = path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control());
    is_local.then_some(path)
}

/// See other (303): what a form answers, so that reloading sends nothing twice.
pub fn redirect(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// The class of a face's colour, the same for one person everywhere.
pub fn face_hue(id: &i64) -> String {
    format!("hue-{}", (id * 7).rem_euclid(12))
}

/// A form that could not be taken, with what was typed and what is wrong: 422.
pub fn wrong_form(template: &impl Template) -> super::Answer {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, template)
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn one_is_only_sent_on_within_the_site() {
        assert_eq!(local_path("/topics/4?at=2"), Some("/topics/4?at=2"));
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "", "javascript:alert(1)", "/a\r\nSet-Cookie: x", "/\t/evil.example"] {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }
}
