//! A brainstorm by forms: write, reveal, group, vote, discuss.

use std::collections::BTreeMap;

use plenary::boards::{self, BoardId, CardChange, CardId, CastDot, ChangeCard, ChangeGroup, GroupChange, GroupId, AddGroup};
use plenary::journal::{FormKey, Reads};
use plenary::people::rights::Layer;
use plenary::people::{MemberId, Reader, Role};
use plenary::{secret, values};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::both_databases;
use crate::support::{Answer, Browser, Socket, TestSite};

both_databases!(
    a_brainstorm_from_the_first_card_to_the_outcome,
    nothing_leaks_while_all_write,
    what_belongs_to_another_phase_is_refused_with_words,
    nobody_gives_more_dots_than_they_have_however_fast,
    another_page_hears_that_the_board_changed,
    the_order_of_the_reveal_tells_nothing,
    what_is_ones_own_is_heard_by_ones_own_tabs_alone,
    a_space_lists_its_open_boards_live,
    a_group_undone_puts_its_cards_back,
    whoever_looks_on_changes_nothing,
    a_stale_page_and_the_live_line_make_a_fresh_page_whatever_the_order,
);

async fn open(by: &Browser, space: impl std::fmt::Display) -> String {
    by.get(&format!("/spaces/{space}")).await.shows("Open a board");
    let key = by.get(&format!("/spaces/{space}/boards/new")).await.input("key");
    let form = [("title", "Doors"), ("question", "What keeps people out?"), ("dots", "3"), ("key", &key)];
    let answer = by.post(&format!("/spaces/{space}/boards"), &form).await;
    answer.is(200).shows("What keeps people out?").shows("Write one thought on each card").shows("No cards yet");
    answer.path
}

async fn write(by: &Browser, board: &str, text: &str) {
    let key = by.get(board).await.input("key");
    by.post(&format!("{board}/cards"), &[("text", text), ("key", &key)]).await.is(200).shows(text);
}

/// The number of a card, by its words.
async fn card(by: &Browser, board: &str, text: &str) -> String {
    let page = by.get(board).await;
    let card = page.body.split("id=\"card-").skip(1).find(|card| card.split("</p>").next().unwrap().contains(text)).unwrap_or_else(|| panic!("no card {text}"));
    card.split('"').next().unwrap().to_owned()
}

async fn vote(by: &Browser, board: &str, target: &str, change: &str) -> Answer {
    let key = by.get(board).await.input("key");
    by.post(&format!("{board}/votes"), &[("target", target), ("change", change), ("key", &key)]).await
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
    ben.get(&format!("{board}/cards/{hours}")).await.is(404); // numbered anew: the old one would tell who wrote when
    let hours = card(&anna, &board, "Hours when").await;
    let rash = card(&katrin, &board, "A rash one").await;
    ben.post(&format!("{board}/cards/{rash}"), &[("do", "hide")]).await.is(403);
    katrin.post(&format!("{board}/cards/{rash}"), &[("do", "hide")]).await.is(200);
    ben.get(&board).await.hides("A rash one").shows("The bell at the ramp").hides("Anna Moser");
    go(&katrin, &board, "group").await;
    ben.post(&format!("{board}/groups"), &[("text", "")]).await.is(422).shows("Write something first");
    ben.post(&format!("{board}/groups"), &[("text", "The building"), ("key", "g1")]).await.is(200).shows("The building");
    let again = ben.post(&format!("{board}/groups"), &[("text", "The building"), ("key", "g1")]).await;
    assert_eq!(again.body.matches("<section class=\"group").count(), 1, "the same form is one act");
    let group = ben.get(&board).await.between("id=\"group-", "\"");
    let bell = card(&ben, &board, "The bell").await;
    anna.post(&format!("{board}/cards/{bell}"), &[("do", "move"), ("to", &group)]).await.is(200);
    anna.post(&format!("{board}/cards/{hours}"), &[("do", "move"), ("to", &group)]).await.is(200);
    anna.post(&format!("{board}/groups/{group}"), &[("do", "rename"), ("text", "Doors and hours")]).await.is(200).shows("Doors and hours");
    go(&katrin, &board, "vote").await;
    let signatures = card(&ben, &board, "Six signatures").await;
    let (on_group, on_card) = (format!("g{group}"), format!("c{signatures}"));
    ben.get(&board).await.shows("Nobody has voted yet");
    for (who, target) in [(&anna, &on_group), (&anna, &on_group), (&ben, &on_group), (&ben, &on_card)] {
        vote(who, &board, target, "1").await.is(200);
    }
    let key = anna.get(&board).await.input("key");
    for _ in 0..2 {
        anna.post(&format!("{board}/votes"), &[("target", &on_group), ("change", "-1"), ("key", &key)]).await.is(200).shows("You have 2 dots left");
    }
    vote(&anna, &board, &on_group, "1").await.is(200).shows("2 people have voted");
    vote(&anna, &board, &on_card, "1").await.is(200).shows("You have given all your dots");
    vote(&anna, &board, &on_card, "1").await.is(422).shows("Take one back first");
    vote(&anna, &board, &on_card, "-1").await.is(200).shows("one dot left");
    // Only one's own show while all vote.
    katrin.get(&board).await.shows("none of yours").hides("class=\"mine\"").hides("class=\"total\"");
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
    let own = card(&anna, &board, "A quiet thought").await;
    for (who, status) in [(&ben, 404), (&katrin, 404)] {
        who.get(&format!("{board}/cards/{own}")).await.is(status);
        who.post(&format!("{board}/cards/{own}"), &[("do", "hide")]).await.is(if std::ptr::eq(who, &ben) { 403 } else { 404 });
        who.post(&format!("{board}/cards/{own}"), &[("do", "move"), ("to", "")]).await.is(404);
    }
    let outcome = boards::outcome(&site.site.db, BoardId(id.parse().unwrap())).await.unwrap();
    assert!(outcome.groups.is_empty(), "minutes of a board that was left while all wrote tell nothing");
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
        tokio::spawn(async move { site.write(CastDot { by, board: board_id, target, change: 1, key: FormKey::of(&secret::token(), &[]) }).await.is_ok() })
    });
    let mut given = 0;
    for vote in votes.collect::<Vec<_>>() {
        given += i64::from(vote.await.unwrap());
    }
    assert_eq!(given, 3);
    let before = boards::outcome(&site.site.db, board_id).await.unwrap();
    assert_eq!(before.groups[0].votes, 0, "nobody learns the votes before the vote is over, minutes neither");
    go(&katrin, &board, "discuss").await;
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

/// A Member as acts want them.
async fn reader(site: &TestSite, id: MemberId) -> Reader {
    Reader::of(site.site.people.member(&site.site.db, &site.site.bus, id).await.unwrap().unwrap(), None)
}

fn number(board: &str) -> i64 {
    board.rsplit('/').next().unwrap().parse().unwrap()
}

async fn the_order_of_the_reveal_tells_nothing(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, anna) = (site.practitioner("Katrin Lind").await, site.add("Anna Moser", Role::Member, false).await);
    let by = reader(&site, anna).await;
    let board = open(&katrin, space).await;
    let id = BoardId(number(&board));
    // Written in one order, drawn in another: the numbers follow what was drawn.
    for (at, shuffle) in [7, 3, 9, 1, 8, 2].into_iter().enumerate() {
        let act = boards::AddCard { by: by.clone(), board: id, text: format!("Card {at}"), shuffle, key: FormKey::of(&secret::token(), &[]) };
        site.site.write(act).await.unwrap();
    }
    go(&katrin, &board, "reveal").await;
    let page = katrin.get(&board).await;
    let cards: Vec<(i64, &str)> = page.body.split("id=\"card-").skip(1).map(|card| (card.split('"').next().unwrap().parse().unwrap(), card.split("<p>").nth(1).unwrap().split('<').next().unwrap())).collect();
    let texts: Vec<&str> = cards.iter().map(|(_, text)| *text).collect();
    assert_eq!(texts, ["Card 3", "Card 5", "Card 1", "Card 0", "Card 4", "Card 2"]);
    assert!(cards.windows(2).all(|pair| pair[0].0 < pair[1].0), "{cards:?}");
    let actors: Vec<i64> = site.site.db.column("SELECT actor FROM journal WHERE kind = 'boards.card_added' AND actor IS NOT NULL", values![]).await.unwrap();
    assert!(actors.is_empty(), "the journal says not who wrote when");
}

async fn what_is_ones_own_is_heard_by_ones_own_tabs_alone(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, anna, ben) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let board = open(&katrin, space).await;
    let (anna_page, ben_page) = (anna.get(&board).await, ben.get(&board).await);
    let member = anna_page.between("member:", "=");
    let (mut other_tab, mut of_ben) = (Socket::open(&anna).await, Socket::open(&ben).await);
    other_tab.hello(&anna_page).await;
    of_ben.hello(&ben_page).await;
    write(&anna, &board, "A quiet thought").await;
    let message = other_tab.next_of(&format!("member:{member}")).await;
    let panel = format!("board-{}", number(&board));
    assert!(message["things"].as_array().unwrap().iter().any(|thing| thing["id"] == panel), "{message}");
    assert!(!message.to_string().contains("quiet"), "the page fetches it: {message}");
    let message = of_ben.next_of(&format!("board:{}", number(&board))).await;
    let things = message["things"].as_array().unwrap();
    assert_eq!(things.len(), 1, "{message}");
    assert!(things[0]["html"].as_str().unwrap().contains("One card so far"), "{message}");
    // Ben's next message is the next card's, not that Anna put hers differently.
    let own = card(&anna, &board, "A quiet thought").await;
    anna.post(&format!("{board}/cards/{own}"), &[("do", "edit"), ("text", "A quieter one")]).await.is(200);
    write(&katrin, &board, "Another").await;
    let message = of_ben.next_of(&format!("board:{}", number(&board))).await.to_string();
    assert!(message.contains("2 cards so far"), "{message}");
}

async fn a_space_lists_its_open_boards_live(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, ben) = (site.practitioner("Katrin Lind").await, site.member("Ben Okoro").await);
    let page = ben.get(&format!("/spaces/{space}")).await;
    let mut socket = Socket::open(&ben).await;
    socket.hello(&page).await;
    let board = open(&katrin, space).await;
    let room = format!("space:{space}");
    let message = socket.next_of(&room).await;
    let (thing, fresh) = (&message["things"][0], ben.get(&format!("/spaces/{space}")).await);
    assert_eq!((thing["list"].as_str(), thing["id"].as_str()), (Some("board-list"), Some(format!("board-row-{}", number(&board)).as_str())));
    fresh.shows(thing["html"].as_str().unwrap().trim());
    for phase in ["reveal", "group", "vote", "discuss", "closed"] {
        go(&katrin, &board, phase).await;
        let message = socket.next_of(&room).await;
        assert_eq!(message["things"][0]["gone"] == true, phase == "closed", "{message}");
    }
    ben.get(&format!("/spaces/{space}")).await.hides("board-row-");
}

async fn a_group_undone_puts_its_cards_back(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, anna) = (site.practitioner("Katrin Lind").await, site.member("Anna Moser").await);
    let board = open(&katrin, space).await;
    write(&anna, &board, "One").await;
    write(&anna, &board, "Two").await;
    for phase in ["reveal", "group"] {
        go(&katrin, &board, phase).await;
    }
    // From a card's own page: a new group that takes it along.
    let one = card(&anna, &board, "One").await;
    let page = anna.get(&format!("{board}/cards/{one}?back={board}")).await;
    page.is(200).shows("Into a new group").hides("Withdraw");
    let form = [("text", "Together"), ("card", one.as_str()), ("key", &page.input("key")), ("back", board.as_str())];
    let page = anna.post(&format!("{board}/groups"), &form).await;
    let group = page.between("id=\"group-", "\"");
    assert!(page.between(&format!("id=\"cards-{group}\""), "</ul>").contains("One"), "{}", page.body);
    anna.get(&format!("{board}/groups/{group}")).await.is(200).shows("Together");
    let page = anna.post(&format!("{board}/groups/{group}"), &[("do", "remove")]).await;
    page.is(200).hides("Together").shows("One").shows("Two");
    let gone = anna.post(&format!("{board}/cards/{one}"), &[("do", "move"), ("to", &group)]).await;
    gone.is(422).shows("This group is not there any more");
    anna.get(&format!("{board}/groups/{group}")).await.is(404);
    // Who leads may withdraw a card still, and can do so once.
    katrin.get(&format!("{board}/cards/{one}")).await.shows("Withdraw");
    katrin.post(&format!("{board}/cards/{one}"), &[("do", "hide")]).await.is(200).hides("One");
    katrin.post(&format!("{board}/cards/{one}"), &[("do", "hide")]).await.is(404);
}

async fn whoever_looks_on_changes_nothing(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (katrin, visitor) = (site.practitioner("Katrin Lind").await, site.visitor());
    let board = open(&katrin, space).await;
    write(&katrin, &board, "One").await;
    for phase in ["reveal", "group", "vote", "discuss", "closed"] {
        go(&katrin, &board, phase).await;
        if phase == "group" {
            katrin.post(&format!("{board}/groups"), &[("text", "A group"), ("key", "k")]).await.is(200);
        }
        let page = visitor.get(&board).await;
        page.is(200).shows("One").hides("Yours");
        let panel = page.between("class=\"board-panel only-reads\"", "</main>");
        assert!(!panel.contains("<button") && !panel.contains("method=\"post\""), "{phase}: {panel}");
    }
}

/// What a browser shows of a Board while all group, as `put.js` keeps it: list → place → element.
#[derive(Clone, Debug, Default, PartialEq)]
struct Shown {
    /// Cards by their list (`loose-1`, `cards-3`), in the order of their keys.
    lists: BTreeMap<String, BTreeMap<String, (String, String)>>,
    /// Groups in the order of their keys: id and what stands above their cards.
    groups: BTreeMap<String, (String, String)>,
}

fn attribute(html: &str, name: &str) -> String {
    html.split(&format!("{name}=\"")).nth(1).unwrap_or_else(|| panic!("no {name} in {html}")).split('"').next().unwrap().to_owned()
}

impl Shown {
    fn of(panel: &str) -> Self {
        let mut shown = Self::default();
        let board = panel.split("id=\"board\"").nth(1).unwrap();
        let loose = board.split("<ul class=\"cards loose\" id=\"").nth(1).unwrap();
        shown.read(loose.split('"').next().unwrap(), loose.split_once('>').unwrap().1.split("</ul>").next().unwrap());
        for group in board.split("<section class=\"group").skip(1) {
            shown.read_group(&format!("<section class=\"group{}", group.split("</section>").next().unwrap()));
        }
        shown
    }

    fn read_group(&mut self, html: &str) {
        let (above, cards) = html.split_once("data-direct>").unwrap();
        self.groups.insert(attribute(above, "data-key"), (attribute(above, "id"), above.trim().to_owned()));
        self.read(&format!("cards-{}", attribute(above, "data-group")), cards.split("</ul>").next().unwrap());
    }

    fn read(&mut self, list: &str, cards: &str) {
        self.lists.entry(list.to_owned()).or_default();
        for card in cards.split("<li class=\"card").skip(1) {
            let html = format!("<li class=\"card{}", card.trim());
            self.take_out(&attribute(&html, "id"));
            self.lists.get_mut(list).unwrap().insert(attribute(&html, "data-key"), (attribute(&html, "id"), html));
        }
    }

    fn take_out(&mut self, id: &str) {
        for list in self.lists.values_mut() {
            list.retain(|_, (known, _)| known != id);
        }
    }

    fn put(&mut self, thing: &serde_json::Value) {
        let id = thing["id"].as_str().unwrap();
        let html = thing["html"].as_str().unwrap_or_default();
        match (id.starts_with("card-"), thing["gone"] == true) {
            (true, true) => self.take_out(id),
            (true, false) => {
                let list = thing["list"].as_str().unwrap();
                // Its group may come later, with this card in it.
                if self.lists.contains_key(list) {
                    self.read(list, html);
                }
            }
            (false, true) => {
                self.groups.retain(|_, (known, _)| known != id);
                self.lists.remove(&id.replace("group-", "cards-"));
            }
            // Of a group that is there only what stands above its cards is replaced.
            (false, false) if self.groups.values().any(|(known, _)| known == id) => {
                let above = html.split_once("data-direct>").unwrap().0;
                self.groups.insert(attribute(above, "data-key"), (id.to_owned(), above.trim().to_owned()));
            }
            (false, false) => self.read_group(html.split("</section>").next().unwrap()),
        }
    }
}

async fn a_stale_page_and_the_live_line_make_a_fresh_page_whatever_the_order(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let katrin = site.add("Katrin Lind", Role::Member, true).await;
    let lead = site.browser_of(katrin).await;
    let mut people = vec![katrin];
    for name in ["Anna Moser", "Ben Okoro", "Carl Lind"] {
        people.push(site.add(name, Role::Member, false).await);
    }
    let ben = site.browser_of(people[2]).await;
    let board = open(&lead, space).await;
    let id = BoardId(number(&board));
    for at in 0..24_i64 {
        let by = reader(&site, people[at as usize % 4]).await;
        let act = boards::AddCard { by, board: id, text: format!("Thought {at}"), shuffle: at * 7919 % 24, key: FormKey::of(&secret::token(), &[]) };
        site.site.write(act).await.unwrap();
    }
    for phase in ["reveal", "group"] {
        go(&lead, &board, phase).await;
    }
    let cards: Vec<i64> = site.site.db.column("SELECT id FROM card WHERE board = $1 ORDER BY id", values![id]).await.unwrap();
    let page = ben.get(&board).await;
    let mut socket = Socket::open(&ben).await;
    socket.hello(&page).await;
    let (mut live, mut away) = (Shown::of(&page.body), Shown::of(&page.body));
    assert_eq!(live.lists.values().map(BTreeMap::len).sum::<usize>(), 24);
    // Four people at once, each at random; what is refused (a group that is gone) changes nothing.
    let work = people.iter().enumerate().map(|(who, member)| {
        let (site, member, cards, is_lead) = (site.site.clone(), *member, cards.clone(), who == 0);
        tokio::spawn(async move {
            let by = Reader::of(site.people.member(&site.db, &site.bus, member).await.unwrap().unwrap(), None);
            let mut random = StdRng::seed_from_u64(who as u64);
            for turn in 0..40 {
                let groups: Vec<i64> = site.db.column("SELECT id FROM card_group WHERE board = $1 ORDER BY id LIMIT 100", values![id]).await.unwrap();
                let card = CardId(cards[random.random_range(0..cards.len())]);
                let group = (!groups.is_empty()).then(|| GroupId(groups[random.random_range(0..groups.len())]));
                let by = by.clone();
                let _ = match (random.random_range(0..20), group) {
                    (0..3, _) | (_, None) => {
                        let with = random.random_bool(0.5).then_some(card);
                        site.write(AddGroup { by, board: id, title: format!("Group {who} {turn}"), with, key: FormKey::of(&secret::token(), &[]) }).await.map(|_| ())
                    }
                    (3, Some(group)) => site.write(ChangeGroup { by, board: id, group, change: GroupChange::Rename(format!("Renamed {who} {turn}")) }).await.map(|_| ()),
                    (4, Some(group)) => site.write(ChangeGroup { by, board: id, group, change: GroupChange::Remove }).await.map(|_| ()),
                    (5, _) if is_lead => site.write(ChangeCard { by, board: id, card, change: CardChange::Hide }).await.map(|_| ()),
                    (6..8, _) => site.write(ChangeCard { by, board: id, card, change: CardChange::Move(None) }).await.map(|_| ()),
                    (_, group) => site.write(ChangeCard { by, board: id, card, change: CardChange::Move(group) }).await.map(|_| ()),
                };
            }
        })
    });
    for one in work.collect::<Vec<_>>() {
        one.await.unwrap();
    }
    let room = format!("board:{}", id.0);
    let head: i64 = site.site.db.value("SELECT MAX(id) FROM journal_room WHERE room = $1", values![room.clone()]).await.unwrap().unwrap();
    loop {
        let message = socket.next_of(&room).await;
        message["things"].as_array().unwrap().iter().for_each(|thing| live.put(thing));
        if message["n"].as_str().unwrap().parse::<i64>().unwrap() >= head {
            break;
        }
    }
    let fresh = Shown::of(&ben.get(&board).await.body);
    assert_eq!(live, fresh, "heard live");
    // Whoever was away gets the final state of each thing, once.
    let from = page.between(&format!("{room}="), " ");
    let answer: serde_json::Value = serde_json::from_str(&ben.get(&format!("/live?rooms={room}={from}")).await.body).unwrap();
    answer["rooms"][0]["things"].as_array().unwrap().iter().for_each(|thing| away.put(thing));
    assert_eq!(away, fresh, "caught up");
}
