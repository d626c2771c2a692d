//! The network as its host shapes it while the site runs.

use plenary::clock::Clock;
use plenary::journal::Reads;
use plenary::forum::AddSpace;
use plenary::people::rights::Layer;
use plenary::people::{Language, Role};
use plenary::settings::Settings;
use plenary::{Site, journal};

use crate::both_databases;
use crate::support::{Answer, Browser, TestSite};

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
);

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
