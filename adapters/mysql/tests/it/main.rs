//! What `MysqlManager` promises, asked of it directly and through a pool, on a real server.

mod kit;

mod connect;
mod home;
mod answers;
mod trips;
mod validity;
mod pool;
