//! `Diary`: an observer that writes down what it is told.

use cenote::{Event, Observer};
use parking_lot::Mutex;
use std::sync::Arc;

/// The events of a pool so far, each by its name.
#[derive(Debug, Clone, Default)]
pub struct Diary(Arc<Mutex<Vec<String>>>);

impl Diary {
    /// What was told since this was asked last.
    pub fn read(&self) -> String {
        std::mem::take(&mut *self.0.lock()).join(" ")
    }
}

impl Observer for Diary {
    fn observe(&self, event: &Event) {
        let remark = match event {
            Event::Reset { closing: true, .. } => "(closing)",
            Event::Checkin(None) => "(none)",
            _ => "",
        };
        self.0.lock().push(format!("{}{remark}", event.name()));
    }
}
