//! What reads the network. What is in force is held in memory and moved by the journal, on every node alike.

use std::sync::{Arc, LazyLock};

use sea_orm::FromQueryResult;

use super::{Network, Settings};
use crate::app::Site;
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Reads, Room};
use crate::values;
use crate::web::Remembered;

/// The network of each site in this process.
static NOW: LazyLock<Remembered<(), Arc<Network>>> = LazyLock::new(|| Remembered::new(1_000, |_| 1));

/// The network as it is now: from memory as long as nothing happened in the site's Room.
pub async fn current(site: &Site) -> Result<Arc<Network>> {
    NOW.of(site, &[Room::Site], (), async { Ok(Arc::new(load(&site.db, &site.settings).await?)) }).await
}

/// The network as the database has it; what a new site begins with where the host has chosen nothing.
pub async fn load(db: &impl Reads, with: &crate::settings::Settings) -> Result<Network> {
    let newest: Option<Row> = db.one("SELECT id, at, NULL AS name, NULL AS handle, chosen FROM network_settings ORDER BY id DESC LIMIT 1", vec![]).await?;
    match newest {
        Some(row) => Ok(Network::new(row.id, row.settings()?)),
        None => Ok(Network::new(0, Settings::begin(with))),
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    at: Instant,
    name: Option<String>,
    handle: Option<String>,
    chosen: String,
}

impl Row {
    fn settings(&self) -> Result<Settings> {
        serde_json::from_str(&self.chosen).map_err(Error::bug)
    }
}

/// Settings that were saved: when, by whom (name and handle), and all of them.
#[derive(Clone, Debug)]
pub struct Saved {
    pub id: i64,
    pub at: Instant,
    pub by: Option<(String, String)>,
    pub settings: Settings,
}

/// What was in force, the newest first.
pub async fn history(db: &impl Reads, limit: u64) -> Result<Vec<Saved>> {
    let sql = format!("SELECT s.id, s.at, m.name, m.handle, s.chosen FROM network_settings s LEFT JOIN member m ON m.id = s.by ORDER BY s.id DESC LIMIT {limit}");
    let rows: Vec<Row> = db.all(&sql, vec![]).await?;
    rows.into_iter().map(|row| Ok(Saved { settings: row.settings()?, id: row.id, at: row.at, by: row.name.zip(row.handle) })).collect()
}

/// The logo of this name, while it is in force.
pub async fn logo_png(db: &impl Reads, hash: &str) -> Result<Option<Vec<u8>>> {
    let png: Option<String> = db.value("SELECT png FROM network_logo WHERE hash = $1", values![hash]).await?;
    png.map(|png| super::logo::bytes(&png)).transpose()
}
