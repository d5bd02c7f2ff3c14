//! Panics that a law makes on purpose, and those that it did not.

use crate::fake::Call;
use std::any::Any;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any, resume_unwind, set_hook, take_hook};
use std::sync::Once;

/// What a panic on purpose carries: where it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptedPanic(pub String);

/// What a panic on purpose can carry instead: something that panics itself when it is dropped.
#[derive(Debug)]
pub struct ExplosivePanic(String);

/// Panics on purpose: without a message on the console.
pub fn scripted_panic(origin: impl Display) -> ! {
    silence();
    panic_any(ScriptedPanic(origin.to_string()))
}

/// Panics on purpose, with something that panics again if anybody drops it.
pub fn explosive_panic(origin: impl Display) -> ! {
    silence();
    panic_any(ExplosivePanic(origin.to_string()))
}

/// Whether a panic was made on purpose.
pub fn is_on_purpose(payload: &(dyn Any + Send)) -> bool {
    payload.is::<ScriptedPanic>() || payload.is::<ExplosivePanic>()
}

/// Runs what may panic on purpose: what it returned, or where the panic was made. Other panics go on.
pub fn scripted<R>(action: impl FnOnce() -> R) -> Result<R, ScriptedPanic> {
    catch_unwind(AssertUnwindSafe(action)).map_err(|payload| match payload.downcast::<ScriptedPanic>() {
        Ok(panic) => *panic,
        Err(other) => match other.downcast::<ExplosivePanic>() {
            Ok(panic) => panic.defuse(),
            Err(other) => resume_unwind(other),
        },
    })
}

/// Runs what must panic on purpose, at that call of the driver.
pub fn panics_at<R>(call: Call, action: impl FnOnce() -> R) {
    match scripted(action) {
        Ok(_) => panic!("the panic of {call} did not come out"),
        Err(panic) => assert_eq!(panic.0, call.to_string()),
    }
}

/// Holds `kept` while a panic unwinds through its scope, and returns when the panic is over.
pub fn unwinds<T>(kept: T) {
    let result = scripted(move || {
        let _kept = kept;
        scripted_panic("its user")
    });
    assert_eq!(result.map(|(): ()| ()), Err(ScriptedPanic("its user".to_owned())));
}

/// A panic's words, if it has any.
pub fn message(payload: &(dyn Any + Send)) -> String {
    let words =
        payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    match (words, payload.downcast_ref::<ScriptedPanic>()) {
        (Some(words), _) => words.to_owned(),
        (None, Some(panic)) => format!("a panic on purpose came out: {}", panic.0),
        (None, None) => "a panic without words".to_owned(),
    }
}

/// Keeps panics on purpose off the console.
fn silence() {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |info| {
            if !is_on_purpose(info.payload()) {
                hook(info);
            }
        }));
    });
}

impl ExplosivePanic {
    fn defuse(mut self: Box<Self>) -> ScriptedPanic {
        let origin = std::mem::take(&mut self.0);
        std::mem::forget(self);
        ScriptedPanic(origin)
    }
}

impl Drop for ExplosivePanic {
    fn drop(&mut self) {
        // A second panic in one unwinding would end the process, whoever is to blame.
        if !std::thread::panicking() {
            scripted_panic("the end of a payload")
        }
    }
}
