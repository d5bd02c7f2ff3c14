//! The drivers, one in a file.

#[cfg(feature = "diesel-mysql")]
mod diesel_mysql;
mod diesel_postgres;
mod diesel_sqlite;
mod fake;
mod mysql;
mod pgbouncer;
mod postgres;
mod r2d2;
mod sqlite;

#[cfg(feature = "diesel-mysql")]
pub use diesel_mysql::DieselMysql;
pub use diesel_postgres::DieselPostgres;
pub use diesel_sqlite::DieselSqlite;
pub use fake::Fake;
pub use mysql::Mysql;
pub use pgbouncer::PgBouncer;
pub use postgres::Postgres;
pub use r2d2::R2d2;
pub use sqlite::Sqlite;
