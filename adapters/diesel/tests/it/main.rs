//! What `DieselManager` and its pool promise, asked of SQLite, PostgreSQL and (with the feature `mysql`) MariaDB.

mod kit;

mod connect;
mod copy;
mod getting_started;
mod handle;
mod home;
mod multi;
mod pool;
mod raw;
mod test_transactions;
mod trips;
mod validity;
