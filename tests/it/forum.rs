//! Discussing without JavaScript: Spaces, Topics, replies in the tree, editing, deleting, and what is unread.

use plenary::people::rights::Layer;

use crate::both_databases;
use crate::support::{Answer, Browser, TestSite};

both_databases!(
    a_topic_with_replies_in_its_tree,
    bad_input_is_said_and_kept,
    a_preview_shows_and_posts_nothing,
    editing_keeps_to_ones_own_words,
    deleting_leaves_a_tombstone_and_can_be_undone,
    what_is_unread_is_marked_until_it_is_shown,
    a_long_topic_is_entered_anywhere,
    spaces_show_each_what_they_may_see,
    markup_stays_harmless,
);

async fn start(by: &Browser, space: impl std::fmt::Display, title: &str, body: &str) -> String {
    let key = by.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let answer = by.post(&format!("/spaces/{space}/topics"), &[("title", title), ("body", body), ("key", &key), ("tags", "Parks, parks, Town Hall")]).await;
    answer.is(200).shows("class=\"opening post\"");
    answer.path.split('/').nth(2).unwrap().to_owned()
}

/// Answers a Post by its number, as one does without JavaScript.
async fn answer(by: &Browser, topic: &str, number: i64, text: &str) -> Answer {
    let page = by.get(&format!("/topics/{topic}?post={number}")).await;
    let post = page.body.split(&format!("data-reply=\"{number}\" href=\"")).nth(1).expect("a link to reply").split('"').next().unwrap().to_owned();
    let form = by.get(&post).await;
    form.is(200);
    let (key, parent) = (form.input("key"), form.input("parent"));
    by.post(&format!("/topics/{topic}/posts"), &[("body", text), ("key", &key), ("parent", &parent)]).await
}

async fn a_topic_with_replies_in_its_tree(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = start(&anna, space, "Benches in the park?", "Where did **they** go?").await;
    answer(&ben, &topic, 1, "To the depot").await.is(200);
    answer(&anna, &topic, 2, "All of them?").await.is(200);
    answer(&ben, &topic, 1, "Another root").await.is(200);
    let posted = answer(&ben, &topic, 2, "Most, I think").await;
    assert!(posted.path.ends_with("?post=5"), "{}", posted.path);
    let page = site.visitor().get(&format!("/topics/{topic}")).await;
    page.shows("<strong>they</strong>").shows("4 replies").shows(">parks<").shows(">town-hall<").hides("name=\"body\"");
    let order: Vec<&str> = page.body.split("data-number=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    assert_eq!(order, ["1", "2", "3", "5", "4"]);
    page.shows("<details class=\"branch\" id=\"b2\" open><summary><span>Replies to #2</span></summary><ol class=\"replies\" id=\"r2\" data-keep><li class=\"post\" id=\"p3\"");
    // The slug is decoration, the number is not.
    site.visitor().get(&format!("/topics/{topic}/another-title")).await.is(200).shows("Benches in the park?");
    site.visitor().get("/topics/abc").await.is(404);
}

async fn bad_input_is_said_and_kept(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let wrong = anna.post(&format!("/spaces/{space}/topics"), &[("title", " ? "), ("body", "Some words"), ("key", "k")]).await;
    wrong.is(422).shows("Write a title").shows("Some words").shows("value=\"k\"");
    anna.post(&format!("/spaces/{space}/topics"), &[("title", "T"), ("body", " \n "), ("key", "k")]).await.is(422).shows("Write something first");
    let topic = start(&anna, space, "Benches", "First").await;
    anna.post(&format!("/topics/{topic}/posts"), &[("body", ""), ("key", "k")]).await.is(422).shows("Write something first");
    let long = "word ".repeat(6_500);
    anna.post(&format!("/topics/{topic}/posts"), &[("body", &long), ("key", "k")]).await.is(422).shows("at most 32").shows("word word word");
    anna.post(&format!("/topics/{topic}/posts"), &[("body", "to nothing"), ("key", "k"), ("parent", "99")]).await.is(404).shows("to nothing");
    site.visitor().post(&format!("/topics/{topic}/posts"), &[("body", "I was signed out")]).await.is(401).shows("I was signed out");
}

async fn a_preview_shows_and_posts_nothing(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let topic = start(&anna, space, "Benches", "First").await;
    let preview = anna.post(&format!("/topics/{topic}/posts"), &[("body", "so *nice*"), ("key", "k"), ("do", "preview")]).await;
    preview.is(200).shows("<em>nice</em>").shows("so *nice*").shows("value=\"k\"");
    anna.get(&format!("/topics/{topic}")).await.hides("nice").shows("no replies yet").hides("last reply");
}

async fn editing_keeps_to_ones_own_words(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = start(&anna, space, "Benches", "First words").await;
    let page = anna.get(&format!("/topics/{topic}")).await;
    let edit = format!("/posts/{}/edit", page.between("<li><a href=\"/posts/", "/edit"));
    ben.get(&format!("/topics/{topic}")).await.hides("/edit\"");
    ben.get(&edit).await.is(403);
    ben.post(&edit, &[("body", "not mine"), ("version", "1")]).await.is(403).shows("not mine");
    let version = anna.get(&edit).await.input("version");
    anna.post(&edit, &[("body", "Second words"), ("version", &version)]).await.is(200).shows("Second words").shows("edited");
    // Another tab that still has the first version does not overwrite the second.
    let stale = anna.post(&edit, &[("body", "Third words"), ("version", &version)]).await;
    stale.is(422).shows("changed meanwhile").shows("Third words").shows("Second words");
    anna.post(&edit, &[("body", ""), ("version", "2")]).await.is(422);
}

async fn deleting_leaves_a_tombstone_and_can_be_undone(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben, mod_) = (site.member("Anna Moser").await, site.member("Ben Okoro").await, site.moderator("Marek Mod").await);
    let topic = start(&anna, space, "Benches", "First").await;
    answer(&ben, &topic, 1, "A rash answer").await;
    answer(&anna, &topic, 2, "An answer to it").await;
    let page = ben.get(&format!("/topics/{topic}")).await;
    let post = page.between("action=\"/posts/", "/delete");
    anna.post(&format!("/posts/{post}/delete"), &[]).await.is(403);
    ben.post(&format!("/posts/{post}/delete"), &[]).await.is(200);
    let page = anna.get(&format!("/topics/{topic}")).await;
    page.shows("Post 2 was deleted").hides("A rash answer").shows("An answer to it").hides("/restore");
    ben.post(&format!("/topics/{topic}/posts"), &[("body", "to the deleted"), ("key", "k"), ("parent", "2")]).await.is(422).shows("has been deleted meanwhile");
    anna.post(&format!("/posts/{post}/restore"), &[]).await.is(403);
    ben.post(&format!("/posts/{post}/restore"), &[]).await.is(200).shows("A rash answer");
    // What a Moderator deletes, its author does not undo.
    mod_.post(&format!("/posts/{post}/delete"), &[]).await.is(200);
    ben.post(&format!("/posts/{post}/restore"), &[]).await.is(403);
    mod_.post(&format!("/posts/{post}/restore"), &[]).await.is(200).shows("A rash answer");
}

async fn what_is_unread_is_marked_until_it_is_shown(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let (anna, ben) = (site.member("Anna Moser").await, site.member("Ben Okoro").await);
    let topic = start(&anna, space, "Benches", "First").await;
    answer(&anna, &topic, 1, "Second").await;
    ben.get(&format!("/spaces/{space}")).await.shows("class=\"waits\"");
    // Without our modules, opening the page counts; the marks are still on it.
    ben.get(&format!("/topics/{topic}")).await.shows("is-new").shows("Next unread");
    ben.get(&format!("/topics/{topic}")).await.hides("is-new").hides("Next unread");
    ben.get(&format!("/spaces/{space}")).await.hides("class=\"waits\"");
    answer(&anna, &topic, 1, "Third").await;
    // With them, what was on screen counts.
    let carl = site.member("Carl Lind").await;
    carl.request("POST", &format!("/topics/{topic}/read"), &[("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")], "numbers=1,3,99,x").await.is(204);
    let page = carl.get(&format!("/topics/{topic}")).await;
    page.shows("class=\"post is-new\" id=\"p2\"").shows("class=\"post\" id=\"p3\"");
}

async fn a_long_topic_is_entered_anywhere(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let id = site.add("Anna Moser", plenary::people::Role::Member, false).await;
    let anna = site.browser_of(id).await;
    let topic = start(&anna, space, "A long one", "First").await;
    let by = plenary::people::Reader::of(site.site.people.member(&site.site.db, &site.site.bus, id).await.unwrap().unwrap(), None);
    for number in 2..=260 {
        // Every tenth begins a branch of its own, the others go ever deeper.
        let parent = if number % 10 == 0 { 1 } else { number - 1 };
        let text = format!("words of {number}");
        let act = plenary::forum::Reply {
            by: by.clone(),
            topic: topic.parse().unwrap(),
            parent: Some(parent),
            rendered: plenary::web::render_markdown(&text),
            key: plenary::journal::FormKey::of("k", &[&text]),
            source: text,
        };
        assert_eq!(site.site.write(act).await.unwrap().number, number);
    }
    let visitor = site.visitor();
    let mut path = format!("/topics/{topic}");
    let mut seen = Vec::new();
    loop {
        let page = visitor.get(&path).await;
        page.is(200);
        seen.extend(page.body.split("data-number=\"").skip(2).map(|part| part.split('"').next().unwrap().parse::<i64>().unwrap()));
        match page.body.split("rel=\"next\" href=\"").nth(1) {
            Some(next) => path = next.split('#').next().unwrap().to_owned(),
            None => break,
        }
    }
    assert_eq!(seen, (2..=260).collect::<Vec<_>>(), "from page to page nothing is skipped or shown twice");
    visitor.get(&format!("/topics/{topic}?post=177")).await.is(200).shows("words of 177").shows("words of 178").shows("Earlier replies");
    visitor.get(&format!("/topics/{topic}?post=999")).await.is(404);
    let page = visitor.get(&format!("/topics/{topic}?from=177")).await;
    let earlier = page.between("rel=\"prev\" href=\"", "#").replace("&amp;", "&");
    visitor.get(&earlier).await.is(200).shows("words of 176");
}

async fn spaces_show_each_what_they_may_see(site: TestSite) {
    let open = site.space("Open square", Layer::Public).await;
    let practitioners = site.space("Among us", Layer::Practitioners).await;
    let private = site.space("The five", Layer::Private).await;
    let ben = site.add("Ben Okoro", plenary::people::Role::Member, false).await;
    let act = plenary::forum::SetSpacePerson { by: None, space: private, member: ben, moderates: false };
    site.site.write(act).await.unwrap();
    let (ben, anna, eve, admin) = (site.browser_of(ben).await, site.practitioner("Anna Moser").await, site.member("Eve Novak").await, site.admin("Nora Admin").await);
    let sees = |browser: Browser, spaces: Vec<bool>| async move {
        let list = browser.get("/spaces").await;
        for (title, sees) in ["Open square", "Among us", "The five"].iter().zip(spaces) {
            assert_eq!(list.body.contains(title), sees, "{title}:\n{}", list.body);
        }
        browser
    };
    sees(site.visitor(), vec![true, false, false]).await;
    sees(eve, vec![true, false, false]).await;
    let anna = sees(anna, vec![true, true, false]).await;
    sees(admin, vec![true, true, false]).await;
    let ben = sees(ben, vec![true, false, true]).await;
    let secret = start(&ben, private, "Only for five", "A secret").await;
    start(&anna, practitioners, "For practitioners", "Not a secret").await;
    start(&anna, open, "For all", "Hello").await;
    anna.get(&format!("/topics/{secret}")).await.is(404);
    anna.get(&format!("/spaces/{private}/topics/new")).await.is(404);
    anna.post(&format!("/topics/{secret}/posts"), &[("body", "let me in"), ("key", "k")]).await.is(404);
    anna.get("/").await.shows("For all").shows("For practitioners").hides("Only for five");
    site.visitor().get("/").await.shows("For all").hides("For practitioners");
}

async fn markup_stays_harmless(site: TestSite) {
    let space = site.space("Open square", Layer::Public).await;
    let anna = site.member("Anna Moser").await;
    let evil = "<script>alert(1)</script> <b onclick=x>b</b> [x](javascript:alert(1)) \u{f8f0}a1\u{f8f1}";
    let topic = start(&anna, space, "<img src=x onerror=alert(1)> & more", evil).await;
    let page = site.visitor().get(&format!("/topics/{topic}")).await;
    page.hides("<script>alert").hides("<b onclick").hides("href=\"javascript").hides("<img src=x").shows("&#60;img src=x");
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
}
