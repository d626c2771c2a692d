//! The route table: every route says who may use it, and the router is made from the same list.

use std::sync::OnceLock;

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use serde::Serialize;

use super::{Context, Failure, redirect};
use crate::app::Site;
use crate::error::Error;
use crate::network::pages::documents::in_between;
use crate::people::rights::{Who, may_write};

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub who: Who,
    /// Whether it says something to others, or changes what they see: whoever is silenced is refused.
    pub is_writing: bool,
}

/// Routes with their rights, read top to bottom in `app.rs`.
#[derive(Default)]
pub struct Routes {
    table: Vec<Route>,
    router: Router<Site>,
}

/// Where a Member who has still to accept a document is let in without: what there is to accept, help, the way out, their
/// data; and what is no page.
const OPEN: &[&str] = &["/accept", "/documents/", "/help", "/settings/", "/sign-in", "/confirm", "/demo/", "/static/", "/logo/", "/live", "/health"];

/// The templates of paths that are opened by a token.
static BY_TOKEN: OnceLock<Vec<&'static str>> = OnceLock::new();

impl Routes {
    pub fn get<T: 'static>(self, path: &'static str, who: Who, handler: impl Handler<T, Site>) -> Self {
        self.add("GET", path, who, false, get(handler))
    }

    pub fn post<T: 'static>(self, path: &'static str, who: Who, handler: impl Handler<T, Site>) -> Self {
        self.add("POST", path, who, true, post(handler))
    }

    /// A form about one's own account, reading or mail: open to whoever is silenced, too.
    pub fn post_own<T: 'static>(self, path: &'static str, who: Who, handler: impl Handler<T, Site>) -> Self {
        self.add("POST", path, who, false, post(handler))
    }

    fn add(mut self, method: &'static str, path: &'static str, who: Who, is_writing: bool, handler: MethodRouter<Site>) -> Self {
        self.table.push(Route { method, path, who, is_writing });
        let is_open = who == Who::ByToken || OPEN.iter().any(|open| path.starts_with(open));
        let is_gated = method == "GET" && !is_open;
        let admitted = handler.layer(from_fn(move |request: Request, next: Next| admit(who, is_writing, is_gated, request, next)));
        self.router = self.router.route(path, admitted);
        self
    }

    /// The router and the table it was made from.
    pub fn finish(self) -> (Router<Site>, Vec<Route>) {
        let by_token = self.table.iter().filter(|route| route.who == Who::ByToken).map(|route| route.path).collect();
        let _ = BY_TOKEN.set(by_token);
        (self.router, self.table)
    }
}

async fn admit(who: Who, is_writing: bool, is_gated: bool, request: Request, next: Next) -> Response {
    let Some(context) = request.extensions().get::<Context>() else { return Failure(Error::bug("no context")).into_response() };
    let admitted = who.admit(&context.reader).and_then(|()| if is_writing { may_write(&context.reader) } else { Ok(()) });
    if let Err(error) = admitted {
        return Failure(error).into_response();
    }
    if is_gated {
        match in_between(context, request.headers()).await {
            Ok(None) => {}
            Ok(Some(to)) => return redirect(&to),
            Err(error) => return Failure(error).into_response(),
        }
    }
    next.run(request).await
}

/// Whether a path belongs to a route that is opened by a token.
pub fn is_by_token(path: &str) -> bool {
    BY_TOKEN.get().is_some_and(|paths| paths.iter().any(|template| matches(template, path)))
}

fn matches(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len() && template.iter().zip(path).all(|(part, given)| part.starts_with('{') || *part == given)
}
