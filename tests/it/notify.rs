//! What waits for people, what is mailed at once, and digests: told to whom it concerns, once, and never to anybody else.

use std::time::Duration;

use chrono::TimeZone;
use plenary::clock::{Clock, Instant};
use plenary::journal::Reads;
use plenary::people::rights::Layer;
use plenary::people::{AddMember, Language, MemberId, Role};
use plenary::values;

use crate::mail::noon;
use crate::support::{Browser, Smtp, Socket, Start, TestSite};
use crate::{both_databases, both_databases_from};

both_databases!(a_reply_waits_in_the_other_browser, reading_the_post_clears_what_waited, a_mention_is_told_once_and_only_to_readers, a_name_in_a_post_leads_to_its_page, links_in_mails_stop_and_choose_without_signing_in);
both_databases_from!(mail_at_once_is_held_back_and_dropped_when_read, what_may_no_longer_be_seen_is_not_sent, a_digest_comes_once_a_day_with_what_is_new, a_sleep_of_three_days_gives_one, a_digest_goes_out_by_smtp);

async fn topic(by: &Browser, space: impl std::fmt::Display, title: &str, body: &str) -> String {
    let key = by.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let answer = by.post_plain(&format!("/spaces/{space}/topics"), &[("title", title), ("body", body), ("key", &key)]).await;
    answer.is(303);
    answer.headers["location"].to_str().unwrap().split('/').nth(2).unwrap().to_owned()
}

/// Replies without opening the page, so that nothing is read on the way.
async fn reply(by: &Browser, topic: &str, text: &str) -> String {
    let answer = by.post_plain(&format!("/topics/{topic}/posts"), &[("body", text), ("key", &plenary::secret::token())]).await;
    answer.is(303);
    answer.headers["location"].to_str().unwrap().to_owned()
}

/// Waits until a page shows a text.
async fn until_shows(browser: &Browser, path: &str, text: &str) {
    for _ in 0..200 {
        if browser.get(path).await.body.contains(text) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    browser.get(path).await.shows(text);
}

/// The mails of a kind: state and what they say, oldest first, once none of them is due or on its way.
async fn mails(site: &TestSite, kind: &str) -> Vec<(String, String)> {
    site.settled().await;
    for _ in 0..200 {
        let due = "SELECT id FROM outbox WHERE state = 'sending' OR (state = 'waiting' AND send_at <= $1) LIMIT 1";
        let plan = "SELECT member FROM digest_plan WHERE next_at <= $1 LIMIT 1";
        let now = site.site.now();
        let is_due = site.site.db.value::<i64>(due, values![now]).await.unwrap().or(site.site.db.value::<i64>(plan, values![now]).await.unwrap());
        if is_due.is_none() {
            let rows = site.site.db.rows("SELECT state, message FROM outbox WHERE kind = $1 ORDER BY id", values![kind]).await.unwrap();
            return rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("mails do not come to rest");
}

async fn a_reply_waits_in_the_other_browser(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = topic(&anna, space, "Benches", "Where are they?").await;
    let page = anna.get("/").await;
    page.shows("<span class=\"count\" aria-hidden=\"true\" id=\"waiting\" hidden>0</span>");
    let room = page.between("data-rooms=\"", "\"").split(' ').filter_map(|room| room.split_once('=')).map(|(room, _)| room.to_owned()).find(|room| room.starts_with("member:")).unwrap();
    let mut socket = Socket::open(&anna).await;
    socket.hello(&page).await;
    reply(&ben, &topic, "They are gone since Monday").await;
    let things = loop {
        let message = socket.next_of(&room).await;
        let things = message["things"].as_array().unwrap().clone();
        if things.iter().any(|thing| thing["id"].as_str().unwrap().starts_with('n')) {
            break things;
        }
    };
    let bell = things.iter().find(|thing| thing["id"] == "bell").unwrap()["html"].as_str().unwrap();
    assert!(bell.contains("<span class=\"count\" aria-hidden=\"true\" id=\"waiting\">1</span><span class=\"seen-only-by-readers\">One thing waits for you</span>"), "{bell}");
    let notice = things.iter().find(|thing| thing["list"] == "notices").unwrap()["html"].as_str().unwrap();
    assert!(notice.contains("Ben Okoro answered you") && notice.contains("They are gone since Monday"), "{notice}");
    // A reload shows the same.
    let fresh = anna.get("/waiting").await;
    fresh.shows(notice.trim()).shows(bell.trim());
    // Opening it goes to the Post, and it no longer waits.
    let id = fresh.between("action=\"/waiting/", "\"").clone();
    let id = if id == "read" { fresh.body.split("action=\"/waiting/").nth(2).unwrap().split('"').next().unwrap().to_owned() } else { id };
    let opened = anna.post_plain(&format!("/waiting/{id}"), &[]).await;
    assert!(opened.headers["location"].to_str().unwrap().contains("post=2#p2"));
    anna.get("/waiting").await.shows("id=\"waiting\" hidden>0<").hides("gone since Monday");
    // Nobody is told of what they did themselves.
    reply(&anna, &topic, "I see").await;
    site.settled().await;
    anna.get("/waiting").await.shows("id=\"waiting\" hidden>0<");
}

async fn reading_the_post_clears_what_waited(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = topic(&anna, space, "Benches", "Where are they?").await;
    reply(&ben, &topic, "One").await;
    let second = reply(&ben, &topic, "Two").await;
    until_shows(&anna, "/settings", "id=\"waiting\">2<").await;
    anna.post_plain(&format!("/topics/{topic}/read"), &[("numbers", "2")]).await.is(204);
    let page = anna.get("/").await;
    page.shows("id=\"waiting\">1<");
    let room = page.between("data-rooms=\"", "\"").split(' ').filter_map(|room| room.split_once('=')).map(|(room, _)| room.to_owned()).find(|room| room.starts_with("member:")).unwrap();
    let mut socket = Socket::open(&anna).await;
    socket.hello(&page).await;
    // Deleted: it waits no more, though nothing was marked. Pages that are open hear so.
    let html = ben.get(&second).await;
    let id = html.body.split("action=\"/posts/").filter_map(|part| part.split_once("/delete\"")).map(|(id, _)| id.rsplit('/').next().unwrap().to_owned()).last().unwrap();
    ben.post(&format!("/posts/{id}/delete"), &[]).await.is(200);
    anna.get("/settings").await.shows("id=\"waiting\" hidden>0<");
    let gone = socket.next_of(&room).await["things"].clone();
    assert!(gone.as_array().unwrap().iter().any(|thing| thing["gone"] == true), "{gone}");
    assert!(gone.to_string().contains("id=\\\"waiting\\\" hidden>0<"), "{gone}");
    ben.post(&format!("/posts/{id}/restore"), &[]).await.is(200);
    anna.get("/settings").await.shows("id=\"waiting\">1<");
    let back = socket.next_of(&room).await["things"].to_string();
    assert!(back.contains("id=\\\"waiting\\\">1<") && back.contains("Ben Okoro answered you"), "{back}");
    anna.post("/waiting/read", &[]).await.is(200).shows("id=\"waiting\" hidden>0<");
}

async fn a_mention_is_told_once_and_only_to_readers(site: TestSite) {
    let space = site.space("Among us", Layer::Practitioners).await;
    let (anna, ben, eve) = (site.practitioner("Anna Moser").await, site.practitioner("Ben Okoro").await, site.member("Eve Novak").await);
    let topic = topic(&anna, space, "A hidden matter", "For us alone, @eve-novak").await;
    reply(&ben, &topic, "@anna-moser @anna-moser, and `@ben-okoro`, and @eve-novak").await;
    until_shows(&anna, "/waiting", "Ben Okoro mentioned you").await;
    anna.get("/waiting").await.shows("id=\"waiting\">1<").hides("answered you");
    eve.get("/waiting").await.shows("id=\"waiting\" hidden>0<").hides("hidden matter");
    let rows = site.site.db.rows("SELECT member FROM notification", vec![]).await.unwrap();
    assert_eq!(rows.len(), 1, "one notice, whoever was named");
    let mails: Vec<String> = site.site.db.column("SELECT message FROM outbox WHERE recipient = 'eve-novak@people.example'", vec![]).await.unwrap();
    assert!(mails.is_empty(), "{mails:?}");
}

async fn a_name_in_a_post_leads_to_its_page(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = topic(&anna, space, "Benches", "Where are they, @Ben-Okoro and @nobody-here?").await;
    let link = "<a href=\"/people/ben-okoro\" rel=\"nofollow noopener ugc\">@Ben-Okoro</a> and @nobody-here?";
    let page = format!("/topics/{topic}");
    // The same for everybody; a Visitor is asked there to sign in.
    for who in [&anna, &ben, &site.visitor()] {
        who.get(&page).await.is(200).shows(link);
    }
    assert_eq!(site.visitor().get("/people/ben-okoro").await.path, "/sign-in?next=/people/ben-okoro");
    // A preview shows the same, and so does what was changed.
    ben.post("/preview", &[("body", "Ask @anna-moser")]).await.is(200).shows("<a href=\"/people/anna-moser\"");
    let reply = reply(&ben, &topic, "In the depot").await;
    let id = ben.get(&reply).await.body.split("href=\"/posts/").filter_map(|part| part.split_once("/edit\"")).map(|(id, _)| id.to_owned()).last().unwrap();
    let version = ben.get(&format!("/posts/{id}/edit")).await.input("version");
    ben.post(&format!("/posts/{id}/edit"), &[("body", "In the depot, says @anna-moser"), ("version", &version)]).await.is(200).shows("<a href=\"/people/anna-moser\"");
    // Code stays code.
    ben.post("/preview", &[("body", "`@anna-moser`")]).await.hides("/people/anna-moser");
}

async fn mail_at_once_is_held_back_and_dropped_when_read(start: Start) {
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), None).await;
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = topic(&anna, space, "Benches", "Where are they?").await;
    reply(&ben, &topic, "Read before it is sent").await;
    let second = reply(&ben, &topic, "First words").await;
    site.settled().await;
    anna.post_plain(&format!("/topics/{topic}/read"), &[("numbers", "2")]).await.is(204);
    let page = ben.get(&second).await;
    let id = page.body.split("href=\"/posts/").filter_map(|part| part.split_once("/edit\"")).map(|(id, _)| id.to_owned()).last().unwrap();
    let version = ben.get(&format!("/posts/{id}/edit")).await.input("version");
    ben.post(&format!("/posts/{id}/edit"), &[("body", "Better words"), ("version", &version)]).await.is(200);
    assert!(mails(&site, "notice").await.iter().all(|(state, _)| state == "waiting"));
    clock.set(noon().plus(chrono::Duration::seconds(121)));
    let sent = mails(&site, "notice").await;
    assert_eq!(sent.iter().map(|(state, _)| state.as_str()).collect::<Vec<_>>(), ["dropped", "kept"]);
    assert!(sent[1].1.contains("Better words") && !sent[1].1.contains("First words"), "{}", sent[1].1);
    assert!(sent[1].1.contains("List-Unsubscribe-Post"));
    // Switched off: nothing more.
    anna.post("/settings/mail", &[("kind", "weekly"), ("weekday", "1"), ("hour", "8")]).await.is(200).shows("Saved.");
    reply(&ben, &topic, "Third").await;
    assert_eq!(mails(&site, "notice").await.len(), 2);
}

async fn what_may_no_longer_be_seen_is_not_sent(start: Start) {
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), None).await;
    let space = site.space("Among us", Layer::Practitioners).await;
    let (anna, ben, admin) = (site.practitioner("Anna Moser").await, site.practitioner("Ben Okoro").await, site.admin("Nora Feeney").await);
    anna.post("/settings/mail", &[("kind", "daily"), ("weekday", "1"), ("hour", "8"), ("immediate", "on")]).await.is(200);
    let topic = topic(&anna, space, "A hidden matter", "For us").await;
    reply(&ben, &topic, "A secret").await;
    site.settled().await;
    anna.get("/settings").await.shows("id=\"waiting\">1<");
    anna.get("/settings/mail/preview").await.shows("Ben Okoro answered you");
    admin.post("/admin/people/anna-moser/practitioner", &[("confirm", "no")]).await.is(200);
    clock.set(noon().plus(chrono::Duration::minutes(3)));
    assert_eq!(mails(&site, "notice").await[0].0, "dropped");
    anna.get("/settings").await.shows("id=\"waiting\" hidden>0<");
    anna.get("/waiting").await.hides("hidden matter");
    anna.get("/settings/mail/preview").await.hides("hidden matter").hides("A secret");
    clock.set(noon().plus(chrono::Duration::hours(21)));
    assert!(mails(&site, "digest").await.is_empty());
}

async fn a_digest_comes_once_a_day_with_what_is_new(start: Start) {
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), None).await;
    let (open, hidden) = (site.space("Open square", Layer::Public).await, site.space("Among us", Layer::Practitioners).await);
    let (anna, ben) = (site.member("Anna Moser").await, site.practitioner("Ben Okoro").await);
    anna.post("/settings/mail", &[("kind", "daily"), ("weekday", "1"), ("hour", "8")]).await.shows("Wednesday 25 November 2026, 08:00 CET");
    let benches = topic(&anna, open, "Benches in the park", "Where are they?").await;
    reply(&ben, &benches, "In the depot, says the city").await;
    topic(&ben, open, "Night shelters", "Who knows how many beds there are?").await;
    topic(&ben, hidden, "A hidden matter", "Not for everybody").await;
    let read = topic(&ben, open, "Seen already", "Anna has read this").await;
    anna.post_plain(&format!("/topics/{read}/read"), &[("numbers", "1")]).await.is(204);
    site.settled().await;
    let preview = anna.get("/settings/mail/preview").await;
    preview.shows("In the depot").shows("Night shelters").hides("hidden matter").hides("Seen already");
    assert!(mails(&site, "digest").await.is_empty());
    let eight = Instant::from_utc(chrono::Utc.with_ymd_and_hms(2026, 11, 25, 7, 0, 0).unwrap());
    clock.set(eight);
    let sent = mails(&site, "digest").await;
    let of_anna: Vec<&(String, String)> = sent.iter().filter(|(_, message)| message.contains("anna-moser@people.example")).collect();
    assert_eq!(of_anna.len(), 1, "{sent:?}");
    let message: plenary::mail::Message = serde_json::from_str(&of_anna[0].1).unwrap();
    assert_eq!(message.subject, "Ben Okoro answered you, and one thing more");
    for part in ["In the depot, says the city", "Night shelters", "Open square · one new post by one person", "a new topic in a Space you can read", "/unsubscribe/", "/mail-choice/"] {
        assert!(message.text.contains(part), "{part} in {}", message.text);
        assert!(message.html.contains(part), "{part} in {}", message.html);
    }
    for part in ["hidden matter", "Not for everybody", "Seen already"] {
        assert!(!message.text.contains(part) && !message.html.contains(part), "{part}");
    }
    assert!(message.html.len() < 100_000);
    // The same date never gives a second: not when time goes on, not when it goes back, not by another hour, not in another zone.
    clock.set(eight.plus(chrono::Duration::hours(3)));
    assert_eq!(mails(&site, "digest").await.len(), 1);
    clock.set(eight.minus(chrono::Duration::hours(1)));
    clock.set(eight.plus(chrono::Duration::minutes(1)));
    assert_eq!(mails(&site, "digest").await.len(), 1);
    anna.post("/settings/mail", &[("kind", "daily"), ("weekday", "1"), ("hour", "12")]).await.is(200);
    anna.post("/settings", &[("name", "Anna Moser"), ("language", "fr"), ("zone", "America/New_York"), ("theme", "system")]).await.is(200);
    clock.set(eight.plus(chrono::Duration::hours(15)));
    assert_eq!(mails(&site, "digest").await.len(), 1);
    // The next day nothing is new: none comes. The day after, something is, in the language she has now.
    clock.set(eight.plus(chrono::Duration::days(1) + chrono::Duration::hours(12)));
    let unread: Vec<i64> = (1..=2).collect();
    anna.post_plain(&format!("/topics/{benches}/read"), &[("numbers", &format!("{unread:?}").replace(['[', ']', ' '], ""))]).await.is(204);
    let count = mails(&site, "digest").await.len();
    reply(&ben, &benches, "They come back in May").await;
    clock.set(eight.plus(chrono::Duration::days(3) + chrono::Duration::hours(12)));
    let sent = mails(&site, "digest").await;
    assert_eq!(sent.len(), count + 1);
    let message: plenary::mail::Message = serde_json::from_str(&sent.last().unwrap().1).unwrap();
    assert!(message.text.contains("They come back in May") && message.text.contains("Ben Okoro vous a répondu"), "{}", message.text);
    assert!(!message.text.contains("In the depot"));
}

async fn a_sleep_of_three_days_gives_one(start: Start) {
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), None).await;
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    anna.post("/settings/mail", &[("kind", "daily"), ("weekday", "1"), ("hour", "8")]).await.is(200);
    topic(&ben, space, "Night shelters", "Who knows?").await;
    site.settled().await;
    clock.set(noon().plus(chrono::Duration::days(3)));
    assert_eq!(mails(&site, "digest").await.len(), 1);
    let dates: Vec<String> = site.site.db.column("SELECT local_date FROM digest", vec![]).await.unwrap();
    assert_eq!(dates, ["2026-11-27"]);
    // A year ahead and back again: no storm, and the plan is near again.
    clock.set(noon().plus(chrono::Duration::days(365)));
    mails(&site, "digest").await;
    clock.set(noon().plus(chrono::Duration::days(4)));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    let next: Instant = site.site.db.value("SELECT next_at FROM digest_plan p JOIN member m ON m.id = p.member WHERE m.handle = 'anna-moser'", vec![]).await.unwrap().unwrap();
    assert!(next.since(noon()).num_days() < 6, "{next:?}");
    assert!(mails(&site, "digest").await.len() <= 2);
}

async fn a_digest_goes_out_by_smtp(start: Start) {
    let smtp = Smtp::start(&[]).await;
    let clock = Clock::held_at(noon());
    let site = start.site(clock.clone(), Some(smtp.url.clone())).await;
    let space = site.space("Open square", Layer::Public).await;
    let act = AddMember {
        handle: Some("carla".into()),
        name: "Carla Ruiz".into(),
        email: "carla@mail.test".into(),
        password_hash: None,
        language: Language::Fr,
        zone: chrono_tz::Europe::Madrid,
        about: String::new(),
        role: Role::Member,
        is_practitioner: false,
        organisation: None,
    };
    let id: MemberId = site.site.write(act).await.unwrap();
    let (carla, ben) = (site.browser_of(id).await, site.member("Ben Okoro").await);
    let benches = topic(&carla, space, "Benches", "Where are they?").await;
    reply(&ben, &benches, "In the depot").await;
    site.settled().await;
    // The default: weekly, on Monday at eight, and at once after two minutes.
    clock.set(noon().plus(chrono::Duration::minutes(2)));
    let at_once = smtp.wait_for(1).await;
    assert!(at_once[0].words().contains("«\u{202f}In the depot\u{202f}»"), "{}", at_once[0].words());
    let subject: Option<String> = site.site.db.value("SELECT subject FROM outbox WHERE kind = 'notice'", vec![]).await.unwrap();
    assert_eq!(subject.as_deref(), Some("Ben Okoro vous a répondu\u{a0}: Benches"));
    assert!(!at_once[0].header("References").is_empty());
    clock.set(Instant::from_utc(chrono::Utc.with_ymd_and_hms(2026, 11, 30, 7, 0, 0).unwrap()));
    let digest = smtp.wait_for(2).await.pop().unwrap();
    assert_eq!(digest.to, "carla@mail.test");
    assert_eq!(digest.header("Content-Language"), "fr");
    assert_eq!(digest.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert_eq!(digest.header("Message-ID"), format!("<digest.{id}.2026.11.30@127.0.0.1>"));
    assert!(digest.words().contains("Ben Okoro vous a répondu") && digest.words().contains("«\u{202f}In the depot\u{202f}»") && !digest.words().contains('“'), "{}", digest.words());
    // One click, by a program without cookies: only that list stops.
    let link = digest.header("List-Unsubscribe").trim_matches(['<', '>']).replace(' ', "");
    let client = reqwest::Client::new();
    let looked = client.get(&link).send().await.unwrap();
    assert_eq!(looked.status(), 200);
    carla.get("/settings/mail").await.shows("value=\"weekly\" checked");
    for _ in 0..2 {
        let answer = client.post(&link).header("content-type", "application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click").send().await.unwrap();
        assert_eq!((answer.status().as_u16(), answer.url().as_str()), (200, link.as_str()));
    }
    let multipart = client.post(&link).header("content-type", "multipart/form-data; boundary=x").body("--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n");
    assert_eq!(multipart.send().await.unwrap().status(), 200);
    carla.get("/settings/mail").await.shows("value=\"none\" checked").shows("value=\"on\" checked");
    assert_eq!(client.post(format!("{link}x")).send().await.unwrap().status(), 404);
}

async fn links_in_mails_stop_and_choose_without_signing_in(site: TestSite) {
    let id = site.add("Anna Moser", Role::Member, false).await;
    let (anna, visitor) = (site.browser_of(id).await, site.visitor());
    let stop = format!("/unsubscribe/{id}/immediate/{}", site.site.secret.sign("unsubscribe", &format!("{id}:immediate")));
    visitor.get(&stop).await.is(200).shows("Stop these mails");
    anna.get("/settings/mail").await.shows("value=\"on\" checked");
    visitor.post(&stop, &[]).await.is(200).shows("Done: no more mails");
    anna.get("/settings/mail").await.hides("value=\"on\" checked").shows("value=\"weekly\" checked");
    let choose = format!("/mail-choice/{id}/{}", site.site.secret.sign("mail-choice", &id.to_string()));
    visitor.get(&choose).await.is(200);
    visitor.post(&choose, &[("kind", "daily"), ("weekday", "1"), ("hour", "24")]).await.is(422).shows("Choose one of what is offered");
    visitor.post(&choose, &[("kind", "daily"), ("weekday", "1"), ("hour", "6")]).await.is(200).shows("Saved.");
    anna.get("/settings/mail").await.shows("value=\"daily\" checked");
    // The link signs nobody in, and one purpose is not another's.
    visitor.get_plain("/settings").await.is(303);
    visitor.get(&stop.replace("/immediate/", "/digest/")).await.is(404);
    visitor.get(&choose.replace("/mail-choice/", "/unsubscribe/")).await.is(404);
}
