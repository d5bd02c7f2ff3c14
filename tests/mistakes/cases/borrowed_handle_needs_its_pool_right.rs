//! An owned one can.

use cenote::doctest::Numbers;
use cenote::Pool;

fn main() {
    let pool = Pool::new(Numbers);
    let conn = pool.get_owned().unwrap();
    drop(pool);
    println!("{}", *conn);
}
