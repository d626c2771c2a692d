//! One question through two Levels, by forms, without script: four people in four browsers, and each refusal.

use plenary::dialogues::{self, DialogueId};
use plenary::people::rights::Layer;
use plenary::people::{Level, MemberId, OrganisationId, Role};

use crate::both_databases;
use crate::support::{Browser, Socket, TestSite};

both_databases!(
    one_question_through_two_levels,
    each_refusal_has_its_words,
    a_new_version_is_a_new_vote,
    a_dialogue_of_practitioners_is_theirs,
    opening_one_says_what_is_missing,
    others_hear_that_it_went_on,
);

/// The people of a dialogue between a city and a nation.
struct Cast {
    lead: Browser,
    /// A resident, who speaks for herself.
    leyla: Browser,
    /// Somebody of the city.
    gerald: Browser,
    /// Somebody of the ministry.
    vera: Browser,
    /// Somebody of a region.
    rosa: Browser,
    dialogue: String,
    city: String,
    nation: String,
}

async fn of(site: &TestSite, name: &str, organisation: Option<OrganisationId>) -> Browser {
    let id: MemberId = site.add(name, Role::Member, true).await;
    let browser = site.browser_of(id).await;
    if let Some(organisation) = organisation {
        site.belongs(id, &organisation.to_string()).await;
    }
    browser
}

async fn cast(site: &TestSite, layer: Layer) -> Cast {
    let space = site.space("Housing", layer).await;
    let graz = site.organisation("City of Graz", "Graz", Level::City).await;
    let ministry = site.organisation("Ministry of Justice", "Justice", Level::Nation).await;
    let styria = site.organisation("Styria", "Styria", Level::Region).await;
    let lead = site.moderator("Katrin Lind").await;
    lead.get(&format!("/spaces/{space}")).await.shows("Open a dialogue");
    let ministry_id = ministry.to_string();
    let form = [
        ("title", "The right to housing"),
        ("question", "What should it mean where people live?"),
        ("background", "Graz has asked."),
        ("name-1", "Graz"),
        ("level-1", "city"),
        ("closes-1", "2099-12-31"),
        ("quorum-1", "2"),
        ("disagree-1", "25"),
        ("name-2", "Austria"),
        ("level-2", "nation"),
        ("organisation-2", &ministry_id),
        ("closes-2", "2099-12-31"),
        ("quorum-2", "1"),
        ("disagree-2", "25"),
    ];
    let answer = lead.post(&format!("/spaces/{space}/dialogues"), &form).await;
    answer.is(200).shows("What should it mean where people live?").shows("gathering").shows("planned");
    let list = answer.between("<ol class=\"stages\">", "</ol>");
    let stages: Vec<String> = list.split("href=\"/dialogues/").filter(|part| part.contains("/stages/")).map(|part| format!("/dialogues/{}", part.split('"').next().unwrap())).collect();
    Cast {
        lead,
        leyla: of(site, "Leyla Aydin", None).await,
        gerald: of(site, "Gerald Pichler", Some(graz)).await,
        vera: of(site, "Vera Justice", Some(ministry)).await,
        rosa: of(site, "Rosa Region", Some(styria)).await,
        dialogue: answer.path,
        city: stages[0].clone(),
        nation: stages[1].clone(),
    }
}

async fn say(by: &Browser, stage: &str, text: &str) {
    let key = by.get(stage).await.input("key");
    by.post(&format!("{stage}/contributions"), &[("text", text), ("key", &key)]).await.is(200).shows(text);
}

async fn go(by: &Browser, stage: &str, to: &str) {
    by.post(&format!("{stage}/state"), &[("to", to)]).await.is(200);
}

async fn sum_up(by: &Browser, stage: &str, more: &[(&str, &str)]) {
    let version = by.get(&format!("{stage}/synthesis")).await.input("version");
    let mut form = vec![("version", version.as_str())];
    form.extend(more);
    by.post(&format!("{stage}/synthesis"), &form).await.is(200);
}

async fn vote(by: &Browser, stage: &str, choice: &str, reason: &str) -> crate::support::Answer {
    let page = by.get(stage).await;
    let version = page.body.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("1").to_owned();
    by.post(&format!("{stage}/votes"), &[("choice", choice), ("reason", reason), ("version", &version)]).await
}

/// The page once it shows a text: readers of the journal come a moment after the act.
async fn until(by: &Browser, path: &str, text: &str) -> crate::support::Answer {
    for _ in 0..200 {
        let page = by.get(path).await;
        if page.body.contains(text) {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{path} never shows {text}");
}

async fn one_question_through_two_levels(site: TestSite) {
    let cast = cast(&site, Layer::Public).await;
    say(&cast.leyla, &cast.city, "When the heating fails I call three offices.").await;
    say(&cast.gerald, &cast.city, "We have a sheet headed Not us.").await;
    let key = cast.lead.get(&cast.city).await.input("key");
    let entered = [("text", "Ring the bell once."), ("entered_for", "a man at the library desk"), ("key", key.as_str())];
    cast.lead.post(&format!("{}/contributions", cast.city), &entered).await.is(200).shows("a man at the library desk");
    cast.leyla.post(&format!("{}/contributions", cast.city), &[("text", "For another"), ("entered_for", "somebody"), ("key", "k")]).await.is(403);
    go(&cast.lead, &cast.city, "sum_up").await;
    sum_up(&cast.lead, &cast.city, &[("point-1", "One office stays on the line."), ("cites-1", "1, 2"), ("aside-3", "It is done already since May.")]).await;
    // A draft is the facilitators' until the vote begins.
    cast.leyla.get(&cast.city).await.hides("One office stays on the line");
    go(&cast.lead, &cast.city, "ratify").await;
    vote(&cast.leyla, &cast.city, "agree", "").await.is(200).shows("one agrees");
    vote(&cast.gerald, &cast.city, "abstain", "").await.is(200);
    go(&cast.lead, &cast.city, "passed_on").await;
    // Who speaks for the ministry is told that Points wait, and nobody else; who passed them on knows.
    until(&cast.vera, "/waiting", "Points wait for your answer").await.shows("Austria: one point without an answer");
    cast.lead.get("/waiting").await.hides("Points wait");
    until(&cast.leyla, "/waiting", "has been passed on").await.hides("Points wait");
    cast.rosa.get("/waiting").await.hides("Points wait");
    // The ministry answers; its Stage has begun.
    let page = cast.vera.get(&cast.nation).await;
    page.shows("One office stays on the line.").shows("Waits for an answer").shows("gathering");
    let point = page.between("name=\"point\" value=\"", "\"");
    let answers = format!("{}/answers", cast.nation);
    cast.rosa.post(&answers, &[("point", &point), ("kind", "accepted"), ("text", "Yes")]).await.is(403);
    cast.vera.post(&answers, &[("point", &point), ("kind", "adapted"), ("text", "")]).await.is(422).shows("Say how, or why not");
    cast.vera.post(&answers, &[("point", &point), ("kind", "adapted"), ("text", "By law from 2028.")]).await.is(200).shows("By law from 2028.");
    cast.vera.get("/waiting").await.hides("Points wait");
    cast.vera.post(&answers, &[("point", &point), ("kind", "accepted"), ("text", "Already from 2027.")]).await.is(200).shows("By law from 2028.").shows("Already from 2027.");
    // The trail, from the words of a resident to the answer of an institution.
    let mine = cast.leyla.get(&cast.city).await;
    let trail = format!("{}/contributions/{}", cast.dialogue, mine.between("/contributions/", "\""));
    let trail = cast.leyla.get(&trail).await;
    trail.shows("You said in Graz").shows("three offices").shows("part of point 1").shows("By law from 2028.").shows("Already from 2027.").shows("Graz passed it on");
    let third = mine.body.split("/contributions/").filter(|part| part.contains("> #3<")).last().unwrap();
    let aside = format!("{}/contributions/{}", cast.dialogue, third.split('"').next().unwrap());
    site.visitor().get(&aside).await.is(200).shows("It is done already since May").shows("a man at the library desk");
    let overview = site.visitor().get(&cast.dialogue).await;
    overview.shows("1 of 1 point answered").shows("passed on").shows("3 contributions");
    let id: i64 = cast.dialogue.rsplit('/').next().unwrap().parse().unwrap();
    assert!(dialogues::trail_holds(&site.site.db, DialogueId(id)).await.unwrap());
}

async fn each_refusal_has_its_words(site: TestSite) {
    let cast = cast(&site, Layer::Public).await;
    // A person of the wrong Level.
    cast.rosa.get(&cast.city).await.shows("for people who speak from its level");
    cast.rosa.post(&format!("{}/contributions", cast.city), &[("text", "From the region"), ("key", "k")]).await.is(422).shows("people of another level (city)").shows("From the region");
    say(&cast.leyla, &cast.city, "One").await;
    say(&cast.gerald, &cast.city, "Two").await;
    cast.leyla.post(&format!("{}/state", cast.city), &[("to", "sum_up")]).await.is(403);
    cast.lead.post(&format!("{}/state", cast.city), &[("to", "ratify")]).await.is(422).shows("the stage is gathering");
    go(&cast.lead, &cast.city, "sum_up").await;
    cast.leyla.post(&format!("{}/contributions", cast.city), &[("text", "Too late"), ("key", "k")]).await.is(422).shows("the stage is summing up");
    cast.leyla.get(&format!("{}/synthesis", cast.city)).await.is(403);
    cast.lead.post(&format!("{}/state", cast.city), &[("to", "ratify")]).await.is(422).shows("Write the synthesis first");
    cast.lead.post(&format!("{}/synthesis", cast.city), &[("version", "0"), ("point-1", "P"), ("cites-1", "9")]).await.is(422).shows("no contribution 9").shows(">P<");
    // Neither cited nor given a reason.
    sum_up(&cast.lead, &cast.city, &[("point-1", "P"), ("cites-1", "1")]).await;
    cast.lead.post(&format!("{}/state", cast.city), &[("to", "ratify")]).await.is(422).shows("neither cited nor given a reason: 2.");
    sum_up(&cast.lead, &cast.city, &[("point-1", "P"), ("cites-1", "1"), ("aside-2", "Elsewhere")]).await;
    go(&cast.lead, &cast.city, "ratify").await;
    // Below its quorum, with an open block, with a missing reason.
    vote(&cast.leyla, &cast.city, "agree", "").await.is(200);
    cast.lead.post(&format!("{}/state", cast.city), &[("to", "passed_on")]).await.is(422).shows("Only one person has voted; 2 votes are needed");
    vote(&cast.gerald, &cast.city, "block", "").await.is(422).shows("Give your reason");
    vote(&cast.gerald, &cast.city, "block", "It names a neighbour").await.is(200).shows("It names a neighbour");
    cast.lead.post(&format!("{}/state", cast.city), &[("to", "passed_on")]).await.is(422).shows("One person blocks");
    vote(&cast.rosa, &cast.city, "agree", "").await.is(422).shows("people of another level");
    vote(&cast.gerald, &cast.city, "disagree", "Too weak").await.is(200);
    cast.lead.post(&format!("{}/state", cast.city), &[("to", "passed_on")]).await.is(422).shows("One person disagrees; at most 25 in a hundred may");
    vote(&cast.gerald, &cast.city, "agree", "").await.is(200);
    go(&cast.lead, &cast.city, "passed_on").await;
    // After the close.
    cast.leyla.post(&format!("{}/votes", cast.city), &[("choice", "agree"), ("version", "1")]).await.is(422).shows("The vote is closed");
    // A Point without an answer keeps the next Stage from passing on.
    say(&cast.vera, &cast.nation, "We hear it").await;
    go(&cast.lead, &cast.nation, "sum_up").await;
    sum_up(&cast.lead, &cast.nation, &[("point-1", "N"), ("cites-1", "1")]).await;
    go(&cast.lead, &cast.nation, "ratify").await;
    vote(&cast.vera, &cast.nation, "agree", "").await.is(200);
    cast.lead.post(&format!("{}/state", cast.nation), &[("to", "passed_on")]).await.is(422).shows("have no answer yet: 1.");
}

async fn a_new_version_is_a_new_vote(site: TestSite) {
    let cast = cast(&site, Layer::Public).await;
    say(&cast.leyla, &cast.city, "The heating").await;
    go(&cast.lead, &cast.city, "sum_up").await;
    sum_up(&cast.lead, &cast.city, &[("point-1", "First words"), ("cites-1", "1")]).await;
    go(&cast.lead, &cast.city, "ratify").await;
    vote(&cast.leyla, &cast.city, "agree", "").await.is(200).shows("version 1");
    cast.lead.get(&format!("{}/synthesis", cast.city)).await.shows("The vote has begun");
    // Two editors: the later one is told, not overwritten.
    sum_up(&cast.lead, &cast.city, &[("point-1", "Second words"), ("cites-1", "1")]).await;
    cast.lead.post(&format!("{}/synthesis", cast.city), &[("version", "1"), ("point-1", "Another tab"), ("cites-1", "1")]).await.is(422).shows("changed meanwhile").shows("Another tab");
    let page = cast.leyla.get(&cast.city).await;
    page.shows("Second words").shows("version 2").shows("0 agree").hides("First words");
    // A vote on the version that was read, not on one that came since.
    cast.leyla.post(&format!("{}/votes", cast.city), &[("choice", "agree"), ("version", "1")]).await.is(422).shows("There is a new version");
    let trail = format!("{}/contributions/{}", cast.dialogue, page.between("/contributions/", "\""));
    cast.leyla.get(&trail).await.shows("First words").shows("an earlier version").shows("Second words");
}

async fn a_dialogue_of_practitioners_is_theirs(site: TestSite) {
    let cast = cast(&site, Layer::Practitioners).await;
    say(&cast.gerald, &cast.city, "Among us").await;
    let eve = site.member("Eve Novak").await;
    let missing = eve.get("/dialogues/99999").await;
    for path in [cast.dialogue.clone(), cast.city.clone(), format!("{}/panel", cast.city), format!("{}/contributions/1", cast.dialogue)] {
        let answer = eve.get(&path).await;
        assert_eq!((answer.status, &answer.body), (404, &missing.body), "{path}");
    }
    eve.post(&format!("{}/contributions", cast.city), &[("text", "me too"), ("key", "k")]).await.is(404);
    eve.get("/dialogues").await.is(200).hides("The right to housing");
    cast.gerald.get("/dialogues").await.shows("The right to housing").shows("one contribution");
}

async fn opening_one_says_what_is_missing(site: TestSite) {
    let space = site.space("Housing", Layer::Public).await;
    let (lead, anna) = (site.moderator("Katrin Lind").await, site.member("Anna Moser").await);
    anna.get(&format!("/spaces/{space}/dialogues/new")).await.is(403);
    let proposed = lead.get(&format!("/spaces/{space}/dialogues/new")).await;
    assert_eq!((proposed.input("quorum-1").as_str(), proposed.input("disagree-6").as_str()), ("5", "25"));
    assert!(proposed.input("closes-1") < proposed.input("closes-2"), "one after the other");
    let form = [("title", ""), ("question", "Why?"), ("background", "B"), ("name-1", "Graz"), ("level-1", "city"), ("closes-1", "2001-01-01"), ("quorum-1", "2"), ("disagree-1", "25")];
    let answer = lead.post(&format!("/spaces/{space}/dialogues"), &form).await;
    answer.is(422).shows("Write something first").shows("href=\"#closes-1\"").shows("choose a day that is still to come").shows("at least two stages").shows("Why?").shows("value=\"Graz\"");
    let form = [("title", "T"), ("question", "Why?"), ("background", "B"), ("name-1", "Graz"), ("level-1", "city"), ("closes-1", "2099-01-01"), ("quorum-1", "2"), ("disagree-1", "25")];
    lead.post(&format!("/spaces/{space}/dialogues"), &form).await.is(422).shows("at least two stages");
}

async fn others_hear_that_it_went_on(site: TestSite) {
    let cast = cast(&site, Layer::Public).await;
    let page = cast.gerald.get(&cast.city).await;
    let mut socket = Socket::open(&cast.gerald).await;
    socket.hello(&page).await;
    say(&cast.leyla, &cast.city, "Heard at once").await;
    let room = page.between("data-rooms=\"", "=");
    let message = socket.next_of(&room).await;
    let ids: Vec<&str> = message["things"].as_array().unwrap().iter().map(|thing| thing["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    assert!(!message.to_string().contains("Heard at once"), "each page fetches its own");
    cast.gerald.get(&format!("{}/panel", cast.city)).await.is(200).shows("Heard at once");
}
