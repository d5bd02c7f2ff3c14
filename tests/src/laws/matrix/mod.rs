//! The panic matrix: every call that a pool makes, gone wrong in every way, in every life and circumstance.
//!
//! | file | holds |
//! |---|---|
//! | `mishap` | what can go wrong: the steps and their ways; **a new hook is added here**, and in `hooks` |
//! | `occasion` | the lives: from a checkout to a thread's end; **a new life is added here**, in `lives` and `actor` |
//! | `manner`, `circumstance` | how one leaves: calmly, in a panic, in a destructor; where the calls run |
//! | `steps`, `way_out`, `way_home`, `lives`, `course` | the steps of a life as promised, whatever goes wrong |
//! | `stage`, `actor` | a pool that can go wrong everywhere, and the same lives, really lived |
//! | `cell`, `aftermath` | one life with its mishaps, and what must be true when it is over |
//! | `laws`, `served`, `left`, `returned` | the laws, by circumstance |
//!
//! A step is in a cell if the course of that life comes to it, and a cell is red if the life does not: what cannot
//! happen is left out by the course, and never by luck.

mod mishap;
mod occasion;
mod manner;
mod circumstance;
mod ended;
mod cell;
mod steps;
mod way_out;
mod way_home;
mod lives;
mod course;
mod keepsake;
mod hooks;
mod stage;
mod actor;
mod under_way;
mod aftermath;
mod sweep;
mod waiter;
pub mod laws;
pub mod served;
pub mod left;
pub mod returned;
