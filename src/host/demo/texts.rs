//! The demo's texts, written by hand, embedded in the binary.

use rust_embed::RustEmbed;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};

#[derive(RustEmbed)]
#[folder = "src/host/demo/texts"]
struct Files;

/// One file's words.
pub fn file(name: &str) -> Result<String> {
    let file = Files::get(name).ok_or_else(|| Error::bug(format!("the demo's {name} is missing")))?;
    String::from_utf8(file.data.into_owned()).map_err(|_| Error::bug(format!("the demo's {name} is not UTF-8")))
}

/// The files of a folder, by name: what comes after the folder, without the ending.
pub fn folder(folder: &str) -> Result<Vec<(String, String)>> {
    let mut names: Vec<String> = Files::iter().filter(|name| name.starts_with(folder)).map(|name| name.to_string()).collect();
    names.sort();
    let key = |name: &str| name.trim_start_matches(folder).trim_start_matches('/').rsplit_once('.').map_or_else(|| name.into(), |(key, _)| key.to_owned());
    names.iter().map(|name| Ok((key(name), file(name)?))).collect()
}

/// One TOML file.
pub fn toml<T: DeserializeOwned>(name: &str) -> Result<T> {
    toml::from_str(&file(name)?).map_err(|e| Error::bug(format!("the demo's {name}: {e}")))
}
