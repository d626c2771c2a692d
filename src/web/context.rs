//! What a handler is given: the site, the reader, and where the request was going.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use super::cookies;
use super::{Page, Rendered, Words, mentions, render_naming};
use crate::app::Site;
use crate::error::{Error, Result};
use crate::journal::Room;
use crate::limits::Counted;
use crate::network::Network;
use crate::people::{Language, Member, Reader, TouchSession, members_named};

/// The site and who is asking.
#[derive(Clone)]
pub struct Context {
    pub site: Site,
    pub reader: Arc<Reader>,
    /// Path and query as they were asked for.
    pub here: String,
    pub peer: IpAddr,
    /// Whether the browser has said that it runs our modules.
    pub has_script: bool,
}

/// The address a request came from, as far as it can be believed.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

impl Context {
    pub fn words(&self) -> Words {
        Words(self.reader.language)
    }

    pub fn member(&self) -> Result<&Arc<Member>> {
        self.reader.signed_in()
    }

    /// The page's frame. `rooms` are those it shows; their numbers are taken now, before any row is looked up.
    pub async fn page(&self, rooms: &[Room]) -> Result<Page> {
        Page::new(self, rooms).await
    }

    /// What somebody writes, as HTML: Markdown, with the Members it names as links to their pages. A Visitor is asked there
    /// to sign in, so the bytes are the same for everybody.
    pub async fn render(&self, source: &str) -> Result<Rendered> {
        let named = if source.contains('@') { mentions(source) } else { Vec::new() };
        Ok(render_naming(source, &members_named(&self.site.db, named).await?))
    }

    /// Counts a write of this Member (or of this address).
    pub fn count_write(&self) -> Result<()> {
        match self.reader.id() {
            Some(id) => self.site.limits.count(Counted::Write, id),
            None => self.site.limits.count(Counted::Write, self.peer),
        }
    }
}

/// Middleware: finds out who is asking and puts a [`Context`] beside the request.
pub async fn attach_reader(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let peer = peer(&site, &request);
    let headers = request.headers();
    let has_script = cookies::read(headers, cookies::SCRIPT_COOKIE).is_some();
    let reader = match reader(&site, headers).await {
        Ok(reader) => reader,
        Err(error) => {
            tracing::error!("reader: {error}");
            visitor(&Network::new(0, crate::network::Settings::begin(&site.settings), Vec::new()), headers)
        }
    };
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let context = Context { site, reader: Arc::new(reader), here, peer, has_script };
    request.extensions_mut().insert(context);
    next.run(request).await
}

impl FromRequestParts<Site> for Context {
    type Rejection = super::Failure;

    async fn from_request_parts(parts: &mut Parts, _: &Site) -> std::result::Result<Self, super::Failure> {
        parts.extensions.get::<Context>().cloned().ok_or_else(|| Error::bug("no context").into())
    }
}

async fn reader(site: &Site, headers: &HeaderMap) -> Result<Reader> {
    let network = site.network().await?;
    let Some(token) = cookies::read(headers, cookies::session_name(site)) else { return Ok(visitor(&network, headers)) };
    let found = site.people.session(&site.db, &site.bus, &crate::secret::hashed(&token)).await?;
    let Some((session, member)) = found else { return Ok(visitor(&network, headers)) };
    if site.people.is_to_be_noted(session, site.now()).await {
        let noting = site.clone();
        site.tasks.spawn(async move {
            if let Err(error) = noting.note(TouchSession(session)).await {
                tracing::warn!("the use of a session: {error}");
            }
        });
    }
    let reader = Reader::of(member, Some(session));
    Ok(Reader { language: network.speaks(reader.language), ..reader })
}

fn visitor(network: &Network, headers: &HeaderMap) -> Reader {
    let chosen = cookies::read(headers, cookies::LANGUAGE_COOKIE).and_then(|word| word.parse().ok());
    let settings = &network.settings;
    let language = chosen.filter(|chosen| settings.languages.contains(chosen)).or_else(|| wanted_language(headers, &settings.languages));
    Reader::visitor(language.unwrap_or(settings.main()), settings.zone)
}

/// The first language of Accept-Language that is offered (RFC 9110, section 12.5.4; weights in order).
pub fn wanted_language(headers: &HeaderMap, offered: &[Language]) -> Option<Language> {
    let text = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut wanted: Vec<(f32, &str)> = text
        .split(',')
        .filter_map(|part| {
            let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
            Some((weight.trim().parse().ok()?, tag.trim().split('-').next()?))
        })
        .collect();
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    let known = wanted.into_iter().filter(|(weight, _)| *weight > 0.0).filter_map(|(_, tag)| tag.to_lowercase().parse::<Language>().ok());
    let mut known = known;
    known.find(|language| offered.contains(language))
}

fn peer(site: &Site, request: &Request) -> IpAddr {
    let direct = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip());
    if !site.settings.trusted_proxies.contains(&direct) {
        return direct;
    }
    // The last address is the one our own proxy saw.
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    forwarded.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(direct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_language_is_followed_by_weight() {
        let language = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, text.parse().unwrap());
            wanted_language(&headers, Language::ALL)
        };
        assert_eq!(language("fr-CA,fr;q=0.8,en;q=0.5"), Some(Language::Fr));
        assert_eq!(language("de, en;q=0.3, fr;q=0.7"), Some(Language::Fr));
        assert_eq!(language("de"), None);
        assert_eq!(language("fr;q=0, en"), Some(Language::En));
    }
}
