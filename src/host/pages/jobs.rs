//! What the machine does beside requests: who reads the journal and how far, what is planned next.

use askama::Template;

use crate::clock::Instant;
use crate::journal::{self, Reads, Standing, reader_standings};
use crate::web::{Answer, Context, Page, html};

/// Readers of the journal; there are a handful.
#[derive(Template)]
#[template(path = "host/jobs.html")]
struct JobsPage {
    page: Page,
    head: i64,
    readers: Vec<Standing>,
    /// The next digest, if anybody gets one.
    digest: Option<Instant>,
    /// The next mail that waits for its moment.
    mail: Option<Instant>,
    /// The next backup by the clock.
    backup: Option<Instant>,
}

/// The page (GET /admin/jobs).
pub async fn jobs(context: Context) -> Answer {
    let page = context.page(&[]).await?;
    let (site, db) = (&context.site, &context.site.db);
    let digest = db.value("SELECT next_at FROM digest_plan WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1", vec![]).await?;
    let mail = db.value("SELECT send_at FROM outbox WHERE state = 'waiting' ORDER BY send_at LIMIT 1", vec![]).await?;
    let backup = site.settings.backup_schedule().map(|schedule| crate::keeping::schedule::next(site.now(), schedule.at, site.settings.site_zone));
    html(&JobsPage { page, head: journal::head(db).await?, readers: reader_standings(db).await?, digest, mail, backup })
}
