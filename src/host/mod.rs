//! What those who run a site use: serving, the demo and its seed, checks, the terminal's commands.

pub mod commands;
pub mod demo;
mod observe;
pub mod pages;
mod serve;
mod tidy;
pub mod well;

pub use observe::{Metrics, RequestId, health, ready, serve_metrics};
pub use serve::{Running, router, serve};
pub use tidy::{tidy, tidy_once};
pub use well::Well;

use std::time::Duration;

use crate::app::Site;

/// Keeps epoch and highest number beside the database, each second while they move.
pub async fn keep_epoch(site: Site) {
    let mut written = 0;
    loop {
        tokio::select! {
            () = site.stop.cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
        let head = site.bus.head();
        if head == written {
            continue;
        }
        match site.epoch.remember(head) {
            Ok(()) => written = head,
            Err(error) => tracing::warn!("{error}"),
        }
    }
}
