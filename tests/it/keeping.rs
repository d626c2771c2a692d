//! Keeping it: backups under load, restored on either database and compared by what people see; each refusal; each fault
//! that `verify` finds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use age::secrecy::ExposeSecret;
use plenary::clock::{Clock, Instant};
use plenary::forum::SpaceId;
use plenary::host::demo::{self, Size};
use plenary::journal::{ReadDb, Reads};
use plenary::keeping::schedule::{Schedule, make_due};
use plenary::keeping::{self, Keys, Seal};
use plenary::people::SignIn;
use plenary::people::rights::Layer;
use plenary::settings::Settings;
use plenary::{Site, app};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::both_databases;
use crate::support::{Browser, TestSite, new_postgres_database};

both_databases!(
    a_backup_under_load_is_one_instant_on_either_database,
    restored_elsewhere_everybody_sees_the_same,
    a_restore_refuses_what_is_not_empty_or_not_whole,
    ids_go_on_where_they_were,
    verify_finds_each_kind_of_fault,
    the_clock_makes_backups_and_remembers_what_failed,
);

/// A folder and a database that nobody has used.
struct Empty {
    folder: tempfile::TempDir,
    url: Option<String>,
}

impl Empty {
    fn sqlite() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), url: None }
    }

    async fn postgres() -> Option<Self> {
        Some(Self { url: Some(new_postgres_database().await?), ..Self::sqlite() })
    }

    /// One on each database there is.
    async fn each() -> Vec<Self> {
        [Some(Self::sqlite()), Self::postgres().await].into_iter().flatten().collect()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn url(&self) -> String {
        self.url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data().join("plenary.sqlite").display()))
    }

    fn settings(&self, like: &Settings) -> Settings {
        Settings { data: self.data(), database_url: self.url(), ..like.clone() }
    }

    async fn is_as_before(&self) {
        assert!(!self.data().exists() || std::fs::read_dir(self.data()).unwrap().next().is_none(), "{:?}", self.data());
        if let Some(url) = &self.url {
            let db = sea_orm::Database::connect(url).await.unwrap();
            // Whoever holds the lock is a restore that has not ended yet.
            db.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({})", plenary::journal::CLUSTER_LOCK)).await.unwrap();
            let tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'";
            let row = db.query_one_raw(sea_orm::Statement::from_string(DbBackend::Postgres, tables)).await.unwrap().unwrap();
            assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 0);
        }
    }
}

/// Runs the program as a host does, beside whatever runs.
async fn plenary(settings: (&Path, &str), arguments: &[&str], more: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    command.args(arguments).env("PLENARY_DATA", settings.0).env("PLENARY_DATABASE_URL", settings.1).env("RUST_LOG", "off").envs(more.iter().copied());
    let output: Output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    (output.status.success(), format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

async fn backup(site: &TestSite, file: &Path) {
    let (is_well, words) = plenary((&site.settings.data, &site.settings.database_url), &["backup", file.to_str().unwrap()], &[]).await;
    assert!(is_well && words.contains("opened and whole"), "{words}");
}

async fn restore(file: &Path, into: &Empty) {
    let (is_well, words) = plenary((Path::new("/nowhere"), &into.url()), &["restore", file.to_str().unwrap(), "--data", into.data().to_str().unwrap()], &[]).await;
    assert!(is_well, "{words}");
}

/// The faults that `verify` finds.
async fn faults(data: &Path, url: &str) -> Vec<String> {
    let db = ReadDb::open(url).await.unwrap();
    keeping::verify(&db, data, false, app::CHECKS).await.unwrap().faults
}

async fn number(db: &impl Reads, sql: &str) -> i64 {
    db.value::<i64>(sql, vec![]).await.unwrap().unwrap_or(0)
}

/// Several people post and register until they are told to stop; how many Posts were acknowledged.
fn load(site: &TestSite, browsers: Vec<Browser>, topic: &str) -> (Arc<AtomicBool>, Vec<tokio::task::JoinHandle<usize>>) {
    let stop = Arc::new(AtomicBool::new(false));
    let topic = topic.to_owned();
    assert!(!browsers.is_empty() && site.url.starts_with("http://127"));
    let people = browsers.into_iter().enumerate().map(|(who, browser)| {
        let (stop, topic) = (stop.clone(), topic.clone());
        tokio::spawn(async move {
            let mut done = 0;
            while !stop.load(Ordering::Relaxed) {
                let text = format!("person {who} Post {done}");
                browser.post_plain(&format!("{topic}/posts"), &[("body", &text), ("key", &text)]).await.is(303);
                done += 1;
            }
            done
        })
    });
    let people = people.collect();
    (stop, people)
}

async fn a_topic(browser: &Browser, space: SpaceId) -> String {
    let key = browser.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let path = browser.post(&format!("/spaces/{space}/topics"), &[("title", "Benches"), ("body", "First"), ("key", &key)]).await.path;
    path.split('/').take(3).collect::<Vec<_>>().join("/")
}

async fn a_backup_under_load_is_one_instant_on_either_database(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let topic = a_topic(&anna, space).await;
    // Something uploaded, as far as this test knows.
    std::fs::create_dir_all(site.settings.data.join("files/ab")).unwrap();
    std::fs::write(site.settings.data.join("files/ab/cd"), vec![7; 3_000_000]).unwrap();
    let mut browsers = Vec::new();
    for name in ["Ben Okoro", "Chiara Neri", "Dana Levi", "Emil Berg"] {
        browsers.push(site.member(name).await);
    }
    let (stop, people) = load(&site, browsers, &topic);
    let posts = "SELECT count(*) FROM post";
    while number(&site.site.db, posts).await < 50 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.tar.gz");
    let before = number(&site.site.db, posts).await;
    backup(&site, &file).await;
    let after = number(&site.site.db, posts).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    stop.store(true, Ordering::Relaxed);
    let mut acknowledged = 1;
    for person in people {
        acknowledged += person.await.unwrap();
    }
    assert!(after > before && acknowledged as i64 == number(&site.site.db, posts).await, "they went on posting meanwhile: {before} {after} {acknowledged}");
    // Nobody but the owner reads what a backup holds.
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing else is left");

    for empty in Empty::each().await {
        // What a restore that was killed left is in nobody's way.
        std::fs::create_dir_all(empty.data().join(".restoring/files")).unwrap();
        std::fs::write(empty.data().join("plenary.sqlite.restoring"), "half").unwrap();
        if empty.url.is_some() {
            std::fs::remove_file(empty.data().join("plenary.sqlite.restoring")).unwrap();
        }
        restore(&file, &empty).await;
        let db = ReadDb::open(&empty.url()).await.unwrap();
        let kept = number(&db, posts).await;
        assert!((before..=after).contains(&kept), "{before} {kept} {after}");
        assert_eq!(number(&db, "SELECT count(DISTINCT number) FROM post WHERE number <= (SELECT count(*) FROM post)").await, kept, "a beginning without a gap");
        assert_eq!(number(&db, "SELECT count(*) FROM journal WHERE kind = 'forum.post_added'").await, kept - 1);
        let orphan = "The file files/ab/cd in the data folder belongs to no row.";
        assert_eq!(faults(&empty.data(), &empty.url()).await, [orphan]);
        assert_eq!(std::fs::read(empty.data().join("files/ab/cd")).unwrap(), vec![7; 3_000_000]);
        assert_eq!(std::fs::read(empty.data().join("secret")).unwrap(), std::fs::read(site.settings.data.join("secret")).unwrap());
    }
}

/// What people see, page by page, without what belongs to one visit: the epoch, the keys of forms, the address.
async fn seen(url: &str, tokens: &[(String, String)]) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for (who, token) in tokens {
        let browser = if token.is_empty() { Browser::new(url) } else { Browser::signed_in(url, token) };
        let mut waiting = vec!["/".to_owned(), "/people".into(), "/workshops".into(), "/dialogues".into(), "/waiting".into(), "/settings".into(), "/organisations".into()];
        let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
        while let Some(path) = waiting.pop() {
            let answer = browser.get(&path).await;
            let links = answer.body.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next());
            for link in links.map(|link| format!("/{}", link.split('#').next().unwrap().replace("&amp;", "&"))) {
                // A room's clock runs on between two looks.
                // What admins see of the machine is another machine's.
                let of_machine = ["/admin/well", "/admin/storage", "/admin/jobs", "/admin/outbox"].iter().any(|start| link.starts_with(start)) || link == "/admin";
                let is_page = !of_machine && !["/static", "/live", "/mail", "/demo"].iter().any(|start| link.starts_with(start)) && !link.ends_with("/room");
                let place = link.split('/').nth(1).unwrap_or_default();
                let of_its_kind = known.iter().filter(|other| other.split('/').nth(1) == Some(place)).count();
                if is_page && of_its_kind < 12 && known.insert(link.clone()) {
                    waiting.push(link);
                }
            }
            all.insert(format!("{who} {path}"), format!("{} {}", answer.status, settled(&answer.body, url)));
        }
    }
    all
}

fn settled(body: &str, url: &str) -> String {
    let mut text = body.replace(url, "").replace(url.trim_start_matches("http://"), "");
    for (before, after) in [("data-epoch=\"", "\""), ("last used <time datetime=\"", "</time>"), ("name=\"key\" value=\"", "\""), ("name=\"uid\" value=\"", "\"")] {
        let parts: Vec<String> = text.split(before).enumerate().map(|(at, part)| if at == 0 { part.to_owned() } else { part.split_once(after).unwrap().1.to_owned() }).collect();
        text = parts.join(before);
    }
    // Each finds other things wrong with its machine.
    if let Some((before, after)) = text.split_once("<p class=\"notice bad\" data-well>") {
        text = format!("{before}{}", after.split_once("</p>").unwrap().1);
    }
    text
}

/// Serves a site, as it was restored.
async fn served(settings: Settings) -> (Site, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let site = Site::open(Settings { base_url: url.clone(), ..settings }, Clock::System).await.unwrap();
    site.run();
    plenary::host::serve(&site, listener).unwrap();
    (site, url)
}

/// Waits until the journal's readers have nothing left to write.
async fn quiet(site: &Site) {
    let mut last = -1;
    loop {
        tokio::time::sleep(Duration::from_millis(2500)).await;
        let now = number(&site.db, "SELECT COALESCE(MAX(id), 0) FROM journal").await * 1000 + number(&site.db, "SELECT count(*) FROM outbox").await;
        if now == last {
            return;
        }
        last = now;
    }
}

async fn restored_elsewhere_everybody_sees_the_same(site: TestSite) {
    demo::seed(&site.site, Size::Small, &|_| {}).await.unwrap();
    let mut tokens = vec![("visitor".to_owned(), String::new())];
    for role in demo::ROLES {
        let account = plenary::people::account_by_handle(&site.site.db, &demo::handle_of(role).unwrap()).await.unwrap().unwrap();
        let token = plenary::secret::token();
        site.site.write(SignIn { member: account.id, session_token: token.clone(), program: "test".into() }).await.unwrap();
        tokens.push(((*role).to_owned(), token));
    }
    quiet(&site.site).await;
    assert_eq!(faults(&site.settings.data, &site.settings.database_url).await, Vec::<String>::new(), "the demo contradicts itself nowhere");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.tar.gz");
    backup(&site, &file).await;
    let meant = seen(&site.url, &tokens).await;
    assert!(meant.len() > 150 && meant.keys().any(|page| page.starts_with("admin /topics/")), "{} pages", meant.len());
    let (_, sums) = keeping::read(&file, &Keys::default(), &mut |_| Ok(())).unwrap();
    for empty in Empty::each().await {
        restore(&file, &empty).await;
        assert_eq!(faults(&empty.data(), &empty.url()).await, Vec::<String>::new());
        // Written again, it is the same to the byte, but for the table that names the epoch.
        let again = folder.path().join("again.tar.gz");
        let db = ReadDb::open(&empty.url()).await.unwrap();
        keeping::back_up(&db, &empty.data(), &again, &Seal::None, Instant::from_micros(0)).await.unwrap();
        let (_, of_copy) = keeping::read(&again, &Keys::default(), &mut |_| Ok(())).unwrap();
        let rows = |sums: &keeping::format::Sums| -> Vec<_> { sums.entries.iter().filter(|entry| entry.name != "head.json" && !entry.name.contains("/setting/")).cloned().collect() };
        assert_eq!(rows(&of_copy), rows(&sums));
        std::fs::remove_file(&again).unwrap();
        let (copy, url) = served(empty.settings(&site.settings)).await;
        assert_ne!(copy.epoch.name, site.site.epoch.name, "clients are told to load anew");
        let found = seen(&url, &tokens).await;
        assert_eq!(found.keys().collect::<Vec<_>>(), meant.keys().collect::<Vec<_>>());
        for (page, text) in &meant {
            assert!(found[page] == *text, "{page}: {}", first_difference(text, &found[page]));
        }
        copy.close().await;
    }
}

fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(120)..(at + 120).min(text.len())]).into_owned();
    format!("{}\n  and\n{}", around(one), around(other))
}

async fn a_restore_refuses_what_is_not_empty_or_not_whole(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    a_topic(&anna, space).await;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let own = (site.settings.data.as_path(), site.settings.database_url.as_str());
    let passphrase = [("PLENARY_BACKUP_PASSPHRASE", "a long enough passphrase")];
    let key = age::x25519::Identity::generate();
    std::fs::write(at("key.txt"), key.to_string().expose_secret()).unwrap();
    std::fs::write(at("other.txt"), age::x25519::Identity::generate().to_string().expose_secret()).unwrap();
    backup(&site, &at("plain")).await;
    let sealed = plenary(own, &["backup", at("sealed").to_str().unwrap(), "--recipient", &key.to_public().to_string()], &[]).await;
    assert!(sealed.0 && sealed.1.contains("encrypted, opened and whole"), "{}", sealed.1);
    let by_words = plenary(own, &["backup", at("by-words").to_str().unwrap()], &passphrase).await;
    assert!(by_words.0, "{}", by_words.1);
    // No backup overwrites another.
    let again = plenary(own, &["backup", at("plain").to_str().unwrap()], &[]).await;
    assert!(!again.0 && again.1.contains("is there already"), "{}", again.1);

    let whole = std::fs::read(at("plain")).unwrap();
    std::fs::write(at("cut"), &whole[..whole.len() * 2 / 3]).unwrap();
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 4;
    std::fs::write(at("changed"), &changed).unwrap();
    let mut changed = std::fs::read(at("sealed")).unwrap();
    let middle = changed.len() / 2;
    changed[middle] ^= 4;
    std::fs::write(at("sealed-changed"), &changed).unwrap();
    std::fs::write(at("letter"), "Dear all").unwrap();
    let (key_file, other_file) = (at("key.txt"), at("other.txt"));
    let with_key = ["--identity", key_file.to_str().unwrap()];
    let with_other = ["--identity", other_file.to_str().unwrap()];
    let wrong_words = [("PLENARY_BACKUP_PASSPHRASE", "another long passphrase")];
    for (name, arguments, environment, expected) in [
        ("cut", &[][..], &[][..], "it isn't whole: it ends too early"),
        ("changed", &[][..], &[][..], "it isn't whole"),
        ("sealed-changed", &with_key[..], &[][..], "it isn't whole: it was changed"),
        ("letter", &[][..], &[][..], "it is not a backup of Plenary's"),
        ("sealed", &[][..], &[][..], "--identity FILE"),
        ("sealed", &with_other[..], &[][..], "encrypted to another key"),
        ("by-words", &[][..], &[][..], "PLENARY_BACKUP_PASSPHRASE opens it"),
        ("by-words", &[][..], &wrong_words[..], "with another passphrase"),
        ("nothing", &[][..], &[][..], "No such file"),
    ] {
        for empty in Empty::each().await {
            let (data, file) = (empty.data(), at(name));
            let command = [&["restore", file.to_str().unwrap(), "--data", data.to_str().unwrap()][..], arguments].concat();
            let (is_well, words) = plenary((Path::new("/nowhere"), &empty.url()), &command, environment).await;
            assert!(!is_well && words.contains(expected) && words.contains("nothing was changed"), "{name}: {words}");
            empty.is_as_before().await;
        }
    }
    for (name, arguments, environment) in [("sealed", &with_key[..], &[][..]), ("by-words", &[][..], &passphrase[..])] {
        let empty = Empty::sqlite();
        let (data, file) = (empty.data(), at(name));
        let command = [&["restore", file.to_str().unwrap(), "--data", data.to_str().unwrap()][..], arguments].concat();
        let (is_well, words) = plenary((Path::new("/nowhere"), &empty.url()), &command, environment).await;
        assert!(is_well, "{name}: {words}");
        assert_eq!(faults(&empty.data(), &empty.url()).await, Vec::<String>::new());
    }

    // Whole, and yet no site: a Member is missing whom rows point to; or a release that is not here yet made it.
    forged(&at("plain"), &at("gap"), &|_| {}, "member");
    forged(&at("plain"), &at("newer"), &|head| head.migrations.push("9999_future".into()), "");
    for (name, expected) in [("gap", "points to one"), ("newer", "it has the migration 9999_future, which this program does not know")] {
        for empty in Empty::each().await {
            let (data, file) = (empty.data(), at(name));
            let command = ["restore", file.to_str().unwrap(), "--data", data.to_str().unwrap()];
            let (is_well, words) = plenary((Path::new("/nowhere"), &empty.url()), &command, &[]).await;
            assert!(!is_well && words.contains(expected), "{name}: {words}");
            empty.is_as_before().await;
        }
    }

    // What is there already stays as it is: a folder, a database, a whole site.
    let taken = Empty::sqlite();
    std::fs::create_dir_all(taken.data()).unwrap();
    std::fs::write(taken.data().join("letter"), "Dear all").unwrap();
    let file = at("plain");
    let into = |empty: &Empty| ["restore".to_owned(), file.display().to_string(), "--data".into(), empty.data().display().to_string()];
    let command = into(&taken);
    let (is_well, words) = plenary((Path::new("/nowhere"), &taken.url()), &command.each_ref().map(String::as_str), &[]).await;
    assert!(!is_well && words.contains("isn't empty (it holds letter)"), "{words}");
    assert_eq!(std::fs::read_to_string(taken.data().join("letter")).unwrap(), "Dear all");
    let elsewhere = Empty::sqlite();
    let command = into(&elsewhere);
    let (is_well, words) = plenary((Path::new("/nowhere"), &site.settings.database_url), &command.each_ref().map(String::as_str), &[]).await;
    assert!(!is_well && (words.contains("is there already") || words.contains("isn't empty (it has the table")), "{words}");
    elsewhere.is_as_before().await;
    assert_eq!(faults(own.0, own.1).await, Vec::<String>::new());
}

/// Writes a backup anew, with another head and without the rows of a table.
fn forged(from: &Path, to: &Path, change: &dyn Fn(&mut keeping::format::Head), without: &str) {
    let mut archive = None;
    keeping::read(from, &Keys::default(), &mut |piece| match (piece, archive.as_mut()) {
        (keeping::Piece::Head(head), _) => {
            let mut head = head.clone();
            change(&mut head);
            archive = Some(keeping::ArchiveWriter::new(Vec::new(), &head)?);
            Ok(())
        }
        (keeping::Piece::Rows(table, lines), Some(archive)) if table != without => archive.rows(table, &lines),
        _ => Ok(()),
    })
    .unwrap();
    let (bytes, _) = archive.unwrap().finish().unwrap();
    std::fs::write(to, bytes).unwrap();
}

async fn ids_go_on_where_they_were(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    // A card that was written and removed: its id was given out, and nothing is left of it.
    let form = [("title", "Streets"), ("question", "What is missing?"), ("dots", "3"), ("key", "k")];
    let moderator = site.moderator("Katrin Lind").await;
    let board = moderator.post(&format!("/spaces/{space}/boards"), &form).await.path;
    moderator.post(&format!("{board}/cards"), &[("text", "Benches"), ("key", "c")]).await.is(200);
    let card = number(&site.site.db, "SELECT MAX(id) FROM card").await;
    assert!(card > 0);
    moderator.post(&format!("{board}/cards/{card}"), &[("do", "remove"), ("key", "d")]).await.is(200);
    let topic = a_topic(&anna, space).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("site.tar.gz");
    backup(&site, &file).await;
    let post = number(&site.site.db, "SELECT MAX(id) FROM post").await;
    let entry = number(&site.site.db, "SELECT MAX(id) FROM journal").await;
    let cookie = anna.cookie().replace("plenary=", "");
    for empty in Empty::each().await {
        restore(&file, &empty).await;
        let (copy, url) = served(empty.settings(&site.settings)).await;
        let anna = Browser::signed_in(&url, &cookie);
        anna.post(&format!("{topic}/posts"), &[("body", "Afterwards"), ("key", "a")]).await.is(200).shows("Afterwards");
        assert_eq!(number(&copy.db, "SELECT MAX(id) FROM post").await, post + 1);
        assert!(number(&copy.db, "SELECT MAX(id) FROM journal").await > entry);
        let moderator = Browser::signed_in(&url, &moderator.cookie().replace("plenary=", ""));
        moderator.post(&format!("{board}/cards"), &[("text", "Trees"), ("key", "t")]).await.is(200);
        assert_eq!(number(&copy.db, "SELECT MAX(id) FROM card").await, card + 1, "no id is given twice");
        copy.close().await;
    }
}

/// Changes rows behind the site's back.
async fn behind(site: &TestSite, sql: &str) {
    let db = sea_orm::Database::connect(site.settings.database_url.replace("sqlite:", "sqlite://")).await.unwrap();
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA foreign_keys = OFF").await.unwrap();
    }
    db.execute_unprepared(sql).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    db.close().await.unwrap();
}

async fn verify_finds_each_kind_of_fault(site: TestSite) {
    demo::seed(&site.site, Size::Small, &|_| {}).await.unwrap();
    quiet(&site.site).await;
    let (data, url) = (site.settings.data.clone(), site.settings.database_url.clone());
    assert_eq!(faults(&data, &url).await, Vec::<String>::new());
    let is_postgres = site.site.db.backend() == DbBackend::Postgres;
    if is_postgres {
        // Otherwise PostgreSQL itself would not let these rows be spoilt.
        behind(&site, "ALTER TABLE post DROP CONSTRAINT post_author_fkey").await;
        assert_eq!(faults(&data, &url).await, Vec::<String>::new());
    }
    // Each is planted, found with its words and nothing else, and mended.
    let planted: &[(&str, &str, &[&str])] = &[
        ("UPDATE post SET author = author + 9999 WHERE id = 3", "UPDATE post SET author = author - 9999 WHERE id = 3", &["A row of post points by author to member", "which is not there."]),
        ("UPDATE topic SET posts = posts + 1 WHERE id = 1", "UPDATE topic SET posts = posts - 1 WHERE id = 1", &["Topic 1 says that"]),
        ("UPDATE topic SET last_post_at = last_post_at + 1 WHERE id = 1", "UPDATE topic SET last_post_at = last_post_at - 1 WHERE id = 1", &["Topic 1 says that its last Post is of"]),
        ("UPDATE workshop SET registered = registered + 1 WHERE id = 1", "UPDATE workshop SET registered = registered - 1 WHERE id = 1", &["Workshop 1 says that"]),
        ("UPDATE workshop SET waiting = waiting + 2 WHERE id = 1", "UPDATE workshop SET waiting = waiting - 2 WHERE id = 1", &["wait for a place, and"]),
        ("UPDATE workshop SET ends_at = ends_at + 1 WHERE id = 1", "UPDATE workshop SET ends_at = ends_at - 1 WHERE id = 1", &["Workshop 1 ends at"]),
        ("UPDATE stage SET contributions = contributions + 1 WHERE id = 1", "UPDATE stage SET contributions = contributions - 1 WHERE id = 1", &["Stage 1 says that"]),
        ("UPDATE stage SET version = version + 1 WHERE id = 1", "UPDATE stage SET version = version - 1 WHERE id = 1", &["Stage 1 says that its Synthesis is version"]),
        ("UPDATE topic_read SET amount = amount + 1 WHERE topic = 1 AND member = (SELECT MIN(member) FROM topic_read WHERE topic = 1)", "UPDATE topic_read SET amount = amount - 1 WHERE topic = 1 AND member = (SELECT MIN(member) FROM topic_read WHERE topic = 1)", &["is said to have read"]),
        ("UPDATE trail SET text = text || '!' WHERE id = 2", "UPDATE trail SET text = substr(text, 1, length(text) - 1) WHERE id = 2", &["The trail of Dialogue"]),
        ("UPDATE post SET path = 'zzzz' || path WHERE id = 4 AND number > 1", "UPDATE post SET path = substr(path, 5) WHERE id = 4 AND number > 1", &["Post 4 is not below the Post"]),
        ("UPDATE journal SET kind = 'forum.post_edited' WHERE kind = 'forum.post_added' AND about = 4", "UPDATE journal SET kind = 'forum.post_added' WHERE kind = 'forum.post_edited' AND about = 4", &["Post 4 was never told of."]),
        ("UPDATE journal SET more = replace(more, '\"space\":1', '\"space\":777') WHERE kind = 'forum.space_added'", "UPDATE journal SET more = replace(more, '\"space\":777', '\"space\":1') WHERE kind = 'forum.space_added'", &["The journal tells of space 777, which is not there."]),
        ("UPDATE journal SET kind = 'network.contact_answered' WHERE kind = 'network.contact_sent'", "UPDATE journal SET kind = 'network.contact_sent' WHERE kind = 'network.contact_answered'", &["Message 1 to the host was never told of."]),
        ("INSERT INTO journal_room (room, id) VALUES ('site', 99999999)", "DELETE FROM journal_room WHERE id = 99999999", &["A Room has the entry 99999999, which the journal does not have."]),
        ("UPDATE journal_room SET id = -id WHERE id = 5", "UPDATE journal_room SET id = 5 WHERE id = -5", &["A Room has the entry -5", "Entry 5 of the journal is in no Room"]),
        ("UPDATE journal SET actor = 9999 WHERE id = (SELECT MIN(id) FROM journal WHERE actor IS NULL)", "UPDATE journal SET actor = NULL WHERE actor = 9999", &["names Member 9999"]),
        ("UPDATE reader SET position = position + 1000000", "UPDATE reader SET position = position - 1000000", &["A reader of the journal stands at"]),
    ];
    for (plant, mend, expected) in planted {
        behind(&site, plant).await;
        let found = faults(&data, &url).await;
        assert!(!found.is_empty(), "not found: {plant}");
        for words in *expected {
            assert!(found.iter().any(|fault| fault.contains(words)), "{plant}: {found:?}");
        }
        behind(&site, mend).await;
        assert_eq!(faults(&data, &url).await, Vec::<String>::new(), "{mend}");
    }
    // Ids that would be given twice.
    let (low, high) = match is_postgres {
        true => ("ALTER SEQUENCE post_id_seq RESTART WITH 2", "SELECT setval('post_id_seq', (SELECT MAX(id) FROM post))"),
        false => ("UPDATE sqlite_sequence SET seq = 2 WHERE name = 'post'", "UPDATE sqlite_sequence SET seq = (SELECT MAX(id) FROM post) WHERE name = 'post'"),
    };
    behind(&site, low).await;
    assert!(faults(&data, &url).await[0].contains("The next id of post would be"));
    behind(&site, high).await;
    // The schema itself.
    behind(&site, "ALTER TABLE session_use RENAME TO elsewhere").await;
    assert_eq!(faults(&data, &url).await, ["The table session_use is missing."]);
    behind(&site, "ALTER TABLE elsewhere RENAME TO session_use").await;
    // Files.
    std::fs::create_dir_all(data.join("files")).unwrap();
    std::fs::write(data.join("files/lost"), "x").unwrap();
    assert_eq!(faults(&data, &url).await, ["The file files/lost in the data folder belongs to no row."]);
    std::fs::remove_dir_all(data.join("files")).unwrap();
    std::fs::rename(data.join("secret"), data.join("away")).unwrap();
    assert!(faults(&data, &url).await[0].contains("secret is missing"));
    // The command says it, and ends so that a script knows.
    let (is_well, words) = plenary((&data, &url), &["verify"], &[]).await;
    assert!(!is_well && words.contains("secret is missing") && words.contains("1 faults."), "{words}");
    std::fs::rename(data.join("away"), data.join("secret")).unwrap();
    let (is_well, words) = plenary((&data, &url), &["verify"], &[]).await;
    assert!(is_well && words.contains("All is well."), "{words}");
}

async fn the_clock_makes_backups_and_remembers_what_failed(site: TestSite) {
    let folder = tempfile::tempdir().unwrap();
    let hour = chrono::NaiveTime::from_hms_opt(3, 30, 0).unwrap();
    // A folder that cannot be made, because a file is in its place.
    std::fs::write(folder.path().join("taken"), "").unwrap();
    let wrong = Schedule { folder: folder.path().join("taken"), at: hour, keep: 2 };
    let run = make_due(&site.site, &wrong).await.unwrap().unwrap();
    assert!(run.error.as_ref().unwrap().contains("PLENARY_BACKUP_DIR"), "{run:?}");
    let remembered = keeping::last_runs(&site.site.db, 5).await.unwrap();
    assert_eq!(remembered.len(), 1);
    assert!(!remembered[0].is_made() && remembered[0].error == run.error);
    let backups = folder.path().join("backups").display().to_string();
    let given = [("PLENARY_BACKUP_DIR", backups.as_str())];
    let check = || plenary((&site.settings.data, &site.settings.database_url), &["check"], &given);
    let words = check().await.1;
    assert!(words.contains("Backups (Wrong): The last one could not be made: PLENARY_BACKUP_DIR"), "{words}");
    // It is not tried again at once, but after an hour.
    let right = Schedule { folder: folder.path().join("backups"), ..wrong };
    assert_eq!(make_due(&site.site, &right).await.unwrap(), None);
    let hours_ago = site.site.now().minus(chrono::Duration::hours(2)).micros();
    behind(&site, &format!("UPDATE backup SET ended_at = {hours_ago}")).await;
    let run = make_due(&site.site, &right).await.unwrap().unwrap();
    assert!(run.is_made() && run.error.is_none(), "{run:?}");
    let made = right.folder.join(run.file.unwrap());
    keeping::read(&made, &Keys::default(), &mut |_| Ok(())).unwrap();
    assert_eq!(run.bytes.unwrap() as u64, std::fs::metadata(&made).unwrap().len());
    let words = check().await.1;
    assert!(words.contains("Backups (Well): The last one is there and opened: plenary-"), "{words}");
    // Once a day.
    assert_eq!(make_due(&site.site, &right).await.unwrap(), None);
    assert!(keeping::last_runs(&site.site.db, 5).await.unwrap()[0].is_made());
    // Days later the last two are left.
    for _ in 0..3 {
        behind(&site, "UPDATE backup SET due_at = due_at - 86400000000").await;
        tokio::time::sleep(Duration::from_millis(1100)).await;
        assert!(make_due(&site.site, &right).await.unwrap().unwrap().is_made());
    }
    assert_eq!(std::fs::read_dir(&right.folder).unwrap().count(), 2);
    assert!(!made.exists(), "the oldest went");
    assert_eq!(faults(&site.settings.data, &site.settings.database_url).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_a_folder_for_them_makes_the_first_backup_at_its_start() {
    let folder = tempfile::tempdir().unwrap();
    let (data, backups) = (folder.path().join("data"), folder.path().join("backups"));
    let key = age::x25519::Identity::generate();
    let mut server = Command::new(env!("CARGO_BIN_EXE_plenary"))
        .arg("serve")
        .env("PLENARY_LISTEN", "127.0.0.1:0")
        .env("PLENARY_DATA", &data)
        .env("PLENARY_BACKUP_DIR", &backups)
        .env("PLENARY_BACKUP_RECIPIENTS", key.to_public().to_string())
        .env("RUST_LOG", "off")
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let made = || std::fs::read_dir(&backups).ok().and_then(|mut folder| folder.find_map(|entry| entry.ok().filter(|entry| entry.file_name().to_string_lossy().starts_with("plenary-"))));
    let mut waited = 0;
    let file = loop {
        match made() {
            Some(file) => break file.path(),
            None => tokio::time::sleep(Duration::from_millis(50)).await,
        }
        waited += 1;
        assert!(waited < 600, "no backup came");
    };
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(file.to_string_lossy().ends_with(".tar.gz.age"));
    let keys = Keys { identities: vec![key], passphrase: None };
    let (head, sums) = keeping::read(&file, &keys, &mut |_| Ok(())).unwrap();
    assert!(head.tables.iter().any(|table| table.name == "post") && sums.files() == 1);
}
