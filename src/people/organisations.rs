//! What can be said of an Organisation, and how a pasted table of many is read.

use std::collections::HashMap;

use super::membership::Described;
use super::{AddOrganisation, Level, OrganisationId, OrganisationRow};
use crate::error::{Say, Wrong};
use crate::limits;

/// What an Organisation can be.
pub const KINDS: &[&str] = &["municipality", "civil_society", "university", "national_institution", "european_institution", "international_institution"];
/// Its standing in the network.
pub const STANDINGS: &[&str] = &["human_rights_city", "guest_city", "associate_member", "partner"];
/// Levels above one another at most, over all that an Organisation lies within.
pub const HIGHEST: usize = 20;
/// Organisations of one pasted table.
pub const AT_ONCE: usize = 300;

/// Checks one Organisation's words, each beside its field.
pub fn checked(get: impl Fn(&str) -> String, within: Option<OrganisationId>) -> Result<AddOrganisation, Vec<Wrong>> {
    let mut wrongs = Vec::new();
    let wrong = |field: &'static str, say: Say| Wrong { field, say };
    let clean = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = clean(get("name"));
    let short_name = Some(clean(get("short_name"))).filter(|short| !short.is_empty()).unwrap_or_else(|| name.clone());
    if name.is_empty() {
        wrongs.push(wrong("name", "wrong-organisation-name".into()));
    }
    for (field, text) in [("name", &name), ("short_name", &short_name)] {
        if text.chars().count() > limits::NAME {
            wrongs.push(wrong(field, Say::new("wrong-too-long").with("limit", limits::NAME)));
        }
    }
    let kind = word(get("kind"), KINDS);
    if kind.is_none() {
        wrongs.push(wrong("kind", Say::new("wrong-one-of").with("words", KINDS.join(", "))));
    }
    let level = get("level").trim().to_lowercase().parse::<Level>().ok();
    if level.is_none() {
        let words: Vec<&str> = Level::ALL.iter().map(|level| level.word()).collect();
        wrongs.push(wrong("level", Say::new("wrong-one-of").with("words", words.join(", "))));
    }
    let standing = word(get("standing"), STANDINGS);
    if standing.is_none() {
        wrongs.push(wrong("standing", Say::new("wrong-one-of").with("words", STANDINGS.join(", "))));
    }
    let country = get("country").trim().to_uppercase();
    let is_code = country.len() == 2 && country.chars().all(|c| c.is_ascii_uppercase());
    if !country.is_empty() && !is_code {
        wrongs.push(wrong("country", "wrong-country".into()));
    }
    match (kind, level, standing) {
        (Some(kind), Some(level), Some(standing)) if wrongs.is_empty() => Ok(AddOrganisation { name, short_name, kind, level, country, standing, within }),
        _ => Err(wrongs),
    }
}

/// Where an Organisation is, and the codes of the languages it works in, as they were typed.
pub fn checked_described(place: &str, languages: &str) -> Result<Described, Vec<Wrong>> {
    let place = place.split_whitespace().collect::<Vec<_>>().join(" ");
    let codes = languages.split([',', ';', ' ']).map(str::trim).filter(|code| !code.is_empty()).map(str::to_lowercase);
    let mut languages: Vec<String> = Vec::new();
    for code in codes {
        if !languages.contains(&code) {
            languages.push(code);
        }
    }
    let mut wrongs = Vec::new();
    if place.chars().count() > limits::NAME {
        wrongs.push(Wrong { field: "place", say: Say::new("wrong-too-long").with("limit", limits::NAME) });
    }
    // ISO 639: two letters, or three where a language has no two.
    let is_code = |code: &String| (2..=3).contains(&code.len()) && code.chars().all(|c| c.is_ascii_lowercase());
    if languages.len() > 20 || !languages.iter().all(is_code) {
        wrongs.push(Wrong { field: "languages", say: "wrong-languages".into() });
    }
    if wrongs.is_empty() { Ok(Described { place, languages }) } else { Err(wrongs) }
}

/// A word of a list, however it is written: `Human rights city` is `human_rights_city`.
fn word(text: String, words: &[&str]) -> Option<String> {
    let text = text.trim().to_lowercase().replace([' ', '-'], "_");
    words.iter().find(|word| **word == text).map(|word| (*word).to_owned())
}

/// One line of a pasted table.
#[derive(Clone, Debug)]
pub struct Line {
    /// As an editor counts it, the headings first.
    pub number: u64,
    pub name: String,
    pub found: Found,
}

#[derive(Clone, Debug)]
pub enum Found {
    /// To be added; within that one of the list, if it is a new one.
    New(AddOrganisation, Option<usize>),
    /// One of this name is there already.
    Known,
    Wrong(Vec<Wrong>),
}

/// Reads a table with headings, its cells parted by commas, semicolons or tabs; `known` are those that are there.
///
/// # Errors
/// Where it is no table at all: nothing in it, too much, or headings that are missing.
pub fn read_table(text: &str, known: &[OrganisationRow]) -> Result<Vec<Line>, Wrong> {
    let wrong = |say: Say| Wrong { field: "table", say };
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = delimiter(head);
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headings: HashMap<String, usize> = match reader.headers() {
        Ok(headings) => headings.iter().enumerate().map(|(at, heading)| (heading.to_lowercase().replace(' ', "_"), at)).collect(),
        Err(_) => return Err(wrong("wrong-table-empty".into())),
    };
    let missing: Vec<&str> = ["name", "kind", "level", "standing"].into_iter().filter(|heading| !headings.contains_key(*heading)).collect();
    if !missing.is_empty() {
        return Err(wrong(Say::new("wrong-table-headings").with("missing", missing.join(", "))));
    }
    let fold = |name: &str| name.to_lowercase();
    let there: HashMap<String, OrganisationId> = known.iter().flat_map(|row| [(fold(&row.short_name), row.id), (fold(&row.name), row.id)]).collect();
    let names: Vec<String> = known.iter().map(|row| fold(&row.name)).collect();
    let mut lines: Vec<(Line, String)> = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else { return Err(wrong("wrong-table-empty".into())) };
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() >= AT_ONCE {
            return Err(wrong(Say::new("wrong-table-long").with("limit", AT_ONCE)));
        }
        let get = |heading: &str| headings.get(heading).and_then(|at| record.get(*at)).unwrap_or_default().to_owned();
        let (name, above) = (get("name"), get("within"));
        let is_double = names.contains(&fold(&name)) || lines.iter().any(|(line, _)| fold(&line.name) == fold(&name) && !matches!(line.found, Found::Wrong(_)));
        let found = match checked(get, there.get(&fold(&above)).copied()) {
            _ if is_double && !name.is_empty() => Found::Known,
            Ok(new) if known.iter().any(|row| Some(row.id) == new.within && row.level < new.level) => Found::Wrong(vec![Wrong { field: "within", say: "wrong-within-level".into() }]),
            Ok(new) => Found::New(new, None),
            Err(wrongs) => Found::Wrong(wrongs),
        };
        let number = record.position().map_or(0, |at| line_of(text, at));
        lines.push((Line { number, name, found }, above));
    }
    if lines.is_empty() {
        return Err(wrong("wrong-table-empty".into()));
    }
    // Within which it lies may stand further down: looked for when all are read.
    let new: Vec<(usize, String, String, Level)> = lines.iter().enumerate().filter_map(|(at, (line, _))| match &line.found {
        Found::New(new, _) => Some((at, fold(&new.name), fold(&new.short_name), new.level)),
        _ => None,
    }).collect();
    for (at, (line, above)) in lines.iter_mut().enumerate() {
        let Found::New(organisation, place) = &mut line.found else { continue };
        if above.is_empty() || organisation.within.is_some() {
            continue;
        }
        match new.iter().position(|(other, name, short, _)| *other != at && (*name == fold(above) || *short == fold(above))) {
            Some(found) if new[found].3 < organisation.level => line.found = Found::Wrong(vec![Wrong { field: "within", say: "wrong-within-level".into() }]),
            Some(found) => *place = Some(found),
            None => line.found = Found::Wrong(vec![Wrong { field: "within", say: Say::new("wrong-within-unknown").with("name", above.as_str()) }]),
        }
    }
    Ok(lines.into_iter().map(|(line, _)| line).collect())
}

/// What parts the cells of a pasted table: whichever of tab, semicolon and comma its first line has most of.
pub(super) fn delimiter(head: &str) -> u8 {
    *[b'\t', b';', b','].iter().max_by_key(|byte| (head.bytes().filter(|b| b == *byte).count(), **byte == b',')).unwrap_or(&b',')
}

/// The line on which a record begins: the reader counts from the end of the one before, empty lines left out.
pub(super) fn line_of(text: &str, at: &csv::Position) -> u64 {
    let rest = usize::try_from(at.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    at.line() + empty as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Line> {
        read_table(text, &[]).unwrap()
    }

    #[test]
    fn a_table_is_read_with_commas_semicolons_or_tabs() {
        for delimiter in [",", ";", "\t"] {
            let text = "name|short_name|kind|level|country|standing|within\nCity of Graz|Graz|municipality|city|at|human rights city|Styria\n\nLand Steiermark|Styria|Municipality|Region|AT|partner|\n"
                .replace('|', delimiter);
            let lines = read(&text);
            let Found::New(graz, above) = &lines[0].found else { panic!("{lines:?}") };
            assert_eq!((graz.short_name.as_str(), graz.country.as_str(), graz.standing.as_str(), *above), ("Graz", "AT", "human_rights_city", Some(1)));
            assert_eq!((lines[0].number, lines[1].number), (2, 4));
        }
    }

    #[test]
    fn what_is_wrong_is_said_by_line_and_field() {
        let lines = read("name,kind,level,standing,country,within\n,municipality,city,partner,,\nGraz,town,city,partner,Austria,Nowhere\nBruck,municipality,city,partner,AT,Nowhere\n");
        let fields = |line: &Line| match &line.found {
            Found::Wrong(wrongs) => wrongs.iter().map(|wrong| wrong.field).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(fields(&lines[0]), ["name"]);
        assert_eq!(fields(&lines[1]), ["kind", "country"]);
        assert_eq!(fields(&lines[2]), ["within"]);
    }

    #[test]
    fn what_is_there_already_is_left_and_no_table_is_none() {
        let known = [OrganisationRow { id: OrganisationId(7), name: "City of Graz".into(), short_name: "Graz".into(), kind: "municipality".into(), level: Level::City, country: "AT".into(), standing: "partner".into() }];
        let lines = read_table("name,kind,level,standing,within\ncity of graz,municipality,city,partner,\nLend,civil society,neighbourhood,partner,Graz\n", &known).unwrap();
        assert!(matches!(lines[0].found, Found::Known));
        assert!(matches!(&lines[1].found, Found::New(new, None) if new.within == Some(OrganisationId(7))));
        for wrong in ["", "name,kind\nGraz,municipality", "name,kind,level,standing\n"] {
            assert!(read_table(wrong, &[]).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn languages_are_codes_however_they_are_parted() {
        let described = checked_described(" Graz,  Styria ", "DE, sl;hr de").unwrap();
        assert_eq!((described.place.as_str(), described.languages.join(" ").as_str()), ("Graz, Styria", "de sl hr"));
        assert_eq!(checked_described("", ""), Ok(Described::default()));
        for wrong in ["German", "d", "de-AT", "d1"] {
            assert_eq!(checked_described("", wrong).unwrap_err()[0].field, "languages", "{wrong}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_is_pasted_ends_in_a_panic(text in "\\PC{0,300}", rows in proptest::collection::vec("[a-z,;\"\t\n]{0,40}", 0..8)) {
            let _ = read_table(&text, &[]);
            let _ = read_table(&format!("name,kind,level,standing\n{}", rows.join("\n")), &[]);
        }
    }
}
