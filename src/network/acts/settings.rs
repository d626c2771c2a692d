//! Choosing for the network.

use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::network::Settings;
use crate::network::logo::Made;
use crate::network::kinds::NetworkEntry;
use crate::network::rules::stale;
use crate::people::MemberId;
use crate::values;

/// Puts other settings in force; what was in force before is kept.
pub struct SaveSettings {
    /// Nobody's are the demo's.
    pub by: Option<MemberId>,
    /// The row that was looked at; 0 for none.
    pub version: i64,
    pub to: Settings,
    /// The logo that `to` names, where it is a new one.
    pub logo: Option<Made>,
}

impl Act for SaveSettings {
    /// The new row.
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        let now: Option<i64> = tx.value("SELECT id FROM network_settings ORDER BY id DESC LIMIT 1", vec![]).await?;
        if now.unwrap_or(0) != self.version {
            return Err(stale());
        }
        let by = MaybeId(self.by.map(|by| by.0));
        let chosen = serde_json::to_string(&self.to).map_err(Error::bug)?;
        let version = tx.insert("INSERT INTO network_settings (at, by, chosen) VALUES ($1, $2, $3) RETURNING id", values![tx.now(), by, chosen]).await?;
        // What is shown no longer is kept no longer.
        let hash = self.to.logo.as_ref().map_or("", |logo| logo.hash.as_str());
        tx.write("DELETE FROM network_logo WHERE hash <> $1", values![hash]).await?;
        if let Some(logo) = &self.logo {
            let sql = "INSERT INTO network_logo (hash, png) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING";
            tx.write(sql, values![logo.hash.clone(), logo.png.clone()]).await?;
        }
        tx.write("DELETE FROM network_language", vec![]).await?;
        for (position, language) in (1i64..).zip(&self.to.languages) {
            tx.write("INSERT INTO network_language (language, position) VALUES ($1, $2)", values![*language, position]).await?;
        }
        tx.record(self.by.map(|by| by.0), &NetworkEntry::SettingsChanged { version }).await?;
        Ok(version)
    }
}
