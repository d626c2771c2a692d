//! The outbox against an SMTP server with faults, and the mailbox in the browser.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chrono::TimeZone;
use plenary::clock::{Clock, Instant};
use plenary::journal::{Act, Reads, Tx};
use plenary::mail::{Address, Message, Outgoing, queue};
use plenary::settings::Settings;
use plenary::{Result, Site, values};

use crate::support::{Fault, Smtp, Start, TestSite};
use crate::{both_databases, both_databases_from};

both_databases_from!(
    a_mail_arrives_whole_and_once,
    what_is_refused_for_now_comes_later,
    what_is_refused_for_good_is_not_tried_again,
    a_line_that_breaks_after_the_text_leads_to_the_same_mail_again,
    addresses_of_examples_and_the_past_are_never_handed_over,
    killed_before_and_after_sending,
);
both_databases!(admins_read_what_was_kept_but_nobodys_links);

pub fn noon() -> Instant {
    Instant::from_utc(chrono::Utc.with_ymd_and_hms(2026, 11, 24, 11, 0, 0).unwrap())
}

/// Puts a mail into the outbox, as an act would.
pub struct Queue(pub Outgoing);

impl Act for Queue {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        queue(tx, &self.0).await.map(|_| ())
    }
}

fn mail(key: &str, to: &str) -> Outgoing {
    let message = Message {
        to: Address { name: "Anna Müller".into(), email: to.into() },
        subject: format!("Grüße, {key}"),
        language: "de".into(),
        text: "Wörter.\n.\nEin Punkt allein beendet nichts.\n".into(),
        html: "<p>Wörter</p>".into(),
        calendar: None,
        headers: vec![("List-Id".into(), "<test.localhost>".into())],
        message_id: format!("{key}@test"),
    };
    Outgoing { dedupe: key.into(), member: None, kind: "test", message, is_secret: false, send_at: None }
}

/// The row's state, attempts and last error, once it is neither waiting to be taken nor on its way.
async fn ended(site: &TestSite, key: &str, wanted: &str) -> (i64, String) {
    for _ in 0..200 {
        let rows = site.site.db.rows("SELECT state, attempts, last_error FROM outbox WHERE dedupe = $1", values![key]).await.unwrap();
        let row = rows.first().unwrap();
        let (state, attempts, error): (String, i64, Option<String>) = (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap(), row.try_get_by_index(2).unwrap());
        if state == wanted && (wanted != "waiting" || attempts > 0) {
            return (attempts, error.unwrap_or_default());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{key} did not become {wanted}");
}

async fn a_mail_arrives_whole_and_once(start: Start) {
    let smtp = Smtp::start(&[]).await;
    let site = start.site(Clock::held_at(noon()), Some(smtp.url.clone())).await;
    site.site.note(Queue(mail("one", "anna@mail.test"))).await.unwrap();
    // The same key is the same mail.
    site.site.note(Queue(mail("one", "anna@mail.test"))).await.unwrap();
    let came = smtp.wait_for(1).await;
    assert_eq!(ended(&site, "one", "sent").await, (1, String::new()));
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(smtp.came().len(), 1);
    let mail = &came[0];
    assert_eq!(mail.to, "anna@mail.test");
    for (name, value) in [("Message-ID", "<one@test>"), ("Auto-Submitted", "auto-generated"), ("Content-Language", "de"), ("List-Id", "<test.localhost>"), ("Date", "Tue, 24 Nov 2026 11:00:00 +0000")] {
        assert_eq!(mail.header(name), value, "{name}");
    }
    assert!(mail.header("Content-Type").starts_with("multipart/alternative"));
    assert!(mail.words().contains("Wörter.\r\n.\r\nEin Punkt allein"), "{}", mail.words());
}

async fn what_is_refused_for_now_comes_later(start: Start) {
    let smtp = Smtp::start(&[Fault::Temporary, Fault::GoesAway]).await;
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), Some(smtp.url.clone())).await;
    site.site.note(Queue(mail("grey", "anna@mail.test"))).await.unwrap();
    let (attempts, error) = ended(&site, "grey", "waiting").await;
    assert_eq!(attempts, 1);
    assert!(error.contains("try again"), "{error}");
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(smtp.came().len(), 1, "not before its pause is over");
    clock.set(noon().plus(chrono::Duration::seconds(61)));
    for _ in 0..200 {
        if ended(&site, "grey", "waiting").await.0 == 2 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    // Away for a day: still there.
    clock.set(noon().plus(chrono::Duration::hours(25)));
    let came = smtp.wait_for(2).await;
    assert_eq!(ended(&site, "grey", "sent").await.0, 3);
    assert_eq!(came[0].text, came[1].text, "the same mail to the last byte");
}

async fn what_is_refused_for_good_is_not_tried_again(start: Start) {
    let smtp = Smtp::start(&[Fault::Permanent]).await;
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), Some(smtp.url.clone())).await;
    let admin = site.admin("Nora Feeney").await;
    site.site.note(Queue(mail("gone", "nobody@mail.test"))).await.unwrap();
    let (attempts, error) = ended(&site, "gone", "failed").await;
    assert_eq!(attempts, 1);
    assert!(error.contains("no such person"), "{error}");
    clock.set(noon().plus(chrono::Duration::hours(20)));
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert!(smtp.came().is_empty());
    admin.get("/mail").await.is(200).shows("no such person").shows("failed");
}

async fn a_line_that_breaks_after_the_text_leads_to_the_same_mail_again(start: Start) {
    let smtp = Smtp::start(&[Fault::DropAfterData]).await;
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), Some(smtp.url.clone())).await;
    site.site.note(Queue(mail("doubt", "anna@mail.test"))).await.unwrap();
    let (_, error) = ended(&site, "doubt", "waiting").await;
    assert!(error.contains("may have accepted"), "{error}");
    clock.set(noon().plus(chrono::Duration::minutes(2)));
    let came = smtp.wait_for(2).await;
    ended(&site, "doubt", "sent").await;
    assert_eq!(came[0].header("Message-ID"), came[1].header("Message-ID"));
    assert_eq!(smtp.came().len(), 2);
}

async fn addresses_of_examples_and_the_past_are_never_handed_over(start: Start) {
    let smtp = Smtp::start(&[]).await;
    let site = start.site(Clock::held_at(noon()), Some(smtp.url.clone())).await;
    site.site.note(Queue(mail("example", "anna@graz.example"))).await.unwrap();
    let past = Outgoing { send_at: Some(noon().minus(chrono::Duration::days(2))), ..mail("past", "anna@mail.test") };
    site.site.note(Queue(past)).await.unwrap();
    ended(&site, "example", "kept").await;
    ended(&site, "past", "kept").await;
    assert!(smtp.came().is_empty());
}

async fn admins_read_what_was_kept_but_nobodys_links(site: TestSite) {
    let (admin, member) = (site.admin("Nora Feeney").await, site.member("Anna Moser").await);
    site.visitor().post("/register", &[("name", "Eva Novak"), ("email", "eva@graz.example"), ("password", "a long password")]).await.is(200);
    site.site.note(Queue(mail("kept", "anna@graz.example"))).await.unwrap();
    ended(&site, "kept", "kept").await;
    member.get("/mail").await.is(404);
    let listed = admin.get("/mail?format=json").await;
    let mails: serde_json::Value = serde_json::from_str(&listed.body).unwrap();
    assert_eq!(mails.as_array().unwrap().len(), 1, "{mails}");
    assert_eq!((&mails[0]["to"], &mails[0]["subject"]), (&"anna@graz.example".into(), &"Grüße, kept".into()));
    let id = mails[0]["id"].as_i64().unwrap();
    admin.get(&format!("/mail/{id}")).await.is(200).shows("Ein Punkt allein").shows("<iframe class=\"mail-frame\" sandbox").shows("<dd>Grüße, kept</dd>").hides("=?utf-8?");
    admin.post("/language", &[("language", "fr"), ("back", "/")]).await.is(200);
    admin.get(&format!("/mail/{id}")).await.shows("<dt>De</dt>").shows("<dt>À</dt><dd>");
    let html = admin.get(&format!("/mail/{id}/html")).await;
    html.is(200).shows("<p>Wörter</p>");
    let policy = html.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline';"), "{policy}");
    let raw = admin.get(&format!("/mail/{id}.eml")).await;
    raw.is(200).shows("Message-ID: <kept@test>");
    assert_eq!(raw.headers["content-type"], "message/rfc822");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_the_demo_everybody_reads_everything() {
    let site = TestSite::demo().await;
    let visitor = site.visitor();
    visitor.post("/register", &[("name", "Eva Novak"), ("email", "eva@graz.example"), ("password", "a long password")]).await.is(200);
    let mails: serde_json::Value = serde_json::from_str(&visitor.get("/mail?format=json").await.body).unwrap();
    let page = visitor.get(&format!("/mail/{}", mails[0]["id"])).await;
    let link = page.is(200).between(&format!("<a href=\"{}", site.url), "\"");
    assert!(link.starts_with("/confirm/"), "{link}");
    visitor.get(&link).await.is(200);
}

/// As if the lease of a dead holder had run out.
struct RunOut;

impl Act for RunOut {
    type Answer = u64;

    async fn run(&self, tx: &Tx) -> Result<u64> {
        tx.write("UPDATE outbox SET leased_until = 1 WHERE state = 'sending'", vec![]).await
    }
}

/// The one window in which SMTP itself cannot tell: accepted, and the program died before it could note that. The mail goes
/// again with the same Message-ID. Killed before anything was sent, it goes once.
async fn killed_before_and_after_sending(start: Start) {
    let site = start.site(Clock::System, None).await;
    let settings = site.settings.clone();
    site.site.clone().close().await;
    for (point, copies) in [("mail_before_send", 1), ("mail_after_send", 2)] {
        let smtp = Smtp::start(&[]).await;
        let still = Site::open(settings.clone(), Clock::System).await.unwrap();
        still.note(Queue(mail(point, "anna@mail.test"))).await.unwrap();
        still.close().await;
        let mut child = serve(&settings, &smtp, Some(point));
        tokio::task::spawn_blocking(move || child.wait().unwrap()).await.unwrap();
        let still = Site::open(settings.clone(), Clock::System).await.unwrap();
        assert_eq!(still.note(RunOut).await.unwrap(), 1, "{point}: it was claimed when the program died");
        still.close().await;
        let mut child = serve(&settings, &smtp, None);
        let came = smtp.wait_for(copies).await;
        tokio::time::sleep(Duration::from_millis(1500)).await;
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(smtp.came().len(), copies, "{point}");
        assert!(came.iter().all(|one| one.text == came[0].text && one.header("Message-ID") == format!("<{point}@test>")));
    }
}

fn serve(settings: &Settings, smtp: &Smtp, crash_at: Option<&str>) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    command
        .arg("serve")
        .env("PLENARY_LISTEN", "127.0.0.1:0")
        .env("PLENARY_DATA", &settings.data)
        .env("PLENARY_DATABASE_URL", &settings.database_url)
        .env("PLENARY_SMTP_URL", &smtp.url)
        .env("RUST_LOG", "off")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Some(point) = crash_at {
        command.env("PLENARY_TEST_CRASH_AT", point);
    }
    #[allow(clippy::zombie_processes, reason = "every caller waits for it")]
    command.spawn().unwrap()
}
