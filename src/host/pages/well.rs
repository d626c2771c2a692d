//! Is all well? What is wrong and what to do, in plain words.

use askama::Template;

use crate::host::well::{self, Line, State};
use crate::web::{Answer, Context, Page, html};

#[derive(Template)]
#[template(path = "host/well.html")]
struct WellPage {
    page: Page,
    lines: Vec<Line>,
}

impl WellPage {
    fn wrongs(&self) -> i64 {
        self.lines.iter().filter(|line| line.state == State::Wrong).fold(0, |sum, _| sum + 1)
    }

    /// What is wrong first, then what could not be looked at.
    fn sorted(&self) -> impl Iterator<Item = &Line> {
        [State::Wrong, State::Unknown, State::Well].into_iter().flat_map(|state| self.lines.iter().filter(move |line| line.state == state))
    }
}

/// The page (GET /admin/well): looked at now.
pub async fn well(context: Context) -> Answer {
    let page = context.page(&[]).await?;
    html(&WellPage { page, lines: well::look_at(&context.site).await })
}
