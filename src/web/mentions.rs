//! Who is named in a text: `@handle`, read from the parsed tree, never in code, quotes, links or addresses.

use std::collections::HashSet;
use std::ops::Range;

use comrak::nodes::{AstNode, NodeLink, NodeValue};
use comrak::{Arena, parse_document};

use super::markdown::OPTIONS;

/// Handles in one text that count; who names more calls nobody.
const AT_MOST: usize = 30;

/// The handles named in a text, each once, in lower case, in their order.
pub fn mentions(source: &str) -> Vec<String> {
    let arena = Arena::new();
    let mut found = Vec::new();
    for (_, text) in texts(parse_document(&arena, source, &OPTIONS)) {
        for (_, handle) in handles(&text) {
            if !found.contains(&handle) {
                found.push(handle);
            }
        }
    }
    found.truncate(AT_MOST);
    found
}

/// Turns those of `known` who are named in a tree into links to their pages.
pub(super) fn link<'a>(arena: &'a Arena<'a>, root: &'a AstNode<'a>, known: &HashSet<String>) {
    let node = |value: NodeValue| -> &'a AstNode<'a> { arena.alloc(value.into()) };
    let words = |text: &str| node(NodeValue::Text(text.to_owned().into()));
    for (place, text) in texts(root) {
        let mut from = 0;
        for (at, handle) in handles(&text).into_iter().filter(|(_, handle)| known.contains(handle)) {
            let link = node(NodeValue::Link(Box::new(NodeLink { url: format!("/people/{handle}"), title: String::new() })));
            link.append(words(&text[at.clone()]));
            place.insert_before(words(&text[from..at.start]));
            place.insert_before(link);
            from = at.end;
        }
        if from > 0 {
            place.insert_before(words(&text[from..]));
            place.detach();
        }
    }
}

/// The pieces of text in which somebody is called: none in code, quotes, links.
fn texts<'a>(root: &'a AstNode<'a>) -> Vec<(&'a AstNode<'a>, String)> {
    let mut found = Vec::new();
    walk(root, &mut found);
    found
}

fn walk<'a>(node: &'a AstNode<'a>, found: &mut Vec<(&'a AstNode<'a>, String)>) {
    match &node.data.borrow().value {
        NodeValue::BlockQuote | NodeValue::Code(_) | NodeValue::CodeBlock(_) | NodeValue::Link(_) | NodeValue::Image(_) => return,
        NodeValue::Text(text) => found.push((node, text.to_string())),
        _ => {}
    }
    for child in node.children() {
        walk(child, found);
    }
}

/// Where handles stand in a piece of text, with their sign, and which they are.
fn handles(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        if text[..at].chars().next_back().is_some_and(joins) {
            continue;
        }
        let rest = &text[at + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(rest.len());
        // An address: name@host.org, or @name@elsewhere.
        if rest[end..].starts_with('@') {
            continue;
        }
        let handle = rest[..end].trim_end_matches('-').to_lowercase();
        if crate::people::is_handle(&handle) {
            found.push((at..at + 1 + handle.len(), handle));
        }
    }
    found
}

/// Whether a character before the sign makes it part of a word or address. Chinese, Japanese and Korean write no spaces.
fn joins(c: char) -> bool {
    let is_cjk = matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}');
    (c.is_alphanumeric() && !is_cjk) || matches!(c, '.' | '_' | '-' | '+' | '/' | '@')
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn names_are_found_where_people_are_called() {
        assert_eq!(mentions("Hello @anna-moser, and @Ben's idea; (@carla) **@dora**!"), ["anna-moser", "ben", "carla", "dora"]);
        assert_eq!(mentions("@bob's @bob, @bob."), ["bob"]);
        assert_eq!(mentions("你好@anna請看"), ["anna"]);
        assert_eq!(mentions("- a list for @eva\n\n| t |\n|---|\n| @finn |"), ["eva", "finn"]);
    }

    #[test]
    fn code_quotes_links_and_addresses_call_nobody() {
        for text in ["`@anna`", "```\n@anna\n```", "> @anna said", "[@anna](https://a.org)", "write to info@anna.org", "https://a.org/@anna", "@anna@elsewhere.org", "    @anna", "x@anna", "@-", "@ab"] {
            assert!(mentions(text).is_empty(), "{text}: {:?}", mentions(text));
        }
    }
}
