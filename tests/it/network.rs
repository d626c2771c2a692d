//! The network as its host shapes it while the site runs.

use plenary::clock::Clock;
use plenary::journal::Reads;
use plenary::forum::AddSpace;
use plenary::people::rights::Layer;
use plenary::people::{AddMember, AskLink, Language, LinkPurpose, NewLink, Role};
use plenary::settings::Settings;
use plenary::{Site, journal};

use crate::{both_databases, both_databases_from};
use crate::support::{Answer, Browser, Fault, Smtp, Start, TestSite};

/// A picture to send: a valid PNG of 8 by 4 pixels.
fn png() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(8, 4, image::Rgb([15, 100, 112])));
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

both_databases!(
    a_name_is_changed_and_shown_everywhere_at_once,
    what_is_wrong_is_said_and_kept,
    a_language_that_is_not_offered_is_spoken_no_longer,
    what_is_missing_shows_in_the_main_language,
    another_node_follows,
    an_accent_and_a_logo_are_seen_by_everybody,
    a_document_is_drafted_published_and_read_by_everybody,
    a_new_version_is_shown_once_to_each_member,
    whoever_joins_accepts_first,
    the_host_is_asked_with_or_without_an_account,
    the_first_admin_is_guided_and_may_leave,
);
both_databases_from!(mail_is_tested_in_words);

/// Sends a form of the settings with what it holds, some fields changed.
async fn choose(admin: &Browser, part: &str, changed: &[(&str, &str)]) -> Answer {
    let path = format!("/admin/settings/{part}");
    let version = admin.get(&path).await.input("version");
    let mut form = vec![("version", version.as_str()), ("back", "")];
    form.extend(changed);
    admin.post(&path, &form).await
}

const BOTH: &[(&str, &str)] = &[("languages", "en"), ("languages", "fr"), ("main_language", "en"), ("zone", "Europe/Vienna")];

fn names<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form: Vec<(&str, &str)> = BOTH.to_vec();
    form.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    form.extend(changed);
    form
}

async fn a_name_is_changed_and_shown_everywhere_at_once(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let space = site.space("Square", Layer::Public).await;
    let visitor = site.visitor();
    // Kept pages and home are read before, so that what is kept would show.
    let topic = {
        let member = site.member("Eve Novak").await;
        let key = member.get(&format!("/spaces/{space}/topics/new")).await.input("key");
        member.post(&format!("/spaces/{space}/topics"), &[("title", "A first word"), ("body", "Good morning."), ("tags", ""), ("key", &key)]).await.path
    };
    visitor.get(&topic).await.is(200).shows("Testnet").shows("CET");
    visitor.get("/").await.shows("Testnet: talk, meet");
    choose(&admin, "names", &names(&[("name-en", "Cities for Rights"), ("name-fr", "Villes pour les droits"), ("zone", "Asia/Tokyo")])).await.is(200).shows("Saved").shows("Villes pour les droits");
    visitor.get(&topic).await.shows("Cities for Rights").shows("JST").hides("Testnet").hides("CET");
    choose(&admin, "welcome", &[("welcome-en", "We are **twelve** cities."), ("welcome-fr", "")]).await.is(200);
    visitor.get("/").await.shows("Cities for Rights: talk").shows("<strong>twelve</strong>").hides("City staff, mayors");
    // In French the name is there, and the welcome falls back with its language.
    visitor.post("/language", &[("language", "fr"), ("back", "/")]).await.shows("Villes pour les droits").shows("lang=\"en\"><p>We are");
    // Mails are signed with it.
    visitor.post("/register", &[("name", "Paula Roth"), ("email", "paula@people.example"), ("password", ""), ("zone", ""), ("first", "")]).await.is(200);
    let mail: Option<String> = site.site.db.value("SELECT message FROM outbox ORDER BY id DESC LIMIT 1", vec![]).await.unwrap();
    assert!(mail.unwrap().contains("Villes pour les droits"));
    // Every change is kept with who and when.
    let history = admin.get("/admin/settings/history").await;
    history.is(200).shows("Nora Admin").shows("<del>Testnet</del>").shows("<ins>Cities for Rights</ins>").shows("Asia/Tokyo").shows("We are **twelve** cities.");
    assert_eq!(history.body.matches("id=\"change-").count(), 2);
}

async fn what_is_wrong_is_said_and_kept(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    choose(&admin, "names", &names(&[("name-en", ""), ("name-fr", "Villes"), ("zone", "Nowhere")])).await.is(422).shows("Write the name in the main language").shows("time zone from the list").shows("Villes");
    choose(&admin, "names", &[("main_language", "en"), ("name-en", "Cities"), ("zone", "UTC")]).await.is(422).shows("at least one language");
    choose(&admin, "names", &names(&[("languages", "en"), ("main_language", "fr"), ("name-fr", "Villes")])).await.is(422).shows("Choose one of the languages");
    let long = "x".repeat(2_000);
    choose(&admin, "welcome", &[("welcome-en", &long)]).await.is(422).shows("too long").shows(&long);
    // Two who change at once: the second is told, and keeps what they typed.
    choose(&admin, "welcome", &[("welcome-en", "First.")]).await.is(200);
    admin.post("/admin/settings/welcome", &[("version", "0"), ("welcome-en", "Typed meanwhile")]).await.is(422).shows("meanwhile").shows("Typed meanwhile");
    admin.get("/admin/settings").await.shows("First.");
}

async fn a_language_that_is_not_offered_is_spoken_no_longer(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    choose(&admin, "names", &[("languages", "fr"), ("main_language", "fr"), ("name-fr", "Villes"), ("zone", "Europe/Paris")]).await.is(200);
    // Whoever had English, and whoever asks for it, reads French now.
    admin.get("/").await.shows("lang=\"fr\"");
    let visitor = site.visitor();
    visitor.get("/").await.shows("<html lang=\"fr\"").hides("English");
    visitor.post("/language", &[("language", "en"), ("back", "/")]).await.shows("<html lang=\"fr\"");
}

async fn what_is_missing_shows_in_the_main_language(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let both = |en: &str, fr: &str| vec![(Language::En, en.to_owned(), String::new()), (Language::Fr, fr.to_owned(), "Pour tous".to_owned())];
    let add = |texts| AddSpace { by: None, layer: Layer::Public, language: String::new(), position: 1, rules: plenary::forum::SpaceRules::new(), texts };
    let space = site.site.write(add(both("Square", "Place"))).await.unwrap();
    site.site.write(add(vec![(Language::Fr, "Atelier".to_owned(), "En français".to_owned())])).await.unwrap();
    let visitor = site.visitor();
    visitor.get("/spaces").await.shows(">Square<").shows("lang=\"fr\">Atelier<");
    visitor.get(&format!("/spaces/{space}")).await.shows("Square");
    // Its settings have fields in each language.
    admin.get(&format!("/spaces/{space}/settings")).await.shows("name=\"title-fr\" lang=\"fr\" value=\"Place\"");
}

async fn another_node_follows(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    // A second process on the same database, that has the name in memory.
    let other = Site::open(Settings { data: site.settings.data.clone(), ..site.settings.clone() }, Clock::System).await.unwrap();
    assert_eq!(other.network().await.unwrap().name(Language::En), "Testnet");
    choose(&admin, "names", &names(&[("name-en", "Cities for Rights")])).await.is(200);
    let head = journal::head(&other.db).await.unwrap();
    other.bus.ring(head);
    assert_eq!(other.network().await.unwrap().name(Language::En), "Cities for Rights");
    assert!(site.add("Max Noll", Role::Member, false).await.0 > 0);
    other.close().await;
}

async fn an_accent_and_a_logo_are_seen_by_everybody(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let visitor = site.visitor();
    visitor.get("/").await.hides("accent-").hides("class=\"logo\"");
    choose(&admin, "looks", &[("accent", "#ffcc00"), ("accent_dark", ""), ("alt-en", "")]).await.is(422).shows("4.5 is needed").shows("#ffcc00");
    choose(&admin, "looks", &[("accent", "#7a1f5c"), ("accent_dark", ""), ("alt-en", "")]).await.is(200).shows("#7a1f5c");
    let href = visitor.get("/").await.between("plenary.css\">\n<link rel=\"stylesheet\" href=\"", "\"");
    let sheet = visitor.get(&href).await;
    sheet.is(200).shows("--accent: light-dark(#7a1f5c, #");
    assert_eq!(sheet.headers["content-type"], "text/css; charset=utf-8");
    assert!(sheet.headers["cache-control"].to_str().unwrap().contains("immutable"));
    // The logo.
    let page = admin.get("/admin/settings/looks").await;
    let version = page.input("version");
    let fields = [("version", version.as_str()), ("accent", "#7a1f5c"), ("alt-en", "A bridge"), ("alt-fr", "Un pont")];
    admin.send_file("/admin/settings/looks", &fields, "logo", b"<svg/>").await.is(422).shows("This is no picture").shows("A bridge");
    admin.send_file("/admin/settings/looks", &fields, "logo", &png()).await.is(200).shows("/logo/");
    let home = visitor.get("/").await;
    home.shows("alt=\"A bridge\"").shows("width=\"64\" height=\"32\"");
    let href = format!("/logo/{}.png", home.between("/logo/", ".png"));
    let logo = visitor.get(&href).await;
    assert_eq!((logo.is(200).status, &logo.headers["content-type"]), (200, &"image/png".parse().unwrap()));
    // Removed, it is gone everywhere.
    choose(&admin, "looks", &[("accent", ""), ("remove", "yes")]).await.is(200);
    visitor.get(&href).await.is(404);
    visitor.get("/").await.hides("class=\"logo\"").hides("accent-");
    admin.get("/admin/settings/history").await.shows("<ins>A bridge</ins>").shows("<del>#7a1f5c</del>");
}

/// Publishes a version of a document.
async fn publish(admin: &Browser, kind: &str, asks: &str, text: &str) {
    let path = format!("/admin/documents/{kind}");
    let version = admin.get(&path).await.input("version");
    admin.post(&path, &[("version", &version), ("asks", asks), ("text-en", text), ("text-fr", "")]).await.is(200).shows("Saved");
}

async fn a_document_is_drafted_published_and_read_by_everybody(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let visitor = site.visitor();
    visitor.get("/documents/imprint").await.is(404);
    visitor.get("/").await.hides("/documents/");
    // The draft is filled in, and nobody sees it.
    admin.get("/admin/documents/imprint").await.shows("This is a draft").shows("Who runs this site");
    visitor.get("/documents/imprint").await.is(404);
    publish(&admin, "imprint", "nobody", "## Who\n\nThe **association**.").await;
    visitor.get("/documents/imprint").await.is(200).shows("<h2>Who</h2>").shows("<strong>association</strong>").hides("Versions");
    visitor.get("/").await.shows("href=\"/documents/imprint\"").shows("href=\"/help\"");
    visitor.post("/language", &[("language", "fr"), ("back", "/documents/imprint")]).await.shows("Mentions légales").shows("lang=\"en\"><h2>Who");
    visitor.post("/language", &[("language", "en"), ("back", "/")]).await.is(200);
    // Earlier versions stay; whoever looked at one is told.
    publish(&admin, "imprint", "nobody", "The *federation*.").await;
    let page = visitor.get("/documents/imprint").await;
    page.shows("federation").hides("association").shows("Versions");
    let earlier = page.between("href=\"/documents/imprint?version=", "\"");
    visitor.get(&format!("/documents/imprint?version={earlier}")).await.shows("an earlier version").shows("association");
    admin.post("/admin/documents/imprint", &[("version", &earlier), ("asks", "nobody"), ("text-en", "Typed meanwhile")]).await.is(422).shows("Typed meanwhile");
    // The foot of mails leads there, too.
    visitor.post("/register", &[("name", "Paula Roth"), ("email", "paula@people.example"), ("password", ""), ("zone", ""), ("first", "")]).await.is(200);
    let mail: Option<String> = site.site.db.value("SELECT message FROM outbox ORDER BY id DESC LIMIT 1", vec![]).await.unwrap();
    let mail = mail.unwrap();
    assert!(mail.contains(&format!("Imprint {}/documents/imprint", site.url)) && mail.contains(&format!("Help and contact {}/help", site.url)), "{mail}");
    // Taken away, it is gone, and its address says nothing.
    admin.post("/admin/documents/imprint", &[("version", &admin.get("/admin/documents/imprint").await.input("version")), ("asks", "nobody"), ("text-en", "")]).await.is(422).shows("in one language at least");
    let version = admin.get("/admin/documents/imprint").await.input("version");
    admin.post("/admin/documents/imprint", &[("version", &version), ("asks", "nobody"), ("text-en", "Still typed."), ("remove", "yes")]).await.is(200);
    visitor.get("/documents/imprint").await.is(404);
    visitor.get("/").await.hides("/documents/");
}

async fn a_new_version_is_shown_once_to_each_member(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let eve = site.member("Eve Novak").await;
    eve.get("/spaces").await.is(200).shows("<h1 class=\"title\">Spaces");
    publish(&admin, "conduct", "everybody", "Be kind.").await;
    // In between, with the way on; what is sent is not held up, and what is fetched for a part of a page neither.
    let asked = eve.get("/spaces?at=5").await;
    assert_eq!(asked.path, "/accept?next=/spaces%3Fat%3D5");
    asked.shows("Before you go on").shows("Be kind.").shows("/sign-out").shows("value=\"/spaces?at=5\"");
    eve.get("/documents/conduct").await.is(200).shows("Be kind.");
    eve.get("/help").await.shows("Help and contact");
    eve.get("/settings/mail").await.hides("Before you go on");
    assert_eq!(eve.request("GET", "/spaces", &[("sec-fetch-mode", "cors")], "").await.status, 200);
    let documents = asked.input("documents");
    eve.post("/accept", &[("documents", &documents), ("next", "/spaces?at=5")]).await.is(422).shows("Tick the box").shows("value=\"/spaces?at=5\"");
    assert_eq!(eve.post("/accept", &[("documents", "987654321"), ("next", "/spaces"), ("accept", "yes")]).await.status, 404);
    let on = eve.post("/accept", &[("documents", &documents), ("next", "/spaces?at=5"), ("accept", "yes")]).await;
    assert_eq!((on.status, on.path.as_str()), (200, "/spaces?at=5"));
    eve.get("/").await.hides("Before you go on");
    // Whoever published it accepted it by that. A correction is shown to nobody who accepted; the next version to everybody;
    // one that asks nobody to nobody.
    admin.get("/").await.hides("Before you go on");
    publish(&admin, "conduct", "correction", "Be kind!").await;
    eve.get("/spaces").await.hides("Before you go on");
    publish(&admin, "conduct", "everybody", "Be kind, always.").await;
    eve.get("/spaces").await.shows("Before you go on");
    admin.get("/admin/documents/conduct").await.shows("1 of 2 people have accepted it");
    admin.get("/admin/documents/conduct/accepted").await.shows("Eve Novak").shows("Nora Admin");
    publish(&admin, "conduct", "nobody", "Be kind, always.").await;
    eve.get("/spaces").await.hides("Before you go on");
    // A Visitor is asked nothing.
    site.visitor().get("/spaces").await.hides("Before you go on");
}

async fn whoever_joins_accepts_first(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    publish(&admin, "privacy", "everybody", "What we keep.").await;
    let paula = site.visitor();
    paula.get("/register").await.shows("/documents/privacy");
    paula.post("/register", &[("name", "Paula Roth"), ("email", "paula@people.example"), ("password", ""), ("zone", ""), ("first", "")]).await.is(200);
    let mail: Option<String> = site.site.db.value("SELECT message FROM outbox ORDER BY id DESC LIMIT 1", vec![]).await.unwrap();
    let mail = mail.unwrap();
    let token = mail.split("/confirm/").nth(1).unwrap().split(['\\', '"', ' ']).next().unwrap().to_owned();
    let asked = paula.post(&format!("/confirm/{token}"), &[]).await;
    asked.is(200).shows("Before you go on").shows("What we keep.");
    let documents = asked.input("documents");
    let next = asked.input("next");
    let on = paula.post("/accept", &[("documents", &documents), ("next", &next), ("accept", "yes")]).await;
    assert_eq!(on.path, "/welcome?joined=yes");
    let accepted: Vec<i64> = site.site.db.column("SELECT a.document FROM acceptance a JOIN member m ON m.id = a.member WHERE m.handle = 'paula-roth'", vec![]).await.unwrap();
    assert_eq!(accepted.len(), 1);
}

async fn the_host_is_asked_with_or_without_an_account(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let eve = site.member("Eve Novak").await;
    let space = site.space("Square", Layer::Public).await;
    let key = eve.get(&format!("/spaces/{space}/topics/new")).await.input("key");
    let topic = eve.post(&format!("/spaces/{space}/topics"), &[("title", "A first word"), ("body", "Good morning."), ("tags", ""), ("key", &key)]).await.path;
    // Below each Post a Visitor finds the way, with its permalink filled in; Members do not.
    let visitor = site.visitor();
    let report = visitor.get(&topic).await.between("href=\"/help?kind=report", "\"");
    eve.get(&topic).await.hides("kind=report");
    let page = visitor.get(&format!("/help?kind=report{}", report.replace("&amp;", "&").replace("&#38;", "&"))).await;
    page.is(200).shows("value=\"report\" checked");
    let about = page.input("about");
    assert_eq!(about, format!("{}?post=1#p1", topic.split('#').next().unwrap()));
    visitor.post("/help", &[("kind", "question"), ("text", "How do I join?"), ("email", "nowhere")]).await.is(422).shows("How do I join?");
    visitor.post("/help", &[("kind", "report"), ("about", &about), ("text", "This is an insult."), ("email", ""), ("name", "")]).await.is(200).shows("has been sent");
    // To each admin by mail, as long as there is no address for questions.
    let mail: Option<String> = site.site.db.value("SELECT message FROM outbox ORDER BY id DESC LIMIT 1", vec![]).await.unwrap();
    let mail = mail.unwrap();
    assert!(mail.contains("nora-admin@people.example") && mail.contains("This is an insult.") && mail.contains(&format!("{}{about}", site.url)), "{mail}");
    choose(&admin, "contact", &[("contact", "nowhere")]).await.is(422);
    choose(&admin, "contact", &[("contact", "host@testnet.example")]).await.is(200).shows("host@testnet.example");
    eve.post("/help", &[("kind", "barrier"), ("about", ""), ("text", "The board cannot be read."), ("name", "Somebody else"), ("email", "else@people.example")]).await.is(200);
    let mail: Option<String> = site.site.db.value("SELECT message FROM outbox ORDER BY id DESC LIMIT 1", vec![]).await.unwrap();
    let mail = mail.unwrap();
    assert!(mail.contains("host@testnet.example") && mail.contains("[\"Reply-To\",\"eve-novak@people.example\"]"), "{mail}");
    // The queue: what waits above what is answered.
    let queue = admin.get("/admin/contact").await;
    queue.shows("This is an insult.").shows("The board cannot be read.").shows("/people/eve-novak").shows("Somebody without an account");
    let id = queue.between("id=\"contact-", "\"");
    admin.post(&format!("/admin/contact/{id}"), &[("do", "answered")]).await.is(200).shows("Waits again").shows("Nora Admin");
    let waiting: Option<i64> = site.site.db.value("SELECT count(*) FROM contact WHERE answered_at IS NULL", vec![]).await.unwrap();
    assert_eq!(waiting, Some(1));
    admin.post(&format!("/admin/contact/{id}"), &[("do", "again")]).await.is(200).hides("Waits again");
}

async fn the_first_admin_is_guided_and_may_leave(site: TestSite) {
    let link = NewLink::new(LinkPurpose::FirstAdmin);
    site.site.note(AskLink { member: None, link: link.clone(), mail: None }).await.unwrap();
    let nora = site.visitor();
    let guided = nora.post("/register", &[("name", "Nora Admin"), ("email", "nora@people.example"), ("password", ""), ("zone", ""), ("first", &link.token)]).await;
    assert_eq!((guided.status, guided.path.as_str()), (200, "/setup"));
    assert_eq!(guided.body.matches("Not yet").count(), 7);
    // Left, and taken up again from home.
    nora.get("/").await.shows("Your network is being set up").shows("0 of 7 steps").shows("href=\"/setup\"");
    let version = nora.get("/admin/settings/names?back=setup").await.input("version");
    let mut form = names(&[("name-en", "Cities for Rights")]);
    form.extend([("version", version.as_str()), ("back", "setup")]);
    let back = nora.post("/admin/settings/names", &form).await;
    assert_eq!(back.path, "/setup?saved=yes");
    assert_eq!(back.body.matches("Not yet").count(), 6);
    for kind in ["conduct", "privacy", "imprint"] {
        publish(&nora, kind, "nobody", "Words.").await;
    }
    nora.post("/admin/spaces/template", &[]).await.is(200);
    choose(&nora, "welcome", &[("welcome-en", "Come in.")]).await.is(200);
    choose(&nora, "contact", &[("contact", "host@testnet.example")]).await.is(200);
    nora.get("/").await.shows("5 of 7 steps").shows("/setup#mail").hides("/setup#spaces");
    // Without SMTP the test says so; it need not be done to finish.
    nora.post("/setup/mail", &[]).await.is(200).shows("No server is set");
    nora.post("/setup/finish", &[]).await.is(200).hides("Your network is being set up");
    nora.get("/setup").await.is(200).shows("You have finished this");
    nora.get("/admin/settings/history").await.shows("Guided page finished");
    // Nobody else is told of it.
    site.member("Eve Novak").await.get("/").await.hides("being set up");
}

async fn mail_is_tested_in_words(start: Start) {
    let smtp = Smtp::start(&[Fault::Permanent]).await;
    let site = start.site(Clock::System, Some(smtp.url.clone())).await;
    let add = |name: &str, email: &str| AddMember {
        handle: None,
        name: name.into(),
        email: email.into(),
        password_hash: None,
        language: Language::En,
        zone: chrono_tz::UTC,
        about: String::new(),
        role: Role::Admin,
        is_practitioner: true,
        organisation: None,
    };
    let nora = site.site.write(add("Nora Admin", "nora@testnet.org")).await.unwrap();
    let nora = site.browser_of(nora).await;
    nora.post("/setup/mail", &[]).await.is(200).shows("does not take mail from this sender").shows("550");
    nora.post("/setup/mail", &[]).await.is(200).shows("The server has taken the mail").hides("own words");
    let came = smtp.wait_for(1).await;
    assert!(came[0].to.contains("nora@testnet.org") && came[0].text.contains("Testnet"), "{came:?}");
    let other = site.site.write(add("Max Noll", "max@people.example")).await.unwrap();
    site.browser_of(other).await.post("/setup/mail", &[]).await.is(200).shows("never get mail");
}
