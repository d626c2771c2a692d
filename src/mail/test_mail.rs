//! A mail that is sent at once, to see whether mail works: what the server answered, and what that means.

use std::time::Duration;

use super::retry::{Outcome, is_example};
use super::smtp::Smtp;
use super::{Message, compose};
use crate::clock::Instant;
use crate::word_enum;

/// How long somebody waits for it in front of a page.
const PATIENCE: Duration = Duration::from_secs(20);

word_enum! {
    /// What came of it.
    Tested {
        /// The server has taken it.
        Taken = "taken",
        /// No server is set.
        NoServer = "no_server",
        /// The address is an example's, which never gets mail.
        Example = "example",
        /// Nobody answers at that address and port.
        Unreachable = "unreachable",
        /// The server's name is not known.
        UnknownName = "unknown_name",
        /// User or password are not right.
        Login = "login",
        /// The two could not agree on encryption.
        Encryption = "encryption",
        /// The server does not take mail from this sender, or to this address.
        Refused = "refused",
        /// Whatever else it said.
        Other = "other",
    }
}

/// Hands a mail to the server of the settings, past the outbox; what came of it, and the server's own words.
pub async fn send_test(settings: &crate::settings::Settings, message: &Message, now: Instant) -> (Tested, String) {
    let Some(url) = &settings.smtp_url else { return (Tested::NoServer, String::new()) };
    if is_example(&message.to.email) {
        return (Tested::Example, String::new());
    }
    let smtp = match Smtp::new(url) {
        Ok(smtp) => smtp,
        Err(why) => return (Tested::Other, why),
    };
    let mail = match compose(message, &settings.mail_from, now) {
        Ok(mail) => mail,
        Err(error) => return (Tested::Other, error.to_string()),
    };
    match tokio::time::timeout(PATIENCE, smtp.hand_over(mail)).await {
        Err(_) => (Tested::Unreachable, format!("no answer within {} seconds", PATIENCE.as_secs())),
        Ok(Outcome::Sent) => (Tested::Taken, String::new()),
        Ok(Outcome::Later(why) | Outcome::Failed(why)) => (meaning(&why), why),
        Ok(Outcome::Kept | Outcome::Dropped) => (Tested::Other, String::new()),
    }
}

/// What a server's answer, or a failed connection, means to whoever set it up (RFC 5321, 4.2; RFC 4954, 6).
fn meaning(answer: &str) -> Tested {
    let answer = answer.to_lowercase();
    let says = |signs: &[&str]| signs.iter().any(|sign| answer.contains(sign));
    match () {
        () if says(&["535", "534", "538", "authentication", "no compatible authentication"]) => Tested::Login,
        () if says(&["failed to lookup", "name or service not known", "nodename", "no such host", "dns"]) => Tested::UnknownName,
        () if says(&["certificate", "handshake", "starttls", "tls", "530"]) => Tested::Encryption,
        () if says(&["connection refused", "timed out", "too long", "unreachable", "network", "connection error"]) => Tested::Unreachable,
        () if says(&["550", "551", "553", "554", "sender", "relay"]) => Tested::Refused,
        () => Tested::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_told_by_what_it_means() {
        for (answer, tested) in [
            ("permanent error (535): 5.7.8 Authentication credentials invalid", Tested::Login),
            ("Connection error: failed to lookup address information: Name or service not known", Tested::UnknownName),
            ("Connection error: Connection refused (os error 111)", Tested::Unreachable),
            ("permanent error (550): 5.7.1 Sender rejected", Tested::Refused),
            ("permanent error (530): Must issue a STARTTLS command first", Tested::Encryption),
            ("network error: invalid peer certificate: UnknownIssuer", Tested::Encryption),
            ("transient error (451): try later", Tested::Other),
        ] {
            assert_eq!(meaning(answer), tested, "{answer}");
        }
    }
}
