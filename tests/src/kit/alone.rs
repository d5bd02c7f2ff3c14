//! Laws that measure time run alone: beside them another law's threads would be measured too.

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

static STAGE: RwLock<()> = RwLock::new(());

/// What a law holds while it runs.
#[derive(Debug)]
pub enum Stage {
    /// With others beside it.
    Shared(RwLockReadGuard<'static, ()>),
    /// With nobody beside it.
    Alone(RwLockWriteGuard<'static, ()>),
}

/// Waits until the law may run.
pub fn enter(alone: bool) -> Stage {
    if alone { Stage::Alone(STAGE.write()) } else { Stage::Shared(STAGE.read()) }
}
