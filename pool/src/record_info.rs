//! `RecordInfo`: what hooks are given beside a connection: what is hung on it, and on its place.

use crate::extensions::Extensions;
use crate::id::ConnectionId;
use std::ops::{Deref, DerefMut};

/// What is hung on a record, the lasting part of a place, and on the connection that is in it now.
///
/// It derefs to the record's own [`Extensions`], which outlive the connections that fill the place one after another;
/// [`info`](Self::info) are the connection's, and go when it is closed.
///
/// ```
/// use cenote::PooledConnection;
///
/// struct Tenant(u32);
///
/// # let manager = cenote::doctest::Numbers;
/// let pool = cenote::Pool::builder(manager)
///     .on_connect(|_conn, record| {
///         record.info_mut().insert(Tenant(7));
///         Ok(())
///     })
///     .build()?;
/// assert_eq!(PooledConnection::info(&pool.get()?).get::<Tenant>().map(|tenant| tenant.0), Some(7));
/// # Ok::<(), cenote::Error<std::convert::Infallible>>(())
/// ```
#[derive(Debug)]
pub struct RecordInfo {
    lasting: Extensions,
    info: Extensions,
    id: ConnectionId,
}

impl RecordInfo {
    /// What is hung on the connection.
    pub fn info(&self) -> &Extensions {
        &self.info
    }

    /// What is hung on the connection, to change.
    pub fn info_mut(&mut self) -> &mut Extensions {
        &mut self.info
    }

    /// The connection's number in its pool.
    pub fn id(&self) -> ConnectionId {
        self.id
    }

    /// Another connection is in the place now.
    pub(crate) fn begin(&mut self, id: ConnectionId) {
        self.id = id;
    }

    /// What was hung on a connection that leaves the place.
    pub(crate) fn take(&mut self) -> Extensions {
        std::mem::take(&mut self.info)
    }
}

impl Default for RecordInfo {
    fn default() -> Self {
        Self { lasting: Extensions::default(), info: Extensions::default(), id: ConnectionId::after(0) }
    }
}

impl Deref for RecordInfo {
    type Target = Extensions;

    fn deref(&self) -> &Extensions {
        &self.lasting
    }
}

impl DerefMut for RecordInfo {
    fn deref_mut(&mut self) -> &mut Extensions {
        &mut self.lasting
    }
}
