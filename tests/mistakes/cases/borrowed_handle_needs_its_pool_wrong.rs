//! A handle that borrows its pool cannot outlive it.

use cenote::doctest::Numbers;
use cenote::Pool;

fn main() {
    let pool = Pool::new(Numbers);
    let conn = pool.get().unwrap();
    drop(pool);
    println!("{}", *conn);
}
