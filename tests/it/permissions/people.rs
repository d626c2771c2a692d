//! People: joining, signing in, the directory, settings, what admins decide.

use plenary::people::{AddOrganisation, AskLink, Level, LinkPurpose, MemberId, NewLink, SignIn};
use plenary::secret;

use super::rows::{no_id, none};
use super::{Case, Made, Object, Row, get, post, room};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/register", none).gives([200; 5]),
        post("/register", none).form("name=Eva Novak&email={key}@people.example").gives([303; 5]),
        // Whoever has not just registered in this browser is sent to the form.
        get("/register/mailed", none).gives([303; 5]),
        post("/register/again", none).form("email=nobody@people.example").gives([303; 5]),
        get("/confirm/{token}", confirmation).own([200; 5]).others([200; 5]).missing([410; 5], "whoever holds a token may use it"),
        post("/confirm/{token}", confirmation).own([303; 5]).others([303; 5]).missing([410; 5], "whoever holds a token may use it"),
        get("/sign-in", none).gives([200, 303, 303, 303, 303]),
        post("/sign-in", none).form("email=nobody@people.example&password=not the right one").gives([422; 5]),
        post("/sign-in/link", none).form("email=nobody@people.example").gives([303; 5]),
        get("/sign-in/{token}", sign_in_link).own([200; 5]).others([200; 5]).missing([410; 5], "whoever holds a token may use it"),
        post("/sign-in/{token}", sign_in_link).own([303; 5]).others([303; 5]).missing([410; 5], "whoever holds a token may use it"),
        post("/sign-out", none).gives([401, 303, 303, 303, 303]),
        get("/people", none).gives([401, 200, 200, 200, 200]),
        get("/people/{handle}", person).own([401, 200, 200, 200, 200]).others([401, 200, 200, 200, 200]).missing([401, 404, 404, 404, 404], "members see one another"),
        get("/organisations", none).gives([200; 5]),
        get("/organisations/{id}", organisation).own([200; 5]).others([200; 5]).missing([404; 5], "Organisations are public"),
        get("/admin/organisations/new", none).gives([401, 403, 403, 403, 200]),
        post("/admin/organisations", none).form("name=City of {key}&kind=municipality&level=city&standing=partner").gives([401, 403, 403, 403, 303]),
        get("/admin/organisations/table", none).gives([401, 403, 403, 403, 200]),
        post("/admin/organisations/table", none).form("table=nothing").gives([401, 403, 403, 403, 422]),
        get("/organisations/{id}/edit", organisation).own([401, 403, 403, 403, 200]).others([401, 403, 403, 403, 200]).missing([401, 403, 403, 403, 404], "Organisations are public"),
        post("/organisations/{id}/edit", organisation).form("name=Graz&kind=municipality&level=city&standing=partner&version=1").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "Organisations are public"),
        get("/organisations/{id}/merge", organisation).own([401, 403, 403, 403, 422]).others([401, 403, 403, 403, 422]).missing([401, 403, 403, 403, 404], "Organisations are public"),
        post("/organisations/{id}/merge", organisation).form("into=0&sure=no").own([401, 403, 403, 403, 422]).others([401, 403, 403, 403, 422]).missing([401, 403, 403, 403, 404], "Organisations are public"),
        get("/settings", none).gives([401, 200, 200, 200, 200]),
        post("/settings", none).form("name=Robin&language=en&zone=Europe/Vienna&theme=system").gives([401, 303, 303, 303, 303]),
        post("/settings/password", none).form("password=short").gives([401, 422, 422, 422, 422]),
        post("/settings/sessions/{id}/end", session).own([401, 303, 303, 303, 303]).others([401, 404, 404, 404, 404]).missing([401, 404, 404, 404, 404], "somebody else's session is hidden from all"),
        get("/admin/people", none).gives([401, 403, 403, 403, 200]),
        get("/admin/people/{handle}", person).own([401, 403, 403, 403, 200]).others([401, 403, 403, 403, 200]).missing([401, 403, 403, 403, 404], "admins see everybody"),
        post("/admin/people/{handle}/measure", person).form("measure=sign_out&reason=Stolen").own([401, 403, 403, 403, 422]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see everybody"),
        post("/admin/people/{handle}/practitioner", person).form("confirm=yes").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see everybody"),
        post("/admin/people/{handle}/role", person).form("role=admin").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see everybody"),
    ]
}

#[rustfmt::skip]
pub fn rooms() -> Vec<Row> {
    vec![
        room("site", none).gives([200; 5]),
        // A Visitor has no Room of their own: what they try is somebody else's.
        room("member:{id}", member).own([404, 200, 200, 200, 200]).others([404; 5]).missing([404; 5], "hidden from all others"),
    ]
}

fn person<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let handle = match (case.object, case.actor.id) {
            (Object::Own, Some(_)) => case.actor.handle.clone(),
            (Object::Missing, _) => "nobody-here".into(),
            _ => {
                let reader = case.reader(case.other().await).await;
                reader.member.map(|member| member.handle.clone()).unwrap_or_default()
            }
        };
        vec![("handle", handle)]
    })
}

fn member<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let id = if case.object == Object::Missing { no_id() } else { case.owner().await.to_string() };
        vec![("id", id)]
    })
}

fn organisation<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        if case.object == Object::Missing {
            return vec![("id", no_id())];
        }
        let act = AddOrganisation {
            name: "City of Graz".into(),
            short_name: "Graz".into(),
            kind: "municipality".into(),
            level: Level::City,
            country: "AT".into(),
            standing: "human_rights_city".into(),
            within: None,
        };
        vec![("id", case.site.site.write(act).await.unwrap().to_string())]
    })
}

/// Another session of the owner.
fn session<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        if case.object == Object::Missing {
            return vec![("id", no_id())];
        }
        let act = SignIn { member: case.owner().await, session_token: secret::token(), program: "another browser".into() };
        vec![("id", case.site.site.write(act).await.unwrap().to_string())]
    })
}

fn confirmation<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(link(case, LinkPurpose::Confirm))
}

fn sign_in_link<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(link(case, LinkPurpose::SignIn))
}

async fn link(case: &Case<'_>, purpose: LinkPurpose) -> Vec<(&'static str, String)> {
    if case.object == Object::Missing {
        return vec![("token", secret::token())];
    }
    let link = NewLink::new(purpose);
    let member: Option<MemberId> = Some(case.owner().await);
    case.site.site.note(AskLink { member, link: link.clone(), mail: None }).await.unwrap();
    vec![("token", link.token)]
}
