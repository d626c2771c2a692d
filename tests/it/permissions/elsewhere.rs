//! No form and no socket is taken from another site's page, whoever is signed in.

use plenary::app;
use plenary::people::rights::Who;

use crate::support::TestSite;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_takes_a_form_from_another_sites_page() {
    let site = TestSite::sqlite().await;
    let anna = site.admin("Anna").await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let own = site.url.as_str();
    for route in app::routes().finish().1.iter().filter(|route| route.method == "POST") {
        let path = route.path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/");
        let refused: &[&[(&str, &str)]] = &[
            &[form, ("origin", "https://evil.example")],
            &[form, ("origin", "null")],
            &[form, ("sec-fetch-site", "cross-site"), ("origin", own)],
            &[form, ("sec-fetch-site", "same-site")],
        ];
        for headers in refused {
            let answer = anna.request("POST", &path, headers, "body=kept+words").await;
            assert_eq!(answer.status, 403, "POST {path} with {headers:?}:\n{}", answer.body);
            answer.shows("kept words");
        }
        // Neither header: only what is opened by a token, and then no cookie counts.
        let bare = site.visitor().request("POST", &path, &[form], "").await;
        assert_eq!(bare.status == 403, route.who != Who::ByToken, "POST {path} without any origin: {}", bare.status);
        assert_eq!(anna.request("POST", &path, &[form], "").await.status, 403, "POST {path} with a cookie and without any origin");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_socket_opens_from_another_sites_page() {
    let site = TestSite::sqlite().await;
    let anna = site.admin("Anna").await;
    let upgrade = [("connection", "upgrade"), ("upgrade", "websocket"), ("sec-websocket-version", "13"), ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")];
    for origin in ["https://evil.example", "null", ""] {
        let mut headers = upgrade.to_vec();
        if !origin.is_empty() {
            headers.push(("origin", origin));
        }
        assert_eq!(anna.request("GET", "/live", &headers, "").await.status, 403, "from {origin:?}");
    }
    let mut headers = upgrade.to_vec();
    headers.push(("origin", &site.url));
    assert_eq!(anna.request("GET", "/live", &headers, "").await.status, 101);
}
