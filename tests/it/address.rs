//! Another address, a new password, sessions, and the list of what was done with the account.

use chrono::Duration;
use plenary::clock::{Clock, Instant};
use plenary::journal::Reads;
use plenary::people::Role;
use plenary::values;

use crate::support::{Start, TestSite};
use crate::{both_databases, both_databases_from};

both_databases!(an_address_that_has_an_account_is_not_taken, sessions_end_all_at_once_and_a_new_password_is_told);
both_databases_from!(an_address_is_changed_and_taken_back);

/// The path of the link in the last mail of a kind to an address.
async fn link(site: &TestSite, kind: &str, email: &str) -> String {
    let sql = "SELECT message FROM outbox WHERE recipient = $1 AND kind = $2 ORDER BY id DESC LIMIT 1";
    let message: String = site.site.db.value(sql, values![email, kind]).await.unwrap().unwrap_or_else(|| panic!("no {kind} to {email}"));
    let message: serde_json::Value = serde_json::from_str(&message).unwrap();
    message["text"].as_str().unwrap().lines().find_map(|line| line.strip_prefix(&site.url)).unwrap().to_owned()
}

async fn mails(site: &TestSite, kind: &str) -> i64 {
    site.site.db.value("SELECT count(*) FROM outbox WHERE kind = $1", values![kind]).await.unwrap().unwrap()
}

async fn an_address_is_changed_and_taken_back(start: Start) {
    let clock = Clock::held_at(Instant::from_utc("2026-11-25T12:00:00Z".parse().unwrap()));
    let site = start.site(clock.clone(), None).await;
    let later = |span: Duration| clock.set(site.site.now().plus(span));
    let id = site.add("Anna", Role::Member, false).await;
    let anna = site.browser_of(id).await;
    anna.post("/settings/password", &[("password", "a long enough one")]).await.is(200);
    anna.post("/settings/address", &[("email", "nowhere")]).await.is(422).shows("like name@example.org");
    anna.post("/settings/address", &[("email", "ANNA@people.example")]).await.is(422).shows("your address already");
    anna.post("/settings/address", &[("email", "anna@first.example")]).await.is(200);
    let first = link(&site, "mail-address", "anna@first.example").await;
    // Asking again replaces what was asked for before.
    anna.post("/settings/address", &[("email", "anna@new.example")]).await.is(200).shows("Mail goes to anna@people.example").shows("sent a mail to anna@new.example");
    site.visitor().get(&first).await.is(410);
    assert_eq!((mails(&site, "mail-address-old").await, mails(&site, "mail-address-new").await), (0, 0), "nothing has happened yet");

    // Looking uses nothing up; whoever gets the mail confirms, signed in or not.
    let confirm = link(&site, "mail-address", "anna@new.example").await;
    let reader = site.visitor();
    reader.get(&confirm).await.is(200).shows("anna@new.example");
    reader.post_plain(&confirm, &[]).await.is(303);
    reader.post(&confirm, &[]).await.is(410);
    anna.get("/settings/account").await.shows("Mail goes to anna@new.example").hides("We have sent a mail");
    link(&site, "mail-address-new", "anna@new.example").await;
    let undo = link(&site, "mail-address-old", "anna@people.example").await;
    let sign_in = |email: &'static str| {
        let (browser, form) = (site.visitor(), [("email", email), ("password", "a long enough one")]);
        async move { browser.post_plain("/sign-in", &form).await.status }
    };
    assert_eq!((sign_in("anna@new.example").await, sign_in("anna@people.example").await), (303, 422));

    // The old address takes it back: no session and no password of whoever did it works on.
    later(Duration::days(6));
    let owner = site.visitor();
    owner.get(&undo).await.is(200).shows("anna@people.example");
    owner.post_plain(&undo, &[]).await.is(303);
    owner.get(&undo).await.is(410);
    anna.get_plain("/settings").await.is(303);
    assert_eq!((sign_in("anna@new.example").await, sign_in("anna@people.example").await), (422, 422));
    owner.post("/sign-in/link", &[("email", "anna@people.example")]).await.is(200);
    for _ in 0..100 {
        if mails(&site, "mail-sign-in").await > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    owner.post(&link(&site, "mail-sign-in", "anna@people.example").await, &[]).await.is(200);
    let page = owner.get("/settings/account").await;
    page.shows("Change of address taken back").shows("Address changed").shows("Another address asked for").shows("Session ended").shows("Password set");

    // After its week the link is none.
    owner.post("/settings/address", &[("email", "anna@third.example")]).await.is(200);
    site.visitor().post_plain(&link(&site, "mail-address", "anna@third.example").await, &[]).await.is(303);
    let undo = link(&site, "mail-address-old", "anna@people.example").await;
    later(Duration::days(7) + Duration::minutes(1));
    site.visitor().get(&undo).await.is(410);
    // And so is one that nobody confirmed within a day.
    let anna = site.browser_of(id).await;
    anna.post("/settings/address", &[("email", "anna@fourth.example")]).await.is(200);
    let confirm = link(&site, "mail-address", "anna@fourth.example").await;
    later(Duration::hours(25));
    site.visitor().post(&confirm, &[]).await.is(410);
    // What is dangerous is asked about again.
    assert_eq!(anna.post("/settings/address", &[("email", "anna@fifth.example")]).await.path, "/settings/prove?next=/settings/account");
}

async fn an_address_that_has_an_account_is_not_taken(site: TestSite) {
    let id = site.add("Anna", Role::Member, false).await;
    site.add("Bela", Role::Member, false).await;
    let anna = site.browser_of(id).await;
    // The page says the same as for any other address.
    anna.post("/settings/address", &[("email", "Bela@people.example")]).await.is(200).shows("We have sent a mail to Bela@people.example");
    let confirm = link(&site, "mail-address", "Bela@people.example").await;
    anna.post(&confirm, &[]).await.is(409).shows("There is an account with this address");
    anna.get("/settings/account").await.shows("Mail goes to anna@people.example");
    // Nor does a link that signs in from the old address work after a change.
    anna.post("/settings/address", &[("email", "anna@new.example")]).await.is(200);
    site.visitor().post("/sign-in/link", &[("email", "anna@people.example")]).await.is(200);
    for _ in 0..100 {
        if mails(&site, "mail-sign-in").await > 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let old = link(&site, "mail-sign-in", "anna@people.example").await;
    site.visitor().post_plain(&link(&site, "mail-address", "anna@new.example").await, &[]).await.is(303);
    site.visitor().post(&old, &[]).await.is(410);
}

async fn sessions_end_all_at_once_and_a_new_password_is_told(site: TestSite) {
    let id = site.add("Anna", Role::Member, false).await;
    let (here, there, elsewhere) = (site.browser_of(id).await, site.browser_of(id).await, site.browser_of(id).await);
    let bela = site.member("Bela").await;
    here.post("/settings/sessions/end-others", &[]).await.is(200);
    here.get("/settings").await.shows("This one");
    for browser in [&there, &elsewhere] {
        browser.get_plain("/settings").await.is(303);
    }
    bela.get("/settings").await.is(200);
    let page = here.get("/settings/account").await;
    assert_eq!((page.body.matches("Session ended").count(), page.body.matches("Signed in").count()), (2, 3));
    here.post("/settings/password", &[("password", "a long enough one")]).await.is(200);
    here.get("/settings/account").await.shows("Password set").shows("test");
    assert_eq!(link(&site, "mail-password", "anna@people.example").await, "/sign-in");
    // Nobody else's.
    bela.get("/settings/account").await.hides("Password set").hides("Session ended");
}
