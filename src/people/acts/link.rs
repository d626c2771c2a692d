//! Links by mail: random, stored hashed, used once, for a day.

use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Act, MaybeId, Reads, Tx};
use crate::limits;
use crate::mail::{self, Outgoing};
use crate::people::{MemberId, Role};
use crate::{secret, values, word_enum};

word_enum! {
    /// What a link is for.
    LinkPurpose { Confirm = "confirm", SignIn = "sign_in", FirstAdmin = "first_admin",
        /// Proves once more who somebody is who is signed in.
        Prove = "prove" }
}

/// A link that was made before the act (tokens are random, acts are repeatable).
#[derive(Clone, Debug)]
pub struct NewLink {
    pub token: String,
    pub purpose: LinkPurpose,
}

impl NewLink {
    pub fn new(purpose: LinkPurpose) -> Self {
        Self { token: secret::token(), purpose }
    }

    pub async fn store(&self, tx: &Tx, member: Option<MemberId>) -> Result<()> {
        let until = tx.now().plus(limits::LINK);
        tx.write(
            "INSERT INTO link (token_hash, purpose, member, expires_at) VALUES ($1, $2, $3, $4)",
            values![secret::hashed(&self.token), self.purpose, MaybeId(member.map(|member| member.0)), until],
        )
        .await
        .map(|_| ())
    }
}

/// Whose link this is, if it can still be used. Looking uses nothing up: mail scanners follow links.
pub async fn link_member(db: &impl Reads, token: &str, purpose: LinkPurpose, now: Instant) -> Result<Option<MemberId>> {
    let rows = db
        .rows(
            "SELECT member FROM link WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3",
            values![secret::hashed(token), purpose, now],
        )
        .await?;
    let Some(row) = rows.first() else { return Err(Error::Gone) };
    Ok(row.try_get_by_index::<Option<i64>>(0)?.map(MemberId))
}

/// Uses a link up; whose it was.
pub async fn use_link(tx: &Tx, token: &str, purpose: LinkPurpose) -> Result<Option<MemberId>> {
    let member = link_member(tx, token, purpose, tx.now()).await?;
    let used = "UPDATE link SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL";
    tx.write(used, values![tx.now(), secret::hashed(token)]).await?;
    Ok(member)
}

/// Mails a link to a Member (or makes one for the terminal, without a mail). Seen by nobody else: the books.
pub struct AskLink {
    pub member: Option<MemberId>,
    pub link: NewLink,
    pub mail: Option<Outgoing>,
}

impl Act for AskLink {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        self.link.store(tx, self.member).await?;
        if let Some(mail) = &self.mail {
            mail::queue(tx, mail).await?;
        }
        Ok(())
    }
}

/// The first admin of an empty site, by the one-time link that `serve` prints.
pub struct FirstAdmin {
    pub token: String,
    pub name: String,
    pub email: String,
    pub password_hash: Option<String>,
    pub language: crate::people::Language,
    pub zone: chrono_tz::Tz,
}

impl Act for FirstAdmin {
    type Answer = MemberId;

    async fn run(&self, tx: &Tx) -> Result<MemberId> {
        use_link(tx, &self.token, LinkPurpose::FirstAdmin).await?;
        if tx.value::<i64>("SELECT id FROM member LIMIT 1", vec![]).await?.is_some() {
            return Err(Error::Gone);
        }
        let admin = super::AddMember {
            handle: None,
            name: self.name.clone(),
            email: self.email.clone(),
            password_hash: self.password_hash.clone(),
            language: self.language,
            zone: self.zone,
            about: String::new(),
            role: Role::Admin,
            is_practitioner: true,
            organisation: None,
        };
        admin.run(tx).await
    }
}
