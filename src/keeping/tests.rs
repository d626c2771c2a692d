//! The format: what is written reads back; what is cut, changed or locked is refused; each with its words.

use std::fs::OpenOptions;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret;
use age::x25519::Identity;

use super::format::{Column, FORMAT, Head, Holds, TableHead, VERSION};
use super::{ArchiveWriter, Fault, Keys, Piece, Seal, read};

fn head() -> Head {
    let columns = [("id", Holds::Integer), ("words", Holds::Text), ("is_open", Holds::Boolean)];
    let columns = columns.into_iter().map(|(name, holds)| Column { name: name.into(), holds }).collect();
    Head {
        format: FORMAT.into(),
        version: VERSION,
        program: "0.1.0".into(),
        made_at: "2026-11-25T02:30:00Z".into(),
        migrations: vec!["0001_journal".into()],
        tables: vec![TableHead { name: "post".into(), columns, last_id: Some(9) }],
    }
}

const ROWS: &[u8] = b"[1,\"a line\\nand another\",true]\n[2,null,false]\n";

/// Writes a small backup: two parts of one table, and the secret.
fn written(folder: &Path, seal: &Seal, head: &Head) -> PathBuf {
    let path = folder.join("backup");
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(&path).unwrap();
    let (sealed, _) = seal.begin(BufWriter::new(file)).unwrap();
    let mut archive = ArchiveWriter::new(sealed, head).unwrap();
    archive.rows("post", ROWS).unwrap();
    archive.rows("post", b"[3,\"three\",true]\n").unwrap();
    archive.file("secret", 6, &b"hidden"[..]).unwrap();
    archive.finish().unwrap().0.finish().unwrap();
    path
}

/// Everything that a backup hands over, as text.
fn content(path: &Path, keys: &Keys) -> Result<String, Fault> {
    let mut all = String::new();
    let (_, sums) = read(path, keys, &mut |piece| {
        match piece {
            Piece::Head(head) => all += &format!("{head:?}\n"),
            Piece::Rows(table, lines) => all += &format!("{table}: {}", String::from_utf8_lossy(&lines)),
            Piece::File(name, content) => {
                let mut text = String::new();
                content.read_to_string(&mut text).map_err(Fault::disk)?;
                all += &format!("{name}: {text}\n");
            }
        }
        Ok(())
    })?;
    Ok(format!("{all}{} rows, {} files", sums.rows(), sums.files()))
}

fn keys_of(identity: &Identity) -> Keys {
    Keys { identities: vec![identity.clone()], passphrase: None }
}

#[test]
fn what_is_written_reads_back_sealed_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::generate();
    let expected = format!(
        "{:?}\npost: {}post: [3,\"three\",true]\nsecret: hidden\n3 rows, 1 files",
        head(),
        String::from_utf8_lossy(ROWS)
    );
    let recipients = Seal::of(&[identity.to_public().to_string()], None).unwrap();
    for (seal, keys) in [(Seal::None, Keys::default()), (recipients, keys_of(&identity))] {
        let path = written(folder.path(), &seal, &head());
        assert_eq!(content(&path, &keys).unwrap(), expected);
    }
}

#[test]
fn the_key_made_for_the_check_opens_what_was_sealed_to_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup");
    let seal = Seal::of(&[Identity::generate().to_public().to_string()], None).unwrap();
    let file = OpenOptions::new().write(true).create_new(true).open(&path).unwrap();
    let (sealed, own) = seal.begin(BufWriter::new(file)).unwrap();
    let (sealed, _) = ArchiveWriter::new(sealed, &head()).unwrap().finish().unwrap();
    sealed.finish().unwrap();
    assert!(content(&path, &own).is_ok());
    assert!(matches!(content(&path, &keys_of(&Identity::generate())), Err(Fault::WrongKey)));
}

#[test]
fn any_tar_opens_what_is_not_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), &Seal::None, &head());
    let listed = std::process::Command::new("tar").arg("tzf").arg(&path).output().unwrap();
    let names = String::from_utf8(listed.stdout).unwrap();
    assert_eq!(names.lines().collect::<Vec<_>>(), ["head.json", "rows/post/000001.jsonl", "rows/post/000002.jsonl", "files/secret", "sums.json"]);
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::generate();
    for seal in [Seal::None, Seal::Recipients(vec![identity.to_public()])] {
        let path = written(folder.path(), &seal, &head());
        let whole = std::fs::read(&path).unwrap();
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(content(&path, &keys_of(&identity)).is_err(), "{length} of {}", whole.len());
        }
        std::fs::write(&path, &whole[..whole.len() - 20]).unwrap();
        let words = content(&path, &keys_of(&identity)).unwrap_err().to_string();
        assert!(words.contains("it isn't whole"), "{words}");
        // Nor is anything taken that was added.
        std::fs::write(&path, [&whole[..], b"more"].concat()).unwrap();
        assert!(content(&path, &keys_of(&identity)).unwrap_err().to_string().contains("it isn't whole"));
    }
}

#[test]
fn one_changed_bit_anywhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::generate();
    for seal in [Seal::None, Seal::Recipients(vec![identity.to_public()])] {
        let path = written(folder.path(), &seal, &head());
        let whole = std::fs::read(&path).unwrap();
        for at in 0..whole.len() * 8 {
            let mut changed = whole.clone();
            changed[at / 8] ^= 1 << (at % 8);
            std::fs::write(&path, &changed).unwrap();
            assert!(content(&path, &keys_of(&identity)).is_err(), "bit {at} of {}", whole.len() * 8);
        }
    }
}

#[test]
fn a_locked_backup_says_what_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let identity = Identity::generate();
    let path = written(folder.path(), &Seal::Recipients(vec![identity.to_public()]), &head());
    assert!(matches!(content(&path, &Keys::default()), Err(Fault::Sealed { by_passphrase: false })));
    assert!(matches!(content(&path, &Keys { identities: vec![], passphrase: Some("words".to_owned().into()) }), Err(Fault::Sealed { by_passphrase: false })));
    let text = folder.path().join("key.txt");
    std::fs::write(&text, format!("# created: today\n{}\n", identity.to_string().expose_secret())).unwrap();
    let identities = Keys::read_identities(&text).unwrap();
    assert!(content(&path, &Keys { identities, passphrase: None }).is_ok());
    std::fs::write(&text, "no key").unwrap();
    assert!(Keys::read_identities(&text).err().unwrap().contains("AGE-SECRET-KEY-1"));
}

#[test]
fn what_is_newer_or_something_else_is_refused_with_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), &Seal::None, &Head { version: VERSION + 1, ..head() });
    assert!(matches!(content(&path, &Keys::default()), Err(Fault::Newer(_))));
    let path = written(folder.path(), &Seal::None, &Head { format: "another".into(), ..head() });
    assert!(matches!(content(&path, &Keys::default()), Err(Fault::NotOurs)));
    std::fs::write(&path, "a letter").unwrap();
    assert!(matches!(content(&path, &Keys::default()), Err(Fault::NotOurs)));
}
