//! The program as a host starts and stops it.

use std::process::{Command, Output, Stdio};
use std::time::Duration;

use futures_util::StreamExt;
use plenary::journal::Reads;
use plenary::people::Role;
use plenary::people::rights::Layer;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Socket, TestSite};

fn plenary(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let data = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    command.args(arguments).env("PLENARY_DATA", data.path()).env("RUST_LOG", "off");
    for (name, value) in environment {
        command.env(name, value);
    }
    command.output().unwrap()
}

fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn wrong_settings_stop_it_with_words_that_show_a_valid_value() {
    for (name, value) in [("PLENARY_LISTEN", "somewhere"), ("PLENARY_DATABASE_URL", "mysql://x"), ("PLENARY_BASE_URL", "plenary.example.org")] {
        for command in ["serve", "check", "migrate"] {
            let output = plenary(&[command], &[(name, value)]);
            assert!(!output.status.success(), "{command} with {name}={value}");
            let said = words(&output);
            assert!(said.contains(name) && said.contains("for example: "), "{said}");
        }
    }
    let output = plenary(&["check"], &[]);
    assert!(output.status.success(), "{}", words(&output));
    assert!(words(&output).contains("settings: well"));
    let output = plenary(&["check", "--mail-to", "host@testnet.org"], &[]);
    assert!(!output.status.success() && words(&output).contains("mail to host@testnet.org: No server is set"), "{}", words(&output));
    let output = plenary(&["demo", "--port", "0"], &[("PLENARY_LISTEN", "0.0.0.0:0")]);
    assert!(!output.status.success());
    assert!(words(&output).contains("listens on this machine alone"), "{}", words(&output));
}

#[test]
fn routes_are_printed_from_the_real_table() {
    let output = plenary(&["routes", "--json"], &[]);
    let routes: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let reply = routes.as_array().unwrap().iter().find(|route| route["path"] == "/topics/{id}/posts").unwrap();
    assert_eq!((reply["method"].as_str(), reply["who"].as_str()), (Some("POST"), Some("member")));
    assert!(!routes.to_string().contains("/demo/as"), "the demo's door is not in the product's table");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopping_server_tells_sockets_to_come_back_and_they_miss_nothing() {
    let prepared = TestSite::sqlite().await;
    let member = prepared.add("Anna Moser", Role::Member, false).await;
    let space = prepared.space("Open square", Layer::Public).await;
    let mut anna = prepared.browser_of(member).await;
    let key = anna.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let topic = anna.post(&format!("/spaces/{space}/topics"), &[("title", "T"), ("body", "First"), ("key", &key)]).await.path;
    let topic = topic.split('/').take(3).collect::<Vec<_>>().join("/");
    let start = |port: u16| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.arg("serve").env("PLENARY_LISTEN", format!("127.0.0.1:{port}")).env("PLENARY_DATA", &prepared.settings.data);
        command.env("PLENARY_DATABASE_URL", &prepared.settings.database_url).env("RUST_LOG", "off").stdout(Stdio::null());
        command.spawn().unwrap()
    };
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    anna.url = format!("http://127.0.0.1:{port}");
    let up = || async {
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let mut first = start(port);
    up().await;
    let page = anna.get(&topic).await;
    let mut socket = Socket::open(&anna).await;
    socket.hello(&page).await;
    anna.post(&format!("{topic}/posts"), &[("body", "before the restart"), ("key", "1")]).await.is(200);
    let room = page.between("data-rooms=\"", "=");
    let seen = socket.next_of(&room).await["n"].as_str().unwrap().to_owned();
    let pid = first.id().to_string();
    Command::new("kill").args(["-TERM", &pid]).status().unwrap();
    let closed = loop {
        match tokio::time::timeout(Duration::from_secs(10), socket.0.next()).await.unwrap() {
            Some(Ok(Message::Close(frame))) => break frame.unwrap(),
            Some(Ok(_)) => {}
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((u16::from(closed.code), closed.reason.as_str()), (1001, "resume"));
    assert!(first.wait().unwrap().success(), "a clean end");
    let mut second = start(port);
    up().await;
    anna.post(&format!("{topic}/posts"), &[("body", "after the restart"), ("key", "2")]).await.is(200);
    let epoch = page.between("data-epoch=\"", "\"");
    let mut socket = Socket::open(&anna).await;
    socket.say(serde_json::json!({ "hello": { "epoch": epoch, "rooms": { room.clone(): seen } } })).await;
    let message = socket.next_of(&room).await;
    let text = message.to_string();
    assert!(text.contains("after the restart") && !text.contains("before the restart"), "{text}");
    second.kill().unwrap();
    second.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_kept_for_a_time_only_goes_when_it_is_over() {
    use plenary::clock::{Clock, Instant};
    let clock = Clock::held_at(Instant::from_micros(1_790_000_000_000_000));
    let site = TestSite::sqlite_at(clock.clone()).await;
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = anna.post(&format!("/spaces/{space}/topics"), &[("title", "T"), ("body", "First"), ("key", "k")]).await.path;
    let page = ben.get(&topic).await;
    let count = |sql: &'static str| {
        let db = site.site.db.clone();
        async move { db.value::<i64>(sql, vec![]).await.unwrap().unwrap() }
    };
    assert!(count("SELECT count(*) FROM journal WHERE kind = 'forum.topic_read'").await > 0);
    clock.set(site.site.now().plus(chrono::Duration::hours(30)));
    plenary::host::tidy_once(&site.site).await.unwrap();
    assert_eq!(count("SELECT count(*) FROM journal WHERE kind = 'forum.topic_read'").await, 0);
    assert_eq!(count("SELECT count(*) FROM form_key").await, 1);
    // Whoever stands before the floor is told to load anew; who comes with the page's new number is not.
    let room = page.between(" member:", "\"");
    let reset = ben.get(&format!("/live?rooms=member:{}=0", room.split('=').next().unwrap())).await;
    reset.shows("\"reset\":true");
    let fresh = ben.get(&topic).await.between(" member:", "\"");
    ben.get(&format!("/live?rooms=member:{fresh}")).await.hides("reset");
    clock.set(site.site.now().plus(chrono::Duration::days(61)));
    plenary::host::tidy_once(&site.site).await.unwrap();
    assert_eq!(count("SELECT count(*) FROM form_key").await, 0);
    assert_eq!(count("SELECT count(*) FROM session").await, 0);
    ben.get("/settings").await.shows("Sign in");
}
