//! One that says how has it.

use cenote::{Commit, Pool};

fn committing<M: Commit>(manager: M) -> Pool<M> {
    Pool::builder(manager).commit_on_return().build().unwrap()
}

fn main() {}
