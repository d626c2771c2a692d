//! Organisations as admins keep them: one by one, by a pasted table, above and below one another, merged.

use plenary::people::{Level, Role};

use crate::both_databases;
use crate::support::{Browser, TestSite};

both_databases!(
    an_organisation_is_added_changed_and_placed,
    nothing_lies_within_itself,
    a_table_is_looked_at_before_it_is_added,
    one_that_was_entered_twice_becomes_the_other,
);

fn filled<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("name", "City of Graz"), ("short_name", "Graz"), ("kind", "municipality"), ("level", "city"), ("country", "AT"), ("standing", "human_rights_city"), ("within", "")];
    form.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    form.extend(changed);
    form
}

async fn added(admin: &Browser, changed: &[(&str, &str)]) -> String {
    let answer = admin.post("/admin/organisations", &filled(changed)).await;
    answer.is(200);
    answer.path.rsplit('/').next().unwrap().to_owned()
}

async fn change(admin: &Browser, id: &str, changed: &[(&str, &str)]) -> crate::support::Answer {
    let version = admin.get(&format!("/organisations/{id}/edit")).await.input("version");
    let mut form = filled(changed);
    form.push(("version", &version));
    admin.post(&format!("/organisations/{id}/edit"), &form).await
}

async fn an_organisation_is_added_changed_and_placed(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let wrong = admin.post("/admin/organisations", &filled(&[("name", " "), ("country", "Austria"), ("short_name", "Kept")])).await;
    wrong.is(422).shows("Write its name").shows("two letters").shows("Kept");
    let styria = added(&admin, &[("name", "Land Steiermark"), ("short_name", "Styria"), ("level", "region")]).await;
    let graz = added(&admin, &[("within", &styria)]).await;
    site.visitor().get(&format!("/organisations/{graz}")).await.shows("City of Graz").shows("Land Steiermark").hides("/edit");
    site.visitor().get(&format!("/organisations/{styria}")).await.shows("City of Graz");
    change(&admin, &graz, &[("name", "Stadt Graz"), ("within", "")]).await.is(200).shows("Stadt Graz").hides("Land Steiermark");
    // Whoever looked at an older version is told so, and keeps what they typed.
    let mut stale = filled(&[("name", "Typed meanwhile")]);
    stale.push(("version", "1"));
    admin.post(&format!("/organisations/{graz}/edit"), &stale).await.is(422).shows("meanwhile").shows("Typed meanwhile");
}

async fn nothing_lies_within_itself(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let austria = added(&admin, &[("name", "Austria"), ("short_name", "Austria"), ("level", "nation")]).await;
    let styria = added(&admin, &[("name", "Styria"), ("short_name", "Styria"), ("level", "nation"), ("within", &austria)]).await;
    change(&admin, &austria, &[("name", "Austria"), ("level", "nation"), ("within", &styria)]).await.is(422).shows("cannot lie within itself");
    change(&admin, &austria, &[("name", "Austria"), ("level", "nation"), ("within", &austria)]).await.is(422).shows("cannot lie within itself");
    let graz = added(&admin, &[]).await;
    change(&admin, &styria, &[("name", "Styria"), ("level", "region"), ("within", &graz)]).await.is(422).shows("same Level or a higher one");
    admin.post("/admin/organisations", &filled(&[("name", "Elsewhere"), ("within", "987654321")])).await.is(422).shows("Choose an organisation");
}

async fn a_table_is_looked_at_before_it_is_added(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    site.organisation("City of Bruges", "Bruges", Level::City).await;
    let table = "name;short_name;kind;level;country;standing;within\nCity of Graz;Graz;municipality;city;AT;human rights city;Styria\nLand Steiermark;Styria;municipality;region;AT;partner;\ncity of bruges;;municipality;city;BE;partner;\n";
    let wrong = table.replace(";AT;partner", ";Austria;friend");
    let answer = admin.post("/admin/organisations/table", &[("table", &wrong), ("sure", "yes")]).await;
    answer.is(422).shows("Line 3").shows("two letters").shows("human_rights_city").shows("Land Steiermark;Styria");
    site.visitor().get("/organisations").await.hides("City of Graz");
    admin.post("/admin/organisations/table", &[("table", table)]).await.is(200).shows("2 new organisations").shows("One is there already").shows("Add 2 organisations");
    site.visitor().get("/organisations").await.hides("City of Graz");
    let list = admin.post("/admin/organisations/table", &[("table", table), ("sure", "yes")]).await;
    list.is(200).shows("City of Graz").shows("Land Steiermark");
    let graz = list.body.split("City of Graz").next().unwrap().rsplit("/organisations/").next().unwrap().split('"').next().unwrap().to_owned();
    site.visitor().get(&format!("/organisations/{graz}")).await.shows("Lies within").shows("Land Steiermark");
    // Once more adds nothing twice.
    admin.post("/admin/organisations/table", &[("table", table), ("sure", "yes")]).await.is(200).shows("3 are there already").hides("name=\"sure\"");
}

async fn one_that_was_entered_twice_becomes_the_other(site: TestSite) {
    let admin = site.admin("Nora Admin").await;
    let eve_id = site.add("Eve Novak", Role::Member, false).await;
    let eve = site.browser_of(eve_id).await;
    let (twice, graz) = (added(&admin, &[("name", "Graz Municipality"), ("short_name", "Graz again")]).await, added(&admin, &[]).await);
    let lend = added(&admin, &[("name", "Lend"), ("short_name", "Lend"), ("level", "neighbourhood"), ("within", &twice)]).await;
    let settings = [("name", "Eve Novak"), ("about", ""), ("organisation", twice.as_str()), ("language", "en"), ("zone", "Europe/Vienna"), ("theme", "system")];
    site.belongs(eve_id, &twice).await;
    eve.post("/settings", &settings).await.is(200);
    eve.get("/people/eve-novak").await.shows("Graz Municipality");
    let merge = format!("/organisations/{twice}/merge");
    admin.get(&format!("{merge}?into={graz}")).await.is(200).shows("One person goes over").shows("cannot be undone");
    admin.post(&merge, &[("into", &twice), ("sure", "yes")]).await.is(422);
    admin.post(&merge, &[("into", &graz), ("sure", "yes")]).await.is(200).shows("City of Graz").shows("Eve Novak").shows("Lend");
    eve.get("/people/eve-novak").await.shows("City of Graz").hides("Graz Municipality");
    site.visitor().get("/organisations").await.hides("Graz again");
    // A form from before the merge means the one that stayed; the same name twice is refused.
    eve.post("/settings", &settings).await.is(200);
    eve.get("/people/eve-novak").await.shows("City of Graz");
    admin.post("/admin/organisations", &filled(&[])).await.is(422).shows("of this name");
    // What lies within it by way of others cannot take its place.
    let street = added(&admin, &[("name", "Annenstraße"), ("short_name", "Annenstraße"), ("level", "neighbourhood"), ("within", &lend)]).await;
    admin.post(&format!("/organisations/{graz}/merge"), &[("into", &street), ("sure", "yes")]).await.is(422);
    // Its address leads to the one that stayed; there is nothing left to change.
    let moved = site.visitor().get(&format!("/organisations/{twice}")).await;
    assert_eq!(moved.path, format!("/organisations/{graz}"));
    admin.get(&format!("/organisations/{twice}/edit")).await.is(404);
    site.visitor().get(&format!("/organisations/{lend}")).await.shows("City of Graz");
}
