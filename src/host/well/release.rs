//! Whether a release newer than the running one is out, by a file that the host gives: nobody is called.

use std::cmp::Reverse;

use super::{Check, Line, Looked};
use crate::error::Say;

/// The running release.
const OURS: &str = env!("CARGO_PKG_VERSION");

pub fn look(at: &Looked<'_>) -> Line {
    let check = Check::Release;
    let Some(file) = &at.settings.releases else { return Line::unknown(check, Say::new("well-release-none").with("ours", OURS)) };
    match std::fs::read_to_string(file) {
        Err(why) => Line::unknown(check, Say::new("well-release-unread").with("why", why)),
        Ok(text) => match newest(&text) {
            None => Line::unknown(check, "well-release-empty"),
            Some((version, name)) if Some(version) > number(OURS) => {
                Line::wrong(check, Say::new("well-release-newer").with("newest", name).with("ours", OURS), "well-release-do")
            }
            Some(_) => Line::well(check, Say::new("well-release").with("ours", OURS)),
        },
    }
}

/// The newest release of a file: one a line, its number first; what follows it and lines of `#` are for people.
fn newest(text: &str) -> Option<([u64; 3], String)> {
    let names = text.lines().filter_map(|line| line.split_whitespace().next());
    let known = names.filter_map(|name| Some((number(name)?, name.trim_start_matches('v').to_owned())));
    known.min_by_key(|(number, _)| Reverse(*number))
}

/// `1.2.3`, or `v1.2.3`; what is no release of its own (`1.3.0-beta`) is none.
fn number(name: &str) -> Option<[u64; 3]> {
    let mut parts = name.trim_start_matches('v').split('.').map(|part| part.parse().ok());
    let number = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::{OURS, newest, number};

    #[test]
    fn the_newest_release_is_read_off_by_number_and_not_by_place() {
        let text = "# Releases of Plenary\nv0.9.0 2027-01-02 small things\n0.10.1  2027-02-01\n0.11.0-beta 2027-03-01\n\n0.10.0\nnonsense\n";
        assert_eq!(newest(text), Some(([0, 10, 1], "0.10.1".into())));
        assert_eq!(newest("# none yet\n"), None);
        assert!(number(OURS).is_some());
    }
}
