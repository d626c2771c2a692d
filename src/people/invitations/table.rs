//! How a pasted list of people is read: a table with headings, or an address a line. Pure.

use std::collections::HashMap;

use super::Invitee;
use crate::error::{Say, Wrong};
use crate::limits;
use crate::people::names::{clean_email, clean_name};
use crate::people::organisations::{delimiter, line_of};
use crate::people::{Language, OrganisationId, OrganisationRow, fold_email};

/// One line of a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// As an editor counts it, the headings first.
    pub number: u64,
    /// The address as it was pasted, or whatever stands in its place.
    pub shown: String,
    pub found: Found,
}

#[derive(Clone, Debug)]
pub enum Found {
    /// To be invited.
    New(Invitee),
    /// A Member already: gets what the invitation gives, and no mail.
    Member(Invitee),
    /// Invited by mail already, and has not come yet.
    Invited,
    /// The same address stands further up.
    Twice,
    Wrong(Vec<Wrong>),
}

/// The headings a list can have, with the words they go by.
const HEADINGS: &[(&str, &[&str])] = &[
    ("email", &["email", "e-mail", "mail", "email_address", "e-mail_address", "address", "adresse", "courriel", "adresse_e-mail", "adresse_de_courriel"]),
    ("name", &["name", "nom", "full_name", "nom_complet"]),
    ("organisation", &["organisation", "organization", "org"]),
    ("language", &["language", "langue"]),
    ("practitioner", &["practitioner", "praticien", "praticienne", "praticien·ne"]),
];

/// Reads a list; who is a Member or invited already is found out afterwards, by address.
///
/// # Errors
/// Where it is no list at all: nothing in it, or too much.
pub fn read_list(text: &str, organisations: &[OrganisationRow]) -> Result<Vec<Line>, Wrong> {
    let wrong = |say: Say| Wrong { field: "table", say };
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = delimiter(head);
    let mut lines = match headings(head, delimiter) {
        Some(headings) => with_headings(text, delimiter, &headings, organisations),
        None => (1u64..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).map(|(number, line)| alone(number, line)).collect(),
    };
    if lines.is_empty() {
        return Err(wrong("wrong-list-empty".into()));
    }
    if lines.len() > limits::INVITED_AT_ONCE {
        return Err(wrong(Say::new("wrong-table-long").with("limit", limits::INVITED_AT_ONCE)));
    }
    let mut seen = std::collections::HashSet::new();
    for line in &mut lines {
        if let Found::New(invitee) = &line.found
            && !seen.insert(fold_email(&invitee.email))
        {
            line.found = Found::Twice;
        }
    }
    Ok(lines)
}

/// Which column is which, if the first line holds headings: one of them is that of the address.
fn headings(head: &str, delimiter: u8) -> Option<HashMap<&'static str, usize>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).trim(csv::Trim::All).from_reader(head.as_bytes());
    let first = reader.records().next()?.ok()?;
    let mut found = HashMap::new();
    for (at, cell) in first.iter().enumerate() {
        let cell = cell.to_lowercase().replace(' ', "_");
        if let Some((name, _)) = HEADINGS.iter().find(|(_, words)| words.contains(&cell.as_str())) {
            found.entry(*name).or_insert(at);
        }
    }
    found.contains_key("email").then_some(found)
}

fn with_headings(text: &str, delimiter: u8, headings: &HashMap<&'static str, usize>, organisations: &[OrganisationRow]) -> Vec<Line> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut lines = Vec::new();
    // Text is UTF-8 and rows may differ in length, so no record can fail.
    for record in reader.records().flatten().filter(|record| !record.iter().all(str::is_empty)) {
        let get = |heading: &str| headings.get(heading).and_then(|at| record.get(*at)).unwrap_or_default();
        let number = record.position().map_or(0, |at| line_of(text, at));
        let shown = Some(get("email")).filter(|email| !email.is_empty()).unwrap_or_else(|| get("name")).to_owned();
        lines.push(Line { number, shown, found: read(get, organisations) });
    }
    lines
}

/// A line without headings: `eva@graz.example` or `Eva Novak <eva@graz.example>`.
fn alone(number: u64, line: &str) -> Line {
    let line = line.trim().trim_end_matches([',', ';']);
    let (name, email) = match line.split_once('<') {
        Some((name, email)) => (name.trim().trim_matches('"'), email.trim_end_matches('>').trim()),
        None => ("", line),
    };
    let get = |heading: &str| match heading {
        "name" => name,
        "email" => email,
        _ => "",
    };
    Line { number, shown: line.to_owned(), found: read(get, &[]) }
}

fn read<'a>(get: impl Fn(&str) -> &'a str, organisations: &[OrganisationRow]) -> Found {
    let mut wrongs = Vec::new();
    let mut wrong = |field: &'static str, say: Say| wrongs.push(Wrong { field, say });
    let email = clean_email("email", get("email")).map_err(|found| wrong("email", found.say)).unwrap_or_default();
    let name = match get("name") {
        "" => String::new(),
        name => clean_name("name", name).map_err(|found| wrong("name", found.say)).unwrap_or_default(),
    };
    let organisation = match get("organisation") {
        "" => None,
        name => match organisation_named(name, organisations) {
            Some(id) => Some(id),
            None => {
                wrong("organisation", Say::new("wrong-list-organisation").with("name", name));
                None
            }
        },
    };
    let language = match get("language") {
        "" => None,
        text => {
            let language = language(text);
            if language.is_none() {
                let words: Vec<&str> = Language::ALL.iter().map(|language| language.word()).collect();
                wrong("language", Say::new("wrong-one-of").with("words", words.join(", ")));
            }
            language
        }
    };
    let is_practitioner = match get("practitioner").to_lowercase().as_str() {
        "" => None,
        "yes" | "oui" | "x" | "1" | "true" | "y" | "o" => Some(true),
        "no" | "non" | "0" | "false" | "n" | "-" => Some(false),
        _ => {
            wrong("practitioner", Say::new("wrong-one-of").with("words", "yes, no"));
            None
        }
    };
    if wrongs.is_empty() { Found::New(Invitee { name, email, language, organisation, is_practitioner }) } else { Found::Wrong(wrongs) }
}

fn organisation_named(name: &str, organisations: &[OrganisationRow]) -> Option<OrganisationId> {
    let name = name.to_lowercase();
    let by_name = organisations.iter().find(|one| one.name.to_lowercase() == name);
    by_name.or_else(|| organisations.iter().find(|one| one.short_name.to_lowercase() == name)).map(|one| one.id)
}

/// `fr`, `FR`, `fr-CA` or `Français`.
fn language(text: &str) -> Option<Language> {
    let text = text.to_lowercase();
    let code = text.split(['-', '_']).next().unwrap_or_default();
    code.parse().ok().or_else(|| Language::ALL.iter().copied().find(|language| language.name().to_lowercase() == text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Level;

    fn graz() -> OrganisationRow {
        OrganisationRow { id: OrganisationId(7), name: "City of Graz".into(), short_name: "Graz".into(), kind: "municipality".into(), level: Level::City, country: "AT".into(), standing: "partner".into() }
    }

    fn new(line: &Line) -> &Invitee {
        match &line.found {
            Found::New(invitee) => invitee,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_address_a_line_is_enough() {
        let lines = read_list("eva@graz.example\n\n Ben Okoro <ben@lagos.example>,\n\"Moser, Anna\" <anna@graz.example>\nEVA@graz.example;\nnobody\n", &[]).unwrap();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 3, 4, 5, 6]);
        assert_eq!((new(&lines[0]).name.as_str(), new(&lines[1]).name.as_str(), new(&lines[2]).name.as_str()), ("", "Ben Okoro", "Moser, Anna"));
        assert!(matches!(lines[3].found, Found::Twice));
        assert!(matches!(&lines[4].found, Found::Wrong(wrongs) if wrongs[0].field == "email"));
    }

    #[test]
    fn a_table_is_read_by_its_headings_in_either_language() {
        for text in ["Name;E-Mail;Organisation;Language;Practitioner\nEva Novak;eva@graz.example;graz;fr-CA;yes\n", "nom\tadresse\torganisation\tlangue\tpraticien\nEva Novak\teva@graz.example\tCity of Graz\tFrançais\toui\n"] {
            let lines = read_list(text, &[graz()]).unwrap();
            let expected = Invitee { name: "Eva Novak".into(), email: "eva@graz.example".into(), language: Some(Language::Fr), organisation: Some(OrganisationId(7)), is_practitioner: Some(true) };
            assert_eq!((new(&lines[0]), lines[0].number), (&expected, 2));
        }
        assert_eq!(new(&read_list("email\neva@graz.example", &[]).unwrap()[0]).organisation, None);
    }

    #[test]
    fn what_is_wrong_is_said_by_line_and_field() {
        let lines = read_list("email,name,organisation,language,practitioner\n,Eva,Nowhere,tlh,perhaps\n", &[graz()]).unwrap();
        let Found::Wrong(wrongs) = &lines[0].found else { panic!("{lines:?}") };
        assert_eq!(wrongs.iter().map(|wrong| wrong.field).collect::<Vec<_>>(), ["email", "organisation", "language", "practitioner"]);
        assert_eq!(lines[0].shown, "Eva");
        for wrong in ["", " \n \n", "email\n"] {
            assert!(read_list(wrong, &[]).is_err(), "{wrong:?}");
        }
        let many: String = (0..=limits::INVITED_AT_ONCE).map(|n| format!("a{n}@b.example\n")).collect();
        assert!(read_list(&many, &[]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_pasted_ends_in_a_panic(text in "\\PC{0,300}", rows in proptest::collection::vec("[a-z@,;\"<>\t\n]{0,40}", 0..8)) {
            let _ = read_list(&text, &[graz()]);
            let _ = read_list(&format!("email;name\n{}", rows.join("\n")), &[graz()]);
        }

        #[test]
        fn whoever_is_invited_has_an_address_of_their_own(rows in proptest::collection::vec("[ab]{1,2}@[cC].example", 1..20)) {
            let lines = read_list(&rows.join("\n"), &[]).unwrap();
            let invited: Vec<String> = lines.iter().filter_map(|line| match &line.found { Found::New(invitee) => Some(fold_email(&invitee.email)), _ => None }).collect();
            let once: std::collections::HashSet<&String> = invited.iter().collect();
            proptest::prop_assert_eq!(once.len(), invited.len());
            proptest::prop_assert_eq!(lines.len(), rows.len());
        }
    }
}
