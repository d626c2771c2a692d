//! Seals and keys: a backup is encrypted to those who may open it, by the format and the crate `age`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use age::secrecy::SecretString;
use age::stream::StreamWriter;
use age::{Encryptor, Identity, Recipient, scrypt, x25519};

use super::Fault;

/// Who may open a backup.
#[derive(Clone, Default)]
pub enum Seal {
    /// Everybody who can read the file.
    #[default]
    None,
    /// Whoever holds the key of one of these (`age1…`, as `age-keygen` writes them).
    Recipients(Vec<x25519::Recipient>),
    /// Whoever knows it.
    Passphrase(SecretString),
}

/// What opens a sealed backup.
#[derive(Clone, Default)]
pub struct Keys {
    /// Keys as `age-keygen` makes them.
    pub identities: Vec<x25519::Identity>,
    /// For what was sealed with one.
    pub passphrase: Option<SecretString>,
}

impl Seal {
    /// From the settings' words: recipients win, for with them this machine cannot open what it wrote.
    ///
    /// # Errors
    /// Which recipient is none.
    pub fn of(recipients: &[String], passphrase: Option<&str>) -> Result<Self, String> {
        if recipients.is_empty() {
            return Ok(passphrase.map_or(Self::None, |words| Self::Passphrase(words.to_owned().into())));
        }
        let parse = |text: &String| text.parse().map_err(|_| format!("“{text}” is not a recipient as age-keygen prints it (age1…)"));
        recipients.iter().map(parse).collect::<Result<_, _>>().map(Self::Recipients)
    }

    /// The ending of a file sealed so.
    pub fn ending(&self) -> &'static str {
        if matches!(self, Self::None) { "tar.gz" } else { "tar.gz.age" }
    }

    /// Begins a sealed file, and gives the keys that open it for the check after writing. For recipients, whose keys are
    /// not here, that is one made for this file alone, held in memory and then forgotten.
    pub fn begin(&self, file: BufWriter<File>) -> Result<(Sealed, Keys), Fault> {
        let failed = |e: &dyn std::fmt::Display| Fault::Disk(format!("encrypting: {e}"));
        let (encryptor, keys) = match self {
            Self::None => return Ok((Sealed::Plain(file), Keys::default())),
            Self::Passphrase(words) => {
                let recipient = scrypt::Recipient::new(words.clone());
                let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn Recipient));
                (encryptor, Keys { passphrase: Some(words.clone()), identities: Vec::new() })
            }
            Self::Recipients(recipients) => {
                let own = x25519::Identity::generate();
                let all: Vec<x25519::Recipient> = recipients.iter().cloned().chain([own.to_public()]).collect();
                let encryptor = Encryptor::with_recipients(all.iter().map(|one| one as &dyn Recipient));
                (encryptor, Keys { identities: vec![own], passphrase: None })
            }
        };
        let sealed = encryptor.map_err(|e| failed(&e))?.wrap_output(file).map_err(|e| failed(&e))?;
        Ok((Sealed::Age(Box::new(sealed)), keys))
    }
}

impl Keys {
    /// Reads the file that `age-keygen` wrote.
    ///
    /// # Errors
    /// Words when it cannot be read or holds no key.
    pub fn read_identities(file: &Path) -> Result<Vec<x25519::Identity>, String> {
        let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let keys: Result<Vec<x25519::Identity>, _> = lines.map(str::parse).collect();
        match keys {
            Ok(keys) if !keys.is_empty() => Ok(keys),
            _ => Err(format!("{} holds no key as age-keygen writes it (AGE-SECRET-KEY-1…)", file.display())),
        }
    }

    /// All keys in the shape that `age` wants.
    pub(super) fn all(&self) -> Vec<Box<dyn Identity>> {
        let identities = self.identities.iter().map(|key| Box::new(key.clone()) as Box<dyn Identity>);
        let words = self.passphrase.iter().map(|words| Box::new(scrypt::Identity::new(words.clone())) as Box<dyn Identity>);
        identities.chain(words).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.identities.is_empty() && self.passphrase.is_none()
    }
}

/// A file being written, sealed or plain.
pub enum Sealed {
    Plain(BufWriter<File>),
    Age(Box<StreamWriter<BufWriter<File>>>),
}

impl Sealed {
    /// Writes the end; without it the file isn't whole.
    pub fn finish(self) -> io::Result<File> {
        let buffer = match self {
            Self::Plain(buffer) => buffer,
            Self::Age(sealed) => sealed.finish()?,
        };
        buffer.into_inner().map_err(io::IntoInnerError::into_error)
    }
}

impl Write for Sealed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.write(bytes),
            Self::Age(sealed) => sealed.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Plain(file) => file.flush(),
            Self::Age(sealed) => sealed.flush(),
        }
    }
}
