//! Serving: the router with what lies around it, and an end in which requests finish.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::IntoResponse;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::app::{self, Site};
use crate::limits;
use crate::web::{attach_reader, errors, guard, routes::Route, same_origin};

/// The site's router, from the table, with everything a request passes on its way in.
pub fn router(site: &Site) -> (Router, Vec<Route>) {
    let routes = app::routes();
    let routes = if site.settings.demo { app::demo_routes(routes) } else { routes };
    let (router, table) = routes.finish();
    let router = router
        .fallback(|| async { crate::web::Failure(crate::Error::NotFound) })
        // A bug is a page that says so, not a connection that ends.
        .layer(CatchPanicLayer::custom(|_| crate::web::Failure(crate::Error::bug("a handler panicked")).into_response()))
        .layer(from_fn_with_state(site.clone(), same_origin))
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(from_fn(errors::dress))
        .layer(from_fn_with_state(site.clone(), attach_reader))
        .layer(from_fn_with_state(site.clone(), guard))
        // Pages that are not kept compressed; what is carries its encoding already and is left alone.
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(site.clone(), super::observe::observe))
        .with_state(site.clone());
    (router, table)
}

/// A server at work.
pub struct Running {
    pub address: SocketAddr,
    task: JoinHandle<std::io::Result<()>>,
}

/// Serves on `listener` until the site is told to stop.
pub fn serve(site: &Site, listener: TcpListener) -> std::io::Result<Running> {
    let address = listener.local_addr()?;
    let (router, _) = router(site);
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let stop = site.stop.clone();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let task = tokio::spawn(async move { axum::serve(listener, service).with_graceful_shutdown(async move { stop.cancelled().await }).await });
    Ok(Running { address, task })
}

impl Running {
    /// Waits until the last request has its answer (ten seconds at most).
    pub async fn ended(self) {
        let _ = tokio::time::timeout(std::time::Duration::from_secs(10), self.task).await;
    }
}
