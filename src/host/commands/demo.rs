//! `plenary demo`: a seeded site on this machine.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde_json::json;
use tokio::net::TcpListener;

use super::{Said, load, open, until_stopped};
use crate::host::demo;
use crate::settings::Settings;

/// How many ports after the one of the settings are tried when it is taken.
const TRIES: u16 = 50;

pub struct DemoOptions {
    pub fresh: bool,
    pub data: Option<PathBuf>,
    pub port: Option<u16>,
    pub json: bool,
    pub limits: bool,
}

/// Seeds what is not there yet, serves, and prints the address and a ready sign-in link for each role.
pub async fn demo(settings: Option<&Path>, options: DemoOptions) -> Said {
    let mut settings = load(settings)?;
    if !settings.listen.ip().is_loopback() {
        return Err(format!("PLENARY_LISTEN: the demo lets anybody in as anybody, so it listens on this machine alone, not on {}.\n  for example: PLENARY_LISTEN = \"127.0.0.1:3000\"", settings.listen));
    }
    let listener = listen(settings.listen, &options).await?;
    prepare(&mut settings, &options, listener.local_addr().map_err(|e| e.to_string())?)?;
    let site = open(settings).await?;
    let progress = |words: &str| eprintln!("{words}");
    demo::seed(&site, demo::Size::Whole, &progress).await.map_err(|e| format!("seeding: {e}"))?;
    site.run();
    let url = site.settings.base_url.clone();
    let data = site.settings.data.display().to_string();
    let running = crate::host::serve(&site, listener).map_err(|e| e.to_string())?;
    let mut sign_in = Vec::new();
    for role in demo::ROLES {
        let handle = demo::handle_of(role).map_err(|e| e.to_string())?;
        sign_in.push(((*role).to_owned(), format!("{url}/demo/as/{handle}")));
    }
    if options.json {
        let sign_in: serde_json::Map<String, serde_json::Value> = sign_in.into_iter().map(|(role, link)| (role, json!(link))).collect();
        println!("{}", json!({ "url": url, "data": data, "mailbox": "/mail", "as": format!("{url}/demo/as/{{handle}}"), "sign_in": sign_in }));
    } else {
        println!("The demo is at {url}\nIts mail is at {url}/mail\n\nSign in as:");
        for (role, link) in sign_in {
            println!("  {role:13} {link}");
        }
    }
    until_stopped(site, running).await
}

async fn listen(wanted: SocketAddr, options: &DemoOptions) -> Result<TcpListener, String> {
    let ports = match options.port {
        Some(port) => port..=port,
        None => wanted.port()..=wanted.port().saturating_add(TRIES),
    };
    let mut last = String::new();
    for port in ports {
        match TcpListener::bind(SocketAddr::new(wanted.ip(), port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) => last = format!("port {port}: {error}"),
        }
    }
    Err(last)
}

fn prepare(settings: &mut Settings, options: &DemoOptions, address: SocketAddr) -> Said {
    let own_database = std::env::var_os("PLENARY_DATABASE_URL").is_some();
    settings.demo = true;
    settings.limits = options.limits;
    settings.listen = address;
    if std::env::var_os("PLENARY_BASE_URL").is_none() {
        settings.base_url = format!("http://{address}");
    }
    if std::env::var_os("PLENARY_SITE_NAME").is_none() {
        settings.site_name = "Human Rights Cities".into();
    }
    if let Some(data) = &options.data {
        settings.data = data.clone();
    } else if std::env::var_os("PLENARY_DATA").is_none() {
        settings.data = PathBuf::from("data/demo");
    }
    if !own_database {
        settings.database_url = format!("sqlite:{}", settings.data.join("plenary.sqlite").display());
    }
    if options.fresh {
        start_over(&settings.data, own_database)?;
    }
    Ok(())
}

/// Deletes what a demo kept: only a folder that a demo made, never another's.
fn start_over(data: &Path, own_database: bool) -> Said {
    if own_database {
        return Err("--fresh starts over a database of the demo's own; empty the one of PLENARY_DATABASE_URL yourself.".into());
    }
    if !data.exists() {
        return Ok(());
    }
    for name in ["plenary.sqlite", "plenary.sqlite-wal", "plenary.sqlite-shm", "epoch", "secret"] {
        let file = data.join(name);
        if file.exists() {
            std::fs::remove_file(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        }
    }
    Ok(())
}
