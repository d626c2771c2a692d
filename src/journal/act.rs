//! Acts are values: a struct that owns its data, with one repeatable `run`.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;

use super::Tx;
use crate::error::Result;

/// One change of state. It runs on the writer task, inside a transaction, possibly more than once
/// (after a rollback of its group), so it may only read and write through `tx`: Markdown, hashing,
/// randomness and the network come before, memory and caches after.
pub trait Act: Send + Sync + 'static {
    type Answer: Send + 'static;

    fn run(&self, tx: &Tx) -> impl Future<Output = Result<Self::Answer>> + Send;
}

pub(super) type AnyAnswer = Box<dyn Any + Send>;

/// An act whose type has been forgotten, so that the writer can hold many kinds in one queue.
pub trait Boxed: Send + Sync {
    fn run_boxed<'a>(&'a self, tx: &'a Tx) -> Pin<Box<dyn Future<Output = Result<AnyAnswer>> + Send + 'a>>;
}

impl<A: Act> Boxed for A {
    fn run_boxed<'a>(&'a self, tx: &'a Tx) -> Pin<Box<dyn Future<Output = Result<AnyAnswer>> + Send + 'a>> {
        Box::pin(async move { self.run(tx).await.map(|answer| Box::new(answer) as AnyAnswer) })
    }
}
