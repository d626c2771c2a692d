//! Reads Topics as they are written in text files: a head, then Posts that each begin with `#N re P by HANDLE, AGE`.

use std::time::Duration;

/// A Topic of the texts, with what is asked for to make it longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenTopic {
    pub key: String,
    pub title: String,
    pub space: String,
    pub language: String,
    pub tags: String,
    /// What generated Posts are about; `all` for anything.
    pub theme: Option<String>,
    /// Posts it has in the end.
    pub length: usize,
    /// Between which ages the generated ones lie.
    pub ages: (Duration, Duration),
    pub posts: Vec<WrittenPost>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPost {
    /// Its place in the file, from 1.
    pub number: usize,
    pub parent: Option<usize>,
    pub by: String,
    pub age: Duration,
    pub text: String,
}

/// All Topics of a file. A line `title:` after Posts begins the next one.
///
/// # Errors
/// What is wrong, with the line.
pub fn parse(key: &str, text: &str) -> Result<Vec<WrittenTopic>, String> {
    let mut topics: Vec<WrittenTopic> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let wrong = |what: &str| format!("{key}, line {}: {what}: {line}", at + 1);
        if let Some(title) = line.strip_prefix("title: ") {
            let key = if topics.is_empty() { key.to_owned() } else { format!("{key}-{}", topics.len() + 1) };
            topics.push(WrittenTopic::titled(key, title));
            continue;
        }
        let Some(topic) = topics.last_mut() else { return Err(wrong("before any title")) };
        if is_post(line) {
            let post = post_line(line).ok_or_else(|| wrong("not `#N re P by HANDLE, AGE`"))?;
            topic.add(post).map_err(wrong)?;
            continue;
        }
        match topic.posts.last_mut() {
            Some(post) => {
                post.text.push_str(line);
                post.text.push('\n');
            }
            None if line.is_empty() => {}
            None => topic.head(line).map_err(wrong)?,
        }
    }
    for topic in &mut topics {
        topic.posts.iter_mut().for_each(|post| post.text = post.text.trim().to_owned());
        if topic.posts.is_empty() || topic.posts.iter().any(|post| post.text.is_empty()) || topic.space.is_empty() || topic.language.is_empty() {
            return Err(format!("{}: a Topic needs space, language and Posts with words", topic.key));
        }
        topic.length = topic.length.max(topic.posts.len());
    }
    Ok(topics)
}

impl WrittenTopic {
    fn titled(key: String, title: &str) -> Self {
        let none = String::new();
        Self {
            key,
            title: title.trim().to_owned(),
            space: none.clone(),
            language: none.clone(),
            tags: none,
            theme: None,
            length: 0,
            ages: (Duration::ZERO, Duration::ZERO),
            posts: Vec::new(),
        }
    }

    fn head(&mut self, line: &str) -> Result<(), &'static str> {
        let (name, value) = line.split_once(": ").ok_or("not `name: value`")?;
        let value = value.trim().to_owned();
        match name {
            "space" => self.space = value,
            "language" => self.language = value,
            "tags" => self.tags = value,
            "theme" => self.theme = Some(value),
            "length" => self.length = value.parse().map_err(|_| "not a number")?,
            "ages" => {
                let (from, to) = value.split_once(", ").ok_or("not two ages")?;
                self.ages = (age(from).ok_or("not an age")?, age(to).ok_or("not an age")?);
                if self.ages.0 <= self.ages.1 {
                    return Err("the older age goes first");
                }
            }
            _ => return Err("an unknown name"),
        }
        Ok(())
    }

    fn add(&mut self, post: WrittenPost) -> Result<(), &'static str> {
        if post.number != self.posts.len() + 1 {
            return Err("a gap in the numbers");
        }
        if post.parent.is_none() != (post.number == 1) || post.parent.is_some_and(|parent| parent == 0 || parent >= post.number) {
            return Err("it answers no earlier Post");
        }
        if self.posts.last().is_some_and(|last| last.age < post.age) {
            return Err("older than the one before");
        }
        self.posts.push(post);
        Ok(())
    }
}

fn is_post(line: &str) -> bool {
    line.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn post_line(line: &str) -> Option<WrittenPost> {
    let (place, rest) = line.strip_prefix('#')?.split_once(" by ")?;
    let (by, old) = rest.split_once(", ")?;
    let (number, parent) = match place.split_once(" re ") {
        Some((number, parent)) => (number, Some(parent.parse().ok()?)),
        None => (place, None),
    };
    Some(WrittenPost { number: number.parse().ok()?, parent, by: by.trim().to_owned(), age: age(old)?, text: String::new() })
}

/// `3d20h`, `35m`: how long ago.
pub fn age(text: &str) -> Option<Duration> {
    let mut seconds = 0;
    let mut digits = String::new();
    for c in text.trim().chars() {
        let unit = match c {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ => {
                digits.push(c);
                continue;
            }
        };
        seconds += digits.parse::<u64>().ok()? * unit;
        digits.clear();
    }
    (digits.is_empty() && seconds > 0).then(|| Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_it_is_written() {
        let text = "title: One\nspace: s\nlanguage: en\ntags: a, b\nlength: 9\nages: 3d, 1d\n\n#1 by anna, 4d\nFirst.\n\n# Not a Post\n\n#2 re 1 by rasa-ozola, 3d20h\nSecond.\n\ntitle: Two\nspace: s\nlanguage: fr\n\n#1 by anna, 35m\nDeux.\n";
        let topics = parse("k", text).unwrap_or_else(|wrong| panic!("{wrong}"));
        assert_eq!((topics[0].key.as_str(), topics[1].key.as_str()), ("k", "k-2"));
        assert_eq!((topics[0].length, topics[1].length), (9, 1));
        assert_eq!(topics[0].posts[0].text, "First.\n\n# Not a Post");
        assert_eq!(topics[0].posts[1].parent, Some(1));
        assert_eq!(topics[0].posts[1].age, Duration::from_secs(3 * 86_400 + 20 * 3_600));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let head = "title: One\nspace: s\nlanguage: en\n\n#1 by anna, 4d\nA\n";
        for (more, what) in [("#3 re 1 by a, 1d\nB", "gap"), ("#2 by a, 1d\nB", "answers no"), ("#2 re 1 by a, 5d\nB", "older"), ("#2 re 1 a\nB", "not `#N")] {
            let wrong = parse("k", &format!("{head}{more}")).err().unwrap_or_default();
            assert!(wrong.contains(what) && wrong.contains("line 7"), "{wrong}");
        }
        assert!(parse("k", "hello").is_err());
    }

    #[test]
    fn ages_have_units() {
        assert_eq!(age("1d2h3m"), Some(Duration::from_secs(93_780)));
        assert_eq!([age("3"), age("d"), age(""), age("0m")], [None; 4]);
    }
}
