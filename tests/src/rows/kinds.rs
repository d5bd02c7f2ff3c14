//! The kinds of rows: for every driver or those that follow a script, for every strategy or one.

use crate::backend::Backend;
use crate::backends::Fake;
use crate::table::Reason;

pub(super) const QUEUE: (&str, Reason) = ("queue", "it is about Queue's own options");
pub(super) const SINGLETON_THREAD: (&str, Reason) =
    ("singleton-thread", "it is about what SingletonThread alone promises");
pub(super) const NULL: (&str, Reason) = ("null", "it is about what Null alone promises");
pub(super) const STATIC: (&str, Reason) = ("static", "it is about what Static alone promises");
pub(super) const ASSERTION: (&str, Reason) = ("assertion", "it is about what Assertion alone promises");

/// A law for every driver.
macro_rules! any {
    ($module:ident::$law:ident $(, $($ability:ident)+)?) => {
        $crate::table::Law::new(
            stringify!($law),
            &[$($($crate::promise::Ability::$ability),+)?],
            $module::$law::<B, S>,
        )
    };
}

/// A law for drivers that follow a script.
macro_rules! scripted {
    ($module:ident::$law:ident $(, $($ability:ident)+)?) => {
        $crate::table::Law::new(
            stringify!($law),
            &[$($($crate::promise::Ability::$ability),+)?],
            |backend| $module::$law::<S>($crate::rows::kinds::script(backend)),
        )
        .needing($crate::backend::Skill::Script)
    };
}

/// A law for every driver and one strategy.
macro_rules! only {
    ($strategy:ident, $module:ident::$law:ident) => {
        $crate::table::Law::new(stringify!($law), &[], $module::$law::<B>)
            .only($crate::rows::kinds::$strategy.0, $crate::rows::kinds::$strategy.1)
    };
}

/// A law for drivers that follow a script, and one strategy.
macro_rules! only_scripted {
    ($strategy:ident, $module:ident::$law:ident) => {
        $crate::table::Law::new(stringify!($law), &[], |backend| {
            $module::$law($crate::rows::kinds::script(backend))
        })
        .only($crate::rows::kinds::$strategy.0, $crate::rows::kinds::$strategy.1)
        .needing($crate::backend::Skill::Script)
    };
}

pub(super) use {any, only, only_scripted, scripted};

/// The script of a driver that has one.
pub(super) fn script<B: Backend>(backend: &B) -> &Fake {
    backend.script().expect("a driver that has the skill has a script")
}
