//! How much a Topic is worth a place in a digest: distinct voices before many words, fresh before old. Pure.

/// What happened in a Topic that its reader has not seen.
#[derive(Clone, Copy, Debug)]
pub struct News {
    pub posts: i64,
    /// Different people who wrote them.
    pub voices: i64,
    /// Whether the Topic itself is new to them.
    pub is_started: bool,
    pub hours_old: i64,
}

/// A Topic without news is worth this.
const BASE: f64 = 10.0;
/// What each further voice adds, and each further Post; a quarrel of two is not worth more than five people's thoughts.
const VOICE: f64 = 3.0;
const POST: f64 = 0.5;
const STARTED: f64 = 4.0;
/// No Topic is worth more: an answer to the reader is 100.
const MOST: f64 = 45.0;
/// Half of it is gone after so many hours.
const HALF_LIFE: f64 = 96.0;

pub fn worth(news: News) -> f64 {
    let voices = VOICE * (news.voices.clamp(0, 8) as f64);
    let posts = POST * (news.posts.clamp(0, 20) as f64);
    let started = if news.is_started { STARTED } else { 0.0 };
    let freshness = 0.5_f64.powf(news.hours_old.max(0) as f64 / HALF_LIFE);
    (BASE + (voices + posts + started) * freshness).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn voices_count_more_than_words_and_fresh_more_than_old() {
        let news = News { posts: 8, voices: 2, is_started: false, hours_old: 5 };
        assert!(worth(News { voices: 5, posts: 5, ..news }) > worth(news));
        assert!(worth(news) > worth(News { hours_old: 200, ..news }));
        assert!(worth(News { posts: 900, voices: 90, is_started: true, hours_old: 0 }) <= MOST);
    }
}
