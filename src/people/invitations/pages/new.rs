//! A new invitation by a link: its form, and the one page that shows the link.

use askama::Template;

use super::form::{OfferForm, choices};
use crate::error::{Error, Result};
use crate::journal::FormKey;
use crate::people::Language;
use crate::people::invitations::{Choices, MakeInvitation, uses};
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, wrong_form};

#[derive(Template)]
#[template(path = "people/invitations/new.html")]
struct NewPage {
    page: Page,
    form: OfferForm,
    choices: Choices,
    wrongs: Wrongs,
}

impl NewPage {
    fn languages(&self) -> &'static [Language] {
        Language::ALL
    }
}

async fn draw(context: &Context, form: OfferForm, wrongs: Wrongs) -> Result<NewPage> {
    let page = context.page(&[]).await?;
    Ok(NewPage { page, form, choices: choices(&context.site, &context.reader).await?, wrongs })
}

/// The form (GET /admin/invitations/new).
pub async fn form(context: Context) -> Answer {
    html(&draw(&context, OfferForm::proposed(&context), Wrongs::default()).await?)
}

#[derive(Template)]
#[template(path = "people/invitations/link.html")]
struct LinkPage {
    page: Page,
    link: String,
}

/// The page that shows a link, once: only its hash is kept.
pub async fn shown(context: &Context, token: &str) -> Answer {
    let link = format!("{}/invitations/{token}", context.site.settings.base_url);
    html(&LinkPage { page: context.page(&[]).await?, link })
}

/// Makes one and shows its link (POST /admin/invitations).
pub async fn make(context: Context, Form(form): Form<OfferForm>) -> Answer {
    context.count_write()?;
    let token = secret::token();
    match made(&context, &form, token.clone()).await {
        Ok(()) => shown(&context, &token).await,
        Err(error) => wrong_form(&draw(&context, form, Wrongs::of(error)?).await?),
    }
}

async fn made(context: &Context, form: &OfferForm, token: String) -> Result<()> {
    let by = context.member()?.id;
    let mut wrongs = Wrongs::default();
    let offer = match form.checked(&choices(&context.site, &context.reader).await?, context) {
        Ok(offer) => Some(offer),
        Err(error) => {
            wrongs = Wrongs::of(error)?;
            None
        }
    };
    let uses = wrongs.take(uses(form.get("uses")));
    let (Some(offer), Some(uses)) = (offer, uses) else { return Err(Error::Invalid(wrongs.0)) };
    let content: Vec<&str> = form.0.iter().filter(|(name, _)| name != "key").flat_map(|(name, value)| [name.as_str(), value.as_str()]).collect();
    let key = FormKey::of(form.get("key"), &content);
    context.site.write(MakeInvitation { by, offer, uses, token, key }).await.map(|_| ())
}
