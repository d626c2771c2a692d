//! Inviting people: by a link that several use, by a list of which each gets a mail; what an invitation gives, and to whom.

use plenary::journal::Reads;
use plenary::mail::{Address, Fresh, Message, Planned};
use plenary::people::rights::Layer;
use plenary::people::{Level, Role, invitations};
use plenary::values;

use crate::both_databases;
use crate::support::{Answer, Browser, TestSite};
use crate::workshops::{in_two_hours, schedule};

both_databases!(
    a_link_brings_a_member_and_somebody_new,
    no_more_come_by_a_link_than_may,
    a_link_that_was_withdrawn_or_made_anew_is_over,
    what_cannot_be_given_is_said,
    whoever_comes_to_a_workshop_is_registered,
    an_address_that_has_an_account_is_led_on,
    a_list_is_looked_at_before_anything_is_sent,
    a_mailed_link_makes_a_member_at_once,
    a_mailed_link_to_an_account_that_nobody_confirmed,
    members_of_a_list_get_the_rest_and_no_mail,
    a_mail_is_sent_again_and_withdrawn,
    a_file_is_read_like_a_pasted_list,
);

/// The form of an invitation, with other values.
fn filled<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("language", "en"), ("ends", "2999-01-01"), ("uses", "5")];
    form.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    form.extend(more);
    form
}

/// A day that is near enough for an invitation to end on.
fn soon() -> String {
    (chrono::Utc::now() + chrono::Duration::days(20)).date_naive().to_string()
}

/// Makes an invitation by a link; its path.
async fn link(admin: &Browser, more: &[(&str, &str)]) -> String {
    let (key, ends) = (plenary::secret::token(), soon());
    let mut form = filled(&[("ends", &ends), ("key", &key)]);
    form.extend(more);
    let made = admin.post("/admin/invitations", &form).await;
    made.is(200).shows("Copy it now");
    shown_link(admin, &made)
}

fn shown_link(admin: &Browser, made: &Answer) -> String {
    let tag = made.between("<input id=\"link\"", ">");
    let link = tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    link.strip_prefix(&admin.url).unwrap().to_owned()
}

/// The links of the mails to an address, the oldest first, once there are as many.
async fn mailed(site: &TestSite, email: &str, many: usize) -> Vec<String> {
    for _ in 0..200 {
        let messages: Vec<String> = site.site.db.column("SELECT message FROM outbox WHERE recipient = $1 ORDER BY id", values![email]).await.unwrap();
        if messages.len() >= many {
            let texts = messages.iter().map(|message| serde_json::from_str::<Message>(message).unwrap().text);
            return texts.map(|text| text.lines().find_map(|line| line.strip_prefix(&site.url).map(str::to_owned)).unwrap()).collect();
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("fewer than {many} mails to {email}");
}

async fn count(site: &TestSite, sql: &str) -> i64 {
    site.site.db.value(sql, values![]).await.unwrap().unwrap()
}

async fn a_link_brings_a_member_and_somebody_new(site: TestSite) {
    let (admin, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    let graz = site.organisation("City of Graz", "Graz", Level::City).await.to_string();
    let (circle, among) = (site.space("A closed circle", Layer::Private).await, site.space("Among practitioners", Layer::Practitioners).await);
    let (circle_id, among_id) = (circle.to_string(), among.to_string());
    let offer = [("organisation", graz.as_str()), ("practitioner", "yes"), ("space", &circle_id), ("space", &among_id)];
    let path = link(&admin, &offer).await;
    // Everybody who has it sees who invites, and to what; looking changes nothing.
    let eva = site.visitor();
    eva.get(&path).await.is(200).shows("Nora Admin invites you to Testnet").shows("City of Graz").shows("A closed circle").shows("the practitioners’ layer");
    ben.get(&format!("/spaces/{circle}")).await.is(404);
    ben.get(&path).await.shows("You are signed in as Ben Okoro");
    ben.get(&format!("/spaces/{circle}")).await.is(404);
    let there = ben.post(&path, &[]).await;
    there.is(200).shows("A closed circle");
    assert_eq!(there.path, format!("/spaces/{circle}"));
    ben.get(&format!("/spaces/{among}")).await.is(200);
    ben.get("/people/ben-okoro").await.shows("City of Graz").shows("Practitioner");
    // Accepting once more is no second use.
    ben.post(&path, &[]).await.is(200);
    ben.get(&path).await.shows("You have accepted this invitation");
    // Somebody new: their address is confirmed by mail, and what the invitation gives comes with that.
    eva.post(&path, &[("name", ""), ("email", "nowhere"), ("password", "short")]).await.is(422).shows("Write your name").shows("Write an address").shows("at least 10").hides("short\"");
    let sent = eva.post(&path, &[("name", "Eva Novak"), ("email", "eva@graz.example"), ("zone", "Europe/Vienna")]).await;
    assert_eq!(sent.path, "/register/mailed");
    assert_eq!(count(&site, "SELECT used FROM member_invitation").await, 1);
    let confirm = mailed(&site, "eva@graz.example", 1).await.remove(0);
    eva.post(&confirm, &[]).await.is(200).shows("Your address is confirmed");
    eva.get(&format!("/spaces/{circle}")).await.is(200);
    eva.get("/people/eva-novak").await.shows("City of Graz").shows("Practitioner");
    admin.get("/admin/invitations").await.shows("2 of 5 came").shows("Eva Novak").shows("Ben Okoro").hides(path.rsplit('/').next().unwrap());
    assert_eq!(count(&site, "SELECT count(*) FROM member_invitation_token t WHERE t.token_hash NOT LIKE '%=%' AND length(t.token_hash) = 43").await, 1, "stored hashed");
}

async fn no_more_come_by_a_link_than_may(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let path = link(&admin, &[("uses", "2"), ("practitioner", "yes")]).await;
    let mut browsers = Vec::new();
    for name in ["Anna Moser", "Ben Okoro", "Eve Novak", "Ida Holm"] {
        browsers.push(site.member(name).await);
    }
    let all = futures_util::future::join_all(browsers.iter().map(|browser| browser.post(&path, &[]))).await;
    let mut statuses: Vec<u16> = all.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 200, 410, 410]);
    assert_eq!(count(&site, "SELECT used FROM member_invitation").await, 2);
    assert_eq!(count(&site, "SELECT count(*) FROM member WHERE practitioner_at IS NOT NULL").await, 3, "the two, and the admin");
    let (over, never) = (site.visitor().get(&path).await, site.visitor().get("/invitations/never-was-one").await);
    over.is(410).shows("This invitation is over").shows("href=\"/register\"");
    assert_eq!(over.body.replace(&path, ""), never.body.replace("/invitations/never-was-one", ""), "an invitation that is over is not told from none");
}

async fn a_link_that_was_withdrawn_or_made_anew_is_over(site: TestSite) {
    let (admin, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    let path = link(&admin, &[("practitioner", "yes")]).await;
    let id = admin.get("/admin/invitations").await.between("action=\"/admin/invitations/", "\"");
    let change = format!("/admin/invitations/{id}");
    let made = admin.post(&change, &[("do", "link")]).await;
    let anew = shown_link(&admin, &made);
    ben.get(&path).await.is(410);
    ben.get(&anew).await.is(200);
    // Somebody registers, and it is withdrawn before they confirm: they join, and no more.
    let eva = site.visitor();
    eva.post(&anew, &[("name", "Eva Novak"), ("email", "eva@graz.example")]).await.is(200);
    admin.post(&change, &[("do", "withdraw")]).await.is(200).shows("Withdrawn");
    ben.post(&anew, &[]).await.is(410);
    admin.post(&change, &[("do", "link")]).await.is(422).shows("was withdrawn");
    admin.post(&change, &[("do", "something else")]).await.is(422);
    eva.post(&mailed(&site, "eva@graz.example", 1).await[0], &[]).await.is(200).shows("Your address is confirmed");
    eva.get("/people/eva-novak").await.hides("Practitioner</span>");
    assert_eq!(count(&site, "SELECT used FROM member_invitation").await, 0);
}

async fn what_cannot_be_given_is_said(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let among = site.space("Among practitioners", Layer::Practitioners).await.to_string();
    let wrong = filled(&[("uses", "0"), ("ends", "2020-01-01"), ("space", &among), ("organisation", "987654321"), ("workshop", "7"), ("language", "tlh")]);
    let page = admin.post("/admin/invitations", &wrong).await;
    page.is(422).shows("from 1 to 1").shows("still to come").shows("is for practitioners").shows("Choose an organisation").shows("Choose one of what is offered");
    assert_eq!(count(&site, "SELECT count(*) FROM member_invitation").await, 0);
    admin.post("/admin/invitations", &filled(&[])).await.is(422).shows("within 366 days");
    // The same form sent twice makes one invitation; the link of the second answer works.
    let (key, ends) = (plenary::secret::token(), soon());
    let form = filled(&[("key", &key), ("ends", &ends)]);
    let (one, two) = (admin.post("/admin/invitations", &form).await, admin.post("/admin/invitations", &form).await);
    assert_eq!(count(&site, "SELECT count(*) FROM member_invitation").await, 1);
    site.visitor().get(&shown_link(&admin, &one)).await.is(410);
    site.visitor().get(&shown_link(&admin, &two)).await.is(200);
}

async fn whoever_comes_to_a_workshop_is_registered(site: TestSite) {
    let nora = site.add("Nora Admin", Role::Admin, true).await;
    let (admin, ben) = (site.browser_of(nora).await, site.member("Ben Okoro").await);
    let space = site.space("A closed circle", Layer::Private).await;
    site.site.write(plenary::forum::SetSpacePerson { by: None, space, member: nora, moderates: true }).await.unwrap();
    let workshop = schedule(&site, nora, space, &[nora], in_two_hours(), 0).await.to_string();
    let (space, ends) = (space.to_string(), soon());
    // Nobody is invited to where they could not see it.
    admin.post("/admin/invitations", &filled(&[("ends", &ends), ("workshop", &workshop)])).await.is(422).shows("they could not see it");
    let path = link(&admin, &[("workshop", &workshop), ("space", &space)]).await;
    let there = ben.post(&path, &[]).await;
    assert_eq!(there.path, format!("/workshops/{workshop}"));
    there.shows("Withdraw");
    assert_eq!(count(&site, "SELECT count(*) FROM registration WHERE standing = 'registered'").await, 1);
}

async fn an_address_that_has_an_account_is_led_on(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    site.add("Ben Okoro", Role::Member, false).await;
    let path = link(&admin, &[("practitioner", "yes")]).await;
    let form = |email: &'static str| [("name", "Ben Okoro"), ("email", email)];
    let (known, unknown) = (site.visitor(), site.visitor());
    let without = |answer: Answer, email: &str| (answer.status, answer.path.clone(), answer.body.replace(email, ""));
    let (one, two) = (known.post(&path, &form("ben-okoro@people.example")).await, unknown.post(&path, &form("new@people.example")).await);
    assert_eq!(without(one, "ben-okoro@people.example"), without(two, "new@people.example"), "whether there is an account is said by mail alone");
    let sign_in = mailed(&site, "ben-okoro@people.example", 1).await.remove(0);
    let next = known.get(&sign_in).await.input("next");
    assert_eq!(next, path);
    known.post(sign_in.split('?').next().unwrap(), &[("next", &next)]).await.is(200).shows("You are signed in as Ben Okoro");
    known.post(&path, &[]).await.is(200);
    known.get("/people/ben-okoro").await.shows("Practitioner");
}

/// Invites a list; the answer.
async fn invite(admin: &Browser, table: &str, more: &[(&str, &str)]) -> Answer {
    let ends = soon();
    let mut form = filled(&[("ends", &ends), ("table", table)]);
    form.extend(more);
    admin.post("/admin/invitations/table", &form).await
}

async fn a_list_is_looked_at_before_anything_is_sent(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    site.organisation("City of Graz", "Graz", Level::City).await;
    let table = "name;email;organisation;language;practitioner\nEva Novak;eva@graz.example;Graz;fr;yes\nIda;nowhere;Bruges;tlh;perhaps\n";
    let wrong = invite(&admin, table, &[("sure", "yes")]).await;
    wrong.is(422).shows("Line 3").shows("Write an address like").shows("no organisation called “Bruges”").shows("yes, no").shows("Eva Novak;eva@graz.example");
    let table = "name;email;organisation;language;practitioner\nEva Novak;eva@graz.example;Graz;fr;yes\nIda Holm;ida@graz.example;;;\nEva Again;EVA@graz.example;;;\nNora;nora-admin@people.example;;;\n";
    let page = invite(&admin, table, &[]).await;
    page.is(200).shows("2 people to invite").shows("One is a Member already").shows("Stands further up").shows("Nothing has been sent yet").shows("Mail 2 invitations");
    assert_eq!(count(&site, "SELECT count(*) FROM outbox").await, 0);
    assert_eq!(count(&site, "SELECT count(*) FROM member_invitation").await, 0);
    let done = invite(&admin, table, &[("sure", "yes")]).await;
    done.is(200).shows("2 mails are on their way").shows("One person was a Member already").shows("eva@graz.example").shows("0 of 2 came");
    assert_eq!(mailed(&site, "eva@graz.example", 1).await.len(), 1);
    // In her language, and each once: pasted again, nobody is mailed twice.
    let message: String = site.site.db.value("SELECT message FROM outbox WHERE recipient = 'eva@graz.example'", values![]).await.unwrap().unwrap();
    let message: Message = serde_json::from_str(&message).unwrap();
    assert!(message.subject.contains("vous invite") && message.text.contains("City of Graz") && message.html.contains("City of Graz"), "{message:?}");
    invite(&admin, table, &[]).await.is(200).shows("Nobody new").shows("Was invited by mail").shows("3 are left out");
    invite(&admin, table, &[("sure", "yes")]).await.is(200);
    assert_eq!(count(&site, "SELECT count(*) FROM outbox").await, 2);
    invite(&admin, "", &[]).await.is(422).shows("Paste at least one address");
}

async fn a_mailed_link_makes_a_member_at_once(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let graz = site.organisation("City of Graz", "Graz", Level::City).await.to_string();
    let circle = site.space("A closed circle", Layer::Private).await;
    let space = circle.to_string();
    invite(&admin, "Eva Novak <eva@graz.example>", &[("sure", "yes"), ("organisation", &graz), ("practitioner", "yes"), ("space", &space)]).await.is(200);
    let path = mailed(&site, "eva@graz.example", 1).await.remove(0);
    let eva = site.visitor();
    let page = eva.get(&path).await;
    page.is(200).shows("Nora Admin invites you").shows("Your address is eva@graz.example").shows("A closed circle").hides("name=\"email\"");
    assert_eq!(page.input("name"), "Eva Novak");
    assert_eq!(count(&site, "SELECT count(*) FROM member").await, 1, "looking changes nothing");
    eva.post(&path, &[("name", " "), ("password", "short")]).await.is(422).shows("Write your name").shows("at least 10");
    eva.post(&path, &[("name", "Eva Maria Novak"), ("password", "a long password"), ("zone", "Europe/Vienna")]).await.is(200).shows("Welcome, Eva Maria Novak").shows("Your address is confirmed");
    eva.get("/").await.shows("Good to see you, Eva Maria Novak");
    eva.get(&format!("/spaces/{circle}")).await.is(200);
    eva.get("/people/eva-maria-novak").await.shows("City of Graz").shows("Practitioner");
    // It signs nobody in a second time.
    let thief = site.visitor();
    thief.post(&path, &[("name", "Thief")]).await.is(410);
    thief.get("/").await.hides("Good to see you");
    eva.get(&path).await.shows("You have accepted this invitation");
    let list = admin.get("/admin/invitations").await.between("href=\"/admin/invitations/lists/", "\"");
    admin.get(&format!("/admin/invitations/lists/{list}")).await.shows("1 of 1 came").shows("Eva Maria Novak").hides("value=\"resend\"").hides("eva@graz.example");
    // The password is hers.
    site.visitor().post("/sign-in", &[("email", "eva@graz.example"), ("password", "a long password")]).await.is(200);
}

async fn a_mailed_link_to_an_account_that_nobody_confirmed(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let stranger = site.visitor();
    stranger.post("/register", &[("name", "Not Eva"), ("email", "eva@graz.example"), ("password", "a stranger's password")]).await.is(200);
    invite(&admin, "eva@graz.example", &[("sure", "yes")]).await.is(200).shows("One mail is on its way");
    let path = mailed(&site, "eva@graz.example", 2).await.remove(1);
    let eva = site.visitor();
    eva.post(&path, &[("name", "Eva Novak")]).await.is(200);
    eva.get("/").await.shows("Good to see you, Eva Novak");
    stranger.post("/sign-in", &[("email", "eva@graz.example"), ("password", "a stranger's password")]).await.is(422);
    assert_eq!(count(&site, "SELECT count(*) FROM member").await, 2);
}

async fn members_of_a_list_get_the_rest_and_no_mail(site: TestSite) {
    let (admin, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    let graz = site.organisation("City of Graz", "Graz", Level::City).await.to_string();
    let offer = [("organisation", graz.as_str()), ("practitioner", "yes")];
    let page = invite(&admin, "ben-okoro@people.example", &offer).await;
    page.shows("Is a Member already").shows("Give it to one Member");
    let mut sure = offer.to_vec();
    sure.push(("sure", "yes"));
    invite(&admin, "ben-okoro@people.example", &sure).await.is(200).shows("One person was a Member already");
    ben.get("/people/ben-okoro").await.shows("City of Graz").shows("Practitioner");
    assert_eq!(count(&site, "SELECT count(*) FROM outbox").await, 0);
    assert_eq!(count(&site, "SELECT count(*) FROM member_invitation").await, 0);
}

async fn a_mail_is_sent_again_and_withdrawn(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let list = invite(&admin, "eva@graz.example\nida@graz.example", &[("sure", "yes")]).await;
    let ids: Vec<String> = list.body.split("action=\"/admin/invitations/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    let (eva, ida) = (format!("/admin/invitations/{}", ids[0]), format!("/admin/invitations/{}", ids[1]));
    admin.post(&eva, &[("do", "resend")]).await.is(200).shows("Another mail is on its way").shows("Mailed 2 times");
    let links = mailed(&site, "eva@graz.example", 2).await;
    assert_ne!(links[0], links[1]);
    for link in &links {
        site.visitor().get(link).await.is(200);
    }
    // A mail that still waits is dropped when the invitation is withdrawn, and its link is over.
    let message = Message {
        to: Address { name: String::new(), email: "ida@graz.example".into() },
        subject: "S".into(),
        language: "en".into(),
        text: "T".into(),
        html: "H".into(),
        calendar: None,
        headers: Vec::new(),
        message_id: "a@test".into(),
    };
    let planned = Planned { kind: "invited".into(), dedupe: format!("invited:{}:1", ids[1]), member: None, message };
    assert!(invitations::Mails.again(&site.site, &planned).await.unwrap().is_some());
    admin.post(&ida, &[("do", "withdraw")]).await.is(200).shows("Withdrawn");
    assert!(invitations::Mails.again(&site.site, &planned).await.unwrap().is_none());
    site.visitor().get(&mailed(&site, "ida@graz.example", 1).await[0]).await.is(410);
    admin.post(&ida, &[("do", "resend")]).await.is(422).shows("was withdrawn");
    admin.post(&ida, &[("do", "link")]).await.is(422);
    // Whoever has come is neither mailed again nor withdrawn.
    site.visitor().post(&links[0], &[("name", "Eva Novak")]).await.is(200);
    site.visitor().get(&links[1]).await.is(410);
    admin.post(&eva, &[("do", "resend")]).await.is(422).shows("has come meanwhile");
    admin.post(&eva, &[("do", "withdraw")]).await.is(422).shows("has come meanwhile");
    // Invited again after it was withdrawn, she gets a new one.
    invite(&admin, "ida@graz.example", &[("sure", "yes")]).await.is(200).shows("One mail is on its way");
}

async fn a_file_is_read_like_a_pasted_list(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let send = async |file: &[u8]| {
        let mut body = Vec::new();
        for (name, value) in [("language", "en"), ("ends", &soon()), ("table", "typed@graz.example")] {
            body.extend(format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        body.extend(b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\nContent-Type: text/csv\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--edge--\r\n");
        let headers = [("content-type", "multipart/form-data; boundary=edge"), ("origin", admin.url.as_str())];
        admin.request_bytes("POST", "/admin/invitations/table", &headers, body).await
    };
    send("\u{feff}Nom;Courriel\r\nZoë Müller;zoe@graz.example\r\n".as_bytes()).await.is(200).shows("zoe@graz.example").shows("Zoë Müller").hides("typed@graz.example");
    send(b"").await.is(200).shows("typed@graz.example");
    send(b"name;email\nZo\xeb;zoe@graz.example\n").await.is(422).shows("no text in UTF-8").shows("typed@graz.example");
}
