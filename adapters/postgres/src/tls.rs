//! `Tls`: what a connector must be, to be a manager's.

use postgres::{
    Socket,
    tls::{MakeTlsConnect, TlsConnect},
};

/// A connector of a TLS crate: [`postgres::NoTls`], or what `postgres-native-tls`, `postgres-openssl` or
/// `tokio-postgres-rustls` provide. Whatever fits is one: nobody implements this.
///
/// ```
/// fn is_one<T: cenote_postgres::Tls>(_: T) {}
/// is_one(cenote_postgres::postgres::NoTls);
/// ```
pub trait Tls:
    MakeTlsConnect<Socket, Stream: Send, TlsConnect: TlsConnect<Socket, Future: Send> + Send>
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<T> Tls for T where
    T: MakeTlsConnect<Socket, Stream: Send, TlsConnect: TlsConnect<Socket, Future: Send> + Send>
        + Clone
        + Send
        + Sync
        + 'static
{
}
