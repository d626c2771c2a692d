//! The terminal's commands, one a file; each says in words what went wrong.

mod admin;
mod check;
mod demo;
mod digest;
mod keeping;
mod member;
mod serve;

use std::path::Path;

pub use admin::{admin_create, admin_link};
pub use check::{check, migrate};
pub use demo::{DemoOptions, demo};
pub use digest::digest;
pub use keeping::{KeepingOptions, backup, restore, verify};
pub use member::{member_erase, member_export};
pub use serve::serve;

use crate::app::{self, Site};
use crate::clock::Clock;
use crate::settings::Settings;

/// What a command answers: nothing, or words for the terminal.
pub type Said = Result<(), String>;

fn load(file: Option<&Path>) -> Result<Settings, String> {
    Settings::load(file).map_err(|wrongs| {
        let lines: Vec<String> = wrongs.iter().map(ToString::to_string).collect();
        format!("These settings cannot be used:\n{}", lines.join("\n"))
    })
}

async fn open(settings: Settings) -> Result<Site, String> {
    std::fs::create_dir_all(&settings.data).map_err(|e| format!("PLENARY_DATA: {}: {e}", settings.data.display()))?;
    let url = settings.database_url.clone();
    Site::open(settings, Clock::System).await.map_err(|e| format!("PLENARY_DATABASE_URL: {url}: {e}"))
}

/// Prints the route table, from the real one.
pub fn routes(json: bool) -> Said {
    let (_, table) = app::routes().finish();
    if json {
        println!("{}", serde_json::to_string_pretty(&table).map_err(|e| e.to_string())?);
        return Ok(());
    }
    for route in table {
        println!("{:5} {:45} {:?}", route.method, route.path, route.who);
    }
    Ok(())
}

/// Waits for SIGTERM or Ctrl-C; a second one ends the program at once.
async fn asked_to_stop() {
    let terminate = async {
        #[cfg(unix)]
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
            return;
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = terminate => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Runs until asked to stop, then lets requests finish and tells sockets to come back.
async fn until_stopped(site: Site, running: super::Running) -> Said {
    asked_to_stop().await;
    tokio::spawn(async {
        asked_to_stop().await;
        std::process::exit(130);
    });
    site.stop.cancel();
    running.ended().await;
    site.close().await;
    Ok(())
}
