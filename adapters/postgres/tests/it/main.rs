//! What `PostgresManager` promises, asked of it directly and through a pool.

mod kit;
mod leftovers;

mod cancel;
mod home;
mod hung;
mod pgbouncer;
mod reset;
mod trips;
