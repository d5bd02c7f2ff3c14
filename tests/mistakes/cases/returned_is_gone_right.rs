//! Until it is returned, everything of it can be looked at.

use cenote::Pool;
use cenote::PooledConnection;
use cenote::doctest::Numbers;

fn main() {
    let pool = Pool::new(Numbers);
    let conn = pool.get().unwrap();
    drop(conn);
    let conn = pool.get().unwrap();
    let info = PooledConnection::info(&conn);
    let number: &u64 = &conn;
    println!("{info:?} {number}");
    drop(conn);
}
