//! The case `memory`: a program of its own, because an allocator that counts would slow the other cases down.

use cap::Cap;
use std::alloc::System;

#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

fn main() {
    cenote_bench::print_footprints(|| HEAP.allocated());
}
