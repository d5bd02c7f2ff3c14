//! `Route`: whether the streams of a manager's connections can be seen, and through which door of the driver.

use std::any::TypeId;

use postgres::{
    Config, NoTls,
    config::{Host, SslMode, SslNegotiation},
};

/// How a connection is made, which follows from what the user wants encrypted.
///
/// The driver lets nobody see its stream but the TLS crate. So where TLS is wanted, the watcher stands around that. Where
/// none is, [`Plain`](crate::plain::Plain) takes its place, in the one mode of the driver that asks the server nothing
/// before the handshake (`sslmode=require sslnegotiation=direct`): the bytes on the wire are those of a plain
/// connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// No encryption: seen.
    Plain,
    /// The user's connector decides, as the user's `sslmode` says. Seen if it comes to TLS.
    Encrypted,
    /// Not seen: it is turned off, or the driver has no door there.
    Unwatched,
}

impl Route {
    /// The route for a configuration and a connector of type `T`.
    pub(crate) fn of<T: 'static>(config: &Config, is_watching: bool) -> Self {
        let has_tls = TypeId::of::<T>() != TypeId::of::<NoTls>();
        if !is_watching {
            return Self::Unwatched;
        }
        match config.get_ssl_mode() {
            SslMode::Disable => Self::plain_to(config),
            // The driver does not even ask the server for TLS that it does not have.
            SslMode::Prefer if !has_tls => Self::plain_to(config),
            // It fails, and must.
            _ if !has_tls => Self::Unwatched,
            _ => Self::Encrypted,
        }
    }

    /// The driver makes no handshake on a unix socket, because that has no name to check a certificate against.
    fn plain_to(config: &Config) -> Self {
        let is_unix = |host: &Host| !matches!(host, Host::Tcp(_));
        if config.get_hosts().iter().any(is_unix) { Self::Unwatched } else { Self::Plain }
    }

    /// Brings a configuration onto the route.
    pub(crate) fn prepare(self, config: &mut Config) {
        if self != Self::Plain {
            return;
        }
        config.ssl_mode(SslMode::Require).ssl_negotiation(SslNegotiation::Direct);
        if config.get_hosts().is_empty() {
            // A name is what the driver asks for before a handshake. It connects to the address as before.
            for address in config.get_hostaddrs().to_vec() {
                config.host(&address.to_string());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands for the connector of a TLS crate.
    struct SomeTls;

    fn route<T: 'static>(text: &str) -> Route {
        Route::of::<T>(&text.parse().unwrap(), true)
    }

    #[test]
    fn a_connection_is_plain_exactly_where_the_driver_would_make_a_plain_one() {
        for (text, without, with) in [
            ("host=h sslmode=disable", Route::Plain, Route::Plain),
            ("host=h sslmode=prefer", Route::Plain, Route::Encrypted),
            ("host=h sslmode=require", Route::Unwatched, Route::Encrypted),
            ("host=h sslmode=require sslnegotiation=direct", Route::Unwatched, Route::Encrypted),
            ("host=h sslmode=prefer sslnegotiation=direct", Route::Plain, Route::Encrypted),
            ("host=/tmp", Route::Unwatched, Route::Encrypted),
            ("host=h,/tmp", Route::Unwatched, Route::Encrypted),
            ("host=/tmp sslmode=disable", Route::Unwatched, Route::Unwatched),
        ] {
            assert_eq!(route::<NoTls>(text), without, "{text}, NoTls");
            assert_eq!(route::<SomeTls>(text), with, "{text}, with TLS");
        }
    }

    #[test]
    fn nothing_is_watched_that_the_user_does_not_want_watched() {
        let config = "host=h".parse().unwrap();
        assert_eq!(Route::of::<NoTls>(&config, false), Route::Unwatched);
        assert_eq!(Route::of::<SomeTls>(&config, false), Route::Unwatched);
    }

    #[test]
    fn only_a_plain_connection_has_its_mode_changed() {
        for route in [Route::Encrypted, Route::Unwatched] {
            let mut config = "host=h sslmode=prefer".parse().unwrap();
            route.prepare(&mut config);
            assert_eq!(config.get_ssl_mode(), SslMode::Prefer);
            assert_eq!(config.get_ssl_negotiation(), SslNegotiation::Postgres);
        }
    }

    #[test]
    fn an_address_without_a_name_gets_one() {
        let mut config = "hostaddr=127.0.0.1,::1".parse().unwrap();
        Route::Plain.prepare(&mut config);
        let names = [Host::Tcp("127.0.0.1".into()), Host::Tcp("::1".into())];
        assert_eq!(config.get_hosts(), names);
    }
}
