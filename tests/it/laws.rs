//! Every law, for every driver and every strategy: `cargo test --test laws driver::strategy::law`.

use cenote_conformance::harness::Suite;
use libtest_mimic::Arguments;

fn main() {
    let arguments = Arguments::from_args();
    libtest_mimic::run(&arguments, Suite::new().trials()).exit();
}
