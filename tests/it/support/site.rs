//! A real server on a free port, with a database of its own that goes when the test ends.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use plenary::Site;
use plenary::clock::Clock;
use plenary::forum::{AddSpace, May, SpaceId, SpaceRules};
use plenary::host;
use plenary::journal::Reads;
use plenary::people::membership::AddToOrganisation;
use plenary::people::rights::Layer;
use plenary::people::{AddMember, AddOrganisation, Language, Level, MemberId, OrganisationId, Role};
use plenary::settings::Settings;
use sea_orm::ConnectionTrait;

use super::Browser;

static NUMBER: AtomicI64 = AtomicI64::new(0);

/// Where the tests' PostgreSQL is; `tests/run` starts one.
pub fn postgres_url() -> Option<String> {
    match std::env::var("PLENARY_TEST_POSTGRES") {
        Ok(url) if !url.is_empty() => Some(url),
        _ if std::env::var("CI").is_ok_and(|ci| ci == "true") => panic!("PLENARY_TEST_POSTGRES is not set: start the tests with tests/run"),
        _ => {
            eprintln!("SKIPPED on PostgreSQL: PLENARY_TEST_POSTGRES is not set (tests/run sets it up)");
            None
        }
    }
}

/// One site under test.
pub struct TestSite {
    pub site: Site,
    pub url: String,
    pub settings: Settings,
    _data: tempfile::TempDir,
}

impl TestSite {
    pub async fn sqlite() -> Self {
        Self::sqlite_at(Clock::System).await
    }

    /// On SQLite with a clock that the test holds.
    pub async fn sqlite_at(clock: Clock) -> Self {
        let data = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", data.path().join("plenary.sqlite").display());
        Self::open(url, data, clock).await
    }

    /// On a PostgreSQL database made for this test, with a collation that is not C; `None` where there is none.
    pub async fn postgres() -> Option<Self> {
        Self::postgres_at(Clock::System).await
    }

    pub async fn postgres_at(clock: Clock) -> Option<Self> {
        let url = new_postgres_database().await?;
        Some(Self::open(url, tempfile::tempdir().unwrap(), clock).await)
    }

    /// A demo without its seed: on SQLite, with the routes that only the demo has.
    pub async fn demo() -> Self {
        let data = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", data.path().join("plenary.sqlite").display());
        Self::open_as(url, data, Clock::System, true).await
    }

    async fn open(database_url: String, data: tempfile::TempDir, clock: Clock) -> Self {
        Self::open_as(database_url, data, clock, false).await
    }

    async fn open_as(database_url: String, data: tempfile::TempDir, clock: Clock, is_demo: bool) -> Self {
        Self::open_with(database_url, data, clock, is_demo, None).await
    }

    async fn open_with(database_url: String, data: tempfile::TempDir, clock: Clock, is_demo: bool, smtp_url: Option<String>) -> Self {
        let mut settings = Settings::load(None).unwrap_or_else(|wrongs| panic!("{wrongs:?}"));
        settings.data = data.path().to_owned();
        settings.database_url = database_url;
        settings.site_name = "Testnet".into();
        settings.smtp_url = smtp_url;
        settings.limits = false;
        settings.demo = is_demo;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        settings.base_url = format!("http://{}", listener.local_addr().unwrap());
        let site = Site::open(settings.clone(), clock).await.unwrap();
        site.run();
        host::serve(&site, listener).unwrap();
        Self { url: settings.base_url.clone(), site, settings, _data: data }
    }

    /// A browser that nobody has signed in with.
    pub fn visitor(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// Adds a Member; the handle is the name in lower case.
    pub async fn add(&self, name: &str, role: Role, is_practitioner: bool) -> MemberId {
        let handle = name.to_lowercase().replace(' ', "-");
        let email = format!("{handle}@people.example");
        let act = AddMember {
            handle: Some(handle),
            name: name.into(),
            email,
            password_hash: None,
            language: Language::En,
            zone: chrono_tz::Europe::Vienna,
            about: String::new(),
            role,
            is_practitioner,
            organisation: None,
        };
        self.site.write(act).await.unwrap()
    }

    /// A browser signed in as this Member.
    pub async fn browser_of(&self, member: MemberId) -> Browser {
        let token = plenary::secret::token();
        let act = plenary::people::SignIn { member, session_token: token.clone(), program: "test".into() };
        self.site.write(act).await.unwrap();
        Browser::signed_in(&self.url, &token)
    }

    /// A new Member who is not a Practitioner, signed in.
    pub async fn member(&self, name: &str) -> Browser {
        let id = self.add(name, Role::Member, false).await;
        self.browser_of(id).await
    }

    pub async fn practitioner(&self, name: &str) -> Browser {
        let id = self.add(name, Role::Member, true).await;
        self.browser_of(id).await
    }

    pub async fn moderator(&self, name: &str) -> Browser {
        let id = self.add(name, Role::Moderator, true).await;
        self.browser_of(id).await
    }

    pub async fn admin(&self, name: &str) -> Browser {
        let id = self.add(name, Role::Admin, true).await;
        self.browser_of(id).await
    }

    pub async fn organisation(&self, name: &str, short_name: &str, level: Level) -> OrganisationId {
        let act = AddOrganisation {
            name: name.into(),
            short_name: short_name.into(),
            kind: "municipality".into(),
            level,
            country: "AT".into(),
            standing: "human_rights_city".into(),
            within: None,
        };
        self.site.write(act).await.unwrap()
    }

    /// Makes somebody belong to an Organisation, given by its path or its id.
    pub async fn belongs(&self, member: MemberId, organisation: &str) {
        let organisation = organisation.rsplit('/').next().unwrap().parse().unwrap();
        self.site.write(AddToOrganisation { by: None, organisation, member }).await.unwrap();
    }

    /// A new Space that Members (of its layer) may start Topics and reply in.
    pub async fn space(&self, title: &str, layer: Layer) -> SpaceId {
        let act = AddSpace {
            by: None,
            layer,
            language: String::new(),
            position: 1,
            rules: SpaceRules { may_open: May::Moderators, ..SpaceRules::new() },
            texts: vec![(Language::En, title.into(), format!("{title}: what it is for"))],
        };
        self.site.write(act).await.unwrap()
    }

    /// Changes rows past the writer and without looking at references: what no act does.
    pub async fn write_raw(&self, sql: &str) {
        let mut options = sea_orm::ConnectOptions::new(&self.settings.database_url);
        options.max_connections(1);
        let db = sea_orm::Database::connect(options).await.unwrap();
        let free = if self.site.db.backend() == sea_orm::DbBackend::Postgres { "SET session_replication_role = replica" } else { "PRAGMA foreign_keys = OFF" };
        db.execute_unprepared(free).await.unwrap();
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
    }

    /// Waits until everybody has been told of all that happened.
    pub async fn settled(&self) {
        for _ in 0..200 {
                let position: Option<i64> = self.site.db.value("SELECT position FROM reader WHERE name = 'notify'", vec![]).await.unwrap();
            if position.unwrap_or(0) >= self.site.bus.head() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the reader does not come to the end");
    }
}

/// A site that is still to be started, by a journey that holds its clock or has an SMTP server.
pub struct Start {
    database_url: String,
    data: tempfile::TempDir,
}

impl Start {
    pub fn sqlite() -> Self {
        let data = tempfile::tempdir().unwrap();
        Self { database_url: format!("sqlite:{}", data.path().join("plenary.sqlite").display()), data }
    }

    pub async fn postgres() -> Option<Self> {
        Some(Self { database_url: new_postgres_database().await?, data: tempfile::tempdir().unwrap() })
    }

    pub async fn site(self, clock: Clock, smtp_url: Option<String>) -> TestSite {
        TestSite::open_with(self.database_url, self.data, clock, false, smtp_url).await
    }
}

/// A fresh database in the tests' cluster.
pub async fn new_postgres_database() -> Option<String> {
    let url = postgres_url()?;
    let (server, _) = url.rsplit_once('/').expect("postgres://user@host:port/database");
    let name = format!("plenary_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
    let db = sea_orm::Database::connect(&url).await.unwrap();
    db.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
    let made = format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
    db.execute_unprepared(&made).await.unwrap();
    Some(format!("{server}/{name}"))
}
