//! One's own account: all one's data as a file.

use std::io::Read;
use std::path::Path;
use std::process::Command;

use chrono::Duration;
use plenary::app::TABLES;
use plenary::clock::{Clock, Instant};
use plenary::journal::{OnExport, Reads};
use plenary::people::account::{sweep, work_once};
use plenary::people::rights::Layer;
use plenary::people::{MemberId, Role};
use plenary::values;
use serde_json::Value;

use crate::support::{Browser, Start, TestSite, fill};
use crate::{both_databases, both_databases_from};

both_databases!(everything_that_the_tables_hold_of_a_member_is_in_their_file, the_terminal_writes_the_same_file);
both_databases_from!(a_file_goes_after_its_week);

/// Waits for the file, as its page shows it; its path on this site.
async fn ready(browser: &Browser) -> String {
    for _ in 0..400 {
        let page = browser.get("/settings/data").await;
        if page.body.contains("href=\"/settings/data/") {
            return format!("/settings/data/{}", page.between("href=\"/settings/data/", "\""));
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no file was made");
}

fn unpacked(bytes: Vec<u8>) -> (String, Value) {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    (text("index.html"), serde_json::from_str(&text("data.json")).unwrap())
}

async fn everything_that_the_tables_hold_of_a_member_is_in_their_file(site: TestSite) {
    let id = site.add("Anna Moser", Role::Member, true).await;
    let anna = site.browser_of(id).await;
    anna.post("/language", &[("language", "fr"), ("back", "/")]).await.is(200);
    let space = site.space("Square", Layer::Public).await;
    anna.post(&format!("/spaces/{space}/topics"), &[("title", "Mine & mine alone"), ("body", "What *I* wrote."), ("tags", "")]).await.is(200);
    let other = site.practitioner("Bela").await;
    other.post(&format!("/spaces/{space}/topics"), &[("title", "Not hers"), ("body", "Words of another."), ("tags", "")]).await.is(200);
    let filled = fill(&site, id).await;
    // The row that stands for an older file would be in the way of asking.
    site.write_raw("DELETE FROM export").await;
    anna.post("/settings/data", &[]).await.is(200);
    let path = ready(&anna).await;
    let (headers, bytes) = anna.bytes(&path).await;
    assert_eq!(headers["content-type"], "application/zip");
    assert!(headers["content-disposition"].to_str().unwrap().contains("plenary-anna-moser.zip"));
    let (html, json) = unpacked(bytes);

    let mut wrong = Vec::new();
    for table in TABLES.iter().copied().flatten() {
        let rows = json["tables"][table.name].as_array();
        let (OnExport::Rows, Some(rows)) = (table.export, rows) else {
            if table.export == OnExport::Rows || rows.is_some() {
                wrong.push(format!("{}: declared {:?}, in the file: {}", table.name, table.export, rows.is_some()));
            }
            continue;
        };
        if !html.contains(&format!("<section id=\"{}\">", table.name)) {
            wrong.push(format!("{} is not on the page", table.name));
        }
        // The one row of `export` is that of this very file.
        let Some(row) = filled.get(table.name).filter(|_| table.name != "export") else { continue };
        let expected: serde_json::Map<String, Value> = row.iter().filter(|(column, _)| !table.hides.contains(&column.as_str())).map(|(column, value)| (column.clone(), value.clone())).collect();
        if !rows.contains(&Value::Object(expected.clone())) {
            wrong.push(format!("{}: {expected:?} is not among {rows:?}", table.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let account = &json["tables"]["member"][0];
    assert_eq!((&account["handle"], &account["email"]), (&Value::from("anna-moser"), &Value::from("anna-moser@people.example")));
    let text = json.to_string();
    for secret in ["password_hash", "token_hash", "mark-session-token_hash", "mark-outbox-message", "Words of another"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert!(html.contains("<html lang=\"fr\">") && html.contains("toutes les données à Testnet"), "{html}");
    assert!(html.contains(&format!("href=\"{}/topics/", site.url)) && html.contains("Mine &#38; mine alone"), "{html}");
    assert!(!html.contains("export-table-") && !html.contains("export-column-"), "{html}");
    let sql = "SELECT subject FROM outbox WHERE member = $1 AND kind = 'mail-export'";
    let mails: Vec<String> = site.site.db.column(sql, values![id]).await.unwrap();
    assert_eq!(mails, ["Vos données de Testnet sont prêtes"]);
}

async fn a_file_goes_after_its_week(start: Start) {
    let clock = Clock::held_at(Instant::from_utc("2026-11-25T12:00:00Z".parse().unwrap()));
    let site = start.site(clock.clone(), None).await;
    let id = site.add("Anna", Role::Member, false).await;
    let anna = site.browser_of(id).await;
    anna.post("/settings/data", &[]).await.is(200);
    let path = ready(&anna).await;
    anna.post("/settings/data", &[]).await.is(422).shows("within the hour");
    let folder = site.settings.data.join("exports");
    assert_eq!(files(&folder), 1);
    std::fs::write(folder.join("9-unknown.zip"), "left by a program that was killed").unwrap();

    clock.set(site.site.now().plus(Duration::days(6)));
    sweep(&site.site).await.unwrap();
    // Who signed in long ago shows first that it is them.
    anna.get(&path).await.shows("Is it you?");
    let anna = site.browser_of(id).await;
    anna.get(&path).await.is(200);
    assert_eq!(files(&folder), 1, "only what no row knows went");
    clock.set(site.site.now().plus(Duration::days(1) + Duration::minutes(1)));
    sweep(&site.site).await.unwrap();
    let anna = site.browser_of(id).await;
    anna.get(&path).await.is(404);
    assert_eq!(files(&folder), 0);

    // A file that is not on this disk (a backup was restored) is said to be gone.
    anna.post("/settings/data", &[]).await.is(200);
    work_once(&site.site).await.unwrap();
    let path = ready(&anna).await;
    std::fs::remove_dir_all(&folder).unwrap();
    anna.get(&path).await.is(410);
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

async fn the_terminal_writes_the_same_file(site: TestSite) {
    let id: MemberId = site.add("Anna", Role::Member, false).await;
    site.browser_of(id).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("anna.zip");
    let export = |handle: &'static str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.args(["member", "export", handle, "--to"]).arg(&file).env("PLENARY_DATA", &site.settings.data).env("PLENARY_DATABASE_URL", &site.settings.database_url).env("RUST_LOG", "off");
        async move { tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap() }
    };
    let nobody = export("nobody-here").await;
    assert!(!nobody.status.success() && String::from_utf8_lossy(&nobody.stderr).contains("Nobody here has the handle nobody-here"));
    let made = export("anna").await;
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let (html, json) = unpacked(std::fs::read(&file).unwrap());
    assert!(html.contains("Anna: all data at"));
    assert_eq!(json["tables"]["session"].as_array().unwrap().len(), 1);
    let again = export("anna").await;
    assert!(!again.status.success() && String::from_utf8_lossy(&again.stderr).contains("nothing is overwritten"));
}
