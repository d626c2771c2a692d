//! What a host observes: health, readiness, figures, the log; and how the program ends.

use std::io::Read;
use std::time::Duration;

use plenary::people::Role;
use plenary::people::rights::Layer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::both_databases;
use crate::support::{Browser, Program, TestSite, free_port};

both_databases!(figures_count_what_happens_and_name_nobody, the_log_has_the_number_of_a_request_and_nobodys_name);

/// The value of one line of the figures.
fn figure(text: &str, name: &str) -> f64 {
    let line = text.lines().find(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(' ')));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).rsplit(' ').next().unwrap().parse().unwrap()
}

async fn figures_count_what_happens_and_name_nobody(site: TestSite) {
    let anna = site.add("Anna Moser", Role::Member, false).await;
    let anna = site.browser_of(anna).await;
    let space = site.space("Open square", Layer::Public).await;
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let program = Program::serve(&site.settings, &[("PLENARY_METRICS_LISTEN", &listen)]).await;
    let beside = Browser::new(&format!("http://{listen}"));
    let member = Browser::signed_in(&program.url, anna.cookie().split_once('=').unwrap().1);
    let before = beside.get("/metrics").await.is(200).body.clone();
    let topic = member.post(&format!("/spaces/{space}/topics"), &[("title", "T"), ("body", "Words of Anna"), ("key", "k")]).await.is(200).path.clone();
    member.get(&topic).await.is(200);
    member.request("PROPFIND", "/", &[("origin", &program.url)], "").await;
    let after = beside.get("/metrics").await.is(200).body.clone();
    assert!(after.ends_with("# EOF\n"), "OpenMetrics ends so");
    assert_eq!(figure(&after, r#"plenary_http_answers_total{method="POST",route="/spaces/{id}/topics",status="303"}"#), 1.0);
    assert_eq!(figure(&after, r#"plenary_http_answer_seconds_count{method="POST",route="/spaces/{id}/topics"}"#), 1.0);
    assert!(after.contains(r#"method="other""#) && !after.contains("PROPFIND"), "a stranger's words are no label");
    assert!(figure(&after, "plenary_journal_entry") > figure(&before, "plenary_journal_entry"));
    assert!(figure(&after, "plenary_writer_acts_total") > figure(&before, "plenary_writer_acts_total"));
    assert_eq!((figure(&after, "plenary_writer_refuses"), figure(&after, "plenary_database_readable")), (0.0, 1.0));
    assert_eq!(figure(&after, r#"plenary_mails{state="failed"}"#), 0.0);
    for secret in ["anna", "Anna", "people.example", "Words"] {
        assert!(!after.contains(secret), "{secret} in {after}");
    }
    member.get("/metrics").await.is(404);
    assert_eq!(member.get("/ready").await.is(200).body, "ready\n");
    assert_eq!(member.get("/health").await.is(200).body, "well\n");
}

async fn the_log_has_the_number_of_a_request_and_nobodys_name(site: TestSite) {
    let anna = site.member("Anna Moser").await;
    let settings = [("PLENARY_LOG_FORMAT", "json"), ("RUST_LOG", "plenary=trace"), ("PLENARY_TRUSTED_PROXIES", "127.0.0.1")];
    let mut program = Program::serve(&site.settings, &settings).await;
    let member = Browser::signed_in(&program.url, anna.cookie().split_once('=').unwrap().1);
    let own = member.get("/people/anna-moser?about=Anna").await.is(200).headers["x-request-id"].to_str().unwrap().to_owned();
    let given = [("x-request-id", "proxy-0017"), ("origin", program.url.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    let answer = member.request("POST", "/sign-in/link", &given, "email=anna-moser%40people.example").await;
    assert_eq!(answer.headers["x-request-id"], "proxy-0017");
    program.signal("TERM");
    assert!(program.ended().await.success());
    let mut log = String::new();
    program.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}"))).collect();
    for (number, route) in [(own.as_str(), "/people/{handle}"), ("proxy-0017", "/sign-in/link")] {
        let line = lines.iter().find(|line| line["span"]["id"] == number && !line["fields"]["route"].is_null()).unwrap_or_else(|| panic!("no line of {number} in {log}"));
        assert_eq!(line["fields"]["route"], route);
    }
    for name in ["anna", "Anna", "people.example"] {
        assert!(!log.contains(name), "{name} in {log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_under_way_is_finished_before_the_end_and_a_second_signal_ends_at_once() {
    let site = TestSite::sqlite().await;
    let member = site.add("Anna Moser", Role::Member, false).await;
    let anna = site.browser_of(member).await;
    let space = site.space("Open square", Layer::Public).await;
    let topic = anna.post(&format!("/spaces/{space}/topics"), &[("title", "T"), ("body", "First"), ("key", "k")]).await.path;
    let topic = topic.split('/').take(3).collect::<Vec<_>>().join("/");
    // Half a form is on its way when the signal comes.
    let half = |program: &Program| {
        let (port, url, cookie, topic) = (program.port, program.url.clone(), anna.cookie(), topic.clone());
        async move {
            let mut line = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.unwrap();
            let head = format!(
                "POST {topic}/posts HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {url}\r\nCookie: {cookie}\r\nConnection: close\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n\r\nbody=Said"
            );
            line.write_all(head.as_bytes()).await.unwrap();
            line
        }
    };
    let mut program = Program::serve(&site.settings, &[]).await;
    let mut line = half(&program).await;
    // It is being answered once a later one on another line is.
    Browser::new(&program.url).get("/health").await.is(200);
    program.signal("TERM");
    program.is_closed().await;
    line.write_all(b"+at+the+end&key=1").await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(program.ended().await.success());

    let mut program = Program::serve(&site.settings, &[]).await;
    Browser::signed_in(&program.url, anna.cookie().split_once('=').unwrap().1).get(&topic).await.shows("Said at the end");
    let _line = half(&program).await;
    Browser::new(&program.url).get("/health").await.is(200);
    program.signal("TERM");
    program.is_closed().await;
    assert!(program.child.try_wait().unwrap().is_none(), "it waits for the request");
    let asked = std::time::Instant::now();
    program.signal("TERM");
    assert_eq!(program.ended().await.code(), Some(130));
    assert!(asked.elapsed() < Duration::from_secs(5), "at once, not after the ten seconds that requests are given");
}
