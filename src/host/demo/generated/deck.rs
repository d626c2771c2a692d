//! Chance that is the same each time, and lists dealt like cards, so that nothing comes again before all had their turn.

use std::collections::HashMap;

/// Steele, Lea and Flood's SplitMix64: the same numbers on every machine.
pub struct Chance(u64);

impl Chance {
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `from` to `to`, both included.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from + 1)
    }

    pub fn shuffled(&mut self, amount: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..amount).collect();
        for at in (1..amount).rev() {
            order.swap(at, self.between(0, at as u64) as usize);
        }
        order
    }
}

/// Decks by name; each deals its cards in a shuffled order, then shuffles again.
#[derive(Default)]
pub struct Decks(HashMap<String, Vec<usize>>);

impl Decks {
    pub fn deal(&mut self, chance: &mut Chance, name: &str, cards: usize) -> usize {
        let deck = self.0.entry(name.to_owned()).or_default();
        if deck.is_empty() {
            *deck = chance.shuffled(cards);
        }
        deck.pop().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deck_deals_every_card_before_one_comes_again() {
        let (mut chance, mut decks) = (Chance::seeded(1), Decks::default());
        for _ in 0..3 {
            let mut round: Vec<usize> = (0..7).map(|_| decks.deal(&mut chance, "a", 7)).collect();
            round.sort_unstable();
            assert_eq!(round, (0..7).collect::<Vec<_>>());
        }
    }

    #[test]
    fn chance_is_the_same_each_time() {
        let dealt = |seed| { let mut chance = Chance::seeded(seed); [chance.next(), chance.between(3, 9), chance.next()] };
        assert_eq!(dealt(7), dealt(7));
        assert_ne!(dealt(7), dealt(8));
    }
}
