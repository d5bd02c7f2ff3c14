//! What it became can be used.

use cenote::doctest::Numbers;
use cenote::{Detached, Pool, PooledConnection};

fn main() {
    let pool = Pool::new(Numbers);
    let conn = pool.get().unwrap();
    println!("{}", *conn);
    let detached = PooledConnection::detach(conn);
    println!("{}", *detached);
    let bare = Detached::into_inner(detached);
    println!("{bare}");
    PooledConnection::invalidate(pool.get().unwrap());
}
