//! Who is named in a text: `@handle`, read from the parsed tree, never in code, quotes, links or addresses.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, parse_document};

use super::markdown::OPTIONS;

/// Handles in one text that count; who names more calls nobody.
const AT_MOST: usize = 30;

/// The handles named in a text, each once, in lower case, in their order.
pub fn mentions(source: &str) -> Vec<String> {
    let arena = Arena::new();
    let mut found = Vec::new();
    walk(parse_document(&arena, source, &OPTIONS), &mut found);
    found.truncate(AT_MOST);
    found
}

fn walk<'a>(node: &'a AstNode<'a>, found: &mut Vec<String>) {
    match &node.data.borrow().value {
        NodeValue::BlockQuote | NodeValue::Code(_) | NodeValue::CodeBlock(_) | NodeValue::Link(_) | NodeValue::Image(_) => return,
        NodeValue::Text(text) => handles(text, found),
        _ => {}
    }
    for child in node.children() {
        walk(child, found);
    }
}

fn handles(text: &str, found: &mut Vec<String>) {
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
        if crate::people::is_handle(&handle) && !found.contains(&handle) {
            found.push(handle);
        }
    }
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
