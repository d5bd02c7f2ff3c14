//! The error of this program: a sentence that says what is wrong and what to do.

/// What can fail here is read by a person and by nothing else, so any error will do.
pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;
