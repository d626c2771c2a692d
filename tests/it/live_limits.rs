//! The live line under people who do not behave: who does not read, who says too much, who is only half there.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use plenary::forum::Reply;
use plenary::journal::FormKey;
use plenary::limits::SOCKET_ROOMS;
use plenary::people::rights::Layer;
use plenary::people::{Reader, Role};
use plenary::web::render_markdown;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Browser, Socket, TestSite};

async fn topic(site: &TestSite, by: &Browser) -> String {
    let space = site.space("Open square", Layer::Public).await;
    let key = by.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let answer = by.post(&format!("/spaces/{space}/topics"), &[("title", "T"), ("body", "First"), ("key", &key)]).await;
    answer.path.split('/').nth(2).unwrap().to_owned()
}

/// The code a socket is closed with.
async fn closed(socket: &mut Socket) -> u16 {
    loop {
        match tokio::time::timeout(Duration::from_secs(20), socket.0.next()).await.expect("an end") {
            Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| u16::from(frame.code)),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return 1006,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_does_not_read_is_dropped_and_slows_nobody() {
    let site = TestSite::sqlite().await;
    let id = site.add("Anna Moser", Role::Member, false).await;
    let anna = site.browser_of(id).await;
    let topic = topic(&site, &anna).await;
    let page = anna.get(&format!("/topics/{topic}")).await;
    let ben = site.member("Ben Okoro").await;
    let (mut stuck, mut quick) = (Socket::open(&ben).await, Socket::open(&anna).await);
    stuck.hello(&page).await;
    quick.hello(&page).await;
    let room = format!("topic:{topic}");
    let by = Reader::of(site.site.people.member(&site.site.db, &site.site.bus, id).await.unwrap().unwrap(), None);
    // Some megabytes: more than the kernel's buffers and the queue of one socket hold.
    let long = "so much to say ".repeat(2_000);
    for number in 0..600 {
        let text = format!("{number} {long}");
        let act = Reply {
            by: by.clone(),
            topic: topic.parse().unwrap(),
            parent: None,
            rendered: render_markdown(&text),
            key: FormKey::of("k", &[&number.to_string()]),
            source: text,
        };
        site.site.write(act).await.unwrap();
        let message = quick.next_of(&room).await;
        assert!(message["things"][0]["html"].as_str().unwrap().contains(&format!("{number} so much")), "{number}");
    }
    // The one who read got everything, each at its moment; the other's socket has ended, and it resumes by its number.
    for _ in 0..200 {
        if site.site.live.count() == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(site.site.live.count(), 1, "the stuck socket is gone");
    let mut again = Socket::open(&ben).await;
    again.hello(&page).await;
    let first = again.next_of(&room).await;
    assert_eq!(first["more"], true, "in bounded answers");
    let second = again.next_of(&room).await;
    let posts = |message: &serde_json::Value| message["things"].as_array().unwrap().iter().filter(|thing| thing["id"].as_str().unwrap().starts_with('p')).count();
    assert_eq!(posts(&first) + posts(&second), 600);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_large_a_message_or_nonsense_ends_the_socket() {
    let site = TestSite::sqlite().await;
    let anna = site.member("Anna Moser").await;
    let mut large = Socket::open(&anna).await;
    large.0.send(Message::text("x".repeat(40_000))).await.unwrap();
    closed(&mut large).await;
    let mut nonsense = Socket::open(&anna).await;
    nonsense.0.send(Message::text("{\"drop\":\"tables\"}")).await.unwrap();
    assert_eq!(closed(&mut nonsense).await, 1008);
    let mut polite = Socket::open(&anna).await;
    polite.say(json!({ "ping": {} })).await;
    assert_eq!(polite.next().await.unwrap()["pong"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_listens_to_so_many_rooms_at_most() {
    let site = TestSite::sqlite().await;
    let anna = site.member("Anna Moser").await;
    let page = anna.get("/spaces").await;
    let epoch = page.between("data-epoch=\"", "\"");
    let mut rooms = serde_json::Map::new();
    for number in 0..SOCKET_ROOMS + 10 {
        let space = site.space(&format!("Space {number}"), Layer::Public).await;
        rooms.insert(format!("space:{space}"), json!("0"));
    }
    let mut socket = Socket::open(&anna).await;
    socket.say(json!({ "hello": { "epoch": epoch, "rooms": rooms } })).await;
    socket.say(json!({ "ping": {} })).await;
    while socket.next().await.unwrap()["pong"] != true {}
    let heard = site.site.live.rooms().len();
    assert_eq!(heard, SOCKET_ROOMS);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_here_and_who_is_typing_is_told_to_those_in_the_room() {
    let site = TestSite::sqlite().await;
    let (anna, ben, eve) = (site.member("Anna Moser").await, site.member("Ben Okoro").await, site.member("Eve Novak").await);
    let topic = topic(&site, &anna).await;
    let room = format!("topic:{topic}");
    let page = anna.get(&format!("/topics/{topic}")).await;
    let (mut of_anna, mut of_ben, mut of_eve) = (Socket::open(&anna).await, Socket::open(&ben).await, Socket::open(&eve).await);
    of_anna.hello(&page).await;
    // Two tabs of one Member count once.
    let mut second_tab = Socket::open(&anna).await;
    second_tab.hello(&page).await;
    of_ben.hello(&page).await;
    loop {
        let message = of_anna.next().await.unwrap();
        if message["here"]["count"] == 2 {
            assert_eq!(message["here"]["names"], json!(["Anna Moser", "Ben Okoro"]));
            break;
        }
    }
    // Who is not in the Room cannot say that they type in it.
    of_eve.say(json!({ "typing": { "room": room } })).await;
    of_ben.say(json!({ "typing": { "room": room } })).await;
    loop {
        let message = of_anna.next().await.unwrap();
        if message["typing"].is_object() {
            assert_eq!(message["typing"]["name"], "Ben Okoro");
            break;
        }
    }
}
