//! Where admins begin: one page that leads to all that is theirs.

use askama::Template;

use crate::web::{Answer, Context, Page, html};

#[derive(Template)]
#[template(path = "host/home.html")]
struct HomePage {
    page: Page,
    /// How many things were wrong when it was last looked.
    wrongs: i64,
}

/// The page (GET /admin).
pub async fn home(context: Context) -> Answer {
    html(&HomePage { page: context.page(&[]).await?, wrongs: context.site.well.wrongs() })
}
