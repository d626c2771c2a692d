//! Inviting the people of a list: pasted or from a file, looked at line by line, and mailed when one is sure.

use std::num::NonZeroU32;

use askama::Template;

use super::form::{OfferForm, choices};
use crate::error::{Error, Result, Wrong};
use crate::limits::Counted;
use crate::people::invitations::{Choices, Found, Invite, Invited, Invitee, Letter, Line, Offer, known_addresses, read_list};
use crate::people::{Language, fold_email};
use crate::secret;
use crate::web::{Answer, Context, Page, Upload, Wrongs, html, redirect, wrong_form};
use crate::workshops::Letterhead;

/// People written in one act: it touches no more than about a thousand rows.
const AT_ONCE: usize = 100;

#[derive(Template)]
#[template(path = "people/invitations/paste.html")]
struct PastePage {
    page: Page,
    form: OfferForm,
    choices: Choices,
    lines: Vec<Line>,
    wrongs: Wrongs,
    /// Whether all of it can be done.
    is_right: bool,
}

impl PastePage {
    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }

    fn fresh(&self) -> i64 {
        self.count(|found| matches!(found, Found::New(_)))
    }

    fn members(&self) -> i64 {
        self.count(|found| matches!(found, Found::Member(_)))
    }

    fn left_out(&self) -> i64 {
        self.count(|found| matches!(found, Found::Invited | Found::Twice))
    }

    fn wrong(&self) -> i64 {
        self.count(|found| matches!(found, Found::Wrong(_)))
    }

    fn count(&self, is: impl Fn(&Found) -> bool) -> i64 {
        i64::try_from(self.lines.iter().filter(|line| is(&line.found)).count()).unwrap_or(i64::MAX)
    }

    /// What a line says of somebody, beside their address.
    fn says(&self, invitee: &Invitee) -> String {
        let organisation = invitee.organisation.and_then(|id| self.choices.organisations.iter().find(|one| one.id == id)).map(|one| one.name.clone());
        let practitioner = (invitee.is_practitioner == Some(true)).then(|| self.page.t("practitioner"));
        let language = invitee.language.map(|language| language.name().to_owned());
        let name = Some(invitee.name.clone()).filter(|name| !name.is_empty());
        name.into_iter().chain(organisation).chain(practitioner).chain(language).collect::<Vec<_>>().join(" · ")
    }
}

/// Where a list is pasted (GET /admin/invitations/table).
pub async fn form(context: Context) -> Answer {
    let page = context.page(&[]).await?;
    let choices = choices(&context.site, &context.reader).await?;
    html(&PastePage { page, form: OfferForm::proposed(&context), choices, lines: Vec::new(), wrongs: Wrongs::default(), is_right: false })
}

/// Shows whom a list would invite, and invites them when one is sure and nothing in it is wrong
/// (POST /admin/invitations/table).
pub async fn look(context: Context, mut upload: Upload) -> Answer {
    context.count_write()?;
    let mut wrongs = Wrongs::default();
    let file = upload.get("file").to_owned();
    if !file.trim().is_empty() {
        upload.fields.retain(|(name, _)| name != "table" && name != "file");
        upload.fields.push(("table".into(), file));
    }
    if !upload.unreadable.is_empty() {
        wrongs.add("file", "wrong-file-text");
    }
    let form = OfferForm(upload.fields);
    let choices = choices(&context.site, &context.reader).await?;
    let offer = match form.checked(&choices, &context) {
        Ok(offer) => Some(offer),
        Err(error) => {
            wrongs.0.extend(Wrongs::of(error)?.0);
            None
        }
    };
    let lines = if wrongs.has("file") { None } else { wrongs.take(read_list(form.get("table"), &choices.organisations)) };
    let lines = told_apart(&context, lines.unwrap_or_default()).await?;
    let is_right = wrongs.is_empty() && !lines.iter().any(|line| matches!(line.found, Found::Wrong(_)));
    if let Some(offer) = offer.filter(|_| is_right && form.get("sure") == "yes") {
        match invite(&context, &offer, &lines).await {
            Ok(invited) => return Ok(redirect(&gone_to(invited))),
            Err(error) => wrongs = Wrongs::of(error)?.whole(),
        }
    }
    let page = context.page(&[]).await?;
    let shown = PastePage { page, form, choices, lines, is_right: is_right && wrongs.is_empty(), wrongs };
    if shown.is_right { html(&shown) } else { wrong_form(&shown) }
}

fn gone_to(invited: Invited) -> String {
    let said = format!("mailed={}&members={}", invited.mailed, invited.members);
    invited.list.map_or_else(|| format!("/admin/invitations?{said}"), |list| format!("/admin/invitations/lists/{list}?{said}"))
}

/// Those of a list's people who are Members already, and who are invited already.
async fn told_apart(context: &Context, mut lines: Vec<Line>) -> Result<Vec<Line>> {
    let emails: Vec<&str> = lines.iter().filter_map(|line| if let Found::New(invitee) = &line.found { Some(invitee.email.as_str()) } else { None }).collect();
    let (members, invited) = known_addresses(&context.site.db, &emails, context.site.now()).await?;
    for line in &mut lines {
        let Found::New(invitee) = &line.found else { continue };
        let folded = fold_email(&invitee.email);
        if members.contains(&folded) {
            line.found = Found::Member(invitee.clone());
        } else if invited.contains(&folded) {
            line.found = Found::Invited;
        }
    }
    Ok(lines)
}

/// Writes all of them, some at a time. Sent again after it broke off, those who have their mail are left out.
async fn invite(context: &Context, offer: &Offer, lines: &[Line]) -> Result<Invited> {
    let by = context.member()?;
    let people: Vec<(Invitee, Offer, String)> = lines
        .iter()
        .filter_map(|line| match &line.found {
            Found::New(invitee) | Found::Member(invitee) => Some((invitee.clone(), offer.to(invitee), secret::token())),
            _ => None,
        })
        .collect();
    let mails = lines.iter().filter(|line| matches!(line.found, Found::New(_))).count();
    if people.is_empty() {
        return Err(Error::Invalid(vec![Wrong { field: "", say: "wrong-list-nobody".into() }]));
    }
    if let Some(many) = u32::try_from(mails).ok().and_then(NonZeroU32::new) {
        context.site.limits.count_many(Counted::Invite, by.id, many)?;
    }
    let mut all = Invited::default();
    let (letter, head) = (Letter::of(&context.site, by).await?, Letterhead::of(&context.site).await?);
    for some in people.chunks(AT_ONCE) {
        let act = Invite { by: by.id, list: all.list, people: some.to_vec(), letter: letter.clone(), head: head.clone() };
        let invited = context.site.write(act).await?;
        all = Invited { list: invited.list, mailed: all.mailed + invited.mailed, members: all.members + invited.members };
    }
    Ok(all)
}
