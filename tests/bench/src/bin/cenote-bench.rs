//! The benchmark as a command.

use std::process::Termination;

fn main() -> impl Termination {
    cenote_bench::main()
}
