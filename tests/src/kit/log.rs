//! `Log`: what one pool says through `tracing`, as lines.

use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, set_global_default};
use tracing::{Event, Metadata, Subscriber};

/// What the pool of one name says, in all threads, while this lives. Nothing is shown as text for any other pool.
#[derive(Debug)]
pub struct Log(String);

impl Log {
    /// Begins to write down what the pool of this name says.
    pub fn of(pool: &str) -> Self {
        static SCRIBE: Once = Once::new();
        SCRIBE.call_once(|| set_global_default(Scribe).expect("no other subscriber is set"));
        BOOKS.lock().insert(pool.to_owned(), Vec::new());
        OPEN.fetch_add(1, Ordering::SeqCst);
        Self(pool.to_owned())
    }

    /// What was said since this was asked last: level and words of each line, and the error if it carries one.
    pub fn read(&self) -> Vec<String> {
        std::mem::take(BOOKS.lock().get_mut(&self.0).expect("it is open"))
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        OPEN.fetch_sub(1, Ordering::SeqCst);
        BOOKS.lock().remove(&self.0);
    }
}

static BOOKS: Mutex<BTreeMap<String, Vec<String>>> = Mutex::new(BTreeMap::new());
static OPEN: AtomicUsize = AtomicUsize::new(0);

struct Scribe;

impl Subscriber for Scribe {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    /// No field is looked at while no log is open.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        OPEN.load(Ordering::Relaxed) > 0 && metadata.target() == "cenote"
    }

    fn event(&self, event: &Event<'_>) {
        let mut pool = NameOfPool(String::new());
        event.record(&mut pool);
        if !BOOKS.lock().contains_key(&pool.0) {
            return;
        }
        // Shown without the lock: what is shown is the user's, and may panic.
        let mut words = Words(event.metadata().level().as_str().to_lowercase());
        event.record(&mut words);
        if let Some(book) = BOOKS.lock().get_mut(&pool.0) {
            book.push(words.0);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct NameOfPool(String);

impl Visit for NameOfPool {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "pool" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        match field.name() {
            "message" => write!(self.0, ": {value:?}"),
            "error" => write!(self.0, " [{value:?}]"),
            _ => Ok(()),
        }
        .expect("a string takes all");
    }
}
