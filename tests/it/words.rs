//! The catalogues: every language has the same words, every word that is asked for exists, and none is left over.
//!
//! Keys are found where they are asked for: `t("key")`, `n("key", …)`, `t1("key", "name", …)`, `Say::new("key")`,
//! `Error::field("name", "key")`, the macros of `templates/web/_form.html`, and whatever literal is a key. A key that
//! is put together (`"level-{}"`) belongs to a family: add it to `families()` with all the words it can end in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use plenary::app;
use plenary::boards::Phase;
use plenary::mail::Tested;
use plenary::network::contact::ContactKind;
use plenary::network::documents::{Asks, DocumentKind};
use plenary::forum::kinds::{PersonChange, SpaceChange};
use plenary::dialogues::{AnswerKind, Choice, StageState};
use plenary::journal::OnExport;
use plenary::people::account::events::AccountEvent;
use plenary::people::account::export::COLUMNS;
use plenary::people::organisations::{KINDS, STANDINGS};
use plenary::people::rights::Layer;
use plenary::workshops::ActivityKind;
use plenary::people::{Language, Level, Measure, Role, Standing, Theme};

/// Keys that are put together from a beginning and a word.
fn families() -> Vec<(&'static str, Vec<String>)> {
    fn all<T: ToString>(words: &[T]) -> Vec<String> {
        words.iter().map(ToString::to_string).collect()
    }
    let mail = ["subject", "what", "button", "why"];
    let measures = all(Measure::ALL);
    vec![
        // what is said of each page of the admins
        ("hint-of-", app::ADMIN.iter().map(|(_, key)| (*key).to_owned()).collect()),
        ("account-standing-", all(Standing::ALL)),
        ("measure-", measures.clone()),
        ("measure-hint-", measures.clone()),
        ("measured-", measures.clone()),
        ("mail-measure-", measures.clone()),
        ("mail-measure-subject-", measures),
        ("well-title-", all(plenary::host::well::Check::ALL)),
        ("well-state-", all(plenary::host::well::State::ALL)),
        ("log-kind-", plenary::audit::kinds().map(|kind| kind.replace('.', "-")).collect()),
        ("log-role-", all(Role::ALL)),
        ("log-measure-", all(Measure::ALL)),
        ("log-space-", all(SpaceChange::ALL)),
        ("log-space-person-", all(PersonChange::ALL)),
        ("log-post-deleted", all(&["", "-unseen"])),
        ("log-post-restored", all(&["", "-unseen"])),
        ("level-", all(Level::ALL)),
        ("layer-", all(Layer::ALL)),
        ("layer-hint-", all(Layer::ALL)),
        ("space-layer-to-", all(Layer::ALL)),
        ("organisation-field-", all(&["name", "short_name", "kind", "level", "standing", "country", "within"])),
        ("list-field-", all(&["email", "name", "organisation", "language", "practitioner"])),
        ("may-", all(&["members", "practitioners", "moderators", "admins"])),
        ("template-", ["square", "dialogues", "practice", "workshops", "news"].iter().flat_map(|key| [(*key).to_owned(), format!("{key}-purpose")]).collect()),
        ("role-", all(Role::ALL)),
        ("theme-", all(Theme::ALL)),
        ("kind-", all(KINDS)),
        ("standing-", all(STANDINGS)),
        ("board-name-", all(Phase::ALL)),
        ("board-phase-", all(Phase::ALL)),
        ("board-do-", all(Phase::ALL)),
        ("stage-", all(StageState::ALL)),
        ("stage-do-", all(StageState::ALL)),
        ("dialogue-go-", all(&["gather", "sum_up", "ratify"])),
        ("answer-", all(AnswerKind::ALL)),
        ("choice-", all(Choice::ALL)),
        ("choice-hint-", all(Choice::ALL)),
        ("activity-", all(ActivityKind::ALL)),
        ("room-do-", all(ActivityKind::ALL)),
        ("mail-workshop-", ["registered", "waiting", "promoted", "moved", "withdrawn", "cancelled", "day", "hour"].iter().flat_map(|which| [format!("{which}-subject"), format!("{which}-what")]).collect()),
        ("mail-confirm-", all(&mail)),
        ("mail-sign-in-", all(&mail)),
        ("mail-known-", all(&mail)),
        ("notice-", all(&["reply", "mention", "space-named", "membership-asked", "membership-confirmed", "membership-declined", "practitioner-left", "practitioner-kept", "practitioner-ended", "workshop-promoted", "workshop-cancelled", "workshop-minutes", "dialogue-summed-up", "dialogue-passed-on", "dialogue-waits", "dialogue-answered", "dialogue-commented"])),
        ("digest-why-", all(&["topic-started", "topic-active", "workshop-registered", "workshop-ahead", "dialogue-answered", "dialogue-ratify"])),
        ("mail-export-", all(&mail)),
        ("mail-address-", all(&mail)),
        ("mail-address-old-", all(&mail)),
        ("mail-address-new-", all(&mail)),
        ("mail-password-", all(&mail)),
        ("event-", all(AccountEvent::ALL)),
        ("mail-prove-", all(&mail)),
        ("mail-erasing-", all(&mail)),
        ("export-table-", app::TABLES.iter().copied().flatten().filter(|table| table.export == OnExport::Rows).map(|table| table.name.to_owned()).collect()),
        ("export-column-", all(COLUMNS)),
        ("document-", all(DocumentKind::ALL)),
        ("document-asks-", all(Asks::ALL)),
        ("setup-", all(STEPS)),
        ("setup-", STEPS.iter().map(|step| format!("{step}-what")).collect()),
        ("test-", all(Tested::ALL)),
        ("contact-", all(ContactKind::ALL)),
        ("contact-hint-", all(ContactKind::ALL)),
        ("weekday-", (1..=7).map(|day| day.to_string()).collect()),
        ("choice-kind-", all(&["none", "daily", "weekly"])),
        ("mailbox-state-", all(&["waiting", "sending", "sent", "failed"])),
        ("unsubscribe-title-", all(&["digest", "immediate"])),
        ("unsubscribe-what-", all(&["digest", "immediate"])),
        ("unsubscribe-done-", all(&["digest", "immediate"])),
    ]
}

/// The steps of the guided page.
const STEPS: &[&str] = &["names", "looks", "documents", "contact", "mail", "spaces", "people"];

/// Words that are rightly the same in both languages, beside those of one or two words.
const SAME: &[&str] = &[];

/// A message as a catalogue has it.
struct Message {
    file: String,
    arguments: BTreeSet<String>,
    /// Its pieces of text, in order; an argument between two of them is `\u{1}`.
    text: String,
}

type Catalogue = BTreeMap<String, Message>;

#[test]
fn every_language_has_the_same_words_with_the_same_arguments() {
    let english = catalogue("en");
    let mut wrong = Vec::new();
    for language in Language::ALL.iter().map(|language| language.word()).filter(|word| *word != "en") {
        let other = catalogue(language);
        for (key, message) in &english {
            match other.get(key) {
                None => wrong.push(format!("{language}/{}: {key} is missing", message.file)),
                Some(found) if found.file != message.file => wrong.push(format!("{key} is in {} in English, in {} in {language}", message.file, found.file)),
                Some(found) if found.arguments != message.arguments => wrong.push(format!("{language}: {key} has {:?}, English has {:?}", found.arguments, message.arguments)),
                Some(found) if found.text == message.text && message.text.split_whitespace().count() > 2 && !SAME.contains(&key.as_str()) => {
                    wrong.push(format!("{language}: {key} is the same as in English"));
                }
                Some(_) => {}
            }
        }
        wrong.extend(other.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("{language}: {key} is not in English")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn french_is_set_as_french_is_set() {
    let mut wrong = Vec::new();
    for (key, message) in catalogue("fr") {
        let chars: Vec<char> = message.text.chars().collect();
        for (at, c) in chars.iter().enumerate() {
            let (before, after) = (at.checked_sub(1).map(|at| chars[at]), chars.get(at + 1));
            let is_end = after.is_none_or(|after| after.is_whitespace() || matches!(after, '\u{1}' | ')' | '.'));
            let is_spaced = matches!(before, Some('\u{a0}' | '\u{202f}'));
            if matches!(c, ';' | '!' | '?' | ':' | '%') && is_end && !is_spaced || *c == '»' && !is_spaced {
                wrong.push(format!("{key}: a no-break space before {c}: {}", message.text));
            }
            if *c == '«' && !matches!(after, Some('\u{a0}' | '\u{202f}')) {
                wrong.push(format!("{key}: a no-break space after «: {}", message.text));
            }
        }
        if let Some(familiar) = ["tu ", "ton ", "tes ", "toi "].iter().find(|word| format!(" {}", message.text.to_lowercase()).contains(&format!(" {word}"))) {
            wrong.push(format!("{key}: “{}” where it should be “vous”", familiar.trim()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Messages that are never asked for with none, or whose number stands beside the words: French needs no `[0]` there.
const NEVER_NONE: &[&str] = &["digest-more", "digest-note-people", "digest-note-posts", "held-boards", "held-dialogues", "held-topics", "held-workshops", "table-add", "table-known", "table-wrong", "dots-all", "error-too-fast", "wrong-open-block", "wrong-too-fast"];

/// In French `[one]` is asked for with 0, too: where it spells its number out, none would be told as one.
#[test]
fn french_does_not_tell_none_as_one() {
    let mut spelt_out = BTreeSet::new();
    for (_, text) in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/fr"), &["ftl"]) {
        for entry in parser::parse(text.as_str()).unwrap().body {
            let Entry::Message(message) = entry else { continue };
            let selects = message.value.iter().flat_map(|value| &value.elements).filter_map(|element| match element {
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => Some((selector, variants)),
                _ => None,
            });
            for (selector, variants) in selects {
                let has_none = variants.iter().any(|variant| matches!(variant.key, VariantKey::NumberLiteral { value: "0" }));
                let one = variants.iter().find(|variant| matches!(variant.key, VariantKey::Identifier { name: "one" }));
                let shows_number = |pattern: &Pattern<&str>| {
                    pattern.elements.iter().any(|element| matches!(element, PatternElement::Placeable { expression: Expression::Inline(inline) } if inline == selector))
                };
                if one.is_some_and(|one| !shows_number(&one.value)) && !has_none {
                    spelt_out.insert(message.id.name.to_owned());
                }
            }
        }
    }
    let known: BTreeSet<String> = NEVER_NONE.iter().map(|key| (*key).to_owned()).collect();
    assert_eq!(spelt_out, known, "a French plural without [0] that is not in NEVER_NONE, or the other way round");
}

#[test]
fn apostrophes_and_ellipses_are_typographic() {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        for (key, message) in catalogue(language.word()) {
            if message.text.contains('\'') || message.text.contains("...") || message.text.contains('"') {
                wrong.push(format!("{language}: {key}: {}", message.text));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_word_asked_for_exists_and_none_is_left_over() {
    let english = catalogue("en");
    let sources = sources();
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for (prefix, words) in families() {
        for word in words {
            let key = format!("{prefix}{word}");
            if !english.contains_key(&key) {
                wrong.push(format!("{key} is missing: the family {prefix}… can end in {word}"));
            }
            used.insert(key);
        }
    }
    for (place, key) in app::PLACES.iter().chain(app::SETTINGS).chain(app::ADMIN) {
        if !english.contains_key(*key) {
            wrong.push(format!("{key} is missing: app.rs names {place} by it"));
        }
    }
    for (file, text) in &sources {
        for asked in asked(file, text) {
            let known = english.get(&asked.key);
            let family = families().iter().any(|(prefix, _)| asked.key.starts_with(prefix));
            match known {
                None if asked.key.contains('{') => {
                    let beginning = asked.key.split('{').next().unwrap_or_default();
                    if !families().iter().any(|(prefix, _)| *prefix == beginning) {
                        wrong.push(format!("{file}: the family {} is not in families() of tests/it/words.rs: say which words it can end in", asked.key));
                    }
                }
                None if !family => wrong.push(format!("{file}: {} is in no catalogue", asked.key)),
                None => {}
                Some(message) => {
                    let given = asked.arguments.clone().map(|arguments| arguments.into_iter().collect::<BTreeSet<_>>());
                    if let Some(given) = given.filter(|given| *given != message.arguments) {
                        wrong.push(format!("{file}: {} is given {given:?} and wants {:?}", asked.key, message.arguments));
                    }
                }
            }
        }
        // Words of what went wrong are handed on in many ways; their beginning gives them away.
        let handed_on = literals(text).into_iter().filter(|literal| literal.starts_with("wrong-") && !literal.contains('{'));
        wrong.extend(handed_on.filter(|literal| !english.contains_key(literal)).map(|key| format!("{file}: {key} is in no catalogue")));
        used.extend(literals(text).into_iter().filter(|literal| english.contains_key(literal)));
    }
    wrong.extend(english.iter().filter(|(key, _)| !used.contains(*key)).map(|(key, message)| format!("{}: nobody asks for {key}", message.file)));
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// One language's messages; fails where a file does not parse (a plural without a default does not).
fn catalogue(language: &str) -> Catalogue {
    let mut messages = Catalogue::new();
    for (file, text) in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(language), &["ftl"]) {
        let file = file.rsplit('/').next().unwrap_or_default().to_owned();
        let parsed = parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{language}/{file} does not parse: {errors:?}"));
        for entry in parsed.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name.to_owned();
            let mut read = Message { file: file.clone(), arguments: BTreeSet::new(), text: String::new() };
            read_pattern(message.value.as_ref().unwrap_or_else(|| panic!("{language}/{file}: {key} is empty")), &mut read);
            assert!(!read.text.trim().is_empty(), "{language}/{file}: {key} is empty");
            assert!(messages.insert(key.clone(), read).is_none(), "{language}: {key} is there twice");
        }
    }
    assert!(!messages.is_empty(), "locales/{language} has no words");
    messages
}

fn read_pattern(pattern: &Pattern<&str>, message: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => message.text.push_str(value),
            PatternElement::Placeable { expression } => read_expression(expression, message),
        }
    }
}

fn read_expression(expression: &Expression<&str>, message: &mut Message) {
    let inline = match expression {
        Expression::Inline(inline) => inline,
        Expression::Select { selector, variants } => {
            for variant in variants {
                read_pattern(&variant.value, message);
                message.text.push('\n');
            }
            selector
        }
    };
    if let InlineExpression::VariableReference { id } = inline {
        message.arguments.insert(id.name.to_owned());
    }
    if let Expression::Inline(_) = expression {
        message.text.push('\u{1}');
    }
}

/// A key where it is asked for, with the arguments given there, as far as they can be read.
struct Asked {
    key: String,
    arguments: Option<Vec<String>>,
}

/// How a key is asked for: what stands before it, and how its arguments follow.
const CALLS: &[(&str, Arguments)] = &[
    (".t(\"", Arguments::None),
    (".n(\"", Arguments::Count),
    (".t1(\"", Arguments::Named),
    (".t2(\"", Arguments::Unread),
    ("Say::new(\"", Arguments::Chained),
    ("conflict(\"", Arguments::None),
];

/// How a key is asked for as a second argument, after the name of a field.
const AFTER_A_FIELD: &[&str] = &["Error::field(", "wrongs.add("];

#[derive(Clone, Copy, PartialEq)]
enum Arguments {
    None,
    Count,
    Named,
    /// `.with("name", …)` after it.
    Chained,
    Unread,
}

fn asked(file: &str, text: &str) -> Vec<Asked> {
    let mut found = Vec::new();
    for (call, arguments) in CALLS {
        for (at, _) in text.match_indices(call) {
            let rest = &text[at + call.len()..];
            let Some((key, after)) = rest.split_once('"') else { continue };
            if !is_key(key) {
                continue;
            }
            let given = match arguments {
                Arguments::None => Some(Vec::new()),
                Arguments::Count => Some(vec!["n".to_owned()]),
                Arguments::Named => after.strip_prefix(", \"").and_then(|rest| rest.split('"').next()).map(|name| vec![name.to_owned()]),
                Arguments::Chained => Some(chained(after)),
                Arguments::Unread => None,
            };
            // A family's arguments are those of the call, whatever stands in the braces.
            found.push(Asked { key: key.to_owned(), arguments: given.filter(|_| !key.contains('{')) });
        }
    }
    for call in AFTER_A_FIELD {
        for (at, _) in text.match_indices(call) {
            let mut strings = text[at + call.len()..].split('"');
            let key = (strings.nth(1), strings.next(), strings.next());
            if let (Some(_), Some(", "), Some(key)) = key
                && is_key(key)
            {
                found.push(Asked { key: key.to_owned(), arguments: Some(Vec::new()) });
            }
        }
    }
    if file.ends_with(".html") || file.ends_with(".txt") {
        found.extend(of_macros(text));
    }
    found
}

/// `.with("name", value)` as often as it follows directly.
fn chained(mut after: &str) -> Vec<String> {
    let mut names = Vec::new();
    while let Some(rest) = after.strip_prefix(").with(\"").or_else(|| after.strip_prefix(")\n            .with(\"")) {
        let Some((name, value)) = rest.split_once("\", ") else { break };
        names.push(name.to_owned());
        let end = end_of_call(value);
        after = &value[end..];
    }
    names
}

/// Where the bracket closes that was open at the beginning.
fn end_of_call(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' if depth == 0 => return at,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// The label and the hint of `{% call f::field(page, wrongs, "name", "label", …, "hint", …) %}`.
fn of_macros(text: &str) -> Vec<Asked> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("{% call f::") {
        let call = text[at..].split("%}").next().unwrap_or_default();
        let strings: Vec<&str> = call.split('"').skip(1).step_by(2).collect();
        let named = call.contains("f::field(") || call.contains("f::text(");
        for key in strings.iter().skip(1).filter(|key| named && key.contains('-') && is_key(key)) {
            let is_word_of_html = ["new-password", "current-password", "one-time-code", "street-address", "datetime-local"].contains(key);
            if !is_word_of_html {
                found.push(Asked { key: (*key).to_owned(), arguments: Some(Vec::new()) });
            }
        }
    }
    found
}

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_{}".contains(c))
}

/// Every string literal.
fn literals(text: &str) -> BTreeSet<String> {
    text.split('"').filter(|part| is_key(part)).map(str::to_owned).collect()
}

/// What asks for words: Rust without its unit tests and comments, and the templates.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = files(&root.join("src"), &["rs"]);
    for (_, text) in &mut sources {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        *text = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    }
    sources.extend(files(&root.join("templates"), &["html", "txt"]));
    // The style guide shows components, not words.
    sources.retain(|(file, _)| !file.ends_with("styleguide.html"));
    sources
}

fn files(folder: &Path, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending)) {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found.sort();
    found
}
