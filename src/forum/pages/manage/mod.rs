//! Running Spaces: the list of all with their order, a Space's settings, its people.

mod form;
pub mod list;
pub mod people;
pub mod settings;
