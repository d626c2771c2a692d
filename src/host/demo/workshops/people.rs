//! Who registers, in their order: those whom the texts name, then others who may be there, up to the number of the texts.

use super::WorkshopText;
use crate::error::Result;
use crate::host::demo::generated::Chance;
use crate::host::demo::roster::Roster;

/// Those of its first meeting, those who wait last.
pub fn guests(roster: &Roster, text: &WorkshopText) -> Result<Vec<String>> {
    let space = roster.space(&text.space).ok_or_else(|| text.wrong(format!("no Space {}", text.space)))?;
    let wrote = text.activities.iter().flat_map(|activity| &activity.board.cards).map(|card| &card.by);
    let mut guests: Vec<String> = Vec::new();
    for handle in text.facilitators.iter().chain(wrote).chain(&text.came).chain(text.said.iter().map(|said| &said.by)).chain(&text.people) {
        if !guests.contains(handle) && !text.waiting.contains(handle) {
            guests.push(handle.clone());
        }
    }
    let amount = text.registered.saturating_sub(text.waiting.len());
    if guests.len() > amount {
        return Err(text.wrong(format!("{} are named, {amount} registered", guests.len())));
    }
    let seed = text.key.bytes().map(u64::from).sum();
    for place in Chance::seeded(seed).shuffled(roster.people.len()) {
        let person = &roster.people[place];
        let is_new = !guests.contains(&person.handle) && !text.waiting.contains(&person.handle);
        // Whoever has a ready link is where the texts say, nowhere else.
        if guests.len() < amount && is_new && person.demo.is_none() && roster.may_enter(person, space) {
            guests.push(person.handle.clone());
        }
    }
    guests.extend(text.waiting.iter().cloned());
    for handle in &guests {
        let person = roster.person(handle).ok_or_else(|| text.wrong(format!("nobody is called {handle}")))?;
        if !roster.may_enter(person, space) {
            return Err(text.wrong(format!("{handle} may not be there")));
        }
    }
    Ok(guests)
}

/// Those of a meeting of a weekly row, so many weeks after the first: fewer have registered the further ahead it is.
pub fn guests_of_week(text: &WorkshopText, guests: &[String], week: usize) -> Vec<String> {
    let amount = guests.len() >> week.saturating_sub(1).min(usize::BITS as usize - 1);
    guests.iter().take(amount.max(text.facilitators.len())).cloned().collect()
}
