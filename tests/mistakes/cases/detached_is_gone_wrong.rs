//! A handle that was detached, invalidated or taken apart is gone.

use cenote::doctest::Numbers;
use cenote::{Detached, Pool, PooledConnection};

fn main() {
    let pool = Pool::new(Numbers);
    let conn = pool.get().unwrap();
    let detached = PooledConnection::detach(conn);
    println!("{}", *conn);
    let _bare = Detached::into_inner(detached);
    println!("{}", *detached);
    let conn = pool.get().unwrap();
    PooledConnection::invalidate(conn);
    println!("{}", *conn);
}
