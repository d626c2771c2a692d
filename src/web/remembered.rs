//! Values kept in memory under the numbers of the Rooms that alone move them: as long as nothing has happened there, they
//! are what a look into the database would give.

use std::hash::Hash;

use moka::sync::Cache;

use crate::app::Site;
use crate::error::Result;
use crate::journal::Room;

/// Bounded by weight; several sites in one process (tests) do not see one another's.
pub struct Remembered<K, V>(Cache<(String, K), (Vec<i64>, V)>);

impl<K: Hash + Eq + Send + Sync + 'static, V: Clone + Send + Sync + 'static> Remembered<K, V> {
    /// Keeps values up to `capacity` in all, each weighing what `weight` says.
    pub fn new(capacity: u64, weight: impl Fn(&V) -> u32 + Send + Sync + 'static) -> Self {
        Self(Cache::builder().max_capacity(capacity).weigher(move |_, (_, value): &(Vec<i64>, V)| weight(value)).build())
    }

    /// The value, looked up if it is not known or something has happened in `rooms`. Their numbers are taken first: what is
    /// kept may be newer than it says, never older.
    ///
    /// # Errors
    /// Those of looking up; nothing is kept then.
    pub async fn of(&self, site: &Site, rooms: &[Room], key: K, look_up: impl Future<Output = Result<V>>) -> Result<V> {
        let heads = site.heads.of(&site.db, &site.bus, rooms).await?;
        let key = (site.epoch.name.clone(), key);
        if let Some((_, value)) = self.0.get(&key).filter(|(kept, _)| *kept == heads) {
            return Ok(value);
        }
        let value = look_up.await?;
        self.0.insert(key, (heads, value.clone()));
        Ok(value)
    }
}
