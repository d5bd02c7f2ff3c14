//! One suite of laws for every driver and every strategy.
//!
//! A law is a plain generic function whose name is a sentence (`laws`). The rows of the table (`rows`) say what
//! each needs of a strategy (`promise`) and of a driver (`backend`); where that is missing, `table::applies` gives
//! the reason in words and no trial is made. How many apply is kept in `laws.golden`.
//!
//! What other pools got wrong and what they test is in the `catalogue`, with what answers it here; `defects.md` and
//! `ported.md` are generated from it.
//!
//! - To add a law: one function, and one row.
//! - To add a hook, or a life that a connection can have: the table in `laws::matrix` says where.
//! - To add a driver: one file under `backends`, and one line in `harness`.

pub mod kit;
pub mod fake;
pub mod table;
pub mod promise;
pub mod backend;
pub mod backends;
pub mod laws;
pub mod rows;
pub mod catalogue;
pub mod filter;
pub mod harness;
pub mod stress;

/// The code of the guide for those who come from r2d2, old and new, to be compiled and run: this crate has all drivers.
#[cfg(doctest)]
#[doc = include_str!("../../docs/from-r2d2.md")]
pub struct FromR2d2;
