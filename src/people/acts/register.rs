//! Registering: a Member whose address is still to be confirmed, and the mail that confirms it.

use super::link::NewLink;
use crate::error::{Error, Result, Wrong};
use crate::journal::{Act, Reads, Tx};
use crate::limits;
use crate::mail::{self, Outgoing};
use crate::people::kinds::People;
use crate::people::names::{clean_email, clean_name, fold_email, handle_from};
use crate::people::{Language, MemberId, Role, Theme};
use crate::values;

/// A new account. An address that is known already gets another mail; the answer is the same for both.
pub struct Register {
    pub name: String,
    pub email: String,
    pub password_hash: Option<String>,
    pub language: Language,
    pub zone: chrono_tz::Tz,
    /// The mail that confirms, and its link.
    pub confirmation: Outgoing,
    pub link: NewLink,
}

/// What was typed into the form, checked.
pub fn check_new_account(name: &str, email: &str, password: &str) -> Result<(String, String)> {
    let mut wrongs: Vec<Wrong> = Vec::new();
    let name = clean_name("name", name).map_err(|wrong| wrongs.push(wrong)).ok();
    let email = clean_email("email", email).map_err(|wrong| wrongs.push(wrong)).ok();
    if let Err(wrong) = check_password("password", password, true) {
        wrongs.push(wrong);
    }
    match (name, email) {
        (Some(name), Some(email)) if wrongs.is_empty() => Ok((name, email)),
        _ => Err(Error::Invalid(wrongs)),
    }
}

/// An address as it was typed, checked.
pub fn check_address(email: &str) -> Result<String> {
    clean_email("email", email).map_err(|wrong| Error::Invalid(vec![wrong]))
}

/// A password may be left out where one signs in by mail.
pub fn check_password(field: &'static str, password: &str, may_be_empty: bool) -> Result<(), Wrong> {
    let length = password.chars().count();
    if length == 0 && may_be_empty {
        return Ok(());
    }
    let say = |key| crate::error::Say::new(key);
    if length < limits::PASSWORD_LEAST {
        return Err(Wrong { field, say: say("wrong-password-short").with("least", limits::PASSWORD_LEAST) });
    }
    if length > limits::PASSWORD {
        return Err(Wrong { field, say: say("wrong-too-long").with("limit", limits::PASSWORD) });
    }
    Ok(())
}

impl Act for Register {
    /// `None` when the address was known.
    type Answer = Option<MemberId>;

    async fn run(&self, tx: &Tx) -> Result<Option<MemberId>> {
        let folded = fold_email(&self.email);
        if tx.value::<i64>("SELECT id FROM member WHERE email_folded = $1", values![folded.clone()]).await?.is_some() {
            return Ok(None);
        }
        let handle = free_handle(tx, &handle_from(&self.name)).await?;
        let id = tx
            .insert(
                "INSERT INTO member (handle, name, email, email_folded, password_hash, role, language, zone, theme, about, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10) RETURNING id",
                values![
                    handle,
                    self.name.clone(),
                    self.email.clone(),
                    folded,
                    self.password_hash.clone(),
                    Role::Member,
                    self.language,
                    self.zone.name(),
                    Theme::System,
                    tx.now()
                ],
            )
            .await?;
        let member = MemberId(id);
        self.link.store(tx, Some(member)).await?;
        let mail = Outgoing { member: Some(member), ..self.confirmation.clone() };
        mail::queue(tx, &mail).await?;
        tx.record(Some(id), &People::Registered { member: id }).await?;
        Ok(Some(member))
    }
}

/// The wanted handle, or the first free one with a number behind it.
pub(super) async fn free_handle(tx: &Tx, wanted: &str) -> Result<String> {
    let taken = |handle: String| async move {
        tx.value::<i64>("SELECT id FROM member WHERE handle = $1", values![handle]).await.map(|id| id.is_some())
    };
    if !taken(wanted.to_owned()).await? {
        return Ok(wanted.to_owned());
    }
    // By doubling and then at random within: never a scan, however many share a name.
    let known: Option<i64> = tx.value("SELECT id FROM member ORDER BY id DESC LIMIT 1", vec![]).await?;
    Ok(format!("{wanted}-{}", known.unwrap_or(0) + 1))
}
