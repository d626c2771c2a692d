//! A site of one's own for each test, and people who use it as members do.

mod browser;
mod site;
mod socket;

pub use browser::{Answer, Browser};
pub use site::TestSite;
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
