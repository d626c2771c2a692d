//! The network's own pages: what admins choose, and what everybody reads.

use plenary::network::contact::{ContactKind, Said};
use plenary::network::documents::{Asks, DocumentKind};
use plenary::network::{SaveDocument, SendContact, Texts};
use plenary::people::Language;

use super::rows::{no_id, none};
use super::{Case, Made, Object, Row, get, post};
use crate::support::TestSite;

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/setup", none).gives([401, 403, 403, 403, 200]),
        post("/setup/mail", none).gives([401, 403, 403, 403, 303]),
        post("/setup/finish", none).gives([401, 403, 403, 403, 303]),
        get("/admin/settings", none).gives([401, 403, 403, 403, 200]),
        get("/admin/settings/names", none).gives([401, 403, 403, 403, 200]),
        post("/admin/settings/names", none).form("languages=en&main_language=en&zone=UTC").gives([401, 403, 403, 403, 422]),
        get("/admin/settings/welcome", none).gives([401, 403, 403, 403, 200]),
        post("/admin/settings/welcome", none).form("version=987654321").gives([401, 403, 403, 403, 422]),
        get("/admin/settings/looks", none).gives([401, 403, 403, 403, 200]),
        post("/admin/settings/looks", none).form("accent=teal").gives([401, 403, 403, 403, 422]),
        get("/logo/{name}", logo).own([404; 5]).others([404; 5]).missing([404; 5], "there is one at most, and everybody sees it"),
        get("/admin/settings/contact", none).gives([401, 403, 403, 403, 200]),
        post("/admin/settings/contact", none).form("contact=nowhere").gives([401, 403, 403, 403, 422]),
        get("/documents/{kind}", imprint).own([200; 5]).others([200; 5]).missing([404; 5], "documents are public"),
        get("/admin/documents/{kind}", imprint).own([401, 403, 403, 403, 200]).others([401, 403, 403, 403, 200]).missing([401, 403, 403, 403, 404], "documents are public"),
        post("/admin/documents/{kind}", imprint).form("version=987654321&asks=nobody").own([401, 403, 403, 403, 422]).others([401, 403, 403, 403, 422]).missing([401, 403, 403, 403, 404], "documents are public"),
        get("/admin/documents/{kind}/accepted", imprint).own([401, 403, 403, 403, 200]).others([401, 403, 403, 403, 200]).missing([401, 403, 403, 403, 404], "documents are public"),
        // Who has nothing to accept is led on.
        get("/accept", none).gives([401, 303, 303, 303, 303]),
        post("/accept", none).form("accept=yes&next=/spaces").gives([401, 303, 303, 303, 303]),
        get("/help", none).gives([200; 5]),
        post("/help", none).form("kind=report&text=Look at this").gives([303; 5]),
        get("/admin/contact", none).gives([401, 403, 403, 403, 200]),
        post("/admin/contact/{id}", contact).form("do=answered").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins see every message"),
        get("/admin/settings/history", none).gives([401, 403, 403, 403, 200]),
    ]
}

/// A name that no logo has: the journey in `tests/it/network.rs` looks at one.
fn logo<'a>(_case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async { vec![("name", "0123456789abcdef.png".into())] })
}

/// Publishes the imprint, before anything is compared: it stands at the foot of every page.
pub async fn publish(site: &TestSite) {
    let texts = Texts::of([(Language::En, "We are the host.".to_owned())]);
    site.site.write(SaveDocument { by: None, kind: DocumentKind::Imprint, version: 0, asks: Asks::Nobody, texts }).await.unwrap();
}

fn imprint<'a>(case: &'a Case<'a>) -> Made<'a> {
    let kind = if case.object == Object::Missing { "no-such-document" } else { "imprint" };
    Box::pin(async move { vec![("kind", kind.into())] })
}

fn contact<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        if case.object == Object::Missing {
            return vec![("id", no_id())];
        }
        let said = Said { kind: ContactKind::Question, name: "Eva".into(), email: "eva@people.example".into(), about: String::new(), text: "How?".into() };
        let id = case.site.site.write(SendContact { by: None, language: Language::En, said, mails: Vec::new() }).await.unwrap();
        vec![("id", id.to_string())]
    })
}
