//! The account erased: nothing in any table knows who they were, words stay or go as they chose, a week to change one's
//! mind, and a step-up before.

use std::process::Command;

use chrono::Duration;
use plenary::app::{self, TABLES};
use plenary::clock::{Clock, Instant};
use plenary::dialogues::{DialogueId, trail_holds};
use plenary::journal::{OnErase, Reads};
use plenary::keeping;
use plenary::people::account::{erase, work_once};
use plenary::people::rights::Layer;
use plenary::people::{Level, MemberId, Role};
use plenary::values;
use sea_orm::DbBackend;

use crate::support::{Answer, Browser, Start, TestSite, columns, fill};
use crate::{both_databases, both_databases_from};

both_databases!(
    after_erasing_no_table_knows_them,
    words_go_and_their_places_stay,
    the_terminal_erases_at_once_but_only_when_it_is_meant,
    a_private_space_keeps_a_moderator,
);
both_databases_from!(one_can_change_ones_mind_for_a_week);

/// Every text of every table, with where it stands.
async fn texts(site: &TestSite) -> Vec<(String, String)> {
    let db = &site.site.db;
    let names = match db.backend() {
        DbBackend::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        _ => "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
    };
    let mut texts = Vec::new();
    for table in db.column::<String>(names, vec![]).await.unwrap() {
        for (column, _) in columns(site, &table).await.into_iter().filter(|(_, kind)| kind == "text") {
            let found: Vec<Option<String>> = db.column(&format!("SELECT \"{column}\" FROM {table}"), vec![]).await.unwrap();
            texts.extend(found.into_iter().flatten().map(|text| (format!("{table}.{column}"), text)));
        }
    }
    texts
}

async fn count(site: &TestSite, table: &str, column: &str, member: MemberId) -> i64 {
    site.site.db.value(&format!("SELECT count(*) FROM {table} WHERE {column} = $1"), values![member]).await.unwrap().unwrap()
}

async fn until(by: &Browser, path: &str, text: &str) -> Answer {
    for _ in 0..200 {
        let page = by.get(path).await;
        if page.body.contains(text) {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{path} never shows {text}");
}

/// A Topic's address without its words.
fn topic_of(answer: &Answer) -> String {
    answer.path.split('/').take(3).collect::<Vec<_>>().join("/").split('?').next().unwrap().to_owned()
}

async fn after_erasing_no_table_knows_them(site: TestSite) {
    let space = site.space("Square", Layer::Public).await;
    let bela = site.practitioner("Bela Berg").await;
    let topic = bela.post(&format!("/spaces/{space}/topics"), &[("title", "Doors"), ("body", "Which?"), ("tags", "")]).await;
    let topic = topic_of(&topic);
    for (name, handle, words) in [("Anna Quittenbaum", "anna-quittenbaum", false), ("Ines Zwetschke", "ines-zwetschke", true)] {
        let id = site.add(name, Role::Member, true).await;
        let browser = site.browser_of(id).await;
        browser.post(&format!("{topic}/posts"), &[("body", &format!("Words of {handle}")), ("parent", "")]).await.is(200);
        // Bela is told, and mailed.
        until(&bela, "/waiting", name).await;
        site.settled().await;
        let filled = fill(&site, id).await;
        let knows = |text: &str| [name, handle, &format!("{handle}@people.example")].iter().any(|known| text.contains(known));
        let before = texts(&site).await;
        assert!(before.iter().any(|(place, text)| place == "outbox.message" && knows(text)), "a mail to somebody else names them");
        assert!(TABLES.iter().copied().flatten().filter(|table| !table.members.is_empty()).all(|table| table.name == "journal" || table.name == "member" || filled.contains_key(table.name)));

        erase(&site.site, id, words).await.unwrap();

        let mut wrong = Vec::new();
        for table in TABLES.iter().copied().flatten() {
            for column in table.members.iter().filter(|_| table.name != "member") {
                let left = count(&site, table.name, column, id).await;
                if left > 0 {
                    wrong.push(format!("{}.{column} holds them in {left} rows", table.name));
                }
            }
        }
        let after = texts(&site).await;
        // Their own words may say who they are where they wished that they stay.
        let is_own = |place: &str| !words && ["post.source", "post.html"].contains(&place);
        wrong.extend(after.iter().filter(|(place, text)| knows(text) && !is_own(place)).map(|(place, text)| format!("{place} knows them: {text}")));
        for table in TABLES.iter().copied().flatten().filter(|table| table.erase == OnErase::Delete) {
            wrong.extend(after.iter().filter(|(_, text)| text.contains(&format!("mark-{}-", table.name))).map(|(place, _)| format!("{place} was to go")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        // What others build upon is still there, and nobody's.
        assert_eq!(after.iter().any(|(place, text)| place == "post.source" && text.starts_with("mark-post")), !words);
        assert!(after.iter().any(|(place, text)| place == "topic.title" && text == "mark-topic-title"));
        site.write_raw("DELETE FROM topic WHERE title = 'mark-topic-title'").await;
        // Settings and documents that nobody can read are no network to go on in.
        site.write_raw("DELETE FROM network_settings WHERE chosen LIKE 'mark-%'").await;
        site.write_raw("DELETE FROM document WHERE kind LIKE 'mark-%'").await;
        for table in ["post", "post_revision", "card", "workshop", "workshop_message", "contribution", "contribution_comment", "point_answer", "board", "dialogue"] {
            clear_marks(&site, table).await;
        }
    }
    bela.get(&topic).await.is(200).shows("Former member").shows("Words of anna-quittenbaum").shows("Erased at the author").hides("Anna Quittenbaum");
}

/// Takes away what [`fill`] made and erasing left, so that it can be made again.
async fn clear_marks(site: &TestSite, table: &str) {
    let names: Vec<String> = columns(site, table).await.into_iter().filter(|(_, kind)| kind == "text").map(|(name, _)| name).collect();
    let is_mark: Vec<String> = names.iter().map(|name| format!("\"{name}\" = 'mark-{table}-{name}'")).collect();
    site.write_raw(&format!("DELETE FROM {table} WHERE {}", is_mark.join(" OR "))).await;
}

async fn words_go_and_their_places_stay(site: TestSite) {
    let space = site.space("Square", Layer::Public).await;
    let lead = site.moderator("Katrin Lind").await;
    let leyla_id = site.add("Leyla Aydin", Role::Member, true).await;
    let leyla = site.browser_of(leyla_id).await;
    site.organisation("City of Graz", "Graz", Level::City).await;

    let topic = leyla.post(&format!("/spaces/{space}/topics"), &[("title", "Keys"), ("body", "Leylas first words."), ("tags", "")]).await;
    let topic = topic_of(&topic);
    lead.post(&format!("{topic}/posts"), &[("body", "An answer."), ("parent", "")]).await.is(200);
    leyla.post(&format!("{topic}/posts"), &[("body", "Leylas second words."), ("parent", "2")]).await.is(200);
    lead.post(&format!("{topic}/posts"), &[("body", "An answer below."), ("parent", "3")]).await.is(200);

    let board = lead.post(&format!("/spaces/{space}/boards"), &[("title", "Doors"), ("question", "Which?"), ("dots", "3"), ("key", "b")]).await.path;
    for (by, text) in [(&leyla, "Leylas card"), (&lead, "Another card")] {
        by.post(&format!("{board}/cards"), &[("text", text), ("key", text)]).await.is(200);
    }
    lead.post(&format!("{board}/phase"), &[("to", "reveal")]).await.is(200).shows("Leylas card");

    let form = [("title", "Housing"), ("question", "What?"), ("background", "So."), ("name-1", "Graz"), ("level-1", "city"), ("closes-1", "2099-12-31"), ("quorum-1", "1"), ("disagree-1", "25"), ("name-2", "Austria"), ("level-2", "nation"), ("closes-2", "2099-12-31"), ("quorum-2", "1"), ("disagree-2", "25"), ("key", "d")];
    let dialogue = lead.post(&format!("/spaces/{space}/dialogues"), &form).await;
    let stage = format!("/dialogues/{}", dialogue.between("<ol class=\"stages\">", "</ol>").split("href=\"/dialogues/").find(|part| part.contains("/stages/")).unwrap().split('"').next().unwrap());
    let said = leyla.post(&format!("{stage}/contributions"), &[("text", "Leylas contribution."), ("entered_for", ""), ("key", "c")]).await;
    let trail = format!("/dialogues/{}", said.body.split("href=\"/dialogues/").find(|part| part.contains("/contributions/")).unwrap().split('"').next().unwrap());
    leyla.post(&format!("{trail}/comments"), &[("text", "Leylas comment."), ("key", "k")]).await.is(200);
    lead.get(&trail).await.shows("Leylas contribution.").shows("Leylas comment.").shows("Leyla Aydin");

    erase(&site.site, leyla_id, true).await.unwrap();

    let page = lead.get(&topic).await;
    page.is(200).hides("Leyla").shows("Erased at the author").shows("An answer.").shows("An answer below.");
    assert_eq!(page.body.matches("Erased at the author").count(), 2);
    let post: i64 = site.site.db.value("SELECT id FROM post WHERE number = 3", vec![]).await.unwrap().unwrap();
    page.hides(&format!("/posts/{post}/restore"));
    lead.post(&format!("/posts/{post}/restore"), &[]).await.is(409).shows("cannot be brought back");
    lead.get(&board).await.hides("Leylas card").shows("Another card");
    lead.get(&stage).await.hides("Leyla").shows("Erased at the author");
    let page = lead.get(&trail).await;
    page.is(200).hides("Leyla").shows("Former member");
    assert_eq!(page.body.matches("Erased at the author").count(), 2, "{}", page.body);
    lead.get(&format!("/spaces/{space}")).await.shows("Keys").shows("Former member").hides("Leyla");
    lead.get("/people").await.hides("Leyla");
    leyla.get("/settings").await.shows("Sign in");
    let left: Vec<String> = texts(&site).await.into_iter().filter(|(_, text)| text.contains("Leylas")).map(|(place, text)| format!("{place}: {text}")).collect();
    assert!(left.is_empty(), "{left:?}");

    let id: i64 = site.site.db.value("SELECT id FROM dialogue", vec![]).await.unwrap().unwrap();
    assert!(trail_holds(&site.site.db, DialogueId(id)).await.unwrap(), "the chain runs over the hashes");
    site.settled().await;
    let report = keeping::verify(&site.site.db, &site.settings.data, false, app::CHECKS).await.unwrap();
    assert!(report.faults.is_empty(), "{:?}", report.faults);
}

async fn one_can_change_ones_mind_for_a_week(start: Start) {
    let clock = Clock::held_at(Instant::from_utc("2026-11-25T12:00:00Z".parse().unwrap()));
    let site = start.site(clock.clone(), None).await;
    let later = |span: Duration| clock.set(site.site.now().plus(span));
    let id = site.add("Anna", Role::Member, true).await;
    let anna = site.browser_of(id).await;
    anna.post("/settings/password", &[("password", "a long enough one")]).await.is(200);
    anna.post("/settings/erase", &[]).await.is(422).shows("Choose");

    // What is dangerous is asked about again after some minutes: a wrong password, the right one.
    later(Duration::minutes(11));
    let asked = anna.post("/settings/erase", &[("words", "keep")]).await;
    assert_eq!(asked.path, "/settings/prove?next=/settings/erase");
    anna.post("/settings/data", &[]).await.is(200).shows("Is it you?");
    anna.post("/settings/prove", &[("password", "not the one"), ("next", "/settings/erase")]).await.is(422).shows("That is not your password");
    assert_eq!(anna.post("/settings/prove", &[("password", "a long enough one"), ("next", "/settings/erase")]).await.path, "/settings/erase");
    anna.post("/settings/erase", &[("words", "keep")]).await.is(200).shows("will be erased on").shows("Keep my account");
    let mail: String = site.site.db.value("SELECT message FROM outbox WHERE member = $1 AND kind = 'mail-erasing'", values![id]).await.unwrap().unwrap();
    assert!(mail.contains("2 December 2026, 13:11 CET") && mail.contains("/settings/erase"), "{mail}");

    // Signing in within the week leads to where it can be taken back.
    later(Duration::days(6));
    let again = site.visitor();
    let signed_in = again.post("/sign-in", &[("email", "anna@people.example"), ("password", "a long enough one"), ("next", "/spaces")]).await;
    assert_eq!(signed_in.path, "/settings/erase");
    again.post("/settings/erase/cancel", &[]).await.is(200);
    later(Duration::days(2));
    work_once(&site.site).await.unwrap();
    again.get("/settings").await.shows("Anna");

    // By a mailed link, too; then nothing keeps it.
    again.post("/settings/prove/link", &[("next", "/settings/erase")]).await.is(200).shows("on its way");
    let message: String = site.site.db.value("SELECT message FROM outbox WHERE kind = 'mail-prove' ORDER BY id DESC LIMIT 1", vec![]).await.unwrap().unwrap();
    let message: serde_json::Value = serde_json::from_str(&message).unwrap();
    let link = message["text"].as_str().unwrap().lines().find_map(|line| line.strip_prefix(&site.url)).unwrap().to_owned();
    let other = site.practitioner("Bela").await;
    other.get(&link).await.is(410);
    let page = again.get(&link).await;
    page.is(200).shows("It is me");
    let token = link.split('?').next().unwrap();
    assert_eq!(again.post(token, &[("next", page.input("next").as_str())]).await.path, "/settings/erase");
    again.post(token, &[]).await.is(410);
    again.post("/settings/erase", &[("words", "erase")]).await.is(200).shows("is erased, too");
    later(Duration::days(7) + Duration::minutes(1));
    work_once(&site.site).await.unwrap();
    again.get_plain("/settings").await.is(303);
    site.visitor().post("/sign-in", &[("email", "anna@people.example"), ("password", "a long enough one")]).await.is(422).hides("suspended");
    other.get("/people/anna").await.is(404);
    // The address is free for a new account.
    site.visitor().post("/register", &[("name", "Anna"), ("email", "anna@people.example")]).await.is(200);
    assert_eq!(site.site.db.value::<i64>("SELECT count(*) FROM member WHERE email_folded = 'anna@people.example'", vec![]).await.unwrap(), Some(1));
}

async fn the_terminal_erases_at_once_but_only_when_it_is_meant(site: TestSite) {
    let nora = site.admin("Nora").await;
    let id = site.add("Anna", Role::Member, true).await;
    let anna = site.browser_of(id).await;
    let plenary = |arguments: &'static [&'static str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.args(["member", "erase"]).args(arguments).env("PLENARY_DATA", &site.settings.data).env("PLENARY_DATABASE_URL", &site.settings.database_url).env("RUST_LOG", "off");
        async move {
            let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
            (output.status.success(), String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned())
        }
    };
    let (done, words) = plenary(&["anna"]).await;
    assert!(!done && words.contains("--yes"), "{words}");
    anna.get("/settings").await.shows("Anna");
    let (done, words) = plenary(&["nora", "--yes"]).await;
    assert!(!done && words.contains("last admin"), "{words}");
    let (done, words) = plenary(&["anna", "--yes"]).await;
    assert!(done && words.contains("Erased."), "{words}");
    // The running program hears of it from the journal.
    for _ in 0..100 {
        if anna.get_plain("/settings").await.status == 303 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    anna.get_plain("/settings").await.is(303);
    nora.get("/people/anna").await.is(404);
    nora.post("/settings/erase", &[("words", "keep")]).await.is(422).shows("last admin");
}

async fn a_private_space_keeps_a_moderator(site: TestSite) {
    let space = site.space("Among us", Layer::Private).await;
    let (anna, bela) = (site.add("Anna", Role::Member, true).await, site.add("Bela", Role::Member, true).await);
    for (member, moderates) in [(anna, true), (bela, false)] {
        site.site.write(plenary::forum::SetSpacePerson { by: None, space, member, moderates }).await.unwrap();
    }
    let browser = site.browser_of(bela).await;
    browser.get(&format!("/spaces/{space}/settings")).await.is(403);
    erase(&site.site, anna, false).await.unwrap();
    browser.get(&format!("/spaces/{space}/settings")).await.is(200);
}
