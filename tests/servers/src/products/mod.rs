//! The kinds of servers, one in a file.

pub(crate) mod mariadb;
pub(crate) mod pgbouncer;
pub(crate) mod postgres;
