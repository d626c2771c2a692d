//! People: joining, signing in, the directory, settings, what admins decide.

use plenary::mail::{Address, Message, Outgoing};
use plenary::journal::FormKey;
use plenary::people::membership::{AskToJoin, SetSteward};
use plenary::people::invitations::{Invite, Invitee, Letter, MakeInvitation, Offer};
use plenary::people::{AddOrganisation, AskLink, Language, Level, LinkPurpose, MemberId, NewLink, SignIn};
use plenary::people::account::{AskAddress, AskExport, ConfirmAddress, exports_of};
use plenary::secret;
use plenary::workshops::Letterhead;

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
        get("/welcome", none).gives([401, 200, 200, 200, 200]),
        post("/welcome", none).form("language=en&zone=Europe/Vienna&kind=weekly&weekday=1&hour=8").gives([401, 303, 303, 303, 303]),
        get("/settings", none).gives([401, 200, 200, 200, 200]),
        post("/settings", none).form("name=Robin&language=en&zone=Europe/Vienna&theme=system").gives([401, 303, 303, 303, 303]),
        get("/settings/data", none).gives([401, 200, 200, 200, 200]),
        post("/settings/data", none).gives([401, 303, 303, 303, 303]),
        get("/settings/data/{id}", export).own([401, 200, 200, 200, 200]).others([401, 404, 404, 404, 404]).missing([401, 404, 404, 404, 404], "one's own alone"),
        get("/settings/account", none).gives([401, 200, 200, 200, 200]),
        post("/settings/sessions/end-others", none).gives([401, 303, 303, 303, 303]),
        post("/settings/address", none).form("email=nowhere").gives([401, 422, 422, 422, 422]),
        get("/address/{token}", address).own([200; 5]).others([200; 5]).missing([410; 5], "whoever holds a token may use it"),
        post("/address/{token}", address).own([303; 5]).others([303; 5]).missing([410; 5], "whoever holds a token may use it"),
        get("/address/undo/{token}", old_address).own([200; 5]).others([200; 5]).missing([410; 5], "whoever holds a token may use it"),
        post("/address/undo/{token}", old_address).own([303; 5]).others([303; 5]).missing([410; 5], "whoever holds a token may use it"),
        get("/settings/erase", none).gives([401, 200, 200, 200, 200]),
        post("/settings/erase", none).form("words=never heard of").gives([401, 422, 422, 422, 422]),
        post("/settings/erase/cancel", none).gives([401, 303, 303, 303, 303]),
        get("/settings/prove", none).gives([401, 200, 200, 200, 200]),
        post("/settings/prove", none).form("password=not the right one").gives([401, 422, 422, 422, 422]),
        post("/settings/prove/link", none).form("next=/settings").gives([401, 303, 303, 303, 303]),
        get("/settings/prove/{token}", proof).own([401, 200, 200, 200, 200]).others([401, 410, 410, 410, 410]).missing([401, 410, 410, 410, 410], "whoever holds a token of their own may use it"),
        post("/settings/prove/{token}", proof).own([401, 303, 303, 303, 303]).others([401, 410, 410, 410, 410]).missing([401, 410, 410, 410, 410], "whoever holds a token of their own may use it"),
        post("/settings/password", none).form("password=short").gives([401, 422, 422, 422, 422]),
        post("/settings/sessions/{id}/end", session).own([401, 303, 303, 303, 303]).others([401, 404, 404, 404, 404]).missing([401, 404, 404, 404, 404], "somebody else's session is hidden from all"),
        get("/admin/people", none).gives([401, 403, 403, 403, 200]),
        get("/admin/people/{handle}", person).own([401, 403, 403, 403, 200]).others([401, 403, 403, 403, 200]).missing([401, 403, 403, 403, 404], "admins see everybody"),
        post("/admin/people/{handle}/measure", person).form("measure=sign_out&reason=Stolen").own([401, 403, 403, 403, 422]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see everybody"),
        post("/admin/people/{handle}/practitioner", person).form("confirm=yes").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see everybody"),
        post("/organisations/{id}/ask", organisation).form("words=I work there").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).missing([401, 404, 404, 404, 404], "Organisations are public"),
        post("/organisations/{id}/leave", stewarded).own([401, 303, 303, 303, 303]).others([401, 404, 404, 404, 404]).missing([401, 404, 404, 404, 404], "Organisations are public"),
        post("/organisations/{id}/stewards", organisation).form("who=nobody-here").own([401, 403, 403, 403, 422]).others([401, 403, 403, 403, 422]).missing([401, 403, 403, 403, 404], "Organisations are public"),
        // Its own is one that the actor is a Steward of.
        post("/organisations/{id}/people/{handle}", stewarded).form("do=practitioner").own([401, 303, 303, 303, 303]).others([401, 403, 403, 403, 303]).missing([401, 404, 404, 404, 404], "Organisations are public"),
        post("/questions/{id}", asked).form("answer=yes").own([401, 303, 303, 303, 303]).others([401, 404, 404, 404, 303]).missing([401, 404, 404, 404, 404], "hidden from all who may not answer"),
        get("/invitations/{token}", invitation_link).own([200; 5]).others([200; 5]).missing([410; 5], "whoever holds a token may use it"),
        // A Visitor says who they are; a Member only presses the button.
        post("/invitations/{token}", invitation_link).form("name=Eva Novak&email={key}@people.example").own([303; 5]).others([303; 5]).missing([410; 5], "whoever holds a token may use it"),
        get("/admin/invitations", none).gives([401, 403, 403, 403, 200]),
        post("/admin/invitations", none).form("uses=none").gives([401, 403, 403, 403, 422]),
        get("/admin/invitations/new", none).gives([401, 403, 403, 403, 200]),
        get("/admin/invitations/table", none).gives([401, 403, 403, 403, 200]),
        post("/admin/invitations/table", none).form("table=nothing").gives([401, 403, 403, 403, 422]),
        get("/admin/invitations/lists/{id}", invitation_list).own([401, 403, 403, 403, 200]).others([401, 403, 403, 403, 200]).missing([401, 403, 403, 403, 404], "admins see all"),
        post("/admin/invitations/{id}", invitation).form("do=withdraw").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see all"),
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

/// A file with all of the owner's data.
fn export<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        if case.object == Object::Missing {
            return vec![("id", no_id())];
        }
        let (site, owner) = (&case.site.site, case.owner().await);
        site.write(AskExport { by: owner, session: None }).await.unwrap();
        for _ in 0..400 {
            let export = exports_of(&site.db, owner).await.unwrap().remove(0);
            assert_eq!(export.error, None);
            if export.ready_at.is_some() {
                return vec![("id", export.id.to_string())];
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("no export was made");
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

/// The link to an address that somebody asked for.
fn address<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move { vec![("token", asked_address(case).await)] })
}

/// The link that takes it back.
fn old_address<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let (token, undo_token) = (asked_address(case).await, secret::token());
        if case.object != Object::Missing {
            let act = ConfirmAddress { token, undo_token: undo_token.clone(), program: String::new(), mails: Vec::new() };
            case.site.site.write(act).await.unwrap();
        }
        vec![("token", undo_token)]
    })
}

async fn asked_address(case: &Case<'_>) -> String {
    let token = secret::token();
    if case.object == Object::Missing {
        return token;
    }
    let email = format!("{}@new.example", token.to_lowercase());
    let to = Address { name: "Somebody".into(), email: email.clone() };
    let message = Message { to, subject: "x".into(), language: "en".into(), text: "x".into(), html: "x".into(), calendar: None, headers: Vec::new(), message_id: token.clone() };
    let mail = Outgoing { dedupe: token.clone(), member: None, kind: "mail-address", message, is_secret: true, send_at: None };
    let by = case.owner().await;
    case.site.site.write(AskAddress { by, session: None, email, token: token.clone(), mail }).await.unwrap();
    token
}

fn proof<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(link(case, LinkPurpose::Prove))
}

fn sign_in_link<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(link(case, LinkPurpose::SignIn))
}

/// An Organisation with somebody in it who is meant, and a Steward: the actor, where it is their own.
fn stewarded<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let mut made = organisation(case).await;
        let mut handle = "nobody-here".to_owned();
        if let Some(id) = made.first().and_then(|(_, id)| id.parse().ok()).filter(|_| case.object != Object::Missing) {
            let (steward, other) = (case.owner().await, case.other().await);
            case.site.site.write(SetSteward { by: None, organisation: id, member: steward, is_steward: true }).await.unwrap();
            case.site.belongs(other, &id.to_string()).await;
            handle = case.reader(other).await.member.map(|member| member.handle.clone()).unwrap_or_default();
        }
        made.push(("handle", handle));
        made
    })
}

/// Somebody else asks to belong to such an Organisation.
fn asked<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let made = stewarded(case).await;
        if case.object == Object::Missing {
            return vec![("id", no_id())];
        }
        let organisation = made[0].1.parse().unwrap();
        let act = AskToJoin { by: case.other().await, organisation, words: "Quiet words".into() };
        vec![("id", case.site.site.write(act).await.unwrap().to_string())]
    })
}

/// An invitation by a link; its own is one that the actor made.
async fn invited(case: &Case<'_>) -> Vec<(&'static str, String)> {
    if case.object == Object::Missing {
        return vec![("token", secret::token()), ("id", no_id())];
    }
    let by = case.owner().await;
    let ends_at = case.site.site.now().plus(chrono::Duration::days(1));
    let offer = Offer { organisation: None, is_practitioner: false, spaces: Vec::new(), workshop: None, language: Language::En, ends_at };
    let token = secret::token();
    let act = MakeInvitation { by, offer, uses: 1, token: token.clone(), key: FormKey::of(&token, &[]) };
    vec![("id", case.site.site.write(act).await.unwrap().to_string()), ("token", token)]
}

fn invitation<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(invited(case))
}

fn invitation_link<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(invited(case))
}

fn invitation_list<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        if case.object == Object::Missing {
            return vec![("id", no_id())];
        }
        let site = &case.site.site;
        let (by, ends_at) = (case.reader(case.owner().await).await, site.now().plus(chrono::Duration::days(1)));
        let offer = Offer { organisation: None, is_practitioner: false, spaces: Vec::new(), workshop: None, language: Language::En, ends_at };
        let invitee = Invitee { name: String::new(), email: format!("{}@people.example", secret::token()), language: None, organisation: None, is_practitioner: None };
        let member = by.signed_in().unwrap();
        let act = Invite { by: member.id, list: None, people: vec![(invitee, offer, secret::token())], letter: Letter::of(site, member).await.unwrap(), head: Letterhead::of(site).await.unwrap() };
        vec![("id", site.write(act).await.unwrap().list.unwrap().to_string())]
    })
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
