//! The host's documents: what there are, whom each asks to be accepted by, the texts to start from. Pure.

use std::collections::HashMap;

use sea_orm::FromQueryResult;

use crate::clock::Instant;
use crate::people::Language;
use crate::word_enum;

word_enum! {
    /// A document, in the order in which they are linked.
    DocumentKind { Conduct = "conduct", Privacy = "privacy", Imprint = "imprint", Accessibility = "accessibility" }
}

word_enum! {
    /// Who is asked to accept a version.
    Asks {
        /// Everybody, whatever they accepted before.
        Everybody = "everybody",
        /// It only corrects the version before: whoever accepted that is not asked again.
        Correction = "correction",
        /// Nobody: it is there to be read.
        Nobody = "nobody",
    }
}

impl DocumentKind {
    /// Who is asked, unless the host says otherwise.
    pub const fn usually_asks(self) -> Asks {
        match self {
            Self::Conduct | Self::Privacy => Asks::Everybody,
            Self::Imprint | Self::Accessibility => Asks::Nobody,
        }
    }

    /// `/documents/conduct`.
    pub fn href(self) -> String {
        format!("/documents/{self}")
    }
}

/// The version that is in force, or was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Document {
    /// Of this version: later ones are higher, whatever the kind.
    pub id: i64,
    pub kind: DocumentKind,
    pub at: Instant,
    /// Whoever accepted this version, or a later one, is not asked again; `None`: nobody is asked.
    pub accepted_from: Option<i64>,
}

/// What somebody has still to accept: `accepted` is the newest version of each kind that they have.
pub fn owed(in_force: &[Document], accepted: &HashMap<String, i64>) -> Vec<Document> {
    let has = |document: &Document, from: i64| accepted.get(document.kind.word()).is_some_and(|known| *known >= from);
    in_force.iter().filter(|document| document.accepted_from.is_some_and(|from| !has(document, from))).copied().collect()
}

/// From which version on a new one, `id`, counts as accepted; `before` is what the version before said.
pub fn accepted_from(asks: Asks, id: i64, before: Option<i64>) -> Option<i64> {
    match asks {
        Asks::Everybody => Some(id),
        Asks::Correction => before.or(Some(id)),
        Asks::Nobody => None,
    }
}

/// A document as HTML. Its sections are headings below the page's own, however deep they were typed.
pub fn html(source: &str) -> String {
    let deep = |line: &str| line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")).map_or(line.to_owned(), |rest| format!("### {rest}"));
    let source: Vec<String> = source.lines().map(deep).collect();
    let html = crate::web::render_markdown(&source.join("\n")).0;
    (3..=6).fold(html, |html, level| {
        html.replace(&format!("<h{level}>"), &format!("<h{}>", level - 1)).replace(&format!("</h{level}>"), &format!("</h{}>", level - 1))
    })
}

/// A text to start from; what only the host knows stands in square brackets.
pub fn draft(kind: DocumentKind, language: Language, network: &str, contact: &str) -> String {
    let text = match (kind, language) {
        (DocumentKind::Conduct, Language::En) => include_str!("drafts/en/conduct.md"),
        (DocumentKind::Conduct, Language::Fr) => include_str!("drafts/fr/conduct.md"),
        (DocumentKind::Privacy, Language::En) => include_str!("drafts/en/privacy.md"),
        (DocumentKind::Privacy, Language::Fr) => include_str!("drafts/fr/privacy.md"),
        (DocumentKind::Imprint, Language::En) => include_str!("drafts/en/imprint.md"),
        (DocumentKind::Imprint, Language::Fr) => include_str!("drafts/fr/imprint.md"),
        (DocumentKind::Accessibility, Language::En) => include_str!("drafts/en/accessibility.md"),
        (DocumentKind::Accessibility, Language::Fr) => include_str!("drafts/fr/accessibility.md"),
    };
    text.replace("{network}", network).replace("{contact}", contact)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: i64, kind: DocumentKind, accepted_from: Option<i64>) -> Document {
        Document { id, kind, at: Instant::from_micros(0), accepted_from }
    }

    #[test]
    fn a_correction_asks_nobody_again_and_a_new_version_everybody() {
        let accepted = |id| HashMap::from([("conduct".to_owned(), id)]);
        let first = document(1, DocumentKind::Conduct, accepted_from(Asks::Everybody, 1, None));
        let corrected = document(2, DocumentKind::Conduct, accepted_from(Asks::Correction, 2, first.accepted_from));
        let new = document(3, DocumentKind::Conduct, accepted_from(Asks::Everybody, 3, corrected.accepted_from));
        assert_eq!(owed(&[first], &HashMap::new()), [first]);
        assert_eq!(owed(&[corrected], &accepted(1)), []);
        assert_eq!(owed(&[corrected], &HashMap::new()), [corrected]);
        assert_eq!(owed(&[new], &accepted(2)), [new]);
        assert_eq!(owed(&[new], &accepted(3)), []);
        assert_eq!(owed(&[document(4, DocumentKind::Imprint, accepted_from(Asks::Nobody, 4, None))], &HashMap::new()), []);
        // What corrects a version that asked nobody asks whoever has not seen it.
        assert_eq!(accepted_from(Asks::Correction, 5, None), Some(5));
    }

    #[test]
    fn sections_are_headings_below_the_pages_own() {
        assert_eq!(html("# One\n\n## Two\n\n### Three\n\n#hashtag").matches("<h2>").count(), 3);
        assert!(html("a <script> b").contains("&lt;script&gt;"));
    }

    #[test]
    fn there_is_a_draft_of_each_in_each_language_and_nothing_is_left_to_fill_by_machine() {
        for kind in DocumentKind::ALL {
            for language in Language::ALL {
                let text = draft(*kind, *language, "Testnet", "host@testnet.example");
                assert!(text.len() > 300 && !text.contains('{'), "{kind} {language}");
            }
        }
    }
}
