//! `plenary backup`, `plenary restore` and `plenary verify`.

use std::path::{Path, PathBuf};

use super::{Said, load};
use crate::clock::Clock;
use crate::journal::ReadDb;
use crate::keeping::{self, Keys, Seal};
use crate::settings::Settings;
use crate::{app, secret};

/// Where a command looks, beside the settings.
pub struct KeepingOptions {
    /// The data folder; else the settings' own.
    pub data: Option<PathBuf>,
}

impl KeepingOptions {
    fn load(self, settings: Option<&Path>) -> Result<Settings, String> {
        let settings = load(settings)?;
        Ok(match self.data {
            Some(data) => settings.in_folder(data),
            None => settings,
        })
    }
}

async fn opened(settings: &Settings) -> Result<ReadDb, String> {
    let place = settings.database_url.strip_prefix("sqlite:").unwrap_or("PostgreSQL");
    ReadDb::open(&settings.database_url).await.map_err(|e| format!("PLENARY_DATABASE_URL: {place}: {e}"))
}

/// Writes a backup of the site, whether it runs or not, and says what is in it.
pub async fn backup(settings: Option<&Path>, options: KeepingOptions, file: &Path, recipients: &[String]) -> Said {
    let settings = options.load(settings)?;
    let seal = match recipients.is_empty() {
        true => settings.backup_seal(),
        false => Seal::of(recipients, None),
    };
    let seal = seal.map_err(|words| format!("--recipient: {words}"))?;
    let db = opened(&settings).await?;
    let made = keeping::back_up(&db, &settings.data, file, &seal, Clock::System.now()).await;
    let made = made.map_err(|fault| format!("No backup was made: {fault}."))?;
    let sealed = if matches!(seal, Seal::None) { "not encrypted" } else { "encrypted" };
    println!("{}: {} rows and {} files in {} bytes, {sealed}, opened and whole.", file.display(), made.rows, made.files, made.bytes);
    Ok(())
}

/// Makes a site of a backup, in an empty folder and an empty database.
pub async fn restore(settings: Option<&Path>, options: KeepingOptions, file: &Path, identity: Option<&Path>) -> Said {
    let settings = options.load(settings)?;
    let identities = identity.map(Keys::read_identities).transpose()?.unwrap_or_default();
    let keys = Keys { identities, passphrase: settings.backup_passphrase.clone().map(Into::into) };
    let restored = keeping::restore(file, &keys, &settings.data, &settings.database_url, &secret::token()).await;
    let restored = restored.map_err(|fault| format!("{} was not restored, and nothing was changed: {fault}.", file.display()))?;
    println!("Restored {} rows and {} files, as they were at {}.", restored.rows, restored.files, restored.made_at);
    if !restored.has_secret && settings.secret.is_none() {
        println!("The backup holds no secret, because the site had PLENARY_SECRET: set the same one, or links in mails that were sent will not work.");
    }
    println!("`plenary serve` with the same settings goes on from there.");
    Ok(())
}

/// Looks whether rows, journal and files contradict each other.
pub async fn verify(settings: Option<&Path>, options: KeepingOptions) -> Said {
    let settings = options.load(settings)?;
    let db = opened(&settings).await?;
    let report = keeping::verify(&db, &settings.data, settings.secret.is_some(), app::CHECKS).await.map_err(|e| e.to_string())?;
    for (what, amount) in &report.looked {
        println!("{what}: {amount} looked at");
    }
    match report.faults.as_slice() {
        [] => {
            println!("All is well.");
            Ok(())
        }
        faults => Err(format!("{}\n{} faults.", faults.join("\n"), faults.len())),
    }
}
