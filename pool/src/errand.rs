//! `Errand`: a connect or check that a worker does for a caller, who may leave; `Errands`: those under way.

use crate::entry::Entry;
use crate::manager::Manager;
use crate::open_error::OpenError;
use crate::shield::quietly;
use crate::sync::Mutex;
use crate::waiter::{Grant, Waiter};
use std::any::Any;
use std::sync::{Arc, Weak};

/// What a worker and the caller who sent it share.
pub(crate) struct Errand<M: Manager> {
    /// The caller. It may be given another connection meanwhile, or leave.
    pub(crate) sponsor: Arc<Sponsor<M>>,
    news: Mutex<Option<News<M::Error>>>,
}

/// A caller that has sent a worker.
type Sponsor<M> = Waiter<Entry<<M as Manager>::Connection>>;

/// Why there is no connection.
pub(crate) enum News<E> {
    Failed(OpenError<E>),
    Panicked(Box<dyn Any + Send>),
}

/// The callers whose errands are under way, to be told when the pool closes.
#[derive(Debug)]
pub(crate) struct Errands<M: Manager>(Mutex<Vec<Weak<Sponsor<M>>>>);

impl<M: Manager> Errand<M> {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { sponsor: Arc::new(Waiter::new()), news: Mutex::new(None) })
    }

    /// Tells the caller that nothing will come of it.
    pub(crate) fn fail(&self, news: News<M::Error>) {
        *self.news.lock() = Some(news);
        // A caller that refuses has left, or has another connection: it needs no word.
        let _ = self.sponsor.offer(Grant::Word);
    }

    pub(crate) fn news(&self) -> Option<News<M::Error>> {
        self.news.lock().take()
    }
}

impl<M: Manager> Drop for Errand<M> {
    fn drop(&mut self) {
        // News that nobody read holds values of the user's, whose end is nobody's business.
        let unread = self.news.lock().take();
        quietly(|| drop(unread));
    }
}

impl<M: Manager> Errands<M> {
    pub(crate) fn add(&self, errand: &Errand<M>) {
        let mut waiters = self.0.lock();
        waiters.retain(|waiter| waiter.strong_count() > 0);
        waiters.push(Arc::downgrade(&errand.sponsor));
    }

    pub(crate) fn wake_all(&self) {
        let waiters: Vec<_> = self.0.lock().iter().filter_map(Weak::upgrade).collect();
        for waiter in waiters {
            // As in `fail`.
            let _ = waiter.offer(Grant::Word);
        }
    }
}

impl<M: Manager> Default for Errands<M> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}
