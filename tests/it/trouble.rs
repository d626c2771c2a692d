//! The disk is full, the database is away or can only be read: writing is refused in words, reading goes on, and all is
//! well again by itself.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use plenary::people::Role;
use plenary::people::rights::Layer;
use sea_orm::ConnectionTrait;

use crate::support::{Browser, TestSite};

/// A member's browser and the address of a Topic with one Post.
async fn prepared(site: &TestSite) -> (Browser, String) {
    let member = site.add("Anna Moser", Role::Member, false).await;
    let anna = site.browser_of(member).await;
    let space = site.space("Open square", Layer::Public).await;
    let topic = anna.post(&format!("/spaces/{space}/topics"), &[("title", "Kept"), ("body", "The first words"), ("key", "k")]).await.path;
    (anna, topic.split('/').take(3).collect::<Vec<_>>().join("/"))
}

/// Posts `text`; whether it was taken. What was refused is refused in words, with what was typed.
async fn post(anna: &Browser, topic: &str, text: &str) -> bool {
    let answer = anna.post_plain(&format!("{topic}/posts"), &[("body", text), ("key", text.get(..40).unwrap_or(text))]).await;
    match answer.status {
        303 => true,
        503 => {
            assert!(answer.body.contains("Nothing can be saved at the moment") && answer.body.contains(text), "{}", answer.body);
            false
        }
        other => panic!("{other}: {}", answer.between("role=\"alert\"", "</ul>")),
    }
}

/// Waits until `topic` can be written again, by itself.
async fn writes_again(anna: &Browser, topic: &str) {
    for n in 0..200 {
        if post(anna, topic, &format!("well again, try {n}")).await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not recover");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_only_reads_or_is_away_comes_back_by_itself() {
    let Some(site) = TestSite::postgres().await else { return };
    let (anna, topic) = prepared(&site).await;
    let (server, name) = site.settings.database_url.rsplit_once('/').unwrap();
    let host = sea_orm::Database::connect(format!("{server}/postgres")).await.unwrap();
    let host = |sql: String| {
        let host = host.clone();
        async move { host.execute_unprepared(&sql).await.unwrap() }
    };
    let end_all = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");

    // As after a failover to a standby: connections are new, and can only read.
    host(format!("ALTER DATABASE {name} SET default_transaction_read_only = on")).await;
    host(end_all.clone()).await;
    // The first on each lost connection may find it gone.
    while post(&anna, &topic, "on a standby").await {}
    let mut reads = anna.get(&topic).await;
    for _ in 0..20 {
        if reads.status == 200 {
            break;
        }
        reads = anna.get(&topic).await;
    }
    reads.is(200).shows("The first words");
    assert!(site.site.writer.pulse().trouble().is_some());
    assert_eq!(anna.get("/ready").await.is(200).body, "reading only: nothing can be written\n");
    host(format!("ALTER DATABASE {name} RESET default_transaction_read_only")).await;
    host(end_all.clone()).await;
    writes_again(&anna, &topic).await;
    assert_eq!(site.site.writer.pulse().trouble(), None);
    assert_eq!(anna.get("/ready").await.is(200).body, "ready\n");

    // Away altogether.
    host(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await;
    host(end_all.clone()).await;
    assert!(!post(&anna, &topic, "into the void").await);
    let page = anna.get(&topic).await;
    page.is(503).shows("cannot reach its data");
    anna.get("/ready").await.is(503);
    host(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await;
    writes_again(&anna, &topic).await;
    anna.get(&topic).await.is(200).shows("The first words").hides("on a standby").hides("into the void");
    assert_eq!(anna.get("/ready").await.is(200).body, "ready\n");
}

/// A file system of 24 MB in a name space of its own, where the shell can mount one; `fill` and `free` come by its input.
const SMALL: &str = r#"
mount -t tmpfs -o size=24m small "$MOUNT" && cp -r "$FROM/." "$MOUNT/" || { echo unable; exit 3; }
"$PLENARY" serve >/dev/null 2>&1 & served=$!
echo mounted
while read word; do
    case $word in
        fill) dd if=/dev/zero of="$MOUNT/ballast" bs=4096 >/dev/null 2>&1; echo filled;;
        free) rm "$MOUNT/ballast"; echo freed;;
        verify) kill $served; wait $served; "$PLENARY" verify >/dev/null && echo whole || echo broken;;
    esac
done
kill $served 2>/dev/null
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_full_disk_writing_is_refused_and_reading_goes_on() {
    let site = TestSite::sqlite().await;
    let (anna, topic) = prepared(&site).await;
    // So many people that none of them posts too fast.
    let mut cookies = vec![anna.cookie()];
    for n in 0..20 {
        cookies.push(site.member(&format!("Member {n}")).await.cookie());
    }
    let settings = site.settings.clone();
    let mount = tempfile::tempdir().unwrap();
    let root = String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap().trim() == "0";
    let mut command = Command::new("unshare");
    command.args(if root { &["--mount"][..] } else { &["--user", "--map-root-user", "--mount"][..] }).args(["sh", "-c", SMALL]);
    command.env("MOUNT", mount.path()).env("FROM", &settings.data).env("PLENARY", env!("CARGO_BIN_EXE_plenary")).env("PLENARY_DATA", mount.path());
    let port = crate::support::free_port();
    let url = format!("http://127.0.0.1:{port}");
    command.env("PLENARY_LISTEN", format!("127.0.0.1:{port}")).env("PLENARY_BASE_URL", &url).env("RUST_LOG", "off").env_remove("PLENARY_DATABASE_URL");
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let Ok(mut shell) = started else { return skipped() };
    let (mut say, mut heard) = (shell.stdin.take().unwrap(), std::io::BufReader::new(shell.stdout.take().unwrap()));
    let mut hear = move || {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut heard, &mut line).unwrap();
        line.trim().to_owned()
    };
    if hear() != "mounted" {
        shell.wait().unwrap();
        return skipped();
    }
    let mut tell = move |word: &str| {
        writeln!(say, "{word}").unwrap();
        hear()
    };
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let people: Vec<Browser> = cookies.iter().map(|cookie| Browser::signed_in(&url, cookie.split_once('=').unwrap().1)).collect();
    let anna = &people[0];
    assert!(post(anna, &topic, "before").await);
    assert_eq!(tell("fill"), "filled");
    // What there is room for is still taken (folding the log back may make some); then nothing is. Reading always goes on.
    let mut taken = vec!["before".to_owned()];
    let mut refused: Vec<String> = Vec::new();
    for person in people.iter().cycle() {
        if refused.len() == 5 {
            break;
        }
        let text = format!("filling, number {}, {}", taken.len() + refused.len(), "and so on ".repeat(3000).trim_end());
        if post(person, &topic, &text).await {
            refused.clear();
            taken.push(text);
        } else {
            refused.push(text);
        }
        anna.get(&topic).await.is(200).shows("The first words");
        assert!(taken.len() < 400, "the disk is not full");
    }
    assert_eq!(anna.get("/ready").await.is(200).body, "reading only: nothing can be written\n");
    assert_eq!(tell("free"), "freed");
    writes_again(anna, &topic).await;
    assert!(post(&people[1], &topic, &refused[0]).await, "what was refused can be sent again");
    // Each Post that was acknowledged is there, and none twice.
    for (n, text) in taken.iter().enumerate() {
        anna.get(&format!("{topic}?at={}", n + 2)).await.shows(text);
    }
    assert_eq!(anna.get("/ready").await.is(200).body, "ready\n");
    assert_eq!(tell("verify"), "whole");
    drop(tell);
    shell.wait().unwrap();
}

/// Said past the harness, which keeps what a test prints to itself.
fn skipped() {
    let _ = writeln!(std::io::stderr(), "SKIPPED: a full disk on SQLite: this machine lets nobody mount a file system (unshare, tmpfs)");
}
