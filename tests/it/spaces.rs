//! Running Spaces: making them, who may what, another layer, archiving, the people of a private one.

use plenary::people::Role;

use crate::both_databases;
use crate::support::{Browser, TestSite};

both_databases!(
    the_first_spaces_come_from_a_template,
    a_space_is_made_in_two_languages_and_changed_by_its_moderator,
    two_who_save_at_once_do_not_overwrite_each_other,
    another_layer_is_asked_about_and_holds_at_once,
    the_people_of_a_private_space_come_and_go,
    an_archived_space_is_read_and_no_longer_written_in,
    who_may_what_is_kept_to,
    spaces_change_places,
);

/// A Space's form as a browser would send it, with other values.
fn filled<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![
        ("title-en", "A new place"),
        ("purpose-en", "For trying"),
        ("layer", "public"),
        ("language", ""),
        ("may_start", "members"),
        ("may_reply", "members"),
        ("may_schedule", "practitioners"),
        ("may_open", "admins"),
    ];
    form.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    form.extend(changed);
    form
}

/// Makes a Space by the form; its path.
async fn made(admin: &Browser, changed: &[(&str, &str)]) -> String {
    let key = plenary::secret::token();
    let mut form = filled(changed);
    if !changed.iter().any(|(name, _)| *name == "key") {
        form.push(("key", &key));
    }
    let answer = admin.post("/admin/spaces", &form).await;
    answer.is(200);
    answer.path.clone()
}

async fn start(by: &Browser, space: &str, title: &str) -> String {
    let key = by.get(&format!("{space}/topics/new")).await.input("key");
    let answer = by.post(&format!("{space}/topics"), &[("title", title), ("body", "First words"), ("key", &key)]).await;
    answer.is(200).shows(title);
    answer.path.split('/').take(3).collect::<Vec<_>>().join("/")
}

async fn the_first_spaces_come_from_a_template(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    admin.get("/admin/spaces").await.shows("Begin with Spaces that fit");
    admin.post("/admin/spaces/template", &[]).await.is(200).shows("The open square").shows("Among practitioners").hides("Begin with Spaces");
    site.visitor().get("/spaces").await.shows("The open square").hides("Among practitioners");
    // In the other language they have its words.
    let visitor = site.visitor();
    visitor.post("/language", &[("language", "fr")]).await;
    visitor.get("/spaces").await.shows("La place publique");
    admin.post("/admin/spaces/template", &[]).await.is(422).shows("There are Spaces already");
    // The same form twice makes one Space.
    let key = admin.get("/admin/spaces/new").await.input("key");
    let [one, two] = [made(&admin, &[("key", &key)]).await, made(&admin, &[("key", &key)]).await];
    assert_eq!(one, two);
}

async fn a_space_is_made_in_two_languages_and_changed_by_its_moderator(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let ben = site.add("Ben Okoro", Role::Member, false).await;
    let there = site.browser_of(ben).await;
    let wrong = admin.post("/admin/spaces", &filled(&[("title-en", ""), ("purpose-en", "Typed already")])).await;
    wrong.is(422).shows("Write a title").shows("Typed already");
    let space = made(&admin, &[("title-fr", "Un lieu neuf"), ("purpose-fr", "Pour essayer")]).await;
    let settings = format!("href=\"{space}/settings\"");
    admin.get(&space).await.shows("A new place").shows(&settings);
    there.get(&space).await.hides(&settings);
    admin.post(&format!("{space}/people"), &[("who", "@ben-okoro")]).await.is(200).shows("Ben Okoro").shows("Moderator");
    let page = there.get(&format!("{space}/settings")).await;
    page.is(200).shows("Un lieu neuf").shows("only admins can change this");
    let version = page.input("version");
    there.post(&format!("{space}/settings"), &filled(&[("title-en", "A better place"), ("version", &version)])).await.is(200).shows("Saved.");
    site.visitor().get(&space).await.shows("A better place");
    // What is for admins is refused, whatever is sent.
    let version = there.get(&format!("{space}/settings")).await.input("version");
    there.post(&format!("{space}/settings"), &filled(&[("may_open", "members"), ("version", &version)])).await.is(403);
    there.post(&format!("{space}/settings"), &filled(&[("layer", "private"), ("sure", "private"), ("version", &version)])).await.is(403);
}

async fn two_who_save_at_once_do_not_overwrite_each_other(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let space = made(&admin, &[]).await;
    let version = admin.get(&format!("{space}/settings")).await.input("version");
    admin.post(&format!("{space}/settings"), &filled(&[("title-en", "The first"), ("version", &version)])).await.is(200);
    let second = admin.post(&format!("{space}/settings"), &filled(&[("title-en", "The second"), ("version", &version)])).await;
    second.is(422).shows("Somebody changed these settings").shows("The second");
    site.visitor().get(&space).await.shows("The first");
}

async fn another_layer_is_asked_about_and_holds_at_once(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let (anna, eve) = (site.practitioner("Anna Moser").await, site.member("Eve Novak").await);
    let space = made(&admin, &[]).await;
    let topic = start(&eve, &space, "Said in public").await;
    site.visitor().get(&topic).await.is(200);
    let settings = format!("{space}/settings");
    let to = |layer: &'static str, sure: &'static str, version: String| {
        let (admin, settings) = (&admin, &settings);
        async move { admin.post(settings, &filled(&[("layer", layer), ("sure", sure), ("version", &version)])).await }
    };
    let version = admin.get(&settings).await.input("version");
    to("practitioners", "", version.clone()).await.is(200).shows("Only Practitioners will be able to read what is here already (one topic)").hides("Saved.");
    site.visitor().get(&topic).await.is(200);
    to("practitioners", "practitioners", version).await.is(200).shows("Saved.");
    for browser in [&site.visitor(), &eve] {
        browser.get(&topic).await.is(404);
        browser.get("/spaces").await.hides("A new place");
        browser.get("/").await.hides("Said in public");
    }
    anna.get(&topic).await.is(200);
    // To the public again, which says so in other words; whoever makes it private stays in it.
    let version = admin.get(&settings).await.input("version");
    to("public", "", version.clone()).await.shows("Everybody on the internet will be able to read what is here already (one topic)");
    to("public", "public", version).await.shows("Saved.");
    eve.get(&topic).await.is(200);
    let version = admin.get(&settings).await.input("version");
    to("private", "", version.clone()).await.shows("at first only you will see it");
    to("private", "private", version).await.shows("Saved.");
    eve.get(&topic).await.is(404);
    admin.get(&topic).await.is(200);
}

async fn the_people_of_a_private_space_come_and_go(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let eve = site.member("Eve Novak").await;
    let space = made(&admin, &[("layer", "private")]).await;
    let topic = start(&admin, &space, "Among the five").await;
    eve.get(&space).await.is(404);
    let people = format!("{space}/people");
    admin.post(&people, &[("who", "")]).await.is(422).shows("Write a handle or an address");
    admin.post(&people, &[("who", "nobody@people.example")]).await.is(422).shows("nobody@people.example");
    admin.post(&people, &[("who", "Eve-Novak@people.example")]).await.is(200).shows("Eve Novak");
    eve.get(&topic).await.is(200);
    eve.get(&people).await.is(403);
    site.settled().await;
    eve.get("/waiting").await.shows("You were added to a Space").shows("A new place");
    // The only Moderator cannot go before somebody else is one.
    admin.post(&format!("{people}/nora-admin"), &[("do", "remove")]).await.is(422).shows("needs a moderator");
    admin.post(&format!("{people}/nora-admin"), &[("do", "only_read")]).await.is(422).shows("needs a moderator");
    // Nor by being added once more as somebody who only reads.
    admin.post(&people, &[("who", "nora-admin")]).await.is(200);
    admin.post(&format!("{people}/nora-admin"), &[("do", "remove")]).await.is(422).shows("needs a moderator");
    admin.post(&format!("{people}/eve-novak"), &[("do", "moderate")]).await.is(200);
    admin.post(&format!("{people}/nora-admin"), &[("do", "remove")]).await.is(200);
    // She runs it still, as an admin, and reads it no longer.
    admin.get(&topic).await.is(404);
    admin.get(&people).await.is(200).shows("Eve Novak");
    eve.get(&people).await.is(200);
    admin.post(&format!("{people}/nobody-here"), &[("do", "remove")]).await.is(404);
}

async fn an_archived_space_is_read_and_no_longer_written_in(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let eve = site.member("Eve Novak").await;
    let space = made(&admin, &[]).await;
    let topic = start(&eve, &space, "Before it was archived").await;
    let id = space.rsplit('/').next().unwrap();
    let key = eve.get(&topic).await.input("key");
    admin.post(&format!("/admin/spaces/{id}/archive"), &[("do", "archive")]).await.is(200).shows("Open again");
    eve.get(&space).await.is(200).shows("This Space is archived").shows("Before it was archived").hides("Start a topic");
    eve.get("/spaces").await.shows("Archived");
    eve.get("/").await.hides("A new place</a>");
    eve.post(&format!("{topic}/posts"), &[("body", "Too late"), ("key", &key)]).await.is(403).shows("Too late");
    let page = eve.get(&topic).await.body;
    let post = page.split("/edit\"").next().unwrap().rsplit("/posts/").next().unwrap();
    eve.post(&format!("/posts/{post}/edit"), &[("body", "Other words"), ("version", "1")]).await.is(422).shows("This Space is archived");
    eve.get(&format!("{space}/topics/new")).await.is(403);
    admin.post(&format!("/admin/spaces/{id}/archive"), &[("do", "open")]).await.is(200).hides("Open again");
    eve.post(&format!("{topic}/posts"), &[("body", "In time"), ("key", &key)]).await.is(200).shows("In time");
}

async fn who_may_what_is_kept_to(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let (anna, eve) = (site.practitioner("Anna Moser").await, site.member("Eve Novak").await);
    let space = made(&admin, &[("may_start", "practitioners"), ("may_schedule", "moderators"), ("may_open", "practitioners")]).await;
    eve.get(&space).await.hides("Start a topic");
    eve.get(&format!("{space}/topics/new")).await.is(403);
    anna.get(&space).await.shows("Start a topic").hides("Schedule a workshop").shows("Open a dialogue");
    // Each right has its own button.
    let news = made(&admin, &[("may_start", "moderators")]).await;
    anna.get(&news).await.hides("Start a topic").shows("Schedule a workshop");
    anna.get(&format!("{news}/workshops/new")).await.is(200);
    // Who would not see a Space does not moderate it.
    let among = made(&admin, &[("layer", "practitioners")]).await;
    admin.post(&format!("{among}/people"), &[("who", "eve-novak")]).await.is(422).shows("no Practitioner yet");
    anna.get(&format!("{space}/workshops/new")).await.is(403);
    anna.get(&format!("{space}/dialogues/new")).await.is(200);
    admin.get(&format!("{space}/workshops/new")).await.is(200);
}

async fn spaces_change_places(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let mut paths = Vec::new();
    for title in ["First place", "Second place", "Third place"] {
        paths.push(made(&admin, &[("title-en", title)]).await);
    }
    let order = |body: &str| {
        let mut at: Vec<(usize, &str)> = ["First", "Second", "Third"].iter().map(|title| (body.find(&format!("{title} place")).unwrap(), *title)).collect();
        at.sort_unstable();
        at.into_iter().map(|(_, title)| title.to_owned()).collect::<Vec<_>>()
    };
    let last = paths[2].rsplit('/').next().unwrap();
    admin.post(&format!("/admin/spaces/{last}/move"), &[("do", "up")]).await.is(200);
    assert_eq!(order(&site.visitor().get("/spaces").await.body), ["First", "Third", "Second"]);
    admin.post(&format!("/admin/spaces/{last}/move"), &[("do", "up")]).await.is(200);
    // Past the end it stays.
    admin.post(&format!("/admin/spaces/{last}/move"), &[("do", "up")]).await.is(200);
    assert_eq!(order(&site.visitor().get("/spaces").await.body), ["Third", "First", "Second"]);
}
