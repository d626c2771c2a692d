//! The process is killed, many times and at named points: nothing acknowledged is lost, nothing is half done.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use plenary::Site;
use plenary::clock::Clock;
use plenary::journal::Reads;
use plenary::people::rights::Layer;
use plenary::people::{Role, SignIn};
use plenary::settings::Settings;

use crate::both_databases;
use crate::support::{Browser, TestSite};

both_databases!(killed_many_times_under_load, killed_at_each_named_point);

/// A site on disk that a process of its own serves.
struct Killed {
    settings: Settings,
    topic: String,
    token: String,
}

async fn prepared(site: &TestSite) -> Killed {
    let member = site.add("Anna Moser", Role::Member, false).await;
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.browser_of(member).await;
    let key = anna.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let answer = anna.post(&format!("/spaces/{space}/topics"), &[("title", "Benches"), ("body", "First"), ("key", &key)]).await;
    let token = plenary::secret::token();
    site.site.write(SignIn { member, session_token: token.clone(), program: "crash".into() }).await.unwrap();
    Killed { settings: site.settings.clone(), topic: answer.path.split('/').nth(2).unwrap().into(), token }
}

impl Killed {
    /// Starts `plenary serve` and waits until it answers.
    async fn start(&self, crash_at: Option<&str>) -> (Child, Browser) {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let url = format!("http://127.0.0.1:{port}");
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command
            .arg("serve")
            .env("PLENARY_LISTEN", format!("127.0.0.1:{port}"))
            .env("PLENARY_BASE_URL", &url)
            .env("PLENARY_DATA", &self.settings.data)
            .env("PLENARY_DATABASE_URL", &self.settings.database_url)
            .env("RUST_LOG", "off")
            .env("RUST_BACKTRACE", "0")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some(point) = crash_at {
            command.env("PLENARY_TEST_CRASH_AT", point);
        }
        #[allow(clippy::zombie_processes, reason = "every caller waits for it")]
        let child = command.spawn().unwrap();
        for _ in 0..500 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return (child, Browser::signed_in(&url, &self.token));
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the server did not start");
    }

    /// Posts; whether it was acknowledged. A lost connection is no answer.
    async fn post(&self, browser: &Browser, text: &str) -> bool {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let sent = client
            .post(format!("{}/topics/{}/posts", browser.url, self.topic))
            .header("origin", &browser.url)
            .header("cookie", browser.cookie())
            .form(&[("body", text), ("key", text)])
            .send()
            .await;
        sent.is_ok_and(|answer| answer.status() == 303)
    }

    /// Every acknowledged Post is there once, every Post has its entry and every entry its Post.
    async fn check(&self, acknowledged: &[String]) {
        let site = Site::open(self.settings.clone(), Clock::System).await.unwrap();
        let texts: Vec<String> = site.db.column("SELECT source FROM post ORDER BY number LIMIT 100000", vec![]).await.unwrap();
        for text in acknowledged {
            assert_eq!(texts.iter().filter(|known| *known == text).count(), 1, "{text} was acknowledged");
        }
        let without = "SELECT count(*) FROM post p WHERE p.number > 1 AND NOT EXISTS
            (SELECT 1 FROM journal j WHERE j.kind = 'forum.post_added' AND j.about = p.id)";
        assert_eq!(site.db.value::<i64>(without, vec![]).await.unwrap(), Some(0), "a Post without its entry");
        let without = "SELECT count(*) FROM journal j WHERE j.kind = 'forum.post_added' AND NOT EXISTS (SELECT 1 FROM post p WHERE p.id = j.about)";
        assert_eq!(site.db.value::<i64>(without, vec![]).await.unwrap(), Some(0), "an entry without its Post");
        let unheard = "SELECT count(*) FROM journal j WHERE NOT EXISTS (SELECT 1 FROM journal_room r WHERE r.id = j.id)";
        assert_eq!(site.db.value::<i64>(unheard, vec![]).await.unwrap(), Some(0), "an entry in no Room");
        let counted = "SELECT posts - (SELECT count(*) FROM post p WHERE p.topic = t.id) FROM topic t LIMIT 1";
        assert_eq!(site.db.value::<i64>(counted, vec![]).await.unwrap(), Some(0), "the count of a Topic");
    }
}

/// Kills on each database: together more than fifty.
const KILLS: usize = 26;

async fn killed_many_times_under_load(site: TestSite) {
    let killed = std::sync::Arc::new(prepared(&site).await);
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..KILLS {
        let (mut child, browser) = killed.start(None).await;
        let browser = std::sync::Arc::new(browser);
        let clients = (0..4).map(|client| {
            let (killed, browser) = (killed.clone(), browser.clone());
            tokio::spawn(async move {
                let mut known = Vec::new();
                for number in 0..1000 {
                    let text = format!("round {round} client {client} number {number}");
                    if !killed.post(&browser, &text).await {
                        break;
                    }
                    known.push(text);
                }
                known
            })
        });
        let clients: Vec<_> = clients.collect();
        // Somewhere in the middle of the load, at another moment each round.
        tokio::time::sleep(Duration::from_millis(20 + (round as u64 * 37) % 120)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        for client in clients {
            acknowledged.extend(client.await.unwrap());
        }
    }
    assert!(acknowledged.len() > KILLS, "the load was real: {}", acknowledged.len());
    killed.check(&acknowledged).await;
}

async fn killed_at_each_named_point(site: TestSite) {
    let killed = prepared(&site).await;
    let mut acknowledged = Vec::new();
    for point in ["before_commit", "before_bus", "before_answer"] {
        // The first commits are the start's own; the third is in the middle of what people do.
        let (mut child, browser) = killed.start(Some(&format!("{point}:3"))).await;
        let mut lost = String::new();
        for number in 0..10 {
            let text = format!("{point} {number}");
            if !killed.post(&browser, &text).await {
                lost = text;
                break;
            }
            acknowledged.push(text);
        }
        assert!(!lost.is_empty(), "{point} was never reached");
        child.wait().unwrap();
        // Sent again after the restart, with the same key: once, whether or not the first was committed.
        let (mut child, browser) = killed.start(None).await;
        assert!(killed.post(&browser, &lost).await);
        acknowledged.push(lost);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    killed.check(&acknowledged).await;
}
