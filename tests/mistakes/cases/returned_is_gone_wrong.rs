//! A handle is returned once, and nothing of its connection can be kept beyond that.

use cenote::Pool;
use cenote::PooledConnection;
use cenote::doctest::Numbers;

fn main() {
    let pool = Pool::new(Numbers);
    let conn = pool.get().unwrap();
    drop(conn);
    drop(conn);
    let conn = pool.get().unwrap();
    let info = PooledConnection::info(&conn);
    let number: &u64 = &conn;
    drop(conn);
    println!("{info:?} {number}");
}
