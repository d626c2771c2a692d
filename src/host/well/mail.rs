//! Whether mail leaves.

use super::{Check, Line, Looked, unread};
use crate::error::Say;
use crate::mail;

pub async fn look(at: &Looked<'_>) -> Line {
    let check = Check::Mail;
    if at.settings.demo {
        return Line::well(check, "well-mail-demo");
    }
    if at.settings.smtp_url.is_none() {
        return Line::wrong(check, "well-mail-none", "well-mail-none-do");
    }
    match mail::troubles(at.db, at.now).await {
        Err(error) => unread(check, &error),
        Ok(found) => match (found.failed, found.late, found.last_error) {
            (0, 0, _) => Line::well(check, "well-mail"),
            (0, late, why) => {
                let says = Say::new("well-mail-late").with("n", late);
                let todo = why.map_or_else(|| Say::new("well-mail-stands-do"), |why| Say::new("well-mail-late-do").with("why", why));
                Line::wrong(check, says, todo)
            }
            (failed, _, why) => Line::wrong(check, Say::new("well-mail-failed").with("n", failed), Say::new("well-mail-failed-do").with("why", why.unwrap_or_default())),
        },
    }
}
