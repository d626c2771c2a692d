//! Is all well? Each check turns red when its fault is caused and green when it is mended; what could not be looked at says so.

use std::time::Duration;

use plenary::clock::{Clock, Instant};
use plenary::host::well::{Check, Line, Looked, Started, State, look, look_at, verify_daily};
use plenary::journal::{Act, Reads, Tx};
use plenary::keeping::schedule::{Schedule, make_due};
use plenary::settings::Settings;
use sea_orm::DbBackend;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{Start, TestSite};
use crate::{both_databases, both_databases_from};

both_databases!(
    mail_that_is_refused_or_waits,
    backups_that_are_missing_broken_or_old,
    a_disk_that_fills,
    an_address_that_leads_elsewhere,
    a_clock_that_is_wrong,
    a_database_that_contradicts_itself,
    readers_and_plans_that_are_behind,
    a_newer_release,
    admins_are_told_on_their_home,
);
both_databases_from!(a_clock_that_is_moved);

/// What one check says with these settings at this moment.
async fn line_at(site: &TestSite, settings: &Settings, now: Instant, started: Option<&Started>, check: Check) -> Line {
    let lines = look(&Looked { settings, db: &site.site.db, now, started }).await;
    lines.into_iter().find(|line| line.check == check).unwrap()
}

#[track_caller]
fn is(line: Line, state: State, key: &str) {
    assert_eq!((line.state, line.says.key), (state, key), "{line:?}");
    assert_eq!(line.todo.is_some(), state == State::Wrong, "{line:?}");
}

/// Statements behind the site's back.
struct Behind(String);

impl Act for Behind {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> plenary::Result<()> {
        tx.write(&self.0, vec![]).await.map(|_| ())
    }
}

async fn behind(site: &TestSite, sql: &str) {
    site.site.note(Behind(sql.to_owned())).await.unwrap();
}

async fn mail_that_is_refused_or_waits(site: TestSite) {
    let look = async |settings: &Settings| line_at(&site, settings, site.site.now(), None, Check::Mail).await;
    is(look(&site.settings).await, State::Wrong, "well-mail-none");
    let sent = Settings { smtp_url: Some("smtp://localhost:1".into()), ..site.settings.clone() };
    is(look(&sent).await, State::Well, "well-mail");
    let now = site.site.now().micros();
    let insert = |state: &str, created: i64, send_at: i64, attempts: i64| {
        format!("INSERT INTO outbox (dedupe, kind, recipient, subject, message_id, message, is_secret, created_at, send_at, state, attempts, last_error)
                 VALUES ('x{attempts}{state}', 'test', 'a@b.example', 'S', 'm', '{{}}', FALSE, {created}, {send_at}, '{state}', {attempts}, '550 no such user')")
    };
    let hour = 3_600_000_000;
    behind(&site, &insert("failed", now, now, 1)).await;
    let line = look(&sent).await;
    assert!(line.todo.as_ref().unwrap().args.iter().any(|(_, value)| value == "550 no such user"), "the server's own words: {line:?}");
    is(line, State::Wrong, "well-mail-failed");
    behind(&site, "UPDATE outbox SET state = 'dropped'").await;
    is(look(&sent).await, State::Well, "well-mail");
    behind(&site, &insert("waiting", now - 2 * hour, now + 4 * hour, 5)).await;
    is(look(&sent).await, State::Wrong, "well-mail-late");
    behind(&site, "UPDATE outbox SET state = 'sent'").await;
    is(look(&sent).await, State::Well, "well-mail");
    // Planned ahead, it may wait.
    behind(&site, &insert("waiting", now - 48 * hour, now + hour, 0)).await;
    is(look(&sent).await, State::Well, "well-mail");
    let demo = Settings { demo: true, ..site.settings.clone() };
    is(look(&demo).await, State::Well, "well-mail-demo");
}

async fn backups_that_are_missing_broken_or_old(site: TestSite) {
    let folder = tempfile::tempdir().unwrap();
    let look = async |settings: &Settings, now: Instant| line_at(&site, settings, now, None, Check::Backups).await;
    let now = site.site.now();
    is(look(&site.settings, now).await, State::Wrong, "well-backups-none");
    let settings = Settings { backup_dir: Some(folder.path().join("backups")), ..site.settings.clone() };
    is(look(&settings, now).await, State::Unknown, "well-backups-first");
    // The folder cannot be made: a file stands in its place.
    std::fs::write(folder.path().join("file"), "").unwrap();
    let right = settings.backup_schedule().unwrap();
    let wrong = Schedule { folder: folder.path().join("file"), ..right.clone() };
    make_due(&site.site, &wrong).await.unwrap();
    is(look(&settings, now).await, State::Wrong, "well-backups-failed");
    behind(&site, &format!("UPDATE backup SET ended_at = {}", now.minus(chrono::Duration::hours(2)).micros())).await;
    let made = make_due(&site.site, &right).await.unwrap().unwrap();
    is(look(&settings, site.site.now()).await, State::Well, "well-backups");
    is(look(&settings, made.due_at.plus(chrono::Duration::hours(37))).await, State::Wrong, "well-backups-old");
    let file = right.folder.join(made.file.unwrap());
    std::fs::rename(&file, folder.path().join("elsewhere")).unwrap();
    is(look(&settings, site.site.now()).await, State::Wrong, "well-backups-gone");
    std::fs::write(&file, "cut").unwrap();
    is(look(&settings, site.site.now()).await, State::Wrong, "well-backups-changed");
    std::fs::rename(folder.path().join("elsewhere"), &file).unwrap();
    is(look(&settings, site.site.now()).await, State::Well, "well-backups");
}

async fn a_disk_that_fills(site: TestSite) {
    let look = async |settings: &Settings| line_at(&site, settings, site.site.now(), None, Check::Disk).await;
    is(look(&site.settings).await, State::Well, "well-disk");
    // What the site holds would not fit once more: a file with a hole as long as a very large disk.
    let large = site.settings.data.join("large");
    std::fs::File::create(&large).unwrap().set_len(1 << 43).unwrap();
    is(look(&site.settings).await, State::Wrong, "well-disk-full");
    std::fs::remove_file(&large).unwrap();
    is(look(&site.settings).await, State::Well, "well-disk");
}

/// A proxy on a port of its own: what it makes of the head of each request.
async fn proxy(to: Option<String>, change: fn(String) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let to = to.clone();
            tokio::spawn(async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = client.read_u8().await else { return };
                    head.push(byte);
                }
                let head = change(String::from_utf8(head).unwrap());
                let Some(to) = to else {
                    let _ = client.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\nSome others.").await;
                    return;
                };
                let mut server = TcpStream::connect(to).await.unwrap();
                server.write_all(head.as_bytes()).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    url
}

/// Forgets that the client wanted a socket, as a proxy does that nobody told to pass them.
fn without_upgrade(head: String) -> String {
    let kept = head.trim_end().split("\r\n").filter(|line| !["upgrade:", "connection:"].iter().any(|name| line.to_lowercase().starts_with(name)));
    format!("{}\r\nConnection: close\r\n\r\n", kept.collect::<Vec<_>>().join("\r\n"))
}

async fn an_address_that_leads_elsewhere(site: TestSite) {
    let look = async |base_url: &str, check: Check| {
        let settings = Settings { base_url: base_url.to_owned(), ..site.settings.clone() };
        line_at(&site, &settings, site.site.now(), None, check).await
    };
    let here = site.url.strip_prefix("http://").unwrap().to_owned();
    for url in [site.url.clone(), proxy(Some(here.clone()), |head| head).await] {
        is(look(&url, Check::Address).await, State::Well, "well-address");
        is(look(&url, Check::Sockets).await, State::Well, "well-sockets");
    }
    let stopped = proxy(Some(here), without_upgrade).await;
    is(look(&stopped, Check::Address).await, State::Well, "well-address");
    is(look(&stopped, Check::Sockets).await, State::Wrong, "well-sockets-stopped");
    let others = proxy(None, |head| head).await;
    is(look(&others, Check::Address).await, State::Wrong, "well-address-another");
    is(look(&others, Check::Sockets).await, State::Unknown, "well-sockets-unknown");
    let another = TestSite::sqlite().await;
    is(look(&another.url, Check::Address).await, State::Wrong, "well-address-another");
    // A port that was free a moment ago.
    let closed = { TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap() };
    is(look(&format!("http://{closed}"), Check::Address).await, State::Wrong, "well-address-nothing");
    is(look(&format!("http://{closed}"), Check::Sockets).await, State::Unknown, "well-sockets-unknown");
    is(look(&format!("https://{closed}"), Check::Secure).await, State::Well, "well-secure");
    is(look("http://plenary.example.org", Check::Secure).await, State::Wrong, "well-secure-not");
    is(look("http://[::1]:3000", Check::Secure).await, State::Well, "well-secure-local");
}

async fn a_clock_that_is_moved(start: Start) {
    let now = Clock::System.now();
    let clock = Clock::held_at(now);
    let site = start.site(clock.clone(), None).await;
    let look = async || line_at(&site, &site.settings, site.site.now(), Some(&site.site.well.started), Check::Clock).await;
    is(look().await, State::Well, "well-clock");
    for moved in [chrono::Duration::minutes(5), chrono::Duration::minutes(-5)] {
        clock.set(now.plus(moved));
        is(look().await, State::Wrong, "well-clock-moved");
    }
    clock.set(now);
    is(look().await, State::Well, "well-clock");
}

async fn a_clock_that_is_wrong(site: TestSite) {
    site.member("Ben Okoro").await;
    let look = async |minutes: i64, check: Check| line_at(&site, &site.settings, site.site.now().plus(chrono::Duration::minutes(minutes)), None, check).await;
    is(look(0, Check::Clock).await, State::Well, "well-clock-now");
    is(look(-10, Check::Clock).await, State::Wrong, "well-clock-future");
    if site.site.db.backend() == DbBackend::Postgres {
        is(look(0, Check::DatabaseClock).await, State::Well, "well-database-clock");
        for minutes in [-10, 10] {
            is(look(minutes, Check::DatabaseClock).await, State::Wrong, "well-database-clock-apart");
        }
    } else {
        is(look(0, Check::DatabaseClock).await, State::Unknown, "well-database-clock-none");
    }
}

async fn a_database_that_contradicts_itself(site: TestSite) {
    let look = async |days: i64| line_at(&site, &site.settings, site.site.now().plus(chrono::Duration::days(days)), None, Check::Integrity).await;
    let anew = async || {
        behind(&site, "DELETE FROM setting WHERE name = 'verified'").await;
        verify_daily(&site.site).await.unwrap();
    };
    is(look(0).await, State::Unknown, "well-integrity-none");
    verify_daily(&site.site).await.unwrap();
    is(look(0).await, State::Well, "well-integrity");
    behind(&site, "INSERT INTO reader (name, position) VALUES ('ahead', 1000000)").await;
    // Once a day is enough.
    verify_daily(&site.site).await.unwrap();
    is(look(0).await, State::Well, "well-integrity");
    anew().await;
    let line = look(0).await;
    assert!(line.says.args.iter().any(|(_, value)| value.contains("above its last entry")), "{line:?}");
    is(line, State::Wrong, "well-integrity-faults");
    behind(&site, "DELETE FROM reader WHERE name = 'ahead'").await;
    anew().await;
    is(look(0).await, State::Well, "well-integrity");
    is(look(3).await, State::Unknown, "well-integrity-none");
}

async fn readers_and_plans_that_are_behind(site: TestSite) {
    site.member("Ben Okoro").await;
    let look = async |days: i64, check: Check| line_at(&site, &site.settings, site.site.now().plus(chrono::Duration::days(days)), None, check).await;
    for _ in 0..100 {
        if look(1, Check::Readers).await.state == State::Well {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    is(look(1, Check::Readers).await, State::Well, "well-readers");
    behind(&site, "INSERT INTO reader (name, position) VALUES ('stands', 0)").await;
    is(look(0, Check::Readers).await, State::Well, "well-readers");
    let line = look(1, Check::Readers).await;
    assert!(line.says.args.contains(&("names", "stands".into())), "{line:?}");
    is(line, State::Wrong, "well-readers-behind");
    behind(&site, "DELETE FROM reader WHERE name = 'stands'").await;
    is(look(1, Check::Readers).await, State::Well, "well-readers");
    is(look(0, Check::Plans).await, State::Well, "well-plans");
    is(look(30, Check::Plans).await, State::Wrong, "well-plans-late");
}

async fn a_newer_release(site: TestSite) {
    let file = site.settings.data.join("releases");
    let given = Settings { releases: Some(file.clone()), ..site.settings.clone() };
    let look = async |settings: &Settings| line_at(&site, settings, site.site.now(), None, Check::Release).await;
    is(look(&site.settings).await, State::Unknown, "well-release-none");
    is(look(&given).await, State::Unknown, "well-release-unread");
    std::fs::write(&file, "# nothing yet\n").unwrap();
    is(look(&given).await, State::Unknown, "well-release-empty");
    std::fs::write(&file, "0.0.1 the first\n99.0.0 2099-01-01 much better\n").unwrap();
    is(look(&given).await, State::Wrong, "well-release-newer");
    std::fs::write(&file, format!("0.0.1 the first\n{}\n", env!("CARGO_PKG_VERSION"))).unwrap();
    is(look(&given).await, State::Well, "well-release");
}

async fn admins_are_told_on_their_home(site: TestSite) {
    let (nora, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    nora.get("/").await.hides("data-well");
    let found = look_at(&site.site).await;
    assert!(found.iter().any(|line| line.state == State::Wrong), "no mail server is set");
    nora.get("/").await.shows("data-well").shows("things are wrong");
    nora.get("/admin").await.shows("things are wrong");
    ben.get("/").await.hides("data-well");
    let page = nora.get("/admin/well").await;
    page.is(200).shows("No mail server is set").shows("What to do:").shows("Could not look").shows("leads to this site").shows("Sockets pass");
    // What is wrong stands first.
    assert!(page.body.find(">Wrong<").unwrap() < page.body.find(">Well<").unwrap());
}
