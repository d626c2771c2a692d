//! Reading a backup, with every doubt: a restore and the check after writing go through the same lines.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use age::{DecryptError, Decryptor};
use flate2::bufread::GzDecoder;
use sha2::{Digest, Sha256};
use tar::Archive;

use super::Fault;
use super::format::{FORMAT, Head, Meter, Sums, VERSION, end, file_of, hex, table_of};
use super::seal::Keys;

/// How a sealed file begins.
const SEALED: &[u8] = b"age-encryption.org/v1";
/// How gzip begins.
const GZIP: &[u8] = &[0x1f, 0x8b, 8];
/// Bytes of the head and of the sums, at most: what more memory than this is asked for is no backup.
const DESCRIPTION: u64 = 256 << 20;
/// Bytes of a part, at most: one row of any table.
const PART_MOST: u64 = 256 << 20;

/// One piece of a backup, in its order.
pub enum Piece<'a> {
    Head(&'a Head),
    /// Lines of a table, each a JSON array.
    Rows(&'a str, Vec<u8>),
    /// A file, by its path below the data folder.
    File(&'a str, &'a mut dyn Read),
}

/// Reads a backup to its very end, hands its pieces to `take`, and gives head and sums.
///
/// What was handed over can be believed only when this has answered: read once without taking anything, then again.
///
/// # Errors
/// [`Fault`] says in words why the file isn't a whole backup, or what `take` answered.
pub fn read(path: &Path, keys: &Keys, take: &mut dyn FnMut(Piece) -> Result<(), Fault>) -> Result<(Head, Sums), Fault> {
    let file = File::open(path).map_err(|e| Fault::Disk(format!("{}: {e}", path.display())))?;
    let mut file = BufReader::with_capacity(1 << 16, file);
    let begins = file.fill_buf().map_err(Fault::disk)?;
    if begins.starts_with(SEALED) {
        return entries(BufReader::with_capacity(1 << 16, unseal(file, keys)?), take);
    }
    if begins.len() < GZIP.len() && GZIP.starts_with(begins) {
        return Err(Fault::Cut);
    }
    match begins.starts_with(GZIP) {
        true => entries(file, take),
        false => Err(Fault::NotOurs),
    }
}

fn unseal(file: BufReader<File>, keys: &Keys) -> Result<impl Read, Fault> {
    let decryptor = Decryptor::new_buffered(file).map_err(|e| match e {
        DecryptError::Io(e) if e.kind() == ErrorKind::UnexpectedEof => Fault::Cut,
        _ => Fault::changed("its seal cannot be read"),
    })?;
    let is_passphrase = decryptor.is_scrypt();
    if keys.is_empty() || (is_passphrase && keys.passphrase.is_none()) || (!is_passphrase && keys.identities.is_empty()) {
        return Err(Fault::Sealed { by_passphrase: is_passphrase });
    }
    let all = keys.all();
    decryptor.decrypt(all.iter().map(AsRef::as_ref)).map_err(|e| match e {
        DecryptError::InvalidMac | DecryptError::InvalidHeader => Fault::changed("its seal was changed"),
        DecryptError::ExcessiveWork { .. } => Fault::disk("its passphrase asks for more work than this machine does in a quarter of a minute: take a faster one"),
        _ => Fault::WrongKey,
    })
}

fn entries(source: impl BufRead, take: &mut dyn FnMut(Piece) -> Result<(), Fault>) -> Result<(Head, Sums), Fault> {
    let mut archive = Archive::new(GzDecoder::new(Digesting { from: source, hash: Sha256::new() }));
    let (mut head, mut sums, mut seen) = (None::<Head>, None::<Sums>, Sums::default());
    for entry in archive.entries().map_err(broken)? {
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8(entry.path_bytes().into_owned()).map_err(|_| Fault::changed("a name in it is no text"))?;
        if sums.is_some() {
            return Err(Fault::changed(format!("{name} comes after its end")));
        }
        let size = entry.size();
        let mut meter = Meter::default();
        match (&head, name.as_str()) {
            (None, "head.json") => {
                let found = checked_head(&all_of(&mut entry, size, DESCRIPTION, &mut meter)?)?;
                take(Piece::Head(&found))?;
                head = Some(found);
            }
            (None, _) => return Err(Fault::NotOurs),
            (Some(_), "sums.json") => {
                let text = all_of(&mut entry, size, DESCRIPTION, &mut meter)?;
                sums = Some(serde_json::from_slice(&text).map_err(|_| Fault::changed("its list of sums cannot be read"))?);
                continue;
            }
            (Some(head), _) => match (table_of(&name), file_of(&name)) {
                (Some(table), _) if head.tables.iter().any(|known| known.name == table) => {
                    let lines = all_of(&mut entry, size, PART_MOST, &mut meter)?;
                    take(Piece::Rows(table, lines))?;
                }
                (_, Some(path)) => {
                    let mut content = Metered { from: &mut entry, meter: &mut meter };
                    take(Piece::File(path, &mut content))?;
                    std::io::copy(&mut content, &mut std::io::sink()).map_err(broken)?;
                }
                _ => return Err(Fault::changed(format!("{name} belongs to no backup"))),
            },
        }
        seen.entries.push(meter.sum(&name));
    }
    ended(archive.into_inner())?;
    let head = head.ok_or(Fault::Cut)?;
    let sums = sums.ok_or(Fault::Cut)?;
    if let Some((_, known)) = seen.entries.iter().zip(&sums.entries).find(|(seen, known)| seen != known) {
        return Err(Fault::changed(format!("{} is not what was written", known.name)));
    }
    match seen.entries.len() == sums.entries.len() {
        true => Ok((head, sums)),
        false => Err(Fault::changed("entries are missing")),
    }
}

/// After the tar nothing but zeros, then gzip's own sum, then the digest of all that, then nothing.
fn ended(mut gzip: GzDecoder<Digesting<impl BufRead>>) -> Result<(), Fault> {
    let mut rest = [0; 8192];
    loop {
        match gzip.read(&mut rest).map_err(broken)? {
            0 => break,
            count if rest[..count].iter().all(|byte| *byte == 0) => {}
            _ => return Err(Fault::changed("something comes after its end")),
        }
    }
    let Digesting { from, hash } = gzip.into_inner();
    let meant = end(&hex(hash)).map_err(Fault::disk)?;
    let mut found = Vec::new();
    from.take(meant.len() as u64 + 1).read_to_end(&mut found).map_err(broken)?;
    match found == meant {
        true => Ok(()),
        false if meant.starts_with(&found) => Err(Fault::Cut),
        false => Err(Fault::changed("its digest is another")),
    }
}

fn checked_head(text: &[u8]) -> Result<Head, Fault> {
    let value: serde_json::Value = serde_json::from_slice(text).map_err(|_| Fault::changed("its head cannot be read"))?;
    if value["format"] != FORMAT {
        return Err(Fault::NotOurs);
    }
    if value["version"].as_u64().is_none_or(|version| version > u64::from(VERSION)) {
        return Err(Fault::Newer(format!("its format has the number {}, this program knows {VERSION}", value["version"])));
    }
    serde_json::from_value(value).map_err(|_| Fault::changed("its head cannot be read"))
}

fn all_of(entry: &mut impl Read, size: u64, most: u64, meter: &mut Meter) -> Result<Vec<u8>, Fault> {
    if size > most {
        return Err(Fault::changed("an entry is larger than any that Plenary writes"));
    }
    let mut content = Vec::new();
    entry.read_to_end(&mut content).map_err(broken)?;
    if content.len() as u64 != size {
        return Err(Fault::Cut);
    }
    meter.pass(&content);
    Ok(content)
}

/// What a fault while reading means.
fn broken(error: std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::UnexpectedEof => Fault::Cut,
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other => Fault::changed(error),
        _ => Fault::disk(error),
    }
}

struct Metered<'a, R> {
    from: R,
    meter: &'a mut Meter,
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.meter.pass(&into[..count]);
        Ok(count)
    }
}

/// Digests what is taken.
struct Digesting<R> {
    from: R,
    hash: Sha256,
}

impl<R: BufRead> Read for Digesting<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.hash.update(&into[..count]);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Digesting<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        self.from.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        // What is consumed was in the buffer, which gives it again without reading.
        if let Ok(buffer) = self.from.fill_buf() {
            self.hash.update(&buffer[..count.min(buffer.len())]);
        }
        self.from.consume(count);
    }
}
