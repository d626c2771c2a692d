//! Named points at which a test may kill the process: `PLENARY_TEST_CRASH_AT=before_commit:3` dies the third time.
//! Nothing in a release build.

/// Dies here, as `kill -9` would, when the environment names this point.
#[cfg(debug_assertions)]
pub fn crash_at(point: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicI64, Ordering};

    static WHERE: OnceLock<Option<(String, AtomicI64)>> = OnceLock::new();
    let chosen = WHERE.get_or_init(|| {
        let text = std::env::var("PLENARY_TEST_CRASH_AT").ok()?;
        let (point, times) = text.split_once(':').unwrap_or((&text, "1"));
        Some((point.to_owned(), AtomicI64::new(times.parse().unwrap_or(1))))
    });
    if let Some((name, left)) = chosen
        && name == point
        && left.fetch_sub(1, Ordering::SeqCst) == 1
    {
        std::process::abort();
    }
}

#[cfg(not(debug_assertions))]
pub fn crash_at(_point: &str) {}
