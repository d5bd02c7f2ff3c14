//! A driver that does not say how to commit has no commit on return.

use cenote::Pool;
use cenote::doctest::Numbers;

fn main() {
    let _ = Pool::builder(Numbers).commit_on_return();
}
