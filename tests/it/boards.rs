//! A brainstorm by forms: write, reveal, group, vote, discuss.

use plenary::boards::{self, BoardId, CastDot};
use plenary::people::rights::Layer;
use plenary::people::{Reader, Role};

use crate::both_databases;
use crate::support::{Browser, Socket, TestSite};

both_databases!(
    a_brainstorm_from_the_first_card_to_the_outcome,
    nothing_leaks_while_all_write,
    what_belongs_to_another_phase_is_refused_with_words,
    nobody_gives_more_dots_than_they_have_however_fast,
    another_page_hears_that_the_board_changed,
);

async fn open(by: &Browser, space: impl std::fmt::Display) -> String {
    by.get(&format!("/spaces/{space}")).await.shows("Open a board");
    let form = [("title", "Doors"), ("question", "What keeps people out?"), ("dots", "3")];
    let answer = by.post(&format!("/spaces/{space}/boards"), &form).await;
    answer.is(200).shows("What keeps people out?").shows("Write one thought on each card");
    answer.path
}

async fn write(by: &Browser, board: &str, text: &str) {
    let key = by.get(board).await.input("key");
    by.post(&format!("{board}/cards"), &[("text", text), ("key", &key)]).await.is(200).shows(text);
}

/// The number of a card, by its words.
async fn card(by: &Browser, board: &str, text: &str) -> String {
    let page = by.get(board).await;
    let card = page.body.split("data-card=\"").skip(1).find(|card| card.split("</p>").next().unwrap().contains(text)).unwrap_or_else(|| panic!("no card {text}"));
    card.split('"').next().unwrap().to_owned()
}

async fn go(by: &Browser, board: &str, phase: &str) {
    by.post(&format!("{board}/phase"), &[("to", phase)]).await.is(200).shows(&format!("data-phase=\"{phase}\""));
}

async fn a_brainstorm_from_the_first_card_to_the_outcome(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, anna, ben) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let board = open(&katrin, space).await;
    write(&anna, &board, "The bell at the ramp").await;
    write(&anna, &board, "Opening hours").await;
    write(&ben, &board, "Six signatures").await;
    write(&katrin, &board, "A rash one").await;
    // Own cards can be put differently, or taken back.
    let hours = card(&anna, &board, "Opening hours").await;
    anna.post(&format!("{board}/cards/{hours}"), &[("do", "edit"), ("text", "Hours when people work")]).await.is(200).shows("Hours when people work");
    ben.post(&format!("{board}/cards/{hours}"), &[("do", "edit"), ("text", "not mine")]).await.is(404);
    ben.post(&format!("{board}/phase"), &[("to", "reveal")]).await.is(403);
    go(&katrin, &board, "reveal").await;
    let rash = card(&katrin, &board, "A rash one").await;
    ben.post(&format!("{board}/cards/{rash}"), &[("do", "hide")]).await.is(403);
    katrin.post(&format!("{board}/cards/{rash}"), &[("do", "hide")]).await.is(200);
    ben.get(&board).await.hides("A rash one").shows("The bell at the ramp").hides("Anna Moser");
    go(&katrin, &board, "group").await;
    ben.post(&format!("{board}/groups"), &[("text", "")]).await.is(422).shows("Write something first");
    ben.post(&format!("{board}/groups"), &[("text", "The building")]).await.is(200).shows("The building");
    let group = ben.get(&board).await.between("data-group=\"", "\"");
    let bell = card(&ben, &board, "The bell").await;
    anna.post(&format!("{board}/cards/{bell}"), &[("do", "move"), ("to", &group)]).await.is(200);
    anna.post(&format!("{board}/cards/{hours}"), &[("do", "move"), ("to", &group)]).await.is(200);
    anna.post(&format!("{board}/groups/{group}"), &[("do", "rename"), ("text", "Doors and hours")]).await.is(200).shows("Doors and hours");
    go(&katrin, &board, "vote").await;
    let signatures = card(&ben, &board, "Six signatures").await;
    let (on_group, on_card) = (format!("g{group}"), format!("c{signatures}"));
    for (who, target) in [(&anna, &on_group), (&anna, &on_group), (&ben, &on_group), (&ben, &on_card)] {
        who.post(&format!("{board}/votes"), &[("target", target), ("change", "1")]).await.is(200);
    }
    anna.post(&format!("{board}/votes"), &[("target", &on_card), ("change", "1")]).await.is(200).shows("You have given all your dots");
    anna.post(&format!("{board}/votes"), &[("target", &on_card), ("change", "1")]).await.is(422).shows("Take one back first");
    anna.post(&format!("{board}/votes"), &[("target", &on_card), ("change", "-1")]).await.is(200).shows("one dot left");
    // Only one's own show while all vote.
    katrin.get(&board).await.shows("none of yours").hides("of yours</span><span class=\"dots\" aria-hidden=\"true\"><i").hides("class=\"total\"");
    go(&katrin, &board, "discuss").await;
    let page = ben.get(&board).await;
    let totals: Vec<&str> = page.body.split("class=\"total\">").skip(1).map(|part| part.split('<').next().unwrap()).collect();
    assert_eq!(totals, ["3", "1"], "most dots first");
    katrin.post(&format!("{board}/groups/{group}"), &[("do", "note"), ("text", "Ask the caretaker"), ("version", "1")]).await.is(200);
    katrin.post(&format!("{board}/groups/{group}"), &[("do", "note"), ("text", "Another tab"), ("version", "1")]).await.is(422).shows("changed meanwhile").shows("Another tab");
    ben.get(&board).await.shows("Ask the caretaker");
    go(&katrin, &board, "closed").await;
    let id: i64 = board.rsplit('/').next().unwrap().parse().unwrap();
    let outcome = boards::outcome(&site.site.db, BoardId(id)).await.unwrap();
    let found: Vec<(&str, i64, usize)> = outcome.groups.iter().map(|group| (group.title.as_str(), group.votes, group.cards.len())).collect();
    assert_eq!(found, [("Doors and hours", 3, 2), ("Six signatures", 1, 1)]);
    assert_eq!(outcome.groups[0].note, "Ask the caretaker");
    // Back to grouping deletes the dots, as its button says.
    go(&katrin, &board, "discuss").await;
    go(&katrin, &board, "vote").await;
    katrin.get(&board).await.shows("deletes all dots");
    go(&katrin, &board, "group").await;
    go(&katrin, &board, "vote").await;
    anna.get(&board).await.shows("You have 3 dots left");
}

async fn nothing_leaks_while_all_write(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, anna, ben) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let board = open(&katrin, space).await;
    let page = ben.get(&board).await;
    let mut socket = Socket::open(&ben).await;
    socket.hello(&page).await;
    write(&anna, &board, "A quiet thought").await;
    let id = board.rsplit('/').next().unwrap();
    let heard = socket.next_of(&format!("board:{id}")).await.to_string();
    let by_http = ben.get(&format!("/live?rooms=board:{id}&after=0")).await.body;
    let others = [heard, by_http, ben.get(&board).await.body, katrin.get(&board).await.body, katrin.get(&format!("{board}/panel")).await.body];
    for text in others.iter().chain([&site.visitor().get(&board).await.body]) {
        assert!(!text.contains("quiet thought") && !text.contains("Anna") && !text.contains("card-1"), "{text}");
    }
    ben.get(&board).await.shows("One card so far");
    anna.get(&board).await.shows("A quiet thought").shows("Yours");
}

async fn what_belongs_to_another_phase_is_refused_with_words(site: TestSite) {
    let space = site.space("Among us", Layer::Practitioners).await;
    let (katrin, anna, eve) = (site.practitioner("Katrin Lind").await, site.practitioner("Anna Moser").await, site.member("Eve Novak").await);
    let board = open(&katrin, space).await;
    write(&anna, &board, "One").await;
    anna.post(&format!("{board}/groups"), &[("text", "Too soon")]).await.is(422).shows("the board is at writing now").shows("Too soon");
    anna.post(&format!("{board}/votes"), &[("target", "c1"), ("change", "1")]).await.is(422).shows("writing now");
    katrin.post(&format!("{board}/phase"), &[("to", "vote")]).await.is(422).shows("The board has moved meanwhile");
    go(&katrin, &board, "reveal").await;
    anna.post(&format!("{board}/cards"), &[("text", "Too late"), ("key", "k")]).await.is(422).shows("revealing now").shows("Too late");
    for path in [board.clone(), format!("{board}/panel")] {
        assert_eq!(eve.get(&path).await.body, eve.get("/boards/99999").await.body);
    }
    eve.post(&format!("{board}/cards"), &[("text", "me too"), ("key", "k")]).await.is(404);
    site.visitor().get(&board).await.is(404);
    let wrong = katrin.post(&format!("/spaces/{space}/boards"), &[("title", ""), ("question", "Why?"), ("dots", "99")]).await;
    wrong.is(422).shows("Write something first").shows("from 1 to 20").shows("Why?");
}

async fn nobody_gives_more_dots_than_they_have_however_fast(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let katrin = site.practitioner("Katrin Lind").await;
    let id = site.add("Anna Moser", Role::Member, false).await;
    let anna = site.browser_of(id).await;
    let board = open(&katrin, space).await;
    write(&anna, &board, "One").await;
    for phase in ["reveal", "group", "vote"] {
        go(&katrin, &board, phase).await;
    }
    let card = card(&anna, &board, "One").await;
    let by = Reader::of(site.site.people.member(&site.site.db, &site.site.bus, id).await.unwrap().unwrap(), None);
    let board_id: BoardId = board.rsplit('/').next().unwrap().parse().unwrap();
    let votes = (0..16).map(|_| {
        let (site, by, target) = (site.site.clone(), by.clone(), format!("c{card}"));
        tokio::spawn(async move { site.write(CastDot { by, board: board_id, target, change: 1 }).await.is_ok() })
    });
    let mut given = 0;
    for vote in votes.collect::<Vec<_>>() {
        given += i64::from(vote.await.unwrap());
    }
    assert_eq!(given, 3);
    assert_eq!(boards::outcome(&site.site.db, board_id).await.unwrap().groups[0].votes, 3);
}

async fn another_page_hears_that_the_board_changed(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, ben) = (site.practitioner("Katrin Lind").await, site.member("Ben Okoro").await);
    let board = open(&katrin, space).await;
    write(&katrin, &board, "One").await;
    let page = ben.get(&board).await;
    let mut socket = Socket::open(&ben).await;
    socket.hello(&page).await;
    go(&katrin, &board, "reveal").await;
    let id = board.rsplit('/').next().unwrap();
    let message = socket.next_of(&format!("board:{id}")).await;
    // The message names the element and where its own panel is; what is fetched there is what a reload shows.
    assert_eq!(message["things"][0]["id"], format!("board-{id}"));
    let html = message["things"][0]["html"].as_str().unwrap();
    let path = html.split("data-refetch=\"").nth(1).unwrap().split('"').next().unwrap();
    let tidy = |text: &str| text.split("name=\"key\"").map(|part| part.split_once('>').map_or(part, |(_, rest)| rest).to_owned()).collect::<String>();
    let panel = ben.get(&format!("{path}?back=/boards/{id}")).await;
    panel.is(200).shows("One");
    assert!(tidy(&ben.get(&board).await.body).contains(tidy(&panel.body).trim()));
}
