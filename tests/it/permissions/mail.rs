//! What waits, what one is mailed, and the mailbox.

use plenary::journal::{Act, Reads, Tx};
use plenary::mail::{Address, Message, Outgoing, queue};
use plenary::notify::kinds::Notify;
use plenary::people::MemberId;
use plenary::{Result, secret, values};

use super::rows::{no_id, none};
use super::{Case, Made, Object, Row, get, post};

const TOKEN: &str = "whoever holds the link may use it";

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/waiting", none).gives([401, 200, 200, 200, 200]),
        post("/waiting/read", none).gives([401, 303, 303, 303, 303]),
        post("/waiting/{id}", notice).own([401, 303, 303, 303, 303]).others([401, 404, 404, 404, 404]).missing([401, 404, 404, 404, 404], "somebody else's notice is hidden from all"),
        post("/waiting/{id}/read", notice).own([401, 303, 303, 303, 303]).others([401, 404, 404, 404, 404]).missing([401, 404, 404, 404, 404], "somebody else's notice is hidden from all"),
        get("/settings/mail", none).gives([401, 200, 200, 200, 200]),
        post("/settings/mail", none).form("kind=daily&weekday=1&hour=7&immediate=on").gives([401, 303, 303, 303, 303]),
        get("/settings/mail/preview", none).gives([401, 200, 200, 200, 200]),
        get("/settings/mail/preview/html", none).gives([401, 200, 200, 200, 200]),
        get("/mail-choice/{member}/{signature}", choice).own([200; 5]).others([200; 5]).missing([404; 5], TOKEN),
        post("/mail-choice/{member}/{signature}", choice).form("kind=none&weekday=1&hour=7").own([303; 5]).others([303; 5]).missing([404; 5], TOKEN),
        get("/unsubscribe/{member}/{list}/{signature}", unsubscribe).own([200; 5]).others([200; 5]).missing([404; 5], TOKEN),
        post("/unsubscribe/{member}/{list}/{signature}", unsubscribe).form("List-Unsubscribe=One-Click").own([200; 5]).others([200; 5]).missing([404; 5], TOKEN),
        get("/mail", none).gives([404, 404, 404, 404, 200]),
        get("/mail/{id}", mail).own([404, 404, 404, 404, 200]).others([404, 404, 404, 404, 200]).hidden([404; 5]),
        get("/mail/{id}/html", mail).own([404, 404, 404, 404, 200]).others([404, 404, 404, 404, 200]).hidden([404; 5]),
    ]
}

/// A notice, as the reader of the journal writes it.
struct AddNotice(MemberId);

impl Act for AddNotice {
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        let sql = "INSERT INTO notification (member, domain, reason, thing, entry, at) VALUES ($1, 'forum', 'reply', $2, 0, $3) RETURNING id";
        let notice = tx.insert(sql, values![self.0, format!("post:{}", secret::token()), tx.now()]).await?;
        tx.record(None, &Notify::Noticed { member: self.0.0, notice }).await?;
        Ok(notice)
    }
}

fn notice<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let id = match case.object {
            Object::Missing => no_id(),
            _ => case.site.site.write(AddNotice(case.owner().await)).await.unwrap().to_string(),
        };
        vec![("id", id)]
    })
}

fn choice<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let member = case.owner().await;
        let signed = if case.object == Object::Missing { "nobody".into() } else { member.to_string() };
        vec![("member", member.to_string()), ("signature", case.site.site.secret.sign("mail-choice", &signed))]
    })
}

fn unsubscribe<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let member = case.owner().await;
        let signed = if case.object == Object::Missing { "nobody".into() } else { format!("{member}:digest") };
        vec![("member", member.to_string()), ("list", "digest".into()), ("signature", case.site.site.secret.sign("unsubscribe", &signed))]
    })
}

/// A mail in the outbox; a private one holds a link that signs somebody in.
struct AddMail(Outgoing);

impl Act for AddMail {
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> Result<i64> {
        queue(tx, &self.0).await?;
        Ok(tx.value("SELECT id FROM outbox WHERE dedupe = $1", values![self.0.dedupe.clone()]).await?.unwrap_or_default())
    }
}

fn mail<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        if case.object == Object::Missing {
            return vec![("id", no_id())];
        }
        let member = case.owner().await;
        let dedupe = format!("test:{}", secret::token());
        let message = Message {
            to: Address { name: "Anna".into(), email: "anna@people.example".into() },
            subject: "A mail".into(),
            language: "en".into(),
            text: "Words".into(),
            html: "<p>Words</p>".into(),
            calendar: None,
            headers: Vec::new(),
            message_id: "a@test".into(),
        };
        let mail = Outgoing { dedupe, member: Some(member), kind: "test", message, is_secret: case.object == Object::Private, send_at: None };
        vec![("id", case.site.site.note(AddMail(mail)).await.unwrap().to_string())]
    })
}
