//! `plenary check` and `plenary migrate`.

use std::path::Path;

use super::{Said, load};
use crate::clock::Clock;
use crate::host::well::{self, Looked};
use crate::journal::{self, Database, ReadDb, Reads};
use crate::mail::{self, Address, Tested};
use crate::network::{self, Network};
use crate::people::Language;
use crate::settings::Settings;
use crate::web::Words;

/// Says whether the settings can be used, the database opened and up to date, the folder written; and, with an address,
/// whether a mail is taken.
pub async fn check(settings: Option<&Path>, mail_to: Option<&str>) -> Said {
    let settings = load(settings)?;
    println!("settings: well");
    let probe = settings.data.join(".check");
    std::fs::create_dir_all(&settings.data)
        .and_then(|()| std::fs::write(&probe, b"well"))
        .and_then(|()| std::fs::remove_file(&probe))
        .map_err(|e| format!("PLENARY_DATA: {} cannot be written: {e}", settings.data.display()))?;
    println!("data folder {}: well", settings.data.display());
    let database = Database::open(&settings.database_url).await.map_err(|e| format!("PLENARY_DATABASE_URL: {e}"))?;
    let pending = journal::pending(&database).await.map_err(|e| e.to_string())?;
    if pending.is_empty() {
        database.read.value::<i64>("SELECT id FROM journal LIMIT 1", vec![]).await.map_err(|e| e.to_string())?;
        println!("database: well");
        say_whether_all_is_well(&settings, &database.read).await;
    } else {
        println!("database: opens; to be applied at the next start: {}", pending.join(", "));
    }
    match mail_to {
        Some(address) => test_mail(&settings, pending.is_empty().then_some(&database.read), address).await,
        None => Ok(()),
    }
}

/// Sends a mail, and says in words what came of it.
async fn test_mail(settings: &Settings, db: Option<&ReadDb>, address: &str) -> Said {
    let network = match db {
        Some(db) => network::load(db, settings).await.map_err(|e| e.to_string())?,
        // Before its first start a site has what the settings say.
        None => Network::new(0, network::Settings::begin(settings), Vec::new()),
    };
    let to = Address { name: String::new(), email: address.into() };
    let message = network::pages::setup::test_message(&network, settings, to, Language::En).map_err(|e| e.to_string())?;
    let (tested, answer) = mail::send_test(settings, &message, Clock::System.now()).await;
    let words = Words(Language::En).t(format!("test-{tested}"));
    if tested == Tested::Taken {
        println!("mail to {address}: {words}");
        return Ok(());
    }
    Err(format!("mail to {address}: {words}\n  {answer}"))
}

/// Applies what is to be applied, and says what it was.
pub async fn migrate(settings: Option<&Path>) -> Said {
    let settings = load(settings)?;
    std::fs::create_dir_all(&settings.data).map_err(|e| format!("PLENARY_DATA: {e}"))?;
    let database = Database::open(&settings.database_url).await.map_err(|e| format!("PLENARY_DATABASE_URL: {e}"))?;
    let applied = journal::migrate(&database).await.map_err(|e| e.to_string())?;
    if applied.is_empty() {
        println!("The database is up to date.");
    }
    for name in applied {
        println!("applied {name}");
    }
    Ok(())
}

/// The lines of the page `/admin/well`, in English. What is not served yet does not answer yet: that is no failure of the command.
async fn say_whether_all_is_well(settings: &Settings, db: &ReadDb) {
    let words = Words(Language::En);
    let lines = well::look(&Looked { settings, db, now: Clock::System.now(), started: None }).await;
    for line in lines {
        println!("{} ({}): {}", words.t(format!("well-title-{}", line.check)), words.t(format!("well-state-{}", line.state)), words.say(&line.says));
        if let Some(todo) = line.todo {
            println!("  {} {}", words.t("well-todo"), words.say(&todo));
        }
    }
}
