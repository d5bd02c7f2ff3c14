//! What `PostgresManager` promises, asked of it directly and through a pool.

mod kit;
mod leftovers;
mod secure_server;

mod cancel;
mod connect;
mod home;
mod hung;
mod notices;
mod pgbouncer;
mod pool;
mod reset;
mod tls;
mod trips;
