//! `Notices`: who is told what the server mentions by the way, and what nobody needs to hear.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use postgres::{
    Config,
    error::{DbError, SqlState},
};

/// A callback for notices that a manager gives to all its connections.
#[derive(Clone)]
pub(crate) struct Notices {
    callback: Arc<dyn Fn(DbError) + Send + Sync>,
}

impl Notices {
    pub(crate) fn to(callback: impl Fn(DbError) + Send + Sync + 'static) -> Self {
        Self { callback: Arc::new(callback) }
    }

    /// Into the log, as the driver does by itself.
    pub(crate) fn to_log() -> Self {
        Self::to(
            |notice| log::info!(target: "postgres::config", "{}: {}", notice.severity(), notice.message()),
        )
    }

    /// Makes a configuration tell the callback, except that a rollback of ours had nothing to roll back.
    pub(crate) fn prepare(&self, config: &mut Config, is_asking: &Arc<AtomicBool>) {
        let (callback, is_asking) = (Arc::clone(&self.callback), Arc::clone(is_asking));
        config.notice_callback(move |notice| {
            let is_ours = is_asking.load(Ordering::Relaxed);
            if !(is_ours && *notice.code() == SqlState::NO_ACTIVE_SQL_TRANSACTION) {
                callback(notice);
            }
        });
    }
}
