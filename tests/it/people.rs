//! Joining, signing in and out, settings, and what admins decide.

use plenary::journal::Reads;
use plenary::people::Role;
use plenary::people::rights::Layer;
use plenary::values;

use crate::both_databases;
use crate::support::{Answer, Browser, TestSite};

both_databases!(
    someone_joins_and_confirms_by_mail,
    the_mail_that_confirms_can_be_had_again,
    a_spent_link_leads_on,
    an_account_that_exists_is_not_told_from_one_that_does_not,
    signing_in_by_password_and_out,
    signing_in_by_a_mailed_link,
    sessions_are_ended_one_by_one,
    a_profile_is_saved_and_shown,
    an_admin_confirms_a_practitioner,
    another_site_cannot_write,
    the_first_admin_comes_by_a_link,
);

/// The path of the link in the last mail to an address.
async fn mailed_link(site: &TestSite, email: &str) -> String {
    for _ in 0..200 {
        let sql = "SELECT message FROM outbox WHERE recipient = $1 ORDER BY id DESC LIMIT 1";
        if let Some(message) = site.site.db.value::<String>(sql, values![email]).await.unwrap() {
            let message: serde_json::Value = serde_json::from_str(&message).unwrap();
            let text = message["text"].as_str().unwrap();
            let link = text.lines().find(|line| line.starts_with(&site.url)).unwrap_or_else(|| panic!("no link in {text}"));
            return link.strip_prefix(&site.url).unwrap().to_owned();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no mail to {email}");
}

/// The links that were mailed to an address, the oldest first, once there are as many.
async fn mailed_links(site: &TestSite, email: &str, many: usize) -> Vec<String> {
    for _ in 0..200 {
        let sql = "SELECT message FROM outbox WHERE recipient = $1 ORDER BY id";
        let messages: Vec<String> = site.site.db.column(sql, values![email]).await.unwrap();
        if messages.len() >= many {
            let link = |message: &String| {
                let message: serde_json::Value = serde_json::from_str(message).unwrap();
                let link = message["text"].as_str().unwrap().lines().find_map(|line| line.strip_prefix(&site.url)).unwrap();
                link.to_owned()
            };
            return messages.iter().map(link).collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("fewer than {many} mails to {email}");
}

async fn joined(site: &TestSite, name: &str, email: &str, password: &str) -> Browser {
    let browser = site.visitor();
    browser.post("/register", &[("name", name), ("email", email), ("password", password)]).await.is(200);
    let link = mailed_link(site, email).await;
    browser.post(&link, &[]).await.is(200).shows("Your address is confirmed");
    browser
}

async fn someone_joins_and_confirms_by_mail(site: TestSite) {
    let eva = site.visitor();
    let answer = eva.post("/register", &[("name", "Eva"), ("email", "nowhere"), ("password", "short")]).await;
    answer.is(422).shows("Write an address like").shows("Use at least 10 characters").shows("value=\"Eva\"").hides("short");
    let answer = eva.post("/register", &[("name", "Eva Novak"), ("email", "eva@graz.example"), ("password", "a long password")]).await;
    answer.is(200).shows("We have sent a mail to eva@graz.example").shows("Look in your spam folder").hides("href=\"/mail\"");
    assert_eq!(answer.path, "/register/mailed");
    // Before confirming, the password opens nothing.
    eva.post("/sign-in", &[("email", "eva@graz.example"), ("password", "a long password")]).await.is(422).shows("Confirm your address first");
    let link = mailed_link(&site, "eva@graz.example").await;
    // A mail scanner follows the link: nothing is used up.
    eva.get(&link).await.is(200).shows("Press the button to confirm");
    site.visitor().get(&link).await.is(200);
    eva.post(&link, &[]).await.is(200).shows("Your address is confirmed");
    eva.get("/").await.shows("Good to see you, Eva Novak");
    // What was typed is remembered no longer.
    assert_eq!(eva.cookie().split("; ").find(|cookie| cookie.starts_with("joining")), Some("joining="));
}

async fn the_mail_that_confirms_can_be_had_again(site: TestSite) {
    let eva = site.visitor();
    assert_eq!(eva.get("/register/mailed").await.path, "/register");
    let form = [("name", "Eva Novak"), ("email", "Eva+new@graz.example"), ("password", "a long password")];
    let page = eva.post("/register", &form).await;
    assert_eq!(page.input("email"), "Eva+new@graz.example");
    eva.post("/register/again", &[("email", &page.input("email"))]).await.is(200).shows("We have sent another mail to Eva+new@graz.example");
    let links = mailed_links(&site, "Eva+new@graz.example", 2).await;
    assert!(links.iter().all(|link| link.starts_with("/confirm/")) && links[0] != links[1], "{links:?}");
    // Registering once more before that gives no second account, but the mail once more.
    eva.post("/register", &form).await.is(200);
    assert!(mailed_links(&site, "Eva+new@graz.example", 3).await[2].starts_with("/confirm/"));
    eva.post(&links[1], &[]).await.is(200).shows("Your address is confirmed");
    // Whoever has an account gets a way in.
    site.visitor().post("/register/again", &[("email", "eva+NEW@graz.example")]).await.is(200);
    assert!(mailed_links(&site, "Eva+new@graz.example", 4).await[3].starts_with("/sign-in/"));
    site.visitor().post("/register/again", &[("email", "nowhere")]).await.is(422).shows("Write an address like").shows("value=\"nowhere\"");
}

async fn a_spent_link_leads_on(site: TestSite) {
    let eva = site.visitor();
    eva.post("/register", &[("name", "Eva Novak"), ("email", "eva@graz.example"), ("password", "")]).await.is(200);
    let link = mailed_link(&site, "eva@graz.example").await;
    eva.post(&link, &[]).await.is(200);
    eva.post(&link, &[]).await.is(410).shows("You are signed in").hides("/register/again");
    let elsewhere = site.visitor();
    let spent = elsewhere.get(&link).await;
    spent.is(410).shows("has been used or has expired").shows("href=\"/sign-in\"").shows("action=\"/register/again\"");
    // One that never was says the same.
    let never = elsewhere.get("/confirm/never-was-one").await;
    let without_place = |answer: &str, place: &str| answer.replace(place, "");
    assert_eq!((never.status, without_place(&never.body, "/confirm/never-was-one")), (410, without_place(&spent.body, &link)));
    // One that signs in can only be asked for again.
    elsewhere.get("/sign-in/never-was-one").await.is(410).shows("href=\"/sign-in\"").hides("/register/again");
    elsewhere.post("/sign-in/never-was-one", &[]).await.is(410).shows("have a new link mailed to you");
}

async fn an_account_that_exists_is_not_told_from_one_that_does_not(site: TestSite) {
    joined(&site, "Eva Novak", "eva@graz.example", "a long password").await;
    let known = site.visitor().post("/register", &[("name", "X Y"), ("email", "Eva@Graz.example"), ("password", "another password")]).await;
    let unknown = site.visitor().post("/register", &[("name", "X Y"), ("email", "new@graz.example"), ("password", "another password")]).await;
    let without = |answer: &Answer, email: &str| (answer.status, answer.path.clone(), answer.body.replace(email, ""));
    assert_eq!(without(&known, "Eva@Graz.example"), without(&unknown, "new@graz.example"));
    let known = site.visitor().post("/register/again", &[("email", "eva@graz.example")]).await;
    let unknown = site.visitor().post("/register/again", &[("email", "nobody@graz.example")]).await;
    assert_eq!(without(&known, "eva@graz.example"), without(&unknown, "nobody@graz.example"));
    let wrong = site.visitor().post("/sign-in", &[("email", "eva@graz.example"), ("password", "wrong password")]).await;
    let nobody = site.visitor().post("/sign-in", &[("email", "no@graz.example"), ("password", "wrong password")]).await;
    assert_eq!((wrong.status, wrong.body.replace("eva@", "@")), (nobody.status, nobody.body.replace("no@", "@")));
    let link = site.visitor().post("/sign-in/link", &[("email", "eva@graz.example")]).await;
    let no_link = site.visitor().post("/sign-in/link", &[("email", "no@graz.example")]).await;
    assert_eq!((link.status, &link.body), (no_link.status, &no_link.body));
    let members: i64 = site.site.db.value("SELECT count(*) FROM member", vec![]).await.unwrap().unwrap();
    assert_eq!(members, 2);
}

async fn signing_in_by_password_and_out(site: TestSite) {
    joined(&site, "Eva Novak", "eva@graz.example", "a long password").await;
    let eva = site.visitor();
    eva.get("/settings").await.is(200).shows("Sign in");
    let answer = eva.post("/sign-in", &[("email", "EVA@graz.example"), ("password", "a long password"), ("next", "/people")]).await;
    answer.is(200);
    assert_eq!(answer.path, "/people");
    let elsewhere = site.visitor();
    let answer = elsewhere.post_plain("/sign-in", &[("email", "eva@graz.example"), ("password", "a long password"), ("next", "//evil.example")]).await;
    assert_eq!(answer.headers["location"], "/");
    eva.post("/sign-out", &[]).await.is(200).shows("Join the network");
    eva.get("/people").await.shows("Sign in");
}

async fn signing_in_by_a_mailed_link(site: TestSite) {
    site.add("Ben Okoro", Role::Member, false).await;
    let ben = site.visitor();
    ben.post("/sign-in/link", &[("email", "ben-okoro@people.example")]).await.is(200).shows("a mail with a link is on its way");
    let link = mailed_link(&site, "ben-okoro@people.example").await;
    ben.get(&link).await.is(200).shows("Press the button to sign in");
    ben.post(&link, &[]).await.is(200).shows("Good to see you, Ben Okoro");
    site.visitor().post(&link, &[]).await.is(410).shows("has been used or has expired");
}

async fn sessions_are_ended_one_by_one(site: TestSite) {
    let id = site.add("Ben Okoro", Role::Member, false).await;
    let (phone, desk) = (site.browser_of(id).await, site.browser_of(id).await);
    let settings = desk.get("/settings").await;
    let end = format!("/settings/sessions/{}/end", settings.between("/settings/sessions/", "/end"));
    desk.post(&end, &[]).await.is(200);
    phone.get("/settings").await.shows("Sign in").hides("Where you are signed in");
    desk.get("/settings").await.shows("Where you are signed in");
    // Another's session is like one that does not exist.
    let eve = site.member("Eve Novak").await;
    eve.post(&end, &[]).await.is(404);
    // A new password ends all others.
    let tablet = site.browser_of(id).await;
    desk.post("/settings/password", &[("password", "too short")]).await.is(422).shows("Use at least 10");
    desk.post("/settings/password", &[("password", "long enough now")]).await.is(200);
    tablet.get("/settings").await.hides("Where you are signed in");
    desk.get("/settings").await.shows("Where you are signed in");
}

async fn a_profile_is_saved_and_shown(site: TestSite) {
    let organisation = site.organisation("City of Graz", "Graz", plenary::people::Level::City).await;
    let ben_id = site.add("Ben Okoro", Role::Member, false).await;
    let ben = site.browser_of(ben_id).await;
    let form = [("name", "Ben O. Okoro"), ("about", "Housing"), ("language", "fr"), ("zone", "Europe/Paris"), ("theme", "dark"), ("organisation", "")];
    let mut wrong = form;
    wrong[0].1 = "  ";
    wrong[3].1 = "Mars/Base";
    ben.post("/settings", &wrong).await.is(422).shows("Write your name").shows("Choose a time zone").shows("Housing");
    let organisation = organisation.to_string();
    site.belongs(ben_id, &organisation).await;
    let mut right = form;
    right[5].1 = &organisation;
    let page = ben.post("/settings", &right).await;
    page.is(200).shows("lang=\"fr\"").shows("data-zone=\"Europe/Paris\"").shows("data-theme=\"dark\"");
    let eve = site.member("Eve Novak").await;
    eve.get("/people/ben-okoro").await.is(200).shows("Ben O. Okoro").shows("City of Graz").shows("Housing");
    eve.get("/people/nobody").await.is(404);
    site.visitor().get("/people/ben-okoro").await.shows("Sign in").hides("Ben O. Okoro");
    eve.get(&format!("/organisations/{organisation}")).await.shows("Ben O. Okoro");
    site.visitor().get(&format!("/organisations/{organisation}")).await.is(200).hides("Ben O. Okoro");
}

async fn an_admin_confirms_a_practitioner(site: TestSite) {
    let space = site.space("Among us", Layer::Practitioners).await;
    let (nora, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    ben.get(&format!("/spaces/{space}")).await.is(404);
    ben.get("/admin/people").await.is(403);
    ben.post("/admin/people/ben-okoro/practitioner", &[("confirm", "yes")]).await.is(403);
    nora.get("/admin/people").await.is(200).shows("Ben Okoro");
    nora.post("/admin/people/ben-okoro/practitioner", &[("confirm", "yes")]).await.is(200).hides("Confirm Ben Okoro as");
    // At once, in a session that was open before.
    ben.get(&format!("/spaces/{space}")).await.is(200).shows("Among us");
    nora.post("/admin/people/nora-admin/role", &[("role", "member")]).await.is(422).shows("This is the last admin");
    nora.post("/admin/people/nobody/practitioner", &[("confirm", "yes")]).await.is(404);
}

async fn another_site_cannot_write(site: TestSite) {
    let ben = site.member("Ben Okoro").await;
    let form = "name=Mallory&about=&language=en&zone=UTC&theme=system&organisation=";
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let evil = ben.request("POST", "/settings", &[kind, ("origin", "https://evil.example")], form).await;
    evil.is(403).shows("came from a page of another site").shows("Mallory");
    ben.request("POST", "/settings", &[kind, ("sec-fetch-site", "cross-site"), ("origin", &ben.url)], form).await.is(403);
    ben.request("POST", "/settings", &[kind, ("sec-fetch-site", "same-site")], form).await.is(403);
    ben.request("POST", "/settings", &[kind], form).await.is(403);
    ben.request("POST", "/settings", &[kind, ("origin", "null")], form).await.is(403);
    ben.get("/people/ben-okoro").await.shows("Ben Okoro").hides("Mallory");
    ben.request("POST", "/settings", &[kind, ("sec-fetch-site", "same-origin")], form).await.is(303);
    // Sockets too.
    let upgrade = [("connection", "upgrade"), ("upgrade", "websocket"), ("sec-websocket-version", "13"), ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")];
    let mut from_evil = upgrade.to_vec();
    from_evil.push(("origin", "https://evil.example"));
    ben.request("GET", "/live", &from_evil, "").await.is(403);
    let body = format!("name={}", "a".repeat(300_000));
    ben.request("POST", "/settings", &[kind, ("sec-fetch-site", "same-origin")], &body).await.is(413);
}

async fn the_first_admin_comes_by_a_link(site: TestSite) {
    use plenary::people::{AskLink, LinkPurpose, NewLink};
    let link = NewLink::new(LinkPurpose::FirstAdmin);
    let token = link.token.clone();
    site.site.note(AskLink { member: None, link, mail: None }).await.unwrap();
    let nora = site.visitor();
    nora.get(&format!("/register?first={token}")).await.is(200).shows(&token);
    let form = [("name", "Nora Feeney"), ("email", "nora@galway.example"), ("password", "a long password"), ("first", token.as_str())];
    nora.post("/register", &form).await.is(200).shows("Set up your network");
    nora.get("/").await.shows("Good to see you, Nora Feeney");
    nora.get("/admin/people").await.is(200);
    let form = [("name", "Eve Novak"), ("email", "eve@galway.example"), ("password", "a long password"), ("first", token.as_str())];
    site.visitor().post("/register", &form).await.is(410);
}
