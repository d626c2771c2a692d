//! Settings: a TOML file and environment variables of the same names, checked at the start with errors that say what to write.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use chrono::NaiveTime;

use crate::keeping::Seal;
use crate::keeping::schedule::Schedule;

/// How the site runs. Every field is also an environment variable `PLENARY_<NAME>`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// The address people know, without a slash at its end: mailed links begin with it, never with a request's Host.
    pub base_url: String,
    /// The folder of the database, the secret and the files.
    pub data: PathBuf,
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// `smtp://…` or `smtps://…`; without it mail stays in the mailbox that admins read.
    pub smtp_url: Option<String>,
    /// The address mail comes from, which must answer.
    pub mail_from: String,
    /// What signs addresses that must be recomputed; else the file `secret` in the data folder.
    pub secret: Option<String>,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// The name that a new network begins with.
    pub site_name: String,
    /// The zone that a new network begins with.
    pub site_zone: chrono_tz::Tz,
    /// The folder that the clock's backups go to; without it none are made.
    pub backup_dir: Option<PathBuf>,
    /// The hour at which one is made, on the wall of the site's zone.
    pub backup_at: NaiveTime,
    /// How many of them are kept.
    pub backup_keep: usize,
    /// To whom backups are encrypted: public keys of age.
    pub backup_recipients: Vec<String>,
    /// What backups are encrypted with where there are no recipients, and opened with.
    pub backup_passphrase: Option<String>,
    /// Where figures for Prometheus are served, on a listener of their own; without it none are.
    pub metrics_listen: Option<SocketAddr>,
    /// Whether each line of the log is JSON.
    pub log_json: bool,
    /// A file of releases, one a line, that tells whether a newer one is out.
    pub releases: Option<PathBuf>,
    /// Whether this is the demo: sign-in links for everybody, mail kept, `.example` addresses.
    pub demo: bool,
    /// Whether rate limits hold (off only for load tests of a demo).
    pub limits: bool,
}

/// One setting that cannot be used: its name, what is wrong, and a value that would do.
#[derive(Debug, thiserror::Error)]
#[error("{name}: {wrong}\n  for example: {name} = {example}")]
pub struct WrongSetting {
    pub name: String,
    pub wrong: String,
    pub example: String,
}

/// Name, an example, and what it is for: the host's guide is made from this list.
pub const NAMES: &[(&str, &str, &str)] = &[
    ("PLENARY_LISTEN", "\"127.0.0.1:3000\"", "address and port the server listens on"),
    ("PLENARY_BASE_URL", "\"https://plenary.example.org\"", "the site's public address, used in every mailed link"),
    ("PLENARY_DATA", "\"/var/lib/plenary\"", "folder of the database, the secret and the files"),
    ("PLENARY_DATABASE_URL", "\"postgres://plenary:secret@localhost/plenary\"", "sqlite:PATH or postgres://…; by default a SQLite file in the data folder"),
    ("PLENARY_SMTP_URL", "\"smtps://user:password@mail.example.org\"", "the server that sends mail; without it mail is kept in a mailbox that admins read"),
    ("PLENARY_MAIL_FROM", "\"Plenary <plenary@example.org>\"", "the address mail comes from"),
    ("PLENARY_SECRET", "\"at least 32 random characters, kept for ever\"", "signs unsubscribe and reply addresses; by default a file in the data folder"),
    ("PLENARY_TRUSTED_PROXIES", "\"127.0.0.1, ::1\"", "proxies whose X-Forwarded-For is believed"),
    ("PLENARY_SITE_NAME", "\"Network of Human Rights Cities\"", "the name that a new network begins with; afterwards it is changed at /admin/settings"),
    ("PLENARY_METRICS_LISTEN", "\"127.0.0.1:9464\"", "address and port of GET /metrics for Prometheus; without it there is none"),
    ("PLENARY_LOG_FORMAT", "\"json\"", "text or json: how a line of the log is written; text by default"),
    ("PLENARY_BACKUP_DIR", "\"/var/backups/plenary\"", "folder to which a backup is written every day; without it none is"),
    ("PLENARY_BACKUP_AT", "\"03:30\"", "when, in the site's time zone; by default at half past three"),
    ("PLENARY_BACKUP_KEEP", "\"14\"", "how many of these are kept; 14 by default"),
    ("PLENARY_BACKUP_RECIPIENTS", "\"age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\"", "to whom backups are encrypted: public keys as age-keygen prints them, with commas between"),
    ("PLENARY_BACKUP_PASSPHRASE", "\"at least 16 characters, kept elsewhere, too\"", "encrypts and opens backups where there are no recipients"),
    ("PLENARY_RELEASES", "\"/etc/plenary/releases\"", "file with a release a line, its number first, by which the site says that a newer one is out; nobody is called"),
    ("PLENARY_SITE_ZONE", "\"Europe/Vienna\"", "the time zone that a new network begins with; afterwards it is changed at /admin/settings"),
];

impl Settings {
    /// Reads `file` (if any) and the environment, which wins.
    ///
    /// # Errors
    /// Every setting that cannot be used, all at once.
    pub fn load(file: Option<&Path>) -> Result<Self, Vec<WrongSetting>> {
        let mut values = BTreeMap::new();
        if let Some(file) = file {
            read_file(file, &mut values).map_err(|wrong| vec![wrong])?;
        }
        for (name, _, _) in NAMES {
            if let Ok(value) = std::env::var(name) {
                values.insert((*name).to_owned(), value);
            }
        }
        Self::from_values(&values)
    }

    fn from_values(values: &BTreeMap<String, String>) -> Result<Self, Vec<WrongSetting>> {
        let mut wrongs = Vec::new();
        let get = |name: &str| values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let listen = parsed(get("PLENARY_LISTEN").unwrap_or("127.0.0.1:3000"), "PLENARY_LISTEN", "is not an address with a port", &mut wrongs);
        let zone = parsed(get("PLENARY_SITE_ZONE").unwrap_or("Europe/Vienna"), "PLENARY_SITE_ZONE", "is not a time zone of the IANA list", &mut wrongs);
        let listen = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let base_url = get("PLENARY_BASE_URL").map_or_else(|| format!("http://{listen}"), |url| url.trim_end_matches('/').to_owned());
        if !(base_url.starts_with("http://") || base_url.starts_with("https://")) || base_url.matches('/').count() > 2 {
            wrongs.push(wrong("PLENARY_BASE_URL", "is not http:// or https:// with a host and no path"));
        }
        let data = PathBuf::from(get("PLENARY_DATA").unwrap_or("data"));
        let database_url = get("PLENARY_DATABASE_URL").map_or_else(|| default_database(&data), str::to_owned);
        if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| database_url.starts_with(scheme)) {
            wrongs.push(wrong("PLENARY_DATABASE_URL", "begins with neither sqlite: nor postgres://"));
        }
        let smtp_url = get("PLENARY_SMTP_URL").map(str::to_owned);
        if smtp_url.as_ref().is_some_and(|url| !url.starts_with("smtp://") && !url.starts_with("smtps://")) {
            wrongs.push(wrong("PLENARY_SMTP_URL", "begins with neither smtp:// nor smtps://"));
        }
        let mail_from = get("PLENARY_MAIL_FROM").unwrap_or("Plenary <plenary@localhost>").to_owned();
        if mail_from.parse::<lettre::message::Mailbox>().is_err() {
            wrongs.push(wrong("PLENARY_MAIL_FROM", "is not a mail address"));
        }
        let secret = get("PLENARY_SECRET").map(str::to_owned);
        if secret.as_ref().is_some_and(|secret| secret.len() < 32) {
            wrongs.push(wrong("PLENARY_SECRET", "is shorter than 32 characters"));
        }
        let backup_at = NaiveTime::parse_from_str(get("PLENARY_BACKUP_AT").unwrap_or("03:30"), "%H:%M");
        if backup_at.is_err() {
            wrongs.push(wrong("PLENARY_BACKUP_AT", "is not a time of day"));
        }
        let backup_keep = parsed(get("PLENARY_BACKUP_KEEP").unwrap_or("14"), "PLENARY_BACKUP_KEEP", "is not a number", &mut wrongs);
        if backup_keep == Some(0) {
            wrongs.push(wrong("PLENARY_BACKUP_KEEP", "would keep none"));
        }
        let backup_recipients: Vec<String> = listed(get("PLENARY_BACKUP_RECIPIENTS")).map(str::to_owned).collect();
        if let Err(words) = Seal::of(&backup_recipients, None) {
            wrongs.push(wrong("PLENARY_BACKUP_RECIPIENTS", &words));
        }
        let backup_passphrase = get("PLENARY_BACKUP_PASSPHRASE").map(str::to_owned);
        if backup_passphrase.as_ref().is_some_and(|words| words.chars().count() < 16) {
            wrongs.push(wrong("PLENARY_BACKUP_PASSPHRASE", "is shorter than 16 characters"));
        }
        let metrics_listen =
            get("PLENARY_METRICS_LISTEN").and_then(|text| parsed(text, "PLENARY_METRICS_LISTEN", "is not an address with a port", &mut wrongs));
        let log_json = match get("PLENARY_LOG_FORMAT").unwrap_or("text") {
            "json" => true,
            "text" => false,
            _ => {
                wrongs.push(wrong("PLENARY_LOG_FORMAT", "is neither text nor json"));
                false
            }
        };
        let mut trusted_proxies = Vec::new();
        for text in listed(get("PLENARY_TRUSTED_PROXIES")) {
            trusted_proxies.extend(parsed::<std::net::IpAddr>(text, "PLENARY_TRUSTED_PROXIES", "is not a list of IP addresses", &mut wrongs));
        }
        if !wrongs.is_empty() {
            return Err(wrongs);
        }
        let site_name = get("PLENARY_SITE_NAME").unwrap_or("Plenary").to_owned();
        let site_zone = zone.unwrap_or(chrono_tz::Europe::Vienna);
        Ok(Self {
            listen,
            base_url,
            data,
            database_url,
            smtp_url,
            mail_from,
            secret,
            trusted_proxies,
            site_name,
            site_zone,
            backup_dir: get("PLENARY_BACKUP_DIR").map(PathBuf::from),
            backup_at: backup_at.unwrap_or_default(),
            backup_keep: backup_keep.unwrap_or(1),
            backup_recipients,
            backup_passphrase,
            metrics_listen,
            log_json,
            releases: get("PLENARY_RELEASES").map(PathBuf::from),
            demo: false,
            limits: true,
        })
    }

    /// The same site in another folder: a SQLite database that nobody placed elsewhere goes with it.
    pub fn in_folder(mut self, data: PathBuf) -> Self {
        if self.database_url == default_database(&self.data) {
            self.database_url = default_database(&data);
        }
        self.data = data;
        self
    }

    /// When and where backups are made; `None` where no folder is set.
    pub fn backup_schedule(&self) -> Option<Schedule> {
        self.backup_dir.clone().map(|folder| Schedule { folder, at: self.backup_at, keep: self.backup_keep })
    }

    /// Who may open the backups.
    ///
    /// # Errors
    /// Which recipient is none.
    pub fn backup_seal(&self) -> Result<Seal, String> {
        Seal::of(&self.backup_recipients, self.backup_passphrase.as_deref())
    }

    /// Whether people come by https, so that cookies are `Secure` and `__Host-`.
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// The host in the base URL, with its port if it names one.
    pub fn host(&self) -> &str {
        self.base_url.split("//").nth(1).unwrap_or_default()
    }
}

fn default_database(data: &Path) -> String {
    format!("sqlite:{}", data.join("plenary.sqlite").display())
}

/// A list with commas between.
fn listed(text: Option<&str>) -> impl Iterator<Item = &str> {
    text.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn read_file(file: &Path, values: &mut BTreeMap<String, String>) -> Result<(), WrongSetting> {
    let name = file.display().to_string();
    let example = "a TOML file with lines like PLENARY_LISTEN = \"127.0.0.1:3000\"".to_owned();
    let wrong = |what: String| WrongSetting { name: name.clone(), wrong: what, example: example.clone() };
    let text = std::fs::read_to_string(file).map_err(|e| wrong(e.to_string()))?;
    let table: toml::Table = text.parse().map_err(|e: toml::de::Error| wrong(e.to_string()))?;
    for (key, value) in table {
        if !NAMES.iter().any(|(name, _, _)| *name == key) {
            return Err(wrong(format!("{key} is not a setting")));
        }
        values.insert(key, value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    }
    Ok(())
}

fn parsed<T: std::str::FromStr>(text: &str, name: &str, what: &str, wrongs: &mut Vec<WrongSetting>) -> Option<T> {
    let value = text.parse().ok();
    if value.is_none() {
        wrongs.push(wrong(name, &format!("“{text}” {what}")));
    }
    value
}

fn wrong(name: &str, what: &str) -> WrongSetting {
    let example = NAMES.iter().find(|(known, _, _)| *known == name).map_or("", |(_, example, _)| example);
    WrongSetting { name: name.into(), wrong: what.into(), example: example.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&str, &str)]) -> Result<Settings, Vec<WrongSetting>> {
        Settings::from_values(&pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn every_example_is_a_valid_value() {
        for (name, example, _) in NAMES {
            let value = example.trim_matches('"');
            assert!(from(&[(name, value)]).is_ok(), "{name} = {value}");
        }
    }

    #[test]
    fn wrong_settings_are_named_all_at_once_with_a_value_that_would_do() {
        let wrongs = from(&[("PLENARY_LISTEN", "here"), ("PLENARY_DATABASE_URL", "mysql://x"), ("PLENARY_SECRET", "short")]).unwrap_err();
        let text: String = wrongs.iter().map(ToString::to_string).collect();
        for part in ["PLENARY_LISTEN: “here”", "PLENARY_DATABASE_URL", "PLENARY_SECRET", "for example: PLENARY_LISTEN = \"127.0.0.1:3000\""] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(from(&[("PLENARY_BASE_URL", "https://a.org/path")]).is_err());
        for (name, value) in [("AT", "half past three"), ("AT", "25:00"), ("KEEP", "0"), ("KEEP", "all"), ("RECIPIENTS", "age1wrong"), ("PASSPHRASE", "short")] {
            let name = format!("PLENARY_BACKUP_{name}");
            assert!(from(&[(&name, value)]).unwrap_err()[0].to_string().starts_with(&name), "{name} = {value}");
        }
    }

    #[test]
    fn another_folder_takes_the_database_along_unless_it_was_placed() {
        let moved = |pairs: &[(&str, &str)]| from(pairs).unwrap().in_folder("/new".into()).database_url;
        assert_eq!(moved(&[("PLENARY_DATA", "/old")]), "sqlite:/new/plenary.sqlite");
        assert_eq!(moved(&[("PLENARY_DATABASE_URL", "postgres://a/b")]), "postgres://a/b");
    }
}
