//! `Defer`: something to do at the end of a scope, however it ends.

/// Does something when it is dropped, also by a panic, unless it is cancelled.
pub(crate) struct Defer<F: FnMut()>(pub(crate) F);

impl<F: FnMut()> Defer<F> {
    pub(crate) fn cancel(self) {
        std::mem::forget(self);
    }
}

impl<F: FnMut()> Drop for Defer<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}
