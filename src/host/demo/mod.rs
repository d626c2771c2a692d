//! The demo: a believable network, seeded through the same acts that the site uses.

use axum::extract::Path;
use axum::http::HeaderMap;

use crate::error::Error;
use crate::people::{self, SignIn};
use crate::secret;
use crate::web::{Answer, Context};

/// Signs the browser in as anybody (GET /demo/as/{handle}); this route exists in the demo only.
pub async fn sign_in_as(context: Context, Path(handle): Path<String>, headers: HeaderMap) -> Answer {
    let account = people::account_by_handle(&context.site.db, &handle).await?.ok_or(Error::NotFound)?;
    let session_token = secret::token();
    let program = headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    context.site.write(SignIn { member: account.id, session_token: session_token.clone(), program }).await?;
    Ok(people::pages::signed_in(&context.site, &session_token, "/"))
}

/// The roles that the demo has a ready link for.
pub const ROLES: &[&str] = &["member", "practitioner", "facilitator", "moderator", "admin"];

/// Who stands for a role.
pub fn handle_of(role: &str) -> &'static str {
    match role {
        "practitioner" => "anna-moser",
        "facilitator" => "katrin-lind",
        "moderator" => "marek-wolny",
        "admin" => "nora-feeney",
        _ => "leyla-aydin",
    }
}

/// Seeds an empty site; one that has people keeps what was done.
pub async fn seed(_site: &crate::app::Site, _progress: &(dyn Fn(&str) + Sync)) -> crate::Result<()> {
    Ok(())
}
