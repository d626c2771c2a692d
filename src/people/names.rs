//! Names and addresses as people type them: what is taken, what is refused, and how they are compared.

use unicode_normalization::UnicodeNormalization;

use crate::error::{Say, Wrong};
use crate::limits;

/// An address as it is compared: trimmed, NFKC, without case.
pub fn fold_email(email: &str) -> String {
    email.trim().nfkc().collect::<String>().to_lowercase()
}

/// Whether a text can be a handle: 3 to 30 of a-z, 0-9 and inner hyphens.
pub fn is_handle(text: &str) -> bool {
    let chars = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    (3..=30).contains(&text.len()) && chars && !text.starts_with('-') && !text.ends_with('-')
}

/// A name without spaces at its ends and without what hides or reverses text.
///
/// Arabic and Cyrillic names are fine; bidi controls and names of invisible characters only are not.
pub fn clean_name(field: &'static str, name: &str) -> Result<String, Wrong> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = |say: Say| Wrong { field, say };
    if !name.chars().any(char::is_alphanumeric) {
        return Err(wrong("wrong-name-empty".into()));
    }
    if name.chars().count() > limits::NAME {
        return Err(wrong(Say::new("wrong-too-long").with("limit", limits::NAME)));
    }
    if name.chars().any(hides) {
        return Err(wrong("wrong-name-controls".into()));
    }
    Ok(name)
}

/// Controls, bidi overrides and zero-width characters (all but the joiners that Persian and Indic names need).
fn hides(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// An address that mail can go to.
pub fn clean_email(field: &'static str, email: &str) -> Result<String, Wrong> {
    let email = email.trim();
    let wrong = |key: &'static str| Wrong { field, say: key.into() };
    if email.is_empty() {
        return Err(wrong("wrong-email-empty"));
    }
    if email.len() > 254 || email.parse::<lettre::Address>().is_err() || !email.rsplit('@').next().is_some_and(|host| host.contains('.')) {
        return Err(wrong("wrong-email"));
    }
    Ok(email.to_owned())
}

/// A handle made from a name, to be made unique by a number.
pub fn handle_from(name: &str) -> String {
    let ascii: String = name.nfkd().filter_map(|c| match c {
        c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
        ' ' | '-' | '_' | '.' | '\'' => Some('-'),
        _ => None,
    }).collect();
    let words: Vec<&str> = ascii.split('-').filter(|word| !word.is_empty()).collect();
    let handle: String = words.join("-").chars().take(24).collect();
    let handle = handle.trim_matches('-');
    if handle.len() < 3 { "member".into() } else { handle.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_script_are_taken_and_hidden_characters_refused() {
        for name in ["Anna Moser", "José-María Núñez", "Αλέξης", "Олена Шевченко", "محمد علي", "李 娜"] {
            assert_eq!(clean_name("name", name).as_deref(), Ok(name));
        }
        for name in ["", "  ", "\u{200b}", "…", "Anna\u{202e}resoM"] {
            assert!(clean_name("name", name).is_err(), "{name:?}");
        }
        assert!(clean_name("name", &"a".repeat(81)).is_err());
        assert_eq!(clean_name("name", "  Anna \n Moser ").as_deref(), Ok("Anna Moser"));
    }

    #[test]
    fn a_handle_comes_from_any_name() {
        assert_eq!(handle_from("José-María Núñez"), "jose-maria-nunez");
        assert_eq!(handle_from("李 娜"), "member");
        assert!(is_handle(&handle_from("A very long name that goes on and on for ever")));
        assert!(!is_handle("-a-") && !is_handle("Anna") && !is_handle("ab"));
    }

    #[test]
    fn addresses_are_compared_without_case() {
        assert_eq!(fold_email(" Anna@Example.ORG "), "anna@example.org");
        assert!(clean_email("email", "anna@graz.example").is_ok());
        for wrong in ["", "anna", "anna@", "anna@localhost", "a b@c.de"] {
            assert!(clean_email("email", wrong).is_err(), "{wrong}");
        }
    }
}
