//! What changes the network, one file an act.

mod settings;

pub use settings::SaveSettings;
