//! A person with a browser without JavaScript: cookies, links, forms.

use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// One browser with its cookies.
pub struct Browser {
    pub url: String,
    client: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back: redirects are followed by hand, so that tests see them.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
    /// The path the answer came from, after redirects.
    pub path: String,
}

impl Browser {
    pub fn new(url: &str) -> Self {
        let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        Self { url: url.to_owned(), client, cookies: Mutex::new(BTreeMap::new()) }
    }

    pub fn signed_in(url: &str, token: &str) -> Self {
        let browser = Self::new(url);
        browser.cookies.lock().unwrap().insert("plenary".into(), token.into());
        browser
    }

    /// The cookies as a header, for a socket.
    pub fn cookie(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Opens a page and follows redirects.
    pub async fn get(&self, path: &str) -> Answer {
        let answer = self.send(self.client.get(format!("{}{path}", self.url)), path).await;
        self.follow(answer).await
    }

    /// Opens a page and gives the very answer, redirect or not.
    pub async fn get_plain(&self, path: &str) -> Answer {
        self.send(self.client.get(format!("{}{path}", self.url)), path).await
    }

    /// Sends a form as this site's own page would, and follows redirects.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let answer = self.post_plain(path, form).await;
        self.follow(answer).await
    }

    pub async fn post_plain(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = self.client.post(format!("{}{path}", self.url)).header(ORIGIN, &self.url).form(form);
        self.send(request, path).await
    }

    /// Sends a form with a file as this site's own page would, and follows redirects.
    pub async fn send_file(&self, path: &str, fields: &[(&str, &str)], field: &str, file: &[u8]) -> Answer {
        let boundary = "a-boundary-that-no-file-has";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
        }
        body.extend(format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"file\"\r\n\r\n").into_bytes());
        body.extend_from_slice(file);
        body.extend(format!("\r\n--{boundary}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        let request = self.client.post(format!("{}{path}", self.url)).header(ORIGIN, &self.url).header("content-type", kind).body(body);
        let answer = self.send(request, path).await;
        self.follow(answer).await
    }

    /// A request with headers of one's own, without Origin.
    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.request_bytes(method, path, headers, body.into()).await
    }

    /// The same with any bytes.
    pub async fn request_bytes(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.url)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request, path).await
    }

    /// What is no text: a file.
    pub async fn bytes(&self, path: &str) -> (HeaderMap, Vec<u8>) {
        let response = self.client.get(format!("{}{path}", self.url)).header(COOKIE, self.cookie()).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        (response.headers().clone(), response.bytes().await.unwrap().to_vec())
    }

    async fn follow(&self, mut answer: Answer) -> Answer {
        for _ in 0..5 {
            let Some(to) = answer.headers.get(LOCATION).map(|to| to.to_str().unwrap().to_owned()) else { return answer };
            let path = to.strip_prefix(&self.url).unwrap_or(&to).split('#').next().unwrap().to_owned();
            answer = self.send(self.client.get(format!("{}{path}", self.url)), &path).await;
        }
        answer
    }

    async fn send(&self, request: reqwest::RequestBuilder, path: &str) -> Answer {
        // Without cookies there is no header, as from any browser.
        let cookie = Some(self.cookie()).filter(|cookie| !cookie.is_empty());
        let request = cookie.into_iter().fold(request, |request, cookie| request.header(COOKIE, cookie));
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        for set in headers.get_all(SET_COOKIE) {
            let set = set.to_str().unwrap();
            let (name, value) = set.split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.lock().unwrap().insert(name.into(), value.into());
        }
        Answer { status, headers, body: response.text().await.unwrap(), path: path.to_owned() }
    }
}

impl Answer {
    /// Fails unless the page is fine and shows this text.
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.body.contains(text), "{} {} does not show “{text}”:\n{}", self.status, self.path, self.body);
        self
    }

    #[track_caller]
    pub fn hides(&self, text: &str) -> &Self {
        assert!(!self.body.contains(text), "{} {} shows “{text}”:\n{}", self.status, self.path, self.body);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}:\n{}", self.path, self.body);
        self
    }

    /// The value of a hidden or other input, by its name.
    #[track_caller]
    pub fn input(&self, name: &str) -> String {
        let tag = self.body.split("<input").find(|tag| tag.contains(&format!("name=\"{name}\""))).unwrap_or_else(|| panic!("no input {name}"));
        tag.split("value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }

    /// The first text between two others.
    #[track_caller]
    pub fn between(&self, before: &str, after: &str) -> String {
        let rest = self.body.split_once(before).unwrap_or_else(|| panic!("no {before} in {}", self.body)).1;
        rest.split_once(after).unwrap_or_else(|| panic!("no {after}")).0.to_owned()
    }
}
