//! What the bare server sends: the very answer that the product gave, headers and body, in two files.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;

use crate::Said;
use crate::http::Answer;

/// Headers that the server under hyper writes by itself, whatever it serves.
const BY_ITSELF: &[&str] = &["date", "content-length", "transfer-encoding"];

/// Keeps an answer in `folder` under a name; `without` are headers that a layer will add again.
pub fn keep(folder: &Path, name: &str, answer: &Answer, body: &[u8], without: &[&str]) -> Said<()> {
    let is_kept = |line: &&str| line.split_once(": ").is_some_and(|(name, _)| !BY_ITSELF.contains(&name) && !without.contains(&name));
    let head: Vec<&str> = answer.head.lines().skip(1).filter(is_kept).collect();
    fs::write(folder.join(format!("{name}.head")), head.join("\n"))?;
    fs::write(folder.join(format!("{name}.body")), body)?;
    Ok(())
}

/// Everything that a folder keeps, by name.
pub fn load(folder: &Path) -> Said<HashMap<String, (HeaderMap, Bytes)>> {
    let mut all = HashMap::new();
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != "body") {
            continue;
        }
        let mut headers = HeaderMap::new();
        for line in fs::read_to_string(path.with_extension("head"))?.lines() {
            let (name, value) = line.split_once(": ").ok_or("a header without a value")?;
            headers.append(name.parse::<HeaderName>()?, HeaderValue::from_str(value)?);
        }
        let name = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file without a name")?;
        all.insert(name.to_owned(), (headers, Bytes::from(fs::read(&path)?)));
    }
    Ok(all)
}
