//! Figures in the text format of OpenMetrics, on a listener of their own: what they say is for the host alone.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use tokio::net::TcpListener;

use crate::app::Site;
use crate::clock::Instant;
use crate::error::Result;
use crate::journal::Reads;
use crate::values;

/// Upper bounds of the times that requests take, in seconds.
const TIMES: [f64; 9] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];
/// Mails are counted up to here: a figure never costs a walk over all of them.
const COUNTED: i64 = 10_000;

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: String,
    /// The route's template.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Asked {
    method: String,
    route: String,
}

/// What is counted while the program runs.
pub struct Metrics {
    answers: Family<Answered, Counter>,
    times: Family<Asked, Histogram, fn() -> Histogram>,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { answers: Family::default(), times: Family::new_with_constructor(|| Histogram::new(TIMES)) }
    }
}

impl Metrics {
    /// A request was answered. `route` is one of the table's templates, so their number is bounded.
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, took: Duration) {
        // Whatever a stranger calls a method must not grow the list.
        let method = if ["GET", "HEAD", "POST"].contains(&method) { method } else { "other" };
        self.answers.get_or_create(&Answered { method: method.into(), route: route.into(), status }).inc();
        self.times.get_or_create(&Asked { method: method.into(), route: route.into() }).observe(took.as_secs_f64());
    }
}

/// Serves GET /metrics on `listener` until the site stops.
pub fn serve(site: &Site, listener: TcpListener) {
    let router = Router::new().route("/metrics", get(metrics)).with_state(site.clone());
    let stop = site.stop.clone();
    site.tasks.spawn(async move {
        let served = axum::serve(listener, router).with_graceful_shutdown(async move { stop.cancelled().await }).await;
        if let Err(error) = served {
            tracing::error!("the figures are served no more: {error}");
        }
    });
}

async fn metrics(State(site): State<Site>) -> impl IntoResponse {
    let kind = [(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")];
    let mut registry = Registry::with_prefix("plenary");
    gather(&site, &mut registry).await;
    let mut body = String::new();
    match text::encode(&mut body, &registry) {
        Ok(()) => (kind, body).into_response(),
        Err(error) => (axum::http::StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn gather(site: &Site, registry: &mut Registry) {
    registry.register("build", "The program", Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]));
    registry.register("http_answers", "Requests answered", site.metrics.answers.clone());
    registry.register_with_unit("http_answer", "How long answers took", Unit::Seconds, site.metrics.times.clone());
    gauge(registry, "sockets", "Sockets that are open", count(site.live.count()));
    gauge(registry, "journal_entry", "The number of the journal's last entry", site.bus.head());
    let pulse = site.writer.pulse();
    counter(registry, "writer_acts", "Acts that were committed", pulse.acts());
    counter(registry, "writer_groups", "Transactions that committed them", pulse.groups());
    gauge(registry, "writer_waiting", "Acts that wait for the writer", count(site.writer.waiting()));
    gauge(registry, "writer_refuses", "1 while nothing can be written", pulse.trouble().is_some().into());
    let read = from_database(site, registry).await;
    gauge(registry, "database_readable", "1 while the database answers", read.is_ok().into());
}

async fn from_database(site: &Site, registry: &mut Registry) -> Result<()> {
    let db = &site.db;
    let behind = Family::<Vec<(&str, String)>, Gauge>::default();
    for row in db.rows("SELECT name, position FROM reader ORDER BY name LIMIT 50", vec![]).await? {
        let (name, position): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        behind.get_or_create(&vec![("reader", name)]).set((site.bus.head() - position).max(0));
    }
    registry.register("reader_behind", "Entries that a reader of the journal has not stored as read yet", behind);
    let mails = Family::<Vec<(&str, &str)>, Gauge>::default();
    for state in ["waiting", "sending", "failed"] {
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 AS one FROM outbox WHERE state = $1 LIMIT {COUNTED}) counted");
        let amount = db.value::<i64>(&sql, values![state]).await?;
        mails.get_or_create(&vec![("state", state)]).set(amount.unwrap_or(0));
    }
    registry.register("mails", format!("Mails in the outbox, counted to {COUNTED}"), mails);
    let oldest = "SELECT send_at FROM outbox WHERE state = 'waiting' ORDER BY send_at, id LIMIT 1";
    let oldest: Option<Instant> = db.value(oldest, vec![]).await?;
    seconds(registry, "oldest_mail", "How long the mail that is due longest waits", oldest.map_or(0, |at| age(site, at)));
    let backup = "SELECT ended_at FROM backup WHERE error IS NULL AND ended_at IS NOT NULL ORDER BY due_at DESC LIMIT 1";
    if let Some(at) = db.value::<Instant>(backup, vec![]).await? {
        seconds(registry, "backup_age", "How old the last whole backup is", age(site, at));
    }
    Ok(())
}

fn age(site: &Site, at: Instant) -> i64 {
    (site.now().micros() - at.micros()).max(0) / 1_000_000
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}

fn seconds(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge: Gauge = Gauge::default();
    gauge.set(value);
    registry.register_with_unit(name, help, Unit::Seconds, gauge);
}

fn counter(registry: &mut Registry, name: &str, help: &str, value: u64) {
    let counter = Counter::<u64, AtomicU64>::default();
    counter.inc_by(value);
    registry.register(name, help, counter);
}
