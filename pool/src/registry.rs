//! `Registry`: pools by key, each made when it is first asked for.

use crate::error::Error;
use crate::manager::Manager;
use crate::pool::Pool;
use crate::pooled_connection::OwnedConnection;
use crate::strategy::{Queue, Strategy};
use crate::sync::PlainMutex;
use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

/// Pools by key, each made when it is first asked for: one for each database, tenant or user.
///
/// The key is any value that can be compared, hashed and cloned; the function that makes a pool is given it. A pool stays
/// until it is [disposed](Self::dispose), all are [cleared](Self::clear), or the registry is dropped; clones of it go on.
///
/// ```
/// use cenote::{Pool, Registry};
/// use cenote::doctest::Numbers;
///
/// let tenants = Registry::new(|tenant: &String| Ok(Pool::builder(Numbers).name(tenant).build()?));
/// assert_eq!(tenants.pool("blue")?.name(), "blue");
/// drop(tenants.get("blue")?);
/// drop(tenants.get("green")?);
/// assert_eq!(tenants.len(), 2);
/// tenants.dispose("blue");
/// assert_eq!(tenants.len(), 1);
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[doc(alias = "manage")]
pub struct Registry<K, M: Manager, S: Strategy = Queue> {
    make: Box<Make<K, M, S>>,
    entries: PlainMutex<HashMap<K, Entry<M, S>>>,
}

type Make<K, M, S> = dyn Fn(&K) -> Result<Pool<M, S>, Error<<M as Manager>::Error>> + Send + Sync;

/// A pool, or the room for one that is being made. Its lock is held meanwhile: others who want it wait for it.
type Entry<M, S> = Arc<PlainMutex<Option<Pool<M, S>>>>;

impl<K: Eq + Hash, M: Manager, S: Strategy> Registry<K, M, S> {
    /// No pools yet; this function will make them. It must not ask this registry for the pool that it is making.
    pub fn new(make: impl Fn(&K) -> Result<Pool<M, S>, Error<M::Error>> + Send + Sync + 'static) -> Self {
        Self { make: Box::new(make), entries: PlainMutex::default() }
    }

    /// The pool of this key. It is made now if there is none; if others want it at the same time, by one of them,
    /// while they wait. Blocks as long as that takes.
    ///
    /// # Errors
    ///
    /// What the function that makes pools ends with: then there is no pool, and the next one tries again.
    #[doc(alias = "get_pool")]
    pub fn pool<Q>(&self, key: &Q) -> Result<Pool<M, S>, Error<M::Error>>
    where
        K: Borrow<Q>,
        Q: ?Sized + Eq + Hash + ToOwned<Owned = K>,
    {
        let owned = key.to_owned();
        loop {
            let entry = self.entry(key);
            let mut pool = entry.lock();
            if let Some(pool) = &*pool {
                return Ok(pool.clone());
            }
            // It may have been forgotten while this waited for whoever made it.
            if !self.has(key, &entry) {
                continue;
            }
            return match (self.make)(&owned) {
                Ok(made) => Ok(pool.insert(made).clone()),
                Err(error) => {
                    drop(pool);
                    self.forget(key, &entry);
                    Err(error)
                }
            };
        }
    }

    /// Checks a connection out of the pool of this key, which is made if there is none.
    ///
    /// # Errors
    ///
    /// Those of [`pool`](Self::pool) and of [`Pool::get_owned`].
    #[track_caller]
    #[doc(alias = "connect")]
    pub fn get<Q>(&self, key: &Q) -> Result<OwnedConnection<M, S>, Error<M::Error>>
    where
        K: Borrow<Q>,
        Q: ?Sized + Eq + Hash + ToOwned<Owned = K>,
    {
        self.pool(key)?.get_owned()
    }

    /// Closes the pool of this key and forgets it: connections that are out are closed when they come home. Tells
    /// whether there was one. Asked for again, it is made anew. If it is being made, waits for that.
    pub fn dispose<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: ?Sized + Eq + Hash,
    {
        let removed = self.entries.lock().remove_entry(key);
        let pool = removed.and_then(|(_, entry)| entry.lock().take());
        pool.is_some_and(|pool| {
            pool.close();
            true
        })
    }

    /// Closes all pools and forgets them. Waits for those that are being made.
    #[doc(alias = "clear_managers")]
    pub fn clear(&self) {
        let entries = std::mem::take(&mut *self.entries.lock());
        for (_, entry) in entries {
            if let Some(pool) = entry.lock().take() {
                pool.close();
            }
        }
    }

    /// The pools that there are, in no order, without those that are being made. Does not block.
    pub fn pools(&self) -> Vec<Pool<M, S>> {
        let entries: Vec<_> = self.entries.lock().values().map(Arc::clone).collect();
        entries.iter().filter_map(|entry| entry.try_lock()?.clone()).collect()
    }

    /// How many pools there are, without those that are being made.
    pub fn len(&self) -> usize {
        self.pools().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn entry<Q>(&self, key: &Q) -> Entry<M, S>
    where
        K: Borrow<Q>,
        Q: ?Sized + Eq + Hash + ToOwned<Owned = K>,
    {
        let mut entries = self.entries.lock();
        if let Some(entry) = entries.get(key) {
            return Arc::clone(entry);
        }
        Arc::clone(entries.entry(key.to_owned()).or_default())
    }

    fn has<Q>(&self, key: &Q, entry: &Entry<M, S>) -> bool
    where
        K: Borrow<Q>,
        Q: ?Sized + Eq + Hash,
    {
        self.entries.lock().get(key).is_some_and(|known| Arc::ptr_eq(known, entry))
    }

    /// Forgets an entry whose pool could not be made, so that keys without a pool do not pile up.
    fn forget<Q>(&self, key: &Q, entry: &Entry<M, S>)
    where
        K: Borrow<Q>,
        Q: ?Sized + Eq + Hash,
    {
        let mut entries = self.entries.lock();
        let is_empty = |known: &Entry<M, S>| {
            Arc::ptr_eq(known, entry) && known.try_lock().is_some_and(|pool| pool.is_none())
        };
        let forgotten = if entries.get(key).is_some_and(is_empty) { entries.remove_entry(key) } else { None };
        drop(entries);
        // The key is the user's, and so is what becomes of it.
        drop(forgotten);
    }
}

impl<K, M: Manager, S: Strategy> fmt::Debug for Registry<K, M, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Registry").field("keys", &self.entries.lock().len()).finish_non_exhaustive()
    }
}
