//! People as admins look after them: found, silenced, suspended, signed out; each with a reason that is told.

use std::time::Duration;

use plenary::journal::Reads;
use plenary::people::rights::Layer;
use plenary::people::{Language, Role, SaveProfile, Theme};
use plenary::values;
use sea_orm::Value;

use crate::both_databases;
use crate::support::{Answer, Browser, Socket, TestSite};

both_databases!(
    whoever_is_silenced_reads_and_writes_nothing,
    silence_ends_by_itself,
    whoever_is_suspended_is_out_at_once_and_gets_no_mail,
    all_sessions_are_ended,
    nobody_does_it_to_themselves_and_an_admin_stays,
    people_are_found,
);

async fn take(admin: &Browser, handle: &str, measure: &str, until: &str, reason: &str) -> Answer {
    admin.post(&format!("/admin/people/{handle}/measure"), &[("measure", measure), ("until", until), ("reason", reason)]).await
}

/// The newest mail to an address: subject and text.
async fn mail_to(site: &TestSite, handle: &str) -> String {
    let sql = "SELECT message FROM outbox WHERE recipient = $1 AND kind = 'measure' ORDER BY id DESC LIMIT 1";
    site.site.db.value(sql, values![format!("{handle}@people.example")]).await.unwrap().unwrap_or_default()
}

async fn count(site: &TestSite, sql: &str, values: Vec<Value>) -> i64 {
    site.site.db.value(sql, values).await.unwrap().unwrap_or(0)
}

async fn whoever_is_silenced_reads_and_writes_nothing(site: TestSite) {
    let (nora, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    let space = site.space("Square", Layer::Public).await;
    ben.get(&format!("/spaces/{space}")).await.shows("topics/new");
    take(&nora, "ben-okoro", "silence", "", " ").await.is(422).shows("Write why");
    take(&nora, "ben-okoro", "silence", "tomorrow", "Kept words").await.is(422).shows("Write a day like").shows("Kept words");
    take(&nora, "ben-okoro", "silence", "2001-01-01", "No").await.is(422).shows("still to come");
    take(&nora, "ben-okoro", "reinstate", "", "No").await.is(422).shows("does not fit");
    take(&nora, "ben-okoro", "shout", "", "No").await.is(422).shows("Choose one");
    take(&nora, "nobody-here", "silence", "", "No").await.is(404);
    take(&nora, "ben-okoro", "silence", "", "Insults, <twice>.").await.is(200).shows("Silenced").shows("Insults, &#60;twice&#62;.").shows("Nora Admin");
    // He reads, is told, and his own settings stay his; nothing he writes is taken, and nothing typed is lost.
    ben.get(&format!("/spaces/{space}")).await.is(200).shows("An admin has silenced you").shows("Insults,").hides("topics/new");
    let answer = ben.post(&format!("/spaces/{space}/topics"), &[("title", "Again"), ("body", "Words that I typed"), ("tags", ""), ("key", "k")]).await;
    answer.is(403).shows("nothing you write is taken").shows("Words that I typed");
    ben.post("/preview", &[("body", "x")]).await.is(403);
    ben.post("/settings", &[("name", "Ben Okoro"), ("language", "en"), ("zone", "Europe/Vienna"), ("theme", "dark")]).await.is(200);
    assert!(mail_to(&site, "ben-okoro").await.contains("Insults, <twice>."));
    take(&nora, "ben-okoro", "unsilence", "", "It is well again.").await.is(200).shows("In good standing");
    ben.post(&format!("/spaces/{space}/topics"), &[("title", "Again"), ("body", "Words"), ("tags", ""), ("key", "k")]).await.is(200).hides("silenced you");
    // Both stay in the history.
    nora.get("/admin/people/ben-okoro").await.shows("Insults, &#60;twice&#62;.").shows("It is well again.");
}

async fn silence_ends_by_itself(site: TestSite) {
    let (nora, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    site.site.write(SaveProfile { by: site.site.db.value("SELECT id FROM member WHERE handle = 'ben-okoro'", vec![]).await.unwrap().unwrap(), name: "Ben Okoro".into(), about: String::new(), language: Language::Fr, zone: chrono_tz::Europe::Paris, theme: Theme::System, speaks_for: None }).await.unwrap();
    take(&nora, "ben-okoro", "silence", "2199-01-31", "Pour un temps.").await.is(200).shows("until").shows("31 January 2199");
    assert!(mail_to(&site, "ben-okoro").await.contains("31 janvier 2199"), "in his language");
    ben.get("/").await.shows("31 janvier 2199").shows("Pour un temps.");
    // Its moment comes: what the memory holds is looked at against the clock.
    struct Ends;
    impl plenary::journal::Act for Ends {
        type Answer = ();
        async fn run(&self, tx: &plenary::journal::Tx) -> plenary::Result<()> {
            let soon = tx.now().plus(chrono::Duration::milliseconds(1500));
            tx.write("UPDATE member SET silenced_until = $1 WHERE silenced_at IS NOT NULL", values![soon]).await?;
            let entry = plenary::people::kinds::People::ProfileChanged { member: tx.value("SELECT id FROM member WHERE silenced_at IS NOT NULL", vec![]).await?.unwrap_or(0), is_seen: false };
            tx.record(None, &entry).await.map(|_| ())
        }
    }
    site.site.write(Ends).await.unwrap();
    ben.get("/").await.shows("Pour un temps.");
    tokio::time::sleep(Duration::from_millis(1700)).await;
    ben.get("/").await.hides("Pour un temps.");
    nora.get("/admin/people/ben-okoro").await.shows("In good standing");
    nora.get("/admin/people?standing=silenced").await.hides("Ben Okoro");
}

async fn whoever_is_suspended_is_out_at_once_and_gets_no_mail(site: TestSite) {
    let (nora, ben, anna) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await, site.practitioner("Anna Moser").await);
    let space = site.space("Square", Layer::Public).await;
    let topic = ben.post(&format!("/spaces/{space}/topics"), &[("title", "Mine"), ("body", "Words of Ben"), ("tags", ""), ("key", "k")]).await.path;
    let mut socket = Socket::open(&ben).await;
    // A mail that waits for him.
    let topic = topic.rsplit_once('/').map_or(topic.clone(), |(short, _)| short.to_owned());
    anna.post(&format!("{topic}/posts"), &[("body", "An answer"), ("parent", ""), ("key", "a")]).await.is(200);
    site.settled().await;
    assert_eq!(count(&site, "SELECT count(*) FROM outbox WHERE state = 'waiting' AND recipient = $1", values!["ben-okoro@people.example"]).await, 1);
    take(&nora, "ben-okoro", "suspend", "", "Spam.").await.is(200).shows("Suspended");
    socket.ended().await;
    ben.get("/settings").await.shows("Sign in");
    assert_eq!(count(&site, "SELECT count(*) FROM outbox WHERE state = 'waiting' AND recipient = $1 AND kind <> 'measure'", values!["ben-okoro@people.example"]).await, 0);
    assert!(mail_to(&site, "ben-okoro").await.contains("Spam."));
    anna.post(&format!("{topic}/posts"), &[("body", "One more"), ("parent", ""), ("key", "b")]).await.is(200);
    site.settled().await;
    assert_eq!(count(&site, "SELECT count(*) FROM outbox WHERE recipient = $1 AND kind <> 'measure' AND state <> 'dropped'", values!["ben-okoro@people.example"]).await, 0);
    // His words stay, the directory leaves him out, no link lets him in.
    anna.get(&topic).await.shows("Words of Ben");
    anna.get("/people").await.hides("Ben Okoro");
    site.visitor().post("/sign-in/link", &[("email", "ben-okoro@people.example")]).await.is(200);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(count(&site, "SELECT count(*) FROM link WHERE purpose = 'sign_in'", vec![]).await, 0);
    nora.get("/admin/people?standing=suspended").await.shows("Ben Okoro").hides("Anna Moser");
    take(&nora, "ben-okoro", "silence", "", "Too").await.is(422).shows("does not fit");
    take(&nora, "ben-okoro", "reinstate", "", "A mistake.").await.is(200).shows("In good standing");
    anna.get("/people").await.shows("Ben Okoro");
    let id = site.site.db.value("SELECT id FROM member WHERE handle = 'ben-okoro'", vec![]).await.unwrap().unwrap();
    site.browser_of(id).await.get("/settings").await.is(200);
}

async fn all_sessions_are_ended(site: TestSite) {
    let nora = site.admin("Nora Admin").await;
    let id = site.add("Ben Okoro", Role::Member, false).await;
    let (one, two) = (site.browser_of(id).await, site.browser_of(id).await);
    let mut socket = Socket::open(&two).await;
    nora.get("/admin/people/ben-okoro").await.shows("<dd>2</dd>").shows("Within a day");
    take(&nora, "ben-okoro", "sign_out", "", "Your laptop was stolen.").await.is(200).shows("<dd>0</dd>").shows("Not signed in anywhere");
    socket.ended().await;
    for browser in [one, two] {
        browser.get("/settings").await.shows("Sign in");
    }
    site.browser_of(id).await.get("/settings").await.is(200);
}

async fn nobody_does_it_to_themselves_and_an_admin_stays(site: TestSite) {
    let (nora, ben) = (site.admin("Nora Admin").await, site.admin("Ben Okoro").await);
    for measure in ["silence", "suspend", "sign_out"] {
        take(&nora, "nora-admin", measure, "", "Me").await.is(422).shows("cannot do this to yourself");
    }
    take(&nora, "ben-okoro", "silence", "", "Rest.").await.is(200);
    // Silenced, he lifts nothing: not even his own silence; and the admin who is left stays one.
    take(&ben, "ben-okoro", "unsilence", "", "Please").await.is(403);
    take(&ben, "nora-admin", "suspend", "", "Revenge").await.is(403);
    nora.post("/admin/people/nora-admin/role", &[("role", "member")]).await.is(422).shows("last admin");
    let moderator = site.moderator("Marek Moderator").await;
    take(&moderator, "ben-okoro", "suspend", "", "No").await.is(403);
}

async fn people_are_found(site: TestSite) {
    let nora = site.admin("Nora Admin").await;
    for name in ["José-María Núñez", "Josefine Berg", "Olena Shevchenko"] {
        let handle = name.split(' ').next_back().unwrap().to_lowercase().replace(['ú', 'ñ'], "n");
        let act = plenary::people::AddMember {
            handle: Some(handle.clone()),
            name: name.into(),
            email: format!("{handle}@People.Example"),
            password_hash: None,
            language: Language::En,
            zone: chrono_tz::UTC,
            about: String::new(),
            role: Role::Member,
            is_practitioner: name.starts_with("José-"),
            organisation: None,
        };
        site.site.write(act).await.unwrap();
    }
    for n in 0..60 {
        site.add(&format!("Zoe Number{n:02}"), Role::Member, false).await;
    }
    let all: i64 = count(&site, "SELECT count(*) FROM member", vec![]).await;
    for _ in 0..100 {
        if count(&site, "SELECT count(DISTINCT member) FROM member_word", vec![]).await == all {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let find = async |query: &str| nora.get(&format!("/admin/people?{query}")).await;
    find("q=jose").await.shows("José-María").shows("Josefine").hides("Olena");
    find("q=NUNEZ+jos").await.shows("José-María").hides("Josefine");
    find("q=olena+berg").await.hides("class=\"item\"");
    find("q=%40shevch").await.shows("Olena");
    find("q=shevchenko%40people.ex").await.shows("Olena").hides("Berg");
    find("q=%25").await.hides("class=\"item\"");
    find("q=jose&practitioner=yes").await.shows("José-María").hides("Josefine");
    find("role=admin").await.shows("/admin/people/nora-admin").hides("Olena");
    find("q=o&organisation=987654321").await.hides("class=\"item\"");
    find("standing=nonsense&id=x").await.is(200);
    // Page by page, each once.
    let (mut path, mut seen) = ("/admin/people?q=zoe".to_owned(), Vec::new());
    for _ in 0..4 {
        let page = nora.get(&path).await;
        seen.extend(page.body.split("/admin/people/zoe-").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()));
        if !page.body.contains("rel=\"next\"") {
            break;
        }
        path = page.between("rel=\"next\" href=\"", "\"").replace("&#38;", "&");
    }
    let once: std::collections::BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), once.len()), (60, 60));
    // What changes is found by its new words and no longer by the old.
    let id = site.site.db.value("SELECT id FROM member WHERE handle = 'shevchenko'", vec![]).await.unwrap().unwrap();
    site.site.write(SaveProfile { by: id, name: "Ольга".into(), about: String::new(), language: Language::En, zone: chrono_tz::UTC, theme: Theme::System, speaks_for: None }).await.unwrap();
    for _ in 0..100 {
        if find("q=%D0%9E%D0%9B%D0%AC%D0%93").await.body.contains("Ольга") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    find("q=olena").await.hides("class=\"item\"");
    find("q=%D0%9E%D0%9B%D0%AC%D0%93").await.shows("Ольга");
}
