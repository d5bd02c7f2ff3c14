//! What `SqliteManager` promises, asked of it directly and through a pool.

mod kit;

mod connect;
mod home;
mod pool;
mod validity;
