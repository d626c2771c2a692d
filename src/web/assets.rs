//! Style sheets and modules, embedded in the binary and served under the hash of their contents.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::Answer;
use super::cache::{gzip, takes_gzip};
use crate::error::Error;

#[derive(RustEmbed)]
#[folder = "static"]
#[exclude = "*.md"]
struct Files;

struct Assets {
    /// Of everything, so that modules import one another by relative paths.
    hash: String,
    files: BTreeMap<String, Asset>,
}

/// A file as it is and compressed, both kept.
struct Asset {
    kind: &'static str,
    plain: Bytes,
    gzipped: Bytes,
}

impl Asset {
    fn new(kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { kind, gzipped: gzip(&bytes), plain: bytes.into() }
    }
}

static ASSETS: LazyLock<Assets> = LazyLock::new(load);

/// Sheets that come first, in this order; the components follow by name, these last ones at the end.
const FIRST: &[&str] = &["tokens.css", "reset.css", "layout.css"];
const LAST: &[&str] = &["utilities.css", "print.css"];

fn load() -> Assets {
    let mut files = BTreeMap::new();
    for name in Files::iter().filter(|name| !name.starts_with("css/")) {
        if let Some(file) = Files::get(&name) {
            files.insert(name.to_string(), Asset::new(kind(&name), file.data.into_owned()));
        }
    }
    files.insert("plenary.css".into(), Asset::new("text/css; charset=utf-8", sheet().into_bytes()));
    let mut hash = Sha256::new();
    for (name, asset) in &files {
        hash.update(name.as_bytes());
        hash.update(&asset.plain);
    }
    let hash = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Assets { hash, files }
}

/// One file for both kinds of browser: old ones read the plain sheet, all others the rest, never both (rules outside
/// a layer beat every layer).
fn sheet() -> String {
    let read = |name: &str| Files::get(&format!("css/{name}")).map(|file| String::from_utf8_lossy(&file.data).into_owned()).unwrap_or_default();
    let all: Vec<String> = Files::iter().filter_map(|name| name.strip_prefix("css/").map(str::to_owned)).collect();
    let is_component = |name: &str| name.ends_with(".css") && name != "plain.css" && !FIRST.contains(&name) && !LAST.contains(&name);
    let mut components: Vec<&str> = all.iter().map(String::as_str).filter(|name| is_component(name)).collect();
    components.sort_unstable();
    let modern: String = FIRST.iter().copied().chain(components).chain(LAST.iter().copied()).map(read).collect();
    format!(
        "@supports not (color: light-dark(red, red)) {{\n{}\n}}\n@supports (color: light-dark(red, red)) {{\n{modern}\n}}\n",
        read("plain.css")
    )
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// The address of an asset.
pub fn href(name: &str) -> String {
    format!("/static/{}/{name}", ASSETS.hash)
}

/// An asset (GET /static/{hash}/{*name}): the same for ever under its hash.
pub async fn asset(Path((hash, name)): Path<(String, String)>, sent: HeaderMap) -> Answer {
    let accent = crate::network::colour::sheet(&name).map(|sheet| Asset::new("text/css; charset=utf-8", sheet.into_bytes()));
    let asset = ASSETS.files.get(&name).or(accent.as_ref()).ok_or(Error::NotFound)?;
    let cache = if hash == ASSETS.hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if takes_gzip(&sent) {
        return Ok((headers, [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))], asset.gzipped.clone()).into_response());
    }
    Ok((headers, asset.plain.clone()).into_response())
}
