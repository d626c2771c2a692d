//! Writing a backup: entries go out as they come, nothing is held but the list of their digests.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};
use tar::{Builder, EntryType, Header};

use super::Fault;
use super::format::{Head, Meter, Sums, end, hex, part_name};

/// A backup being written into `W`.
pub struct ArchiveWriter<W: Write> {
    tar: Builder<GzEncoder<Digesting<W>>>,
    sums: Sums,
    table: String,
    part: u64,
}

impl<W: Write> ArchiveWriter<W> {
    /// Begins with the head.
    pub fn new(into: W, head: &Head) -> Result<Self, Fault> {
        let tar = Builder::new(GzEncoder::new(Digesting { into, hash: Sha256::new() }, Compression::fast()));
        let mut archive = Self { tar, sums: Sums::default(), table: String::new(), part: 0 };
        archive.whole("head.json", &serde_json::to_vec_pretty(head).map_err(Fault::disk)?)?;
        Ok(archive)
    }

    /// A part of a table's rows: lines, each a JSON array. The parts of a table come together.
    pub fn rows(&mut self, table: &str, lines: &[u8]) -> Result<(), Fault> {
        if self.table != table {
            table.clone_into(&mut self.table);
            self.part = 0;
        }
        self.part += 1;
        self.whole(&part_name(table, self.part), lines)
    }

    /// A file of the data folder, of exactly `bytes` bytes.
    pub fn file(&mut self, path: &str, bytes: u64, content: impl Read) -> Result<(), Fault> {
        self.entry(&format!("files/{path}"), bytes, content)
    }

    /// Ends with the sums; gives what they were, and the writer to finish.
    pub fn finish(mut self) -> Result<(W, Sums), Fault> {
        let sums = std::mem::take(&mut self.sums);
        self.whole("sums.json", &serde_json::to_vec_pretty(&sums).map_err(Fault::disk)?)?;
        let gzip = self.tar.into_inner().map_err(Fault::disk)?;
        let Digesting { mut into, hash } = gzip.finish().map_err(Fault::disk)?;
        end(&hex(hash)).and_then(|end| into.write_all(&end)).map_err(Fault::disk)?;
        Ok((into, sums))
    }

    fn whole(&mut self, name: &str, content: &[u8]) -> Result<(), Fault> {
        self.entry(name, content.len() as u64, content)
    }

    fn entry(&mut self, name: &str, bytes: u64, content: impl Read) -> Result<(), Fault> {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_size(bytes);
        header.set_mode(0o600);
        let mut metered = Metered { from: content.take(bytes), meter: Meter::default() };
        self.tar.append_data(&mut header, name, &mut metered).map_err(Fault::disk)?;
        let sum = metered.meter.sum(name);
        if sum.bytes != bytes {
            return Err(Fault::Disk(format!("{name} grew shorter while it was read")));
        }
        self.sums.entries.push(sum);
        Ok(())
    }
}

struct Metered<R> {
    from: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.meter.pass(&into[..count]);
        Ok(count)
    }
}

/// Digests what is written.
struct Digesting<W> {
    into: W,
    hash: Sha256,
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.into.write(bytes)?;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.into.flush()
    }
}
