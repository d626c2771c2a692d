//! Whole pages for Visitors, kept compressed under the numbers of the Rooms they show: one hit costs no query and no
//! rendering. A page whose Room moved is drawn anew; nothing personal is ever in it.

use std::io::Write;
use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use moka::sync::Cache;

use super::Context;
use crate::error::Result;
use crate::journal::Room;
use crate::people::Language;
use crate::secret;

/// Bytes of pages kept in memory.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    epoch: String,
    here: String,
    language: Language,
}

#[derive(Clone)]
struct Kept {
    heads: Vec<i64>,
    plain: Bytes,
    gzipped: Bytes,
}

/// This start of the program: what another build drew is not confirmed.
static STARTED: LazyLock<String> = LazyLock::new(secret::token);

static PAGES: LazyLock<Cache<Key, Kept>> = LazyLock::new(|| {
    let weight = |_: &Key, kept: &Kept| u32::try_from(kept.plain.len() + kept.gzipped.len()).unwrap_or(u32::MAX);
    Cache::builder().max_capacity(CACHE_BYTES).weigher(weight).build()
});

/// A page's version: the numbers of its Rooms, taken before any row is looked up.
pub struct Version {
    key: Key,
    heads: Vec<i64>,
}

/// The kept page for a Visitor if nothing in its Rooms has happened since, else the version to keep the next under.
/// Members' pages are put together anew each time.
pub async fn kept(context: &Context, headers: &HeaderMap, rooms: &[Room]) -> Result<std::result::Result<Response, Option<Version>>> {
    if context.reader.member.is_some() {
        return Ok(Err(None));
    }
    let mut all = rooms.to_vec();
    all.push(Room::Site);
    let site = &context.site;
    let heads = site.heads.of(&site.db, &site.bus, &all).await?;
    let key = Key { epoch: site.epoch.name.clone(), here: context.here.clone(), language: context.reader.language };
    match PAGES.get(&key).filter(|kept| kept.heads == heads) {
        Some(kept) => Ok(Ok(answer(&key, &kept, headers))),
        None => Ok(Err(Some(Version { key, heads }))),
    }
}

/// Keeps a page under its version and answers with it.
pub fn keep(version: Version, headers: &HeaderMap, html: String) -> Response {
    let plain = Bytes::from(html);
    let kept = Kept { heads: version.heads, gzipped: gzip(&plain), plain };
    let response = answer(&version.key, &kept, headers);
    PAGES.insert(version.key, kept);
    response
}

/// Bytes under one gzip header (RFC 1952).
pub fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 3), Compression::default());
    // Writing into memory does not fail.
    let done = encoder.write_all(plain).and_then(|()| encoder.finish());
    done.map(Bytes::from).unwrap_or_default()
}

/// Whether the other side takes gzip.
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|part| {
        let (coding, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        coding.trim() == "gzip" && weight.trim().parse::<f32>().is_ok_and(|weight| weight > 0.0)
    })
}

fn answer(key: &Key, kept: &Kept, headers: &HeaderMap) -> Response {
    let numbers: Vec<String> = kept.heads.iter().map(ToString::to_string).collect();
    let etag = format!("W/\"{}-{}-{}-{}\"", *STARTED, key.epoch, key.language.word(), numbers.join("-"));
    let etag = HeaderValue::from_str(&etag).unwrap_or_else(|_| HeaderValue::from_static("W/\"\""));
    let shared = [
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (header::VARY, HeaderValue::from_static("accept-encoding, accept-language, cookie")),
    ];
    if headers.get(header::IF_NONE_MATCH) == Some(&etag) {
        return (StatusCode::NOT_MODIFIED, shared, [(header::ETAG, etag)]).into_response();
    }
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")), (header::ETAG, etag)];
    if takes_gzip(headers) {
        let coding = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
        return (shared, kind, coding, kept.gzipped.clone()).into_response();
    }
    (shared, kind, kept.plain.clone()).into_response()
}
