//! Stopping one kind of mail by the link in it. A mail program sends a bare POST (RFC 8058); a person opens the page and
//! presses the button. Looking changes nothing: mail scanners follow links.

use askama::Template;
use axum::extract::Path;

use crate::error::{Error, Result};
use crate::notify::choice::{Choice, Frequency, choice_of};
use crate::notify::unsubscribe::{List, choose_path, may_stop};
use crate::notify::SetMailChoice;
use crate::people::MemberId;
use crate::web::{Answer, Context, Page, html};

type Link = (MemberId, String, String);

#[derive(Template)]
#[template(path = "notify/unsubscribe.html")]
struct UnsubscribePage {
    page: Page,
    list: List,
    is_stopped: bool,
    choose: String,
}

fn checked(context: &Context, (member, list, signature): &Link) -> Result<List> {
    let list: List = list.parse().map_err(|()| Error::NotFound)?;
    if may_stop(&context.site, *member, list, signature) { Ok(list) } else { Err(Error::NotFound) }
}

/// The page with a button (GET /unsubscribe/{member}/{list}/{signature}).
pub async fn ask(context: Context, Path(link): Path<Link>) -> Answer {
    let list = checked(&context, &link)?;
    let page = context.page(&[]).await?;
    html(&UnsubscribePage { page, list, is_stopped: false, choose: choose_path(&context.site, link.0) })
}

/// Stops it (POST): whatever the body is, as often as it comes, without a redirect.
pub async fn stop(context: Context, Path(link): Path<Link>) -> Answer {
    let list = checked(&context, &link)?;
    let choice = choice_of(&context.site.db, link.0).await?;
    let choice = match list {
        List::Digest => Choice { kind: Frequency::None, ..choice },
        List::Immediate => Choice { immediate: false, ..choice },
    };
    context.site.write(SetMailChoice { member: link.0, choice }).await?;
    let page = context.page(&[]).await?;
    html(&UnsubscribePage { page, list, is_stopped: true, choose: choose_path(&context.site, link.0) })
}
