//! A site of every earlier release becomes one of this program, and keeps what its people did.
//!
//! `tests/releases/*.plenary` are backups made by those releases' own programs (`tests/releases/make`).

use std::path::PathBuf;

use plenary::clock::Clock;
use plenary::journal::{ReadDb, Reads, known_migrations};
use plenary::people::SignIn;
use plenary::settings::Settings;
use plenary::{Site, app, host, keeping};
use sea_orm::ConnectionTrait;

use crate::support::{Browser, new_postgres_database};

fn releases() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/releases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "plenary"));
    files.sort();
    assert!(!files.is_empty());
    files
}

fn settings(data: &std::path::Path, url: &str) -> Settings {
    let mut settings = Settings::load(None).unwrap_or_else(|wrongs| panic!("{wrongs:?}"));
    settings.data = data.to_owned();
    settings.database_url = url.to_owned();
    settings.limits = false;
    settings
}

async fn databases(folder: &tempfile::TempDir) -> Vec<(PathBuf, String)> {
    let data = |name: &str| folder.path().join(name);
    let mut all = vec![(data("small"), format!("sqlite:{}", data("small").join("plenary.sqlite").display()))];
    all.extend(new_postgres_database().await.map(|url| (data("large"), url)));
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_of_every_release_goes_on_in_this_one() {
    for file in releases() {
        let folder = tempfile::tempdir().unwrap();
        for (data, url) in databases(&folder).await {
            let keys = keeping::Keys::default();
            keeping::restore(&file, &keys, &data, &url, "of-its-own").await.unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
            let mut settings = settings(&data, &url);
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            settings.base_url = format!("http://{}", listener.local_addr().unwrap());
            let site = Site::open(settings.clone(), Clock::System).await.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            site.run();
            let running = host::serve(&site, listener).unwrap();
            let done: Vec<String> = site.db.column("SELECT name FROM migration ORDER BY name LIMIT 1000", vec![]).await.unwrap();
            assert_eq!(done, known_migrations());

            // What its people did is there, and goes on.
            let member: i64 = site.db.value("SELECT id FROM member WHERE handle = 'ben-okoro'", vec![]).await.unwrap().unwrap();
            let token = plenary::secret::token();
            site.write(SignIn { member: plenary::people::MemberId(member), session_token: token.clone(), program: "test".into() }).await.unwrap();
            let ben = Browser::signed_in(&settings.base_url, &token);
            ben.get("/spaces/1").await.is(200).shows("Bread and roses");
            let topic = ben.get("/topics/1").await;
            topic.is(200).shows("An answer to them.").shows("Below the answer.").hides("Soon deleted.");
            ben.post("/topics/1/posts", &[("body", "Said after the upgrade."), ("parent", "3"), ("key", "k")]).await.is(200).shows("Said after the upgrade.");
            ben.get("/boards/1").await.is(200).shows("More time");
            ben.get("/workshops/1").await.is(200).shows("Meeting in spring").shows("/workshops/1/withdraw");
            ben.get("/organisations").await.is(200).shows("Graz");
            ben.get("/settings/account").await.is(200).shows("ben@release.example");
            site.stop.cancel();
            running.ended().await;
            site.close().await;
            let faults = keeping::verify(&ReadDb::open(&url).await.unwrap(), &data, false, app::CHECKS).await.unwrap().faults;
            assert_eq!(faults, Vec::<String>::new(), "{}", file.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_a_newer_release_is_refused_in_words_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    for (data, url) in databases(&folder).await {
        std::fs::create_dir_all(&data).unwrap();
        Site::open(settings(&data, &url), Clock::System).await.unwrap().close().await;
        let connection = sea_orm::Database::connect(&url).await.unwrap();
        connection.execute_unprepared("INSERT INTO migration (name, checksum) VALUES ('9999_later', 'of a newer program')").await.unwrap();
        let before: Vec<String> = ReadDb::open(&url).await.unwrap().column("SELECT name FROM migration ORDER BY name LIMIT 1000", vec![]).await.unwrap();
        let Err(error) = Site::open(settings(&data, &url), Clock::System).await else { panic!("it was opened") };
        let words = error.to_string();
        assert!(words.contains("9999_later") && words.contains("newer release"), "{words}");
        let after: Vec<String> = ReadDb::open(&url).await.unwrap().column("SELECT name FROM migration ORDER BY name LIMIT 1000", vec![]).await.unwrap();
        assert_eq!(before, after);
    }
}
