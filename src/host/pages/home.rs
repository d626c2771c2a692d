//! Where admins begin: one page that leads to all that is theirs.

use askama::Template;

use crate::web::{Answer, Context, Page, html};

#[derive(Template)]
#[template(path = "host/home.html")]
struct HomePage {
    page: Page,
}

/// The page (GET /admin).
pub async fn home(context: Context) -> Answer {
    html(&HomePage { page: context.page(&[]).await? })
}
