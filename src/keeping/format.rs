//! What a backup is: a gzipped tar that any system opens, sealed with `age` when there is a key. The same whatever
//! database it came from, so that a site on SQLite can be restored into PostgreSQL and back.
//!
//! In this order: `head.json` ([`Head`]), parts of each table's rows as `rows/TABLE/000001.jsonl` (a row is a JSON array
//! in the order of the head's columns), the data folder's files below `files/`, and last `sums.json` ([`Sums`]), without
//! which a backup isn't whole. Behind the tar stands a second, empty gzip member whose comment is the digest of the first
//! ([`end`]): the same content can be compressed in many ways, and so not even a bit that means nothing changes unseen.

use flate2::{Compression, GzBuilder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the head calls itself.
pub const FORMAT: &str = "plenary-backup";
/// Rises when an older program could no longer read what a newer one writes.
pub const VERSION: u32 = 1;
/// Bytes of rows gathered into one part; a longer row is a part of its own.
pub const PART: usize = 1 << 20;

/// The first thing in a backup: what it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub format: String,
    pub version: u32,
    /// The release that wrote it.
    pub program: String,
    /// RFC 3339, UTC.
    pub made_at: String,
    /// The migrations that made the schema, in their order.
    pub migrations: Vec<String>,
    pub tables: Vec<TableHead>,
}

/// A table and how its rows are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableHead {
    pub name: String,
    pub columns: Vec<Column>,
    /// The highest id ever given out, where ids are never given twice.
    pub last_id: Option<i64>,
}

/// A column's name and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    pub holds: Holds,
}

/// What a column holds, in words that both databases mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    Integer,
    Boolean,
    Text,
}

/// The last thing in a backup: everything before it, with its digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    pub entries: Vec<Sum>,
}

/// One entry of the tar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    pub name: String,
    pub bytes: u64,
    /// Lines of a part; 0 for what holds no rows.
    pub rows: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The name of a part of a table's rows; parts are counted from 1.
pub fn part_name(table: &str, part: u64) -> String {
    format!("rows/{table}/{part:06}.jsonl")
}

/// The table that an entry holds rows of.
pub fn table_of(name: &str) -> Option<&str> {
    name.strip_prefix("rows/")?.split_once('/').map(|(table, _)| table)
}

/// The path below the data folder of a file that an entry holds, if it stays below it.
pub fn file_of(name: &str) -> Option<&str> {
    let path = name.strip_prefix("files/")?;
    let is_plain = |part: std::path::Component| matches!(part, std::path::Component::Normal(_));
    (!path.is_empty() && std::path::Path::new(path).components().all(is_plain)).then_some(path)
}

/// A digest in hexadecimal.
pub fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The gzip member that ends a file, for all its bytes before. Nothing is in it, so that `tar xzf` passes it by.
pub fn end(digest: &str) -> std::io::Result<Vec<u8>> {
    GzBuilder::new().comment(format!("sha256 {digest}")).write(Vec::new(), Compression::none()).finish()
}

/// Counts and digests what passes.
#[derive(Default)]
pub struct Meter {
    hash: Sha256,
    bytes: u64,
    rows: u64,
}

impl Meter {
    /// Takes the next bytes.
    pub fn pass(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        self.rows += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    }

    /// The sum of all that passed, as that of the entry `name`.
    pub fn sum(self, name: &str) -> Sum {
        let sha256 = hex(self.hash);
        let rows = if table_of(name).is_some() { self.rows } else { 0 };
        Sum { name: name.to_owned(), bytes: self.bytes, rows, sha256 }
    }
}

impl Sums {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.entries.iter().map(|entry| entry.rows).sum()
    }

    /// Files of the data folder.
    pub fn files(&self) -> usize {
        self.entries.iter().filter(|entry| file_of(&entry.name).is_some()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_an_entry_holds() {
        assert_eq!(table_of(&part_name("post", 12)), Some("post"));
        assert_eq!(part_name("post", 12), "rows/post/000012.jsonl");
        assert_eq!((table_of("files/secret"), file_of("files/secret")), (None, Some("secret")));
        assert_eq!(file_of("files/files/ab/cd"), Some("files/ab/cd"));
    }

    #[test]
    fn no_file_leaves_the_data_folder() {
        for name in ["files/", "files/../etc/passwd", "files//etc/passwd", "files/a/../../b", "secret"] {
            assert_eq!(file_of(name), None, "{name}");
        }
    }
}
