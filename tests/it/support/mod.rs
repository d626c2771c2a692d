//! A site of one's own for each test, and people who use it as members do.

mod browser;
mod program;
mod fill;
mod site;
mod smtp;
mod socket;

pub use browser::{Answer, Browser};
pub use program::{Program, free_port};
pub use fill::{columns, fill};
pub use site::{Start, TestSite, new_postgres_database};
pub use smtp::{Fault, Smtp};
pub use socket::Socket;

/// Runs one journey on both databases: `both_databases!(anna_replies)` for `async fn anna_replies(site: TestSite)`.
///
/// Without `PLENARY_TEST_POSTGRES` the second is skipped aloud; with `CI=true` a skip is a failure.
#[macro_export]
macro_rules! both_databases {
    ($($journey:ident),+ $(,)?) => {
        $(mod $journey {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$journey($crate::support::TestSite::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(site) = $crate::support::TestSite::postgres().await {
                    super::$journey(site).await;
                }
            }
        })+
    };
}

/// Like `both_databases!`, for journeys that hold the clock or have an SMTP server: `async fn a_journey(start: Start)`.
#[macro_export]
macro_rules! both_databases_from {
    ($($journey:ident),+ $(,)?) => {
        $(mod $journey {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                super::$journey($crate::support::Start::sqlite()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(start) = $crate::support::Start::postgres().await {
                    super::$journey(start).await;
                }
            }
        })+
    };
}
