//! Belonging to an Organisation: asking, being confirmed by a Steward or an admin, leaving; and who of its people are
//! Practitioners.

use plenary::people::{Level, MemberId, Role};
use plenary::notify::Tells;
use plenary::journal::Reads;
use plenary::people::rights::Layer;
use plenary::values;

use crate::both_databases;
use crate::support::{Browser, TestSite};

both_databases!(
    who_asks_to_belong_is_confirmed_by_a_steward,
    who_asks_is_declined_or_takes_it_back,
    only_stewards_and_admins_decide,
    a_steward_confirms_practitioners_of_their_own,
    a_practitioner_who_leaves_is_asked_about,
    nobody_speaks_for_an_organisation_by_choosing_it,
    stewards_and_questions_go_over_when_two_are_merged,
    an_organisation_has_a_place_and_languages,
    a_first_visit_says_what_matters,
);

/// An Organisation with a Steward; its path.
async fn stewarded(site: &TestSite) -> (Browser, Browser, String) {
    let (admin, sam) = (site.admin("Nora Admin").await, site.practitioner("Sam Steward").await);
    let path = format!("/organisations/{}", site.organisation("City of Graz", "Graz", Level::City).await);
    admin.post(&format!("{path}/stewards"), &[("who", "@nobody-here")]).await.is(422).shows("nobody-here");
    admin.post(&format!("{path}/stewards"), &[("who", "@sam-steward")]).await.is(200).shows("Sam Steward");
    (admin, sam, path)
}

/// The number of the first question that a page shows.
async fn question(of: &Browser, path: &str) -> String {
    format!("/questions/{}", of.get(path).await.between("action=\"/questions/", "\""))
}

async fn waits(site: &TestSite, who: &Browser, words: &str) {
    site.settled().await;
    who.get("/").await.shows(words);
}

async fn who_asks_to_belong_is_confirmed_by_a_steward(site: TestSite) {
    let (admin, sam, path) = stewarded(&site).await;
    let (eve, ida) = (site.member("Eve Novak").await, site.member("Ida Holm").await);
    sam.get(&path).await.shows("You belong here").shows("Stewards:");
    let long = "x".repeat(1_001);
    eve.post(&format!("{path}/ask"), &[("words", &long)]).await.is(422).shows("characters").shows(&long);
    eve.post(&format!("{path}/ask"), &[("words", "I run the night shelter.")]).await.is(200).shows("Nobody has answered yet");
    // Once is enough.
    eve.post(&format!("{path}/ask"), &[("words", "Again")]).await.is(200);
    // It waits for the Steward and the admin: as a notice at home, on its page, in their digest; for nobody else.
    waits(&site, &sam, "Eve Novak asks to belong to your organisation").await;
    waits(&site, &admin, "Eve Novak asks to belong to your organisation").await;
    admin.get("/admin/people").await.shows("I run the night shelter.");
    sam.get(&path).await.shows("Waits for an answer").shows("I run the night shelter.").hides("Again");
    let preview = sam.get("/settings/mail/preview").await;
    preview.shows("asks to belong");
    ida.get("/").await.hides("asks to belong");
    ida.get(&path).await.hides("I run the night shelter.");
    let question = question(&sam, &path).await;
    sam.post(&question, &[("answer", "yes")]).await.is(200).hides("I run the night shelter.");
    // Answered once: neither bell rings any longer, and the other finds it answered.
    site.settled().await;
    for who in [&sam, &admin] {
        who.get("/").await.hides("asks to belong");
    }
    admin.post(&question, &[("answer", "no")]).await.is(422).shows("answered this meanwhile");
    waits(&site, &eve, "You belong to it now").await;
    eve.get("/people/eve-novak").await.shows("City of Graz");
    eve.get(&path).await.shows("You belong here").shows("Eve Novak");
    eve.post(&format!("{path}/ask"), &[("words", "")]).await.is(422).shows("You belong to this organisation already");
}

async fn who_asks_is_declined_or_takes_it_back(site: TestSite) {
    let (admin, sam, path) = stewarded(&site).await;
    let eve = site.member("Eve Novak").await;
    eve.post(&format!("{path}/ask"), &[("words", "First")]).await.is(200);
    let first = question(&admin, &path).await;
    // She cannot answer for herself.
    eve.post(&first, &[("answer", "yes")]).await.is(403);
    admin.post(&first, &[("answer", "perhaps")]).await.is(422);
    admin.post(&first, &[("answer", "no"), ("back", "/admin/people")]).await.is(200).shows("Confirm practitioners");
    waits(&site, &eve, "You were not confirmed").await;
    eve.get("/people/eve-novak").await.hides("City of Graz");
    eve.post(&format!("{path}/ask"), &[("words", "Second")]).await.is(200);
    waits(&site, &sam, "Eve Novak asks to belong").await;
    let second = question(&eve, &path).await;
    eve.post(&second, &[("answer", "back")]).await.is(200).shows("Ask to belong here");
    sam.get("/").await.hides("Eve Novak asks to belong");
    sam.get(&path).await.hides("Second");
}

async fn only_stewards_and_admins_decide(site: TestSite) {
    let (_, sam, path) = stewarded(&site).await;
    let (eve, mod_) = (site.member("Eve Novak").await, site.moderator("Mo Derator").await);
    let elsewhere = format!("/organisations/{}", site.organisation("City of Bruges", "Bruges", Level::City).await);
    eve.post(&format!("{path}/ask"), &[]).await.is(200);
    eve.post(&format!("{elsewhere}/ask"), &[]).await.is(200);
    let (here, there) = (question(&sam, &path).await, question(&eve, &elsewhere).await);
    // To those who may not answer there is no such question: nor to the Steward of another one.
    mod_.post(&here, &[("answer", "yes")]).await.is(404);
    sam.post(&there, &[("answer", "yes")]).await.is(404);
    sam.get(&elsewhere).await.hides("Waits for an answer");
    mod_.post(&format!("{path}/people/sam-steward"), &[("do", "remove")]).await.is(403);
    sam.post(&format!("{path}/people/eve-novak"), &[("do", "practitioner")]).await.is(404);
    sam.post(&format!("{path}/stewards"), &[("who", "eve-novak")]).await.is(403);
    // A Steward no longer: at once.
    sam.post(&here, &[("answer", "yes")]).await.is(200);
    site.admin("Ada Admin").await.post(&format!("{path}/stewards"), &[("who", "@sam-steward"), ("do", "end")]).await.is(200);
    sam.get(&path).await.hides("For its Stewards").shows("You belong here");
    sam.post(&format!("{path}/people/eve-novak"), &[("do", "remove")]).await.is(403);
}

async fn a_steward_confirms_practitioners_of_their_own(site: TestSite) {
    let (_, sam, path) = stewarded(&site).await;
    let eve_id = site.add("Eve Novak", Role::Member, false).await;
    let eve = site.browser_of(eve_id).await;
    let among = site.space("Among practitioners", Layer::Practitioners).await;
    site.belongs(eve_id, &path).await;
    let person = format!("{path}/people/eve-novak");
    eve.get(&format!("/spaces/{among}")).await.is(404);
    sam.post(&person, &[("do", "practitioner")]).await.is(200);
    eve.get(&format!("/spaces/{among}")).await.is(200);
    sam.post(&person, &[("do", "something else")]).await.is(422);
    sam.post(&person, &[("do", "practitioner_end")]).await.is(200);
    eve.get(&format!("/spaces/{among}")).await.is(404);
    sam.post(&person, &[("do", "remove")]).await.is(200).hides("Eve Novak");
    sam.post(&person, &[("do", "practitioner")]).await.is(404);
}

async fn a_practitioner_who_leaves_is_asked_about(site: TestSite) {
    let (admin, sam, path) = stewarded(&site).await;
    let mut people = Vec::new();
    for name in ["Eve Novak", "Ida Holm", "Una Plain"] {
        let id = site.add(name, Role::Member, name != "Una Plain").await;
        site.belongs(id, &path).await;
        people.push(site.browser_of(id).await);
    }
    let (eve, ida, una) = (&people[0], &people[1], &people[2]);
    eve.get(&path).await.shows("asked whether you stay a practitioner");
    una.get(&path).await.hides("asked whether you stay a practitioner");
    eve.post(&format!("{path}/leave"), &[]).await.is(200).shows("Ask to belong here");
    eve.get("/people/eve-novak").await.hides("City of Graz").shows("Practitioner");
    waits(&site, &sam, "Eve Novak, a practitioner, has left").await;
    waits(&site, &admin, "Eve Novak, a practitioner, has left").await;
    let about_eve = question(&sam, &path).await;
    // It is not hers to answer.
    eve.post(&about_eve, &[("answer", "yes")]).await.is(404);
    sam.post(&about_eve, &[("answer", "no")]).await.is(200);
    eve.get("/people/eve-novak").await.hides("Practitioner</span>");
    waits(&site, eve, "You are no longer a practitioner").await;
    // The other stays one; and who was none is not asked about.
    sam.post(&format!("{path}/people/ida-holm"), &[("do", "remove")]).await.is(200);
    let about_ida = question(&admin, "/admin/people").await;
    admin.post(&about_ida, &[("answer", "yes")]).await.is(200);
    ida.get("/people/ida-holm").await.shows("Practitioner");
    waits(&site, ida, "You stay a practitioner").await;
    una.post(&format!("{path}/leave"), &[]).await.is(200);
    sam.get(&path).await.hides("Waits for an answer");
    una.post(&format!("{path}/leave"), &[]).await.is(404);
}

async fn nobody_speaks_for_an_organisation_by_choosing_it(site: TestSite) {
    let (_, _, path) = stewarded(&site).await;
    let eve_id: MemberId = site.add("Eve Novak", Role::Member, false).await;
    let eve = site.browser_of(eve_id).await;
    let organisation = path.rsplit('/').next().unwrap();
    let form = [("name", "Eve Novak"), ("about", "Kept"), ("organisation", organisation), ("language", "en"), ("zone", "Europe/Vienna"), ("theme", "system")];
    eve.get("/settings").await.hides("City of Graz");
    eve.post("/settings", &form).await.is(422).shows("You do not belong to this organisation").shows("Kept");
    eve.post(&format!("{path}/ask"), &[]).await.is(200);
    eve.get("/settings").await.shows("You have asked: City of Graz.");
    site.belongs(eve_id, &path).await;
    eve.post("/settings", &form).await.is(200);
    eve.get("/settings").await.hides("You have asked");
}

async fn stewards_and_questions_go_over_when_two_are_merged(site: TestSite) {
    let (admin, sam, twice) = stewarded(&site).await;
    let graz = format!("/organisations/{}", site.organisation("Stadt Graz", "Stadt Graz", Level::City).await);
    let eve = site.member("Eve Novak").await;
    eve.post(&format!("{twice}/ask"), &[("words", "Still waiting")]).await.is(200);
    admin.post(&format!("{twice}/merge"), &[("into", graz.rsplit('/').next().unwrap()), ("sure", "yes")]).await.is(200);
    sam.get(&graz).await.shows("Still waiting");
    let question = question(&sam, &graz).await;
    sam.post(&question, &[("answer", "yes")]).await.is(200);
    eve.get("/people/eve-novak").await.shows("Stadt Graz");
    // What the page shows is what is kept: nobody is told of what no longer waits.
    let teller = plenary::people::membership::Tells;
    let reader = plenary::people::Reader::of(site.site.people.member(&site.site.db, &site.site.bus, MemberId(2)).await.unwrap().unwrap(), None);
    let id: i64 = site.site.db.value("SELECT max(id) FROM membership_question", values![]).await.unwrap().unwrap();
    assert_eq!(teller.describe(&site.site, &reader, &format!("question:{id}")).await.unwrap(), None);
}

async fn an_organisation_has_a_place_and_languages(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let form = [("name", "City of Graz"), ("short_name", "Graz"), ("kind", "municipality"), ("level", "city"), ("country", "AT"), ("standing", "partner"), ("within", "")];
    let mut wrong = form.to_vec();
    wrong.extend([("place", "Styria"), ("languages", "German")]);
    admin.post("/admin/organisations", &wrong).await.is(422).shows("codes of two or three letters").shows("Styria");
    let mut right = form.to_vec();
    right.extend([("place", "Styria"), ("languages", "DE; sl")]);
    let path = admin.post("/admin/organisations", &right).await.path.clone();
    site.visitor().get(&path).await.shows("Styria").shows("works in de, sl");
    let page = admin.get(&format!("{path}/edit")).await;
    assert_eq!((page.input("place"), page.input("languages")), ("Styria".into(), "de, sl".into()));
    let version = page.input("version");
    let mut changed = form.to_vec();
    changed.extend([("place", ""), ("languages", "de"), ("version", &version)]);
    admin.post(&format!("{path}/edit"), &changed).await.is(200).shows("works in de").hides("Styria");
}

async fn a_first_visit_says_what_matters(site: TestSite) {
    let (_, sam, path) = stewarded(&site).await;
    let eve = site.visitor();
    eve.post("/register", &[("name", "Eve Novak"), ("email", "eve@graz.example"), ("zone", "Europe/Paris")]).await.is(200);
    let message: String = site.site.db.value("SELECT message FROM outbox WHERE recipient = 'eve@graz.example'", values![]).await.unwrap().unwrap();
    let text = serde_json::from_str::<plenary::mail::Message>(&message).unwrap().text;
    let confirm = text.lines().find_map(|line| line.strip_prefix(&site.url)).unwrap();
    let page = eve.post(confirm, &[]).await;
    assert_eq!(page.path, "/welcome?joined=yes");
    page.is(200).shows("Welcome, Eve Novak").shows("Your address is confirmed").shows("<option selected>Europe/Paris</option>").shows("City of Graz").hides("You speak for");
    page.shows("href=\"/\">Skip");
    let organisation = path.rsplit('/').next().unwrap();
    let form = [("language", "fr"), ("zone", "Europe/Vienna"), ("ask", organisation), ("kind", "daily"), ("weekday", "3"), ("hour", "7")];
    let mut wrong = form;
    (wrong[1].1, wrong[4].1, wrong[5].1) = ("Mars/Base", "9", "99");
    eve.post("/welcome", &wrong).await.is(422).shows("Choose a time zone").shows("Choose one of what is offered");
    eve.post("/welcome", &form).await.is(200).shows("lang=\"fr\"").shows("data-zone=\"Europe/Vienna\"");
    sam.get(&path).await.shows("asks to belong to City of Graz");
    let again = eve.get("/welcome").await;
    again.shows("City of Graz.").hides("Votre adresse est confirmée");
    eve.get("/settings").await.shows("href=\"/welcome\"");
    let choice: String = site.site.db.value("SELECT kind FROM digest_setting WHERE member = (SELECT id FROM member WHERE handle = 'eve-novak')", values![]).await.unwrap().unwrap();
    assert_eq!(choice, "daily");
    // Whoever came by an invitation goes on to where it leads.
    let admin = site.admin("Ada Admin").await;
    let ends = (chrono::Utc::now() + chrono::Duration::days(5)).date_naive().to_string();
    let made = admin.post("/admin/invitations", &[("uses", "1"), ("language", "en"), ("ends", &ends), ("organisation", organisation)]).await;
    let link = made.between("value=\"http://", "\"");
    eve.post(&link[link.find('/').unwrap()..], &[]).await.is(200);
    assert_eq!(eve.post("/welcome", &form).await.path, path);
}
