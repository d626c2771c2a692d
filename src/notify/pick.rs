//! Which things go into a digest, and in which order: the most personal first, nothing twice, nobody and no place
//! crowding out the rest. Pure.

use crate::clock::Instant;
use crate::limits::DIGEST_ITEMS;

/// Things of one place, and of one person.
const OF_A_PLACE: usize = 3;
const OF_A_PERSON: usize = 3;

/// A thing with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The thing's name within all domains.
    pub thing: String,
    /// Whether it is about the reader: an answer, a mention, an invitation.
    pub is_personal: bool,
    pub why: String,
    pub who: String,
    pub title: String,
    /// What stands under the title, as the mail shows it.
    pub line: String,
    pub note: String,
    pub href: String,
    pub at: Instant,
    pub weight: f64,
}

impl Item {
    /// Where it is: `/topics/42`, whatever follows.
    pub fn place(&self) -> String {
        place(&self.href)
    }
}

/// The place that an address lies in.
pub fn place(href: &str) -> String {
    href.split(['?', '#']).next().unwrap_or_default().split('/').take(3).collect::<Vec<_>>().join("/")
}

/// The chosen things, and how many more there were.
pub fn pick(mut items: Vec<Item>) -> (Vec<Item>, usize) {
    items.sort_by(|one, other| other.is_personal.cmp(&one.is_personal).then(other.weight.total_cmp(&one.weight)).then(other.at.cmp(&one.at)).then(one.thing.cmp(&other.thing)));
    let mut picked: Vec<Item> = Vec::new();
    let mut more = 0;
    for item in items {
        let place = item.place();
        if picked.iter().any(|known| known.thing == item.thing || (!item.is_personal && known.place() == place)) {
            continue;
        }
        let of_place = picked.iter().filter(|known| known.place() == place).count();
        let of_person = picked.iter().filter(|known| !item.who.is_empty() && known.who == item.who).count();
        if picked.len() >= DIGEST_ITEMS || of_place >= OF_A_PLACE || of_person >= OF_A_PERSON {
            more += 1;
            continue;
        }
        picked.push(item);
    }
    (picked, more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn item(thing: i64, place: i64, who: i64, is_personal: bool, weight: f64) -> Item {
        Item {
            thing: format!("thing:{thing}"),
            is_personal,
            why: "because".into(),
            who: format!("Person {who}"),
            title: "Title".into(),
            line: String::new(),
            note: String::new(),
            href: format!("/topics/{place}/slug?post={thing}#p{thing}"),
            at: Instant::from_micros(thing),
            weight,
        }
    }

    #[test]
    fn the_most_personal_comes_first_and_a_place_is_told_once() {
        let (picked, more) = pick(vec![item(1, 1, 1, false, 45.0), item(2, 2, 2, true, 10.0), item(3, 2, 3, false, 40.0)]);
        assert_eq!(picked.iter().map(|item| item.thing.as_str()).collect::<Vec<_>>(), ["thing:2", "thing:1"]);
        assert_eq!(more, 0);
    }

    proptest! {
        #[test]
        fn no_place_and_no_person_crowds_out_the_rest(all in proptest::collection::vec((0i64..40, 0i64..6, 0i64..6, any::<bool>(), 0.0f64..100.0), 0..80)) {
            let (picked, _) = pick(all.into_iter().map(|(thing, place, who, is_personal, weight)| item(thing, place, who, is_personal, weight)).collect());
            prop_assert!(picked.len() <= DIGEST_ITEMS);
            for one in &picked {
                prop_assert!(picked.iter().filter(|other| other.place() == one.place()).count() <= OF_A_PLACE);
                prop_assert!(picked.iter().filter(|other| other.who == one.who).count() <= OF_A_PERSON);
                prop_assert_eq!(picked.iter().filter(|other| other.thing == one.thing).count(), 1);
            }
            prop_assert!(picked.windows(2).all(|pair| pair[0].is_personal >= pair[1].is_personal));
        }
    }
}
