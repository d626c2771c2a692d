//! Finding people by the beginnings of their names, handles and addresses: folded words in a table of their own, kept by a
//! reader of the journal, so that whatever changes a Member keeps them true without knowing of them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::app::Site;
use crate::error::Result;
use crate::journal::{self, Entry, Reading, Reads, Step, Tx};
use crate::values;

/// Characters of a word that are kept; two people whose names begin alike for longer are found together.
const LONGEST: usize = 60;
/// Words of a question that are looked for.
pub const ASKED: usize = 5;
/// Above every character: the end of the range of words that begin with a text.
pub const END: char = '\u{10FFFF}';
/// Entries that change no word of anybody.
const ELSEWHERE: &[&str] = &["people.signed_in", "people.signed_out", "people.password_changed", "people.practitioner_changed", "people.role_changed", "people.measure_taken"];

/// A text as it is compared: without marks and case (`Núñez` is `nunez`).
fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).take(LONGEST).collect()
}

/// The words that somebody is found by.
fn words_of(name: &str, handle: &str, email: Option<&str>) -> BTreeSet<String> {
    let whole = name.split_whitespace().chain([handle]).chain(email).map(fold);
    let parts = name.split(|c: char| !c.is_alphanumeric()).chain(handle.split('-')).map(fold);
    whole.chain(parts).filter(|word| !word.is_empty()).collect()
}

/// The words of a question, as they are compared; `@` before a handle is left out.
pub fn asked(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| fold(word.strip_prefix('@').unwrap_or(word)));
    words.filter(|word| !word.is_empty()).take(ASKED).collect()
}

/// Keeps the words until the program stops.
pub async fn run(site: Site) {
    journal::follow(Words, site.db.clone(), site.writer.clone(), site.bus.clone(), site.stop.clone()).await;
}

struct Words;

impl Reading for Words {
    const NAME: &'static str = "people";
    type Prepared = Changed;

    async fn prepare(&self, entries: Vec<Entry>) -> Result<Changed> {
        let of_people = |entry: &&Entry| entry.kind.starts_with("people.") && !entry.kind.starts_with("people.organisation") && !ELSEWHERE.contains(&entry.kind.as_str());
        Ok(Changed(entries.iter().filter(of_people).map(|entry| entry.about).collect()))
    }
}

/// The Members whose words are looked at again.
struct Changed(BTreeSet<i64>);

impl Step for Changed {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    async fn run(&self, tx: &Tx) -> Result<()> {
        for member in &self.0 {
            let rows = tx.rows("SELECT name, handle, email FROM member WHERE id = $1 AND erased_at IS NULL", values![*member]).await?;
            let wanted = match rows.first() {
                Some(row) => {
                    let (name, handle, email): (String, String, Option<String>) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
                    words_of(&name, &handle, email.as_deref())
                }
                None => BTreeSet::new(),
            };
            let known: Vec<String> = tx.column("SELECT word FROM member_word WHERE member = $1 LIMIT 1000", values![*member]).await?;
            if known.into_iter().collect::<BTreeSet<_>>() == wanted {
                continue;
            }
            tx.write("DELETE FROM member_word WHERE member = $1", values![*member]).await?;
            for word in wanted {
                tx.write("INSERT INTO member_word (member, word) VALUES ($1, $2)", values![*member, word]).await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_found_without_marks_and_case_by_any_part() {
        let words = words_of("José-María Núñez O'Brien", "jm-nunez", Some("JM@Graz.example"));
        for word in ["jose-maria", "jose", "maria", "nunez", "o'brien", "brien", "jm-nunez", "jm@graz.example"] {
            assert!(words.contains(word), "{word} in {words:?}");
        }
        assert_eq!(words_of("李 娜", "member", None).len(), 3);
        assert_eq!(asked(" @Anna-Moser  ŠIMUN "), ["anna-moser", "simun"]);
        assert!(asked("a b c d e f g").len() == ASKED && asked(" @ ").is_empty());
    }
}
