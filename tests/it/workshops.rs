//! Workshops: scheduling, places, calendars, the room, the brainstorm, the minutes.

use chrono::{Duration, NaiveDateTime, TimeZone, Utc};
use plenary::clock::{Clock, Instant};
use plenary::forum::SpaceId;
use plenary::journal::{FormKey, Reads};
use plenary::mail::{Fresh, Message, Planned};
use plenary::people::rights::Layer;
use plenary::people::{MemberId, Reader, Role};
use plenary::workshops::{self, ActivityKind, Draft, DraftActivity, ScheduleWorkshop, Start, WorkshopId};
use plenary::{secret, values, web};

use crate::both_databases;
use crate::support::{Answer, Browser, Socket, TestSite};

both_databases!(
    a_practitioner_schedules_by_form_and_changes_it,
    the_last_place_goes_to_one_and_withdrawing_gives_it_on,
    mails_tell_calendars_what_happens,
    three_people_hold_a_workshop_from_brainstorm_to_minutes,
    two_facilitators_who_press_next_at_once_go_one_step,
    a_stale_room_catches_up_to_what_a_reload_shows,
    what_members_may_not_see_is_not_there,
    hours_that_are_skipped_or_happen_twice_are_asked_about,
    a_weekly_row_has_a_page_each,
);

/// Two hours from now, on the wall in Vienna.
pub fn in_two_hours() -> Start {
    starts(Utc::now().naive_utc() + Duration::hours(2))
}

fn starts(utc: NaiveDateTime) -> Start {
    let zone = chrono_tz::Europe::Vienna;
    let local = zone.from_utc_datetime(&utc).naive_local();
    let local = NaiveDateTime::parse_from_str(&local.format("%Y-%m-%dT%H:%M").to_string(), "%Y-%m-%dT%H:%M").unwrap();
    let at = Instant::from_utc(zone.from_local_datetime(&local).earliest().unwrap().to_utc());
    Start { local, zone, is_second: false, at }
}

async fn reader(site: &TestSite, id: MemberId) -> Reader {
    Reader::of(site.site.people.member(&site.site.db, &site.site.bus, id).await.unwrap().unwrap(), None)
}

/// A Workshop with a talk and a brainstorm, by the act itself.
pub async fn schedule(site: &TestSite, by: MemberId, space: SpaceId, leads: &[MemberId], start: Start, capacity: i64) -> WorkshopId {
    let activity = |kind, title: &str, question: &str| DraftActivity { kind, title: title.into(), minutes: 10, question: question.into() };
    let draft = Draft {
        title: "A quiet workshop".into(),
        source: "Quiet words".into(),
        rendered: web::render_markdown("Quiet words"),
        language: "en".into(),
        start: start.clone(),
        minutes: 60,
        capacity,
        link: String::new(),
        facilitators: leads.to_vec(),
        agenda: vec![activity(ActivityKind::Talk, "Welcome", ""), activity(ActivityKind::Brainstorm, "Doors", "What keeps people out?")],
    };
    let meetings = vec![(start, format!("{}@test.example", secret::token()))];
    let act = ScheduleWorkshop { by: reader(site, by).await, space, draft, meetings, key: FormKey::of(&secret::token(), &[]) };
    site.site.write(act).await.unwrap()
}

/// A form as Katrin fills it in; pairs given last replace those with the same name.
fn form<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("title", "Doors that stay open"),
        ("body", "How *three cities* keep a door open."),
        ("date", "2040-05-07"),
        ("time", "14:00"),
        ("zone", "Europe/Vienna"),
        ("minutes", "90"),
        ("capacity", "60"),
        ("language", "en"),
        ("weeks", "1"),
        ("link", "https://meet.example.org/doors"),
        ("title1", "Welcome"),
        ("kind1", "talk"),
        ("minutes1", "10"),
        ("title2", "Doors"),
        ("kind2", "brainstorm"),
        ("minutes2", "25"),
        ("question2", "What keeps people out?"),
        ("title3", ""),
        ("kind3", "talk"),
    ];
    form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    form.extend(more);
    form
}

async fn schedule_by_form(by: &Browser, space: SpaceId, more: &[(&str, &str)]) -> Answer {
    let key = by.get(&format!("/spaces/{space}/workshops/new")).await.is(200).input("key");
    let mut sent = form(more);
    sent.push(("key", &key));
    by.post(&format!("/spaces/{space}/workshops/new"), &sent).await
}

/// The mails to somebody, in order: kind and message.
async fn mails(site: &TestSite, handle: &str) -> Vec<(String, Message)> {
    let sql = "SELECT o.kind, o.message FROM outbox o JOIN member m ON m.id = o.member WHERE m.handle = $1 ORDER BY o.id";
    let rows = site.site.db.rows(sql, values![handle]).await.unwrap();
    rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), serde_json::from_str(&row.try_get_by_index::<String>(1).unwrap()).unwrap())).collect()
}

async fn a_practitioner_schedules_by_form_and_changes_it(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let (katrin, anna) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await);
    anna.get(&format!("/spaces/{space}")).await.hides("Schedule a workshop");
    anna.get(&format!("/spaces/{space}/workshops/new")).await.is(403);
    katrin.get(&format!("/spaces/{space}")).await.shows("Schedule a workshop");
    // What cannot be taken comes back with what was typed.
    let wrong = schedule_by_form(&katrin, space, &[("title", " "), ("minutes", "0"), ("link", "meet"), ("question2", ""), ("facilitators", "nobody-here")]).await;
    wrong.is(422).shows("Write a title").shows("Write a number from 5 to 720").shows("begins with https://").shows("A brainstorm needs a question").shows("Nobody here has the handle nobody-here").shows("How *three cities*");
    let page = schedule_by_form(&katrin, space, &[("facilitators", "katrin-lind, anna-moser")]).await;
    page.is(200).shows("Doors that stay open").shows("Monday 7 May 2040, 14:00–15:30 (Europe/Vienna)").shows("<em>three cities</em>").shows("0 of 60 places taken").shows("Anna Moser");
    let path = page.path.clone();
    // The same form again is the same Workshop.
    let key = katrin.get(&format!("/spaces/{space}/workshops/new")).await.input("key");
    let mut twice = form(&[("title", "Only once")]);
    twice.push(("key", &key));
    let first = katrin.post(&format!("/spaces/{space}/workshops/new"), &twice).await;
    assert_eq!(katrin.post(&format!("/spaces/{space}/workshops/new"), &twice).await.path, first.path);
    site.visitor().get("/workshops").await.shows("Doors that stay open").shows("Only once");
    site.visitor().get(&path).await.is(200).shows("Members can register").hides("meet.example.org");
    site.visitor().get("/").await.shows("Next workshops").shows("Doors that stay open");
    // Changing it: by a facilitator, from the version one has seen.
    let edit = anna.get(&format!("{path}/edit")).await;
    edit.is(200).shows("value=\"Doors that stay open\"").shows("katrin-lind, anna-moser");
    let version = edit.input("version");
    let changed = form(&[("title", "Doors, once more"), ("version", &version), ("facilitators", "katrin-lind, anna-moser")]);
    anna.post(&format!("{path}/edit"), &changed).await.is(200).shows("Doors, once more");
    katrin.post(&format!("{path}/edit"), &changed).await.is(422).shows("Somebody else has changed the workshop meanwhile");
    site.member("Ben Okoro").await.get(&format!("{path}/edit")).await.is(403);
}

async fn the_last_place_goes_to_one_and_withdrawing_gives_it_on(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let katrin = site.practitioner("Katrin Lind").await;
    let path = schedule_by_form(&katrin, space, &[("capacity", "1")]).await.path;
    let people = [site.member("Anna Moser").await, site.member("Ben Okoro").await, site.member("Chloe Roux").await];
    let register = format!("{path}/register");
    let answers = futures_util::future::join_all(people.iter().map(|one| one.post(&register, &[]))).await;
    let has = |answer: &Answer| answer.body.contains("You are registered.");
    assert_eq!(answers.iter().filter(|answer| has(answer)).count(), 1, "the last place goes to one");
    katrin.get(&path).await.shows("1 of 1 places taken").shows("2 waiting");
    let winner = answers.iter().position(has).unwrap();
    let mut waiting: Vec<usize> = (0..3).filter(|one| *one != winner).collect();
    waiting.sort_by_key(|one| !answers[*one].body.contains("You are number 1 "));
    people[waiting[1]].get(&path).await.shows("You are number 2 on the waiting list");
    let handles = ["anna-moser", "ben-okoro", "chloe-roux"];
    let before = mails(&site, handles[waiting[0]]).await;
    assert!(before.last().is_some_and(|(kind, mail)| kind == "workshop_waiting" && mail.calendar.is_none()));
    // Pressing again changes nothing; withdrawing gives the place to the next.
    people[waiting[0]].post(&register, &[]).await.shows("You are number 1 ");
    people[winner].post(&format!("{path}/withdraw"), &[]).await.is(200).shows("Join the waiting list");
    people[waiting[0]].get(&path).await.shows("You are registered.");
    people[waiting[1]].get(&path).await.shows("You are number 1 ");
    let after = mails(&site, handles[waiting[0]]).await;
    let (kind, mail) = after.last().unwrap();
    assert_eq!(kind, "workshop_invitation");
    assert!(mail.subject.starts_with("You have a place") && mail.calendar.as_ref().unwrap().0.contains("METHOD:REQUEST"));
    // A higher limit is for those who wait; a lower one puts nobody out.
    let version = katrin.get(&format!("{path}/edit")).await.input("version");
    katrin.post(&format!("{path}/edit"), &form(&[("capacity", "3"), ("version", &version)])).await.is(200).shows("2 of 3 places taken").hides("0 waiting");
    let version = katrin.get(&format!("{path}/edit")).await.input("version");
    katrin.post(&format!("{path}/edit"), &form(&[("capacity", "1"), ("version", &version)])).await.is(200).shows("2 of 1 places taken");
}

/// What a calendar was told: METHOD, UID, SEQUENCE, STATUS and ORGANIZER.
fn told(mail: &Message) -> (String, String, i64, Option<String>, String) {
    let (text, method) = mail.calendar.clone().unwrap();
    let unfolded = text.replace("\r\n ", "");
    let line = |name: &str| unfolded.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    assert_eq!(line("METHOD:"), Some(method.clone()));
    assert_eq!(unfolded.matches("\r\nATTENDEE").count(), 1);
    (method, line("UID:").unwrap(), line("SEQUENCE:").unwrap().parse().unwrap(), line("STATUS:"), line("ORGANIZER").unwrap())
}

async fn mails_tell_calendars_what_happens(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let (katrin, anna, ben) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let path = schedule_by_form(&katrin, space, &[]).await.path;
    anna.post(&format!("{path}/register"), &[]).await.shows("meet.example.org/doors");
    ben.post(&format!("{path}/register"), &[]).await;
    let all = mails(&site, "anna-moser").await;
    let (kind, first) = all.last().unwrap();
    assert_eq!(kind, "workshop_invitation");
    assert!(first.text.contains("Monday 7 May 2040, 14:00–15:30 (Europe/Vienna)") && first.html.contains("/room"));
    let calendar = &first.calendar.as_ref().unwrap().0;
    assert!(calendar.contains("DTSTART;TZID=Europe/Vienna:20400507T140000\r\n") && calendar.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Vienna\r\n"));
    assert!(calendar.replace("\r\n ", "").contains("mailto:anna-moser@people.example"));
    let (_, uid, zero, status, organizer) = told(first);
    assert_eq!((zero, status.as_deref()), (0, Some("CONFIRMED")));
    // A new title is nothing to a calendar; a new hour is.
    let change = |version: String, time: &'static str, title: &'static str| {
        let (katrin, path) = (&katrin, path.clone());
        async move { katrin.post(&format!("{path}/edit"), &form(&[("version", &version), ("time", time), ("title", title)])).await.is(200).status }
    };
    let version = katrin.get(&format!("{path}/edit")).await.input("version");
    change(version, "14:00", "Doors, renamed").await;
    assert_eq!(mails(&site, "anna-moser").await.len(), all.len());
    let version = katrin.get(&format!("{path}/edit")).await.input("version");
    change(version, "16:00", "Doors, renamed").await;
    let moved = mails(&site, "anna-moser").await;
    assert_eq!((moved.len(), moved.last().unwrap().0.as_str()), (all.len() + 1, "workshop_moved"));
    assert_eq!(told(&moved.last().unwrap().1), ("REQUEST".into(), uid.clone(), 1, Some("CONFIRMED".into()), organizer.clone()));
    assert!(moved.last().unwrap().1.calendar.as_ref().unwrap().0.contains("DTSTART;TZID=Europe/Vienna:20400507T160000\r\n"));
    // Leaving is told to that calendar alone; coming back is a higher number.
    anna.post(&format!("{path}/withdraw"), &[]).await;
    let left = mails(&site, "anna-moser").await;
    assert_eq!(told(&left.last().unwrap().1), ("CANCEL".into(), uid.clone(), 2, None, organizer.clone()));
    anna.post(&format!("{path}/register"), &[]).await;
    let (_, _, again, ..) = told(&mails(&site, "anna-moser").await.last().unwrap().1);
    assert!(again > 2);
    // Cancelled for everybody.
    katrin.post(&format!("{path}/cancel"), &[]).await.is(200).shows("Cancelled");
    for who in ["anna-moser", "ben-okoro"] {
        let all = mails(&site, who).await;
        let (kind, last) = all.last().unwrap();
        let (method, same, sequence, status, from) = told(last);
        assert_eq!((kind.as_str(), method.as_str(), same, status.as_deref(), from), ("workshop_cancelled", "CANCEL", uid.clone(), Some("CANCELLED"), organizer.clone()), "{who}");
        assert!(sequence > again || who == "ben-okoro");
    }
    anna.post(&format!("{path}/register"), &[]).await.is(422).shows("This workshop was cancelled");
}

/// The number of moves that a facilitator's page has seen.
async fn seen(by: &Browser, room: &str) -> String {
    by.get(room).await.is(200).input("seen")
}

async fn go(by: &Browser, room: &str, what: &str) -> Answer {
    let seen = seen(by, room).await;
    by.post(&format!("{room}/move"), &[("do", what), ("seen", &seen)]).await
}

async fn three_people_hold_a_workshop_from_brainstorm_to_minutes(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let (katrin, anna, ben) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let path = schedule_by_form(&katrin, space, &[]).await.path;
    let room = format!("{path}/room");
    // Who is not registered lands on the page where one registers.
    assert_eq!(anna.get(&room).await.path, path);
    for one in [&anna, &ben] {
        one.post(&format!("{path}/register"), &[]).await.is(200);
    }
    anna.get(&room).await.is(200).shows("This workshop has not begun").shows("Planned start: <time").hides("You lead");
    katrin.get(&format!("{path}/minutes")).await.is(409).shows("the room has not been opened");
    go(&katrin, &room, "start").await.is(200).shows("Welcome").shows("You lead");
    anna.get(&room).await.shows("aria-current=\"step\"><span data-step=\"1\">Welcome").shows("of 10 min");
    // Chat and hands.
    let key = anna.get(&room).await.input("key");
    for _ in 0..2 {
        anna.post(&format!("{room}/say"), &[("words", "Good <morning>"), ("key", &key)]).await.is(200);
    }
    let page = ben.get(&room).await;
    page.shows("Good &#60;morning&#62;");
    assert_eq!(page.body.matches("morning").count(), 1, "sent twice, said once");
    ben.post(&format!("{room}/say"), &[("words", "  "), ("key", "k")]).await.is(422).shows("Write something first");
    ben.post(&format!("{room}/hand"), &[("do", "raise")]).await.is(200).shows("Wants to speak").shows("first time").shows("Lower hand").hides("Raise hand").hides("Has spoken");
    anna.get(&room).await.shows("Raise hand").hides("Lower hand");
    let of = katrin.get(&room).await.input("of");
    anna.post(&format!("{room}/hand"), &[("do", "spoken"), ("of", &of)]).await.is(403);
    katrin.post(&format!("{room}/hand"), &[("do", "spoken"), ("of", &of)]).await.is(200);
    ben.post(&format!("{room}/hand"), &[("do", "raise")]).await.is(200).hides("first time");
    anna.post(&format!("{room}/move"), &[("do", "next"), ("seen", "1")]).await.is(403);
    go(&katrin, &room, "pause").await.shows("paused").shows("Go on");
    go(&katrin, &room, "resume").await.shows("of 10 min");
    go(&katrin, &room, "add").await.is(200);
    // The brainstorm stands in the room, and its forms come back to it.
    let board = go(&katrin, &room, "next").await;
    board.is(200).shows("What keeps people out?");
    let board = format!("/boards/{}", board.between("data-board=\"", "\""));
    for (who, text) in [(&anna, "The bell at the ramp"), (&ben, "Six signatures")] {
        let key = who.get(&room).await.body.split("/cards\"").nth(1).unwrap().split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let answer = who.post(&format!("{board}/cards"), &[("text", text), ("key", &key), ("back", &room)]).await;
        assert_eq!(answer.path, room);
        answer.is(200).shows(text);
    }
    anna.get(&room).await.hides("Six signatures");
    for phase in ["reveal", "group", "vote"] {
        katrin.post(&format!("{board}/phase"), &[("to", phase), ("back", &room)]).await.is(200);
    }
    let card = anna.get(&room).await.body.split("data-card=\"").skip(1).find(|card| card.split("</li>").next().unwrap().contains("The bell")).unwrap().split('"').next().unwrap().to_owned();
    anna.post(&format!("{board}/votes"), &[("target", &format!("c{card}")), ("change", "1"), ("back", &room)]).await.is(200);
    for phase in ["discuss", "closed"] {
        katrin.post(&format!("{board}/phase"), &[("to", phase), ("back", &room)]).await.is(200);
    }
    // What ends it for all stands behind a question, without script too.
    let asks = katrin.get(&room).await.between("<summary class=\"button main\">End</summary>", "</details>");
    assert!(asks.contains("This ends it for everybody here") && asks.contains("value=\"end\""), "{asks}");
    assert_eq!(katrin.get(&room).await.body.matches("value=\"end\"").count(), 1);
    go(&katrin, &room, "end").await.is(200).shows("Thank you for being here").shows("Write the minutes");
    anna.get(&path).await.shows("This workshop is over").hides("Write the minutes");
    anna.get(&format!("{path}/minutes")).await.is(403);
    // The minutes: from what happened, with the card that nobody chose, without the chat.
    let minutes = katrin.get(&format!("{path}/minutes")).await;
    minutes.is(200).shows("3 came, 2 had registered").shows("### Ungrouped\n\n- The bell at the ramp (1 vote)\n- Six signatures").hides("morning");
    let body = minutes.between("name=\"body\" rows=\"24\" aria-describedby=\"body-hint\">", "</textarea>");
    let sent = [("title", "Minutes: Doors"), ("body", body.as_str()), ("decided", "- A bell at every ramp, Anna, March\n- Ask Riga"), ("key", &minutes.input("key"))];
    katrin.post(&format!("{path}/minutes"), &[&sent[..], &[("do", "preview")]].concat()).await.is(200).shows("<li>Ask Riga</li>");
    let topic = katrin.post(&format!("{path}/minutes"), &sent).await;
    topic.is(200).shows("Minutes: Doors").shows("<li>A bell at every ramp, Anna, March</li>").shows("Katrin Lind");
    assert!(topic.path.starts_with("/topics/"));
    assert_eq!(katrin.post(&format!("{path}/minutes"), &sent).await.path, topic.path, "sent twice, published once");
    let page = site.visitor().get(&path).await;
    page.shows("What came of it").shows("Ask Riga").shows(&topic.path).shows("Six signatures");
    assert!(page.body.find("Ask Riga") < page.body.find("three cities"), "outcomes first");
}

async fn two_facilitators_who_press_next_at_once_go_one_step(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let (katrin, joan) = (site.practitioner("Katrin Lind").await, site.practitioner("Joan Batlle").await);
    let path = schedule_by_form(&katrin, space, &[("title3", "Actions"), ("minutes3", "5"), ("facilitators", "katrin-lind joan-batlle")]).await.path;
    let room = format!("{path}/room");
    go(&katrin, &room, "start").await.is(200);
    let seen = seen(&joan, &room).await;
    let (path_of_move, next) = (format!("{room}/move"), [("do", "next"), ("seen", seen.as_str())]);
    let (one, other) = tokio::join!(katrin.post(&path_of_move, &next), joan.post(&path_of_move, &next));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422]);
    katrin.get(&room).await.shows("aria-current=\"step\"><span data-step=\"2\">Doors");
    // Katrin loses the line; Joan goes on.
    go(&joan, &room, "next").await.is(200).shows("aria-current=\"step\"><span data-step=\"3\">Actions");
    go(&joan, &room, "next").await.is(422).shows("not possible at this point");
    go(&joan, &room, "end").await.is(200);
    go(&katrin, &room, "back").await.is(200).shows("aria-current=\"step\"><span data-step=\"3\">Actions");
}

/// The element of a page that has this id, to the end of its tag's name at the same depth.
fn element(page: &str, id: &str) -> String {
    let at = page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id}"));
    let begin = page[..at].rfind('<').unwrap();
    let name: String = page[begin + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut cursor) = (0, begin);
    loop {
        let next_close = cursor + page[cursor..].find(&close).unwrap();
        match page[cursor..next_close].find(&open) {
            Some(inner) => {
                depth += 1;
                cursor += inner + open.len();
            }
            None => {
                depth -= 1;
                cursor = next_close + close.len();
                if depth == 0 {
                    return page[begin..cursor].to_owned();
                }
            }
        }
    }
}

async fn a_stale_room_catches_up_to_what_a_reload_shows(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let (katrin, anna) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await);
    let path = schedule_by_form(&katrin, space, &[]).await.path;
    let room = format!("{path}/room");
    let name = format!("workshop:{}", path.rsplit('/').next().unwrap());
    // The Room is for those who take part.
    let outside = site.member("Ben Okoro").await;
    let mut socket = Socket::open(&outside).await;
    let rooms = serde_json::json!({ (name.as_str()): "0" });
    let epoch = outside.get("/").await.between("data-epoch=\"", "\"");
    socket.say(serde_json::json!({ "hello": { "epoch": epoch, "rooms": rooms } })).await;
    assert_eq!(socket.next_of(&name).await["gone"], true);
    anna.post(&format!("{path}/register"), &[]).await;
    for what in ["start", "pause", "say", "hand", "back-to-life", "next", "end"] {
        let stale = anna.get(&room).await;
        let mut socket = Socket::open(&anna).await;
        socket.hello(&stale).await;
        match what {
            "say" => drop(katrin.post(&format!("{room}/say"), &[("words", "Welcome, all"), ("key", "one")]).await.is(200)),
            "hand" => drop(anna.post(&format!("{room}/hand"), &[("do", "raise")]).await.is(200)),
            "back-to-life" => drop(go(&katrin, &room, "resume").await),
            other => drop(go(&katrin, &room, other).await),
        }
        let message = loop {
            let message = socket.next_of(&name).await;
            if message["things"].as_array().is_some_and(|things| !things.is_empty()) {
                break message;
            }
        };
        let fresh = anna.get(&room).await;
        for thing in message["things"].as_array().unwrap() {
            let (id, html) = (thing["id"].as_str().unwrap(), thing["html"].as_str().unwrap());
            // The running clock counts on between the two; what is personal is fetched.
            let shown = if html.contains("data-refetch") { element(&anna.get(&format!("{room}/activity")).await.body, id) } else { html.trim().to_owned() };
            let plain = |html: &str| {
                let html = html.split("data-rooms=\"").map(|part| part.split_once('"').filter(|_| part.contains("board:")).map_or(part, |(_, rest)| rest)).collect::<String>();
                let mut out = String::new();
                for (at, part) in html.split("<span class=\"time\">").enumerate() {
                    out.push_str(if at == 0 { part } else { part.split_once('<').map_or(part, |(_, rest)| rest) });
                }
                let keys: Vec<&str> = out.split("name=\"key\" value=\"").collect();
                keys.iter().enumerate().map(|(at, part)| if at == 0 { *part } else { part.split_once('"').map_or(*part, |(_, rest)| rest) }).collect::<String>().replace([' ', '\n'], "")
            };
            assert_eq!(plain(&shown), plain(&element(&fresh.body, id)), "{what}: {id}");
        }
    }
}

async fn what_members_may_not_see_is_not_there(site: TestSite) {
    let space = site.space("Behind the counter", Layer::Practitioners).await;
    let (katrin, anna) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await);
    let path = schedule_by_form(&katrin, space, &[]).await.path;
    let nothing = anna.get("/workshops/987654321").await;
    for hidden in [path.clone(), format!("{path}/room"), format!("{path}/edit"), format!("{path}/minutes")] {
        assert_eq!(anna.get(&hidden).await.is(404).body, nothing.body, "{hidden}");
    }
    for act in ["register", "withdraw", "cancel"] {
        anna.post(&format!("{path}/{act}"), &[]).await.is(404);
    }
    anna.get("/workshops").await.hides("Doors that stay open");
    anna.get("/").await.hides("Doors that stay open");
    katrin.get("/workshops").await.shows("Doors that stay open");
    // Nor can somebody who cannot read the Space be made to lead there.
    schedule_by_form(&katrin, space, &[("facilitators", "katrin-lind, anna-moser")]).await.is(422).shows("cannot read this Space");
}

async fn hours_that_are_skipped_or_happen_twice_are_asked_about(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let katrin = site.practitioner("Katrin Lind").await;
    let skipped = [("date", "2040-03-25"), ("time", "02:30")];
    let answer = schedule_by_form(&katrin, space, &skipped).await;
    answer.is(422).shows("This hour does not exist there").shows("value=\"2040-03-25T01:30\"").shows("value=\"2040-03-25T03:30\"");
    for beyond in ["+262142-12-31", "-262143-01-01", "0000-01-01", "1999-12-31", "2201-01-01"] {
        schedule_by_form(&katrin, space, &[("date", beyond)]).await.is(422);
    }
    let taken = [("date", "2040-03-25"), ("time", "02:30"), ("take", "2040-03-25T03:30")];
    schedule_by_form(&katrin, space, &taken).await.is(200).shows("Sunday 25 March 2040, 03:30–05:00 (Europe/Vienna)");
    let twice = [("date", "2040-10-28"), ("time", "02:30")];
    schedule_by_form(&katrin, space, &twice).await.is(422).shows("This hour happens twice there").shows("The first: 28 October 2040, 02:30 CEST").shows("The second: 28 October 2040, 02:30 CET");
    let second = schedule_by_form(&katrin, space, &[("date", "2040-10-28"), ("time", "02:30"), ("which", "second")]).await;
    second.is(200).shows("02:30–04:00");
    katrin.post(&format!("{}/register", second.path), &[]).await;
    let all = mails(&site, "katrin-lind").await;
    assert!(all.last().unwrap().1.calendar.as_ref().unwrap().0.contains("DTSTART:20401028T013000Z\r\n"));
}

async fn a_weekly_row_has_a_page_each(site: TestSite) {
    let space = site.space("Participation", Layer::Public).await;
    let katrin = site.practitioner("Katrin Lind").await;
    // Over the end of summer time: the same hour on the wall.
    schedule_by_form(&katrin, space, &[("date", "2040-10-22"), ("time", "10:00"), ("weeks", "3")]).await.is(200).shows("Monday 22 October 2040, 10:00–11:30");
    let list = katrin.get("/workshops").await;
    assert_eq!(list.body.matches(">Doors that stay open</a>").count(), 3);
    list.shows("Monday 29 October 2040").shows("Monday 5 November 2040");
    assert_eq!(list.body.matches("10:00–11:30").count(), 3);
    // Beside other pages the next meeting alone.
    for page in ["/".to_owned(), format!("/spaces/{}", space.0)] {
        let rail = katrin.get(&page).await;
        rail.shows("22 October 2040");
        assert_eq!(rail.body.matches(">Doors that stay open</a>").count(), 1, "{page}");
    }
    schedule_by_form(&katrin, space, &[("date", "2040-03-18"), ("time", "02:30"), ("weeks", "2")]).await.is(422).shows("2040-03-25 02:30");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reminders_go_out_a_day_and_an_hour_ahead_once_to_those_who_come() {
    let begin = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap();
    let clock = Clock::held_at(Instant::from_utc(begin));
    let site = TestSite::sqlite_at(clock.clone()).await;
    let space = site.space("Participation", Layer::Public).await;
    let lead = site.add("Katrin Lind", Role::Member, true).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let workshop = schedule(&site, lead, space, &[lead], starts(begin.naive_utc() + Duration::days(3)), 0).await;
    for one in [&anna, &ben] {
        one.post(&format!("/workshops/{workshop}/register"), &[]).await.is(200);
    }
    let at = |hours: i64| Instant::from_utc(begin + Duration::hours(hours));
    let kinds = async |who: &str| mails(&site, who).await.into_iter().filter(|(kind, _)| kind == "workshop_reminder").map(|(_, mail)| mail.subject).collect::<Vec<_>>();
    for hours in [0, 40, 47] {
        clock.set(at(hours));
        workshops::plan(&site.site).await.unwrap();
        assert_eq!(kinds("anna-moser").await.len(), 0);
    }
    clock.set(at(48));
    for _ in 0..2 {
        workshops::plan(&site.site).await.unwrap();
    }
    assert_eq!(kinds("anna-moser").await, ["Tomorrow: A quiet workshop"]);
    // One who leaves gets no further one, and what was not sent yet is not sent.
    let planned = site.site.db.rows("SELECT dedupe FROM outbox WHERE kind = 'workshop_reminder' ORDER BY id", vec![]).await.unwrap();
    let planned: Vec<Planned> = futures_util::future::join_all(planned.iter().zip(["anna-moser", "ben-okoro"]).map(async |(row, who)| {
        let (kind, message) = mails(&site, who).await.pop().unwrap();
        let member = site.site.db.value("SELECT id FROM member WHERE handle = $1", values![who]).await.unwrap().map(MemberId);
        Planned { kind, dedupe: row.try_get_by_index(0).unwrap(), member, message }
    })).await;
    let still = async || futures_util::future::join_all(planned.iter().map(async |one| workshops::Mails.again(&site.site, one).await.unwrap().is_some())).await;
    assert_eq!(still().await, [true, true]);
    ben.post(&format!("/workshops/{workshop}/withdraw"), &[]).await.is(200);
    assert_eq!(still().await, [true, false]);
    clock.set(at(71));
    workshops::plan(&site.site).await.unwrap();
    assert_eq!(kinds("anna-moser").await, ["Tomorrow: A quiet workshop", "In an hour: A quiet workshop"]);
    assert!(!kinds("ben-okoro").await.contains(&"In an hour: A quiet workshop".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_digest_says_when_a_workshop_is_without_quoting_anybody() {
    let begin = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap();
    let site = TestSite::sqlite_at(Clock::held_at(Instant::from_utc(begin))).await;
    let space = site.space("Participation", Layer::Public).await;
    let lead = site.add("Katrin Lind", Role::Member, true).await;
    let workshop = schedule(&site, lead, space, &[lead], starts(begin.naive_utc() + Duration::days(3)), 0).await;
    let anna = site.member("Anna Moser").await;
    anna.post(&format!("/workshops/{workshop}/register"), &[]).await.is(200);
    let text = anna.get("/settings/mail/preview").await.between("<div class=\"mail-body\">", "</div>");
    assert!(text.contains("A quiet workshop\n    Friday 27 November 2026, ") && !text.contains('“'), "{text}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_in_french_is_set_as_french_is_set() {
    let begin = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap();
    let site = TestSite::sqlite_at(Clock::held_at(Instant::from_utc(begin))).await;
    let space = site.space("Participation", Layer::Public).await;
    let lead = site.add("Katrin Lind", Role::Member, true).await;
    let workshop = schedule(&site, lead, space, &[lead], starts(begin.naive_utc() + Duration::days(3)), 0).await;
    let anna = site.member("Anna Moser").await;
    anna.post("/language", &[("language", "fr"), ("back", "/")]).await.is(200);
    anna.post(&format!("/workshops/{workshop}/register"), &[]).await.is(200);
    let (_, mail) = mails(&site, "anna-moser").await.pop().unwrap();
    assert_eq!(mail.subject, "Votre place est réservée\u{a0}: A quiet workshop");
    assert!(mail.text.contains(&format!("Entrer dans la salle\u{a0}: {}/workshops/{workshop}/room", site.url)), "{}", mail.text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_ended_early_is_over_and_a_room_that_runs_late_is_not() {
    let begin = Utc.with_ymd_and_hms(2026, 11, 24, 9, 0, 0).unwrap();
    let clock = Clock::held_at(Instant::from_utc(begin));
    let site = TestSite::sqlite_at(clock.clone()).await;
    let space = site.space("Participation", Layer::Public).await;
    let katrin = site.add("Katrin Lind", Role::Member, true).await;
    let workshop = schedule(&site, katrin, space, &[katrin], starts(begin.naive_utc()), 0).await;
    let (katrin, room) = (site.browser_of(katrin).await, format!("/workshops/{workshop}/room"));
    let is_listed = async |path: &str| site.visitor().get(path).await.body.contains("A quiet workshop");
    go(&katrin, &room, "start").await.is(200);
    // An hour was planned; three hours later they still talk.
    clock.set(Instant::from_utc(begin + Duration::hours(3)));
    assert_eq!((is_listed("/workshops").await, is_listed("/workshops?show=over").await), (true, false));
    katrin.get(&room).await.shows("class=\"clock over\"").shows("−170:00");
    go(&katrin, &room, "end").await.is(200);
    assert_eq!((is_listed("/workshops").await, is_listed("/workshops?show=over").await, is_listed("/").await), (false, true, false));
    // One that nobody ended does not run for ever.
    go(&katrin, &room, "back").await.is(200);
    clock.set(Instant::from_utc(begin + Duration::hours(9)));
    assert_eq!((is_listed("/workshops").await, is_listed("/workshops?show=over").await), (false, true));
}
