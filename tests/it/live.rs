//! The live line: what happens in one browser arrives in another, in order, once, and never where it may not be seen.

use plenary::people::Role;
use plenary::people::rights::Layer;
use serde_json::json;

use crate::both_databases;
use crate::support::{Browser, Socket, TestSite};

both_databases!(
    a_reply_arrives_in_the_other_browser,
    what_was_missed_comes_in_order_and_once,
    what_one_may_not_see_is_like_what_does_not_exist,
    losing_a_right_ends_the_subscription,
    a_number_that_cannot_be_leads_to_one_reset,
    the_same_goes_by_plain_http,
    lists_hear_of_what_is_new_on_the_site,
    a_private_space_is_heard_of_by_its_people_alone,
    what_one_read_elsewhere_is_marked_on_lists,
);

async fn topic(anna: &Browser, space: impl std::fmt::Display, title: &str) -> String {
    let key = anna.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let answer = anna.post(&format!("/spaces/{space}/topics"), &[("title", title), ("body", "First words"), ("key", &key)]).await;
    answer.is(200).shows(title);
    answer.path.split('/').nth(2).unwrap().to_owned()
}

async fn reply(by: &Browser, topic: &str, text: &str) {
    let key = by.get(&format!("/topics/{topic}")).await.input("key");
    by.post(&format!("/topics/{topic}/posts"), &[("body", text), ("key", &key)]).await.is(200).shows(text);
}

async fn a_reply_arrives_in_the_other_browser(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = topic(&anna, space, "Benches in the park").await;
    let page = ben.get(&format!("/topics/{topic}")).await;
    let mut socket = Socket::open(&ben).await;
    socket.hello(&page).await;
    reply(&anna, &topic, "They are gone since Monday").await;
    let message = socket.next_of(&format!("topic:{topic}")).await;
    let thing = &message["things"][0];
    assert_eq!(thing["id"], "p2");
    assert_eq!(thing["list"], "r1");
    assert!(thing["html"].as_str().unwrap().contains("They are gone since Monday"));
    assert!(thing["html"].as_str().unwrap().contains("is-new"));
    assert!(thing["say"].as_str().unwrap().starts_with("Anna Moser: They are gone"));
    assert!(ben.get(&format!("/topics/{topic}")).await.body.contains(thing["html"].as_str().unwrap().split("</article>").next().unwrap().trim()));
}

async fn what_was_missed_comes_in_order_and_once(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = topic(&anna, space, "Benches").await;
    let page = ben.get(&format!("/topics/{topic}")).await;
    for text in ["one", "two", "three"] {
        reply(&anna, &topic, text).await;
    }
    let html = anna.get(&format!("/topics/{topic}")).await;
    let edit = html.body.split("href=\"/posts/").filter_map(|part| part.split_once("/edit\"")).map(|(id, _)| id.to_owned()).last().unwrap();
    let version = anna.get(&format!("/posts/{edit}/edit")).await.input("version");
    anna.post(&format!("/posts/{edit}/edit"), &[("body", "three, changed"), ("version", &version)]).await.is(200);
    let mut socket = Socket::open(&ben).await;
    socket.hello(&page).await;
    let message = socket.next_of(&format!("topic:{topic}")).await;
    let posts: Vec<&str> = message["things"].as_array().unwrap().iter().filter_map(|thing| thing["id"].as_str()).filter(|id| id.starts_with('p')).collect();
    assert_eq!(posts, ["p2", "p3", "p4"], "{message}");
    let last = message["things"].as_array().unwrap().iter().find(|thing| thing["id"] == "p4").unwrap();
    assert!(last["html"].as_str().unwrap().contains("three, changed"));
    reply(&anna, &topic, "four").await;
    let message = socket.next_of(&format!("topic:{topic}")).await;
    let posts: Vec<&str> = message["things"].as_array().unwrap().iter().filter_map(|thing| thing["id"].as_str()).filter(|id| id.starts_with('p')).collect();
    assert_eq!(posts, ["p5"], "nothing comes twice: {message}");
}

async fn what_one_may_not_see_is_like_what_does_not_exist(site: TestSite) {
    let space = site.space("Practitioners", Layer::Practitioners).await;
    let (anna, eve) = (site.practitioner("Anna Moser").await, site.member("Eve Novak").await);
    let topic = topic(&anna, space, "Among us").await;
    let mut socket = Socket::open(&eve).await;
    let page = eve.get("/").await;
    let epoch = page.between("data-epoch=\"", "\"");
    let hidden = format!("topic:{topic}");
    socket.say(json!({ "hello": { "epoch": epoch, "rooms": { hidden.clone(): "0", "topic:999999": "0" } } })).await;
    let one = socket.next_of(&hidden).await;
    let other = socket.next_of("topic:999999").await;
    assert_eq!(one.to_string().replace(&hidden, "X"), other.to_string().replace("topic:999999", "X"));
    assert_eq!(one["gone"], true);
    let hidden_page = eve.get(&format!("/topics/{topic}")).await;
    let missing_page = eve.get("/topics/999999").await;
    assert_eq!((hidden_page.status, &hidden_page.body), (404, &missing_page.body));
}

async fn losing_a_right_ends_the_subscription(site: TestSite) {
    let space = site.space("Practitioners", Layer::Practitioners).await;
    let admin = site.admin("Nora Admin").await;
    let (anna, ben) = (site.practitioner("Anna Moser").await, site.add("Ben Okoro", Role::Member, true).await);
    let browser = site.browser_of(ben).await;
    let topic = topic(&anna, space, "Among us").await;
    let page = browser.get(&format!("/topics/{topic}")).await;
    let mut socket = Socket::open(&browser).await;
    socket.hello(&page).await;
    reply(&anna, &topic, "before").await;
    assert!(socket.next_of(&format!("topic:{topic}")).await["things"].is_array());
    admin.post("/admin/people/ben-okoro/practitioner", &[("confirm", "no")]).await.is(200);
    reply(&anna, &topic, "after, a secret").await;
    let message = socket.next_of(&format!("topic:{topic}")).await;
    assert_eq!(message["gone"], true, "{message}");
    browser.get(&format!("/topics/{topic}")).await.is(404);
}

async fn a_number_that_cannot_be_leads_to_one_reset(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let topic = topic(&anna, space, "Benches").await;
    let page = anna.get(&format!("/topics/{topic}")).await;
    let epoch = page.between("data-epoch=\"", "\"");
    let room = format!("topic:{topic}");
    let mut socket = Socket::open(&anna).await;
    socket.say(json!({ "hello": { "epoch": epoch, "rooms": { room.clone(): "987654321" } } })).await;
    assert_eq!(socket.next_of(&room).await["reset"], true);
    socket.say(json!({ "hello": { "epoch": "another", "rooms": { room.clone(): "1" } } })).await;
    assert_eq!(socket.next_of(&room).await["reset"], true);
    // With the numbers of the page it goes on.
    socket.hello(&page).await;
    reply(&anna, &topic, "here again").await;
    assert!(socket.next_of(&room).await["things"].is_array());
}

async fn the_same_goes_by_plain_http(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let topic = topic(&anna, space, "Benches").await;
    let room = anna.get(&format!("/topics/{topic}")).await.between("data-rooms=\"", " ");
    reply(&anna, &topic, "by http").await;
    let visitor = site.visitor();
    let answer = visitor.get(&format!("/live?rooms={room}")).await;
    answer.is(200).shows("by http");
    let answer: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    let after = answer["rooms"][0]["n"].as_str().unwrap();
    let again = visitor.get(&format!("/live?rooms=topic:{topic}&after={after}")).await;
    again.is(200).hides("by http");
    visitor.get("/live?rooms=nonsense").await.is(422);
}

/// The ids of the things in the next message of a Room.
async fn things(socket: &mut Socket, room: &str) -> Vec<String> {
    let message = socket.next_of(room).await;
    message["things"].as_array().unwrap().iter().map(|thing| thing["id"].as_str().unwrap().to_owned()).collect()
}

async fn lists_hear_of_what_is_new_on_the_site(site: TestSite) {
    let anna = site.member("Anna Moser").await;
    for (browser, path) in [(site.visitor(), "/"), (anna, "/spaces")] {
        let mut socket = Socket::open(&browser).await;
        socket.hello(&browser.get(path).await).await;
        let title = format!("Seen from {path}");
        let space = site.space(&title, Layer::Public).await;
        assert_eq!(things(&mut socket, "site").await, ["main"]);
        // What is fetched then has the Space, and says that its Room is to be listened to.
        let page = browser.get(path).await;
        page.shows(&title).shows(&format!("space:{space}="));
        site.organisation(&format!("City of {path}"), "City", plenary::people::Level::City).await;
        assert_eq!(things(&mut socket, "site").await, ["organisations"]);
    }
}

async fn a_private_space_is_heard_of_by_its_people_alone(site: TestSite) {
    let ben = site.add("Ben Okoro", Role::Member, false).await;
    let (ben_there, anna) = (site.browser_of(ben).await, site.admin("Anna Moser").await);
    let (mut bens, mut annas) = (Socket::open(&ben_there).await, Socket::open(&anna).await);
    bens.hello(&ben_there.get("/").await).await;
    annas.hello(&anna.get("/").await).await;
    let space = site.space("The five", Layer::Private).await;
    site.site.write(plenary::forum::SetSpacePerson { by: None, space, member: ben, moderates: false }).await.unwrap();
    assert!(things(&mut bens, &format!("member:{ben}")).await.contains(&"main".to_owned()));
    ben_there.get("/").await.shows("The five").shows(&format!("space:{space}="));
    // Anna hears nothing before the next thing that she may see, and no number of it.
    site.organisation("City of Graz", "Graz", plenary::people::Level::City).await;
    let message = annas.next().await.unwrap();
    assert_eq!((message["room"].as_str(), message["things"][0]["id"].as_str()), (Some("site"), Some("organisations")), "{message}");
    anna.get("/").await.hides("The five").hides(&format!("space:{space}="));
}

async fn what_one_read_elsewhere_is_marked_on_lists(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (ben, anna) = (site.add("Ben Okoro", Role::Member, false).await, site.member("Anna Moser").await);
    let topic = topic(&anna, space, "Benches").await;
    let (here, there) = (site.browser_of(ben).await, site.browser_of(ben).await);
    let list = here.get(&format!("/spaces/{space}")).await;
    list.shows("is-unread");
    let mut socket = Socket::open(&here).await;
    socket.hello(&list).await;
    there.post(&format!("/topics/{topic}/read"), &[("numbers", "1")]).await;
    assert!(things(&mut socket, &format!("member:{ben}")).await.contains(&format!("t{topic}")));
    here.get(&format!("/spaces/{space}")).await.hides("is-unread");
}
