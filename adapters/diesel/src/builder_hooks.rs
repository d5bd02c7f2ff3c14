//! The hooks of a pool to be: what `Builder` is given to be called.

use cenote::{CloseReason, Hook, Observer, RecordInfo, Refusal, Strategy};

use crate::{
    builder::Builder, error::DieselError, manager::DieselManager, poolable::Poolable, session::Session,
};

/// Each is described in the core. A hook is given the connection's [`Session`], which is a Diesel connection.
impl<C: Poolable, S: Strategy> Builder<C, S> {
    /// See [`cenote::Builder::on_connect`].
    #[doc(alias = "connection_customizer")]
    #[doc(alias = "on_acquire")]
    pub fn on_connect(
        self,
        hook: impl Fn(&mut Session<C>, &mut RecordInfo) -> Result<(), DieselError> + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::connect(hook))
    }

    /// See [`cenote::Builder::on_first_connect`].
    pub fn on_first_connect(
        self,
        hook: impl Fn(&mut Session<C>, &mut RecordInfo) -> Result<(), DieselError> + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::first_connect(hook))
    }

    /// See [`cenote::Builder::on_checkout`].
    pub fn on_checkout(
        self,
        hook: impl Fn(&mut Session<C>, &mut RecordInfo) -> Result<(), Refusal<DieselError>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        self.on(Hook::checkout(hook))
    }

    /// See [`cenote::Builder::on_reset`].
    pub fn on_reset(
        self,
        hook: impl Fn(&mut Session<C>, &mut RecordInfo) -> Result<(), DieselError> + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::reset(hook))
    }

    /// See [`cenote::Builder::on_checkin`].
    #[doc(alias = "on_release")]
    pub fn on_checkin(self, hook: impl Fn(&mut Session<C>, &mut RecordInfo) + Send + Sync + 'static) -> Self {
        self.on(Hook::checkin(hook))
    }

    /// See [`cenote::Builder::on_invalidate`].
    pub fn on_invalidate(
        self,
        hook: impl Fn(&mut Session<C>, &mut RecordInfo, CloseReason) + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::invalidate(hook))
    }

    /// See [`cenote::Builder::on_soft_invalidate`].
    pub fn on_soft_invalidate(
        self,
        hook: impl Fn(&mut Session<C>, &mut RecordInfo) + Send + Sync + 'static,
    ) -> Self {
        self.on(Hook::soft_invalidate(hook))
    }

    /// See [`cenote::Builder::on_detach`].
    pub fn on_detach(self, hook: impl Fn(&mut Session<C>, &mut RecordInfo) + Send + Sync + 'static) -> Self {
        self.on(Hook::detach(hook))
    }

    /// See [`cenote::Builder::on_close`].
    pub fn on_close(self, hook: impl Fn(&mut Session<C>, CloseReason) + Send + Sync + 'static) -> Self {
        self.on(Hook::close(hook))
    }

    /// See [`cenote::Builder::on_close_detached`].
    pub fn on_close_detached(self, hook: impl Fn(&mut Session<C>) + Send + Sync + 'static) -> Self {
        self.on(Hook::close_detached(hook))
    }

    /// See [`cenote::Builder::observer`].
    #[doc(alias = "event_handler")]
    pub fn observer(self, observer: impl Observer) -> Self {
        self.on(Hook::observer(observer))
    }

    /// See [`cenote::Builder::on`].
    pub fn on(self, hook: Hook<DieselManager<C>>) -> Self {
        Self(self.0.on(hook))
    }
}
