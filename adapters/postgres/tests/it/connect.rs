//! What a connect does, and what it dies of.

use std::net::TcpListener;

use cenote::{Fault, Manager};
use cenote_postgres::{
    PostgresManager,
    postgres::{Config, Error, config::TargetSessionAttrs},
};

use crate::kit::*;

/// A port of loopback on which nobody listens.
fn dead_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn what_is_configured_holds_on_every_connection() {
    let mut config: Config = url().parse().unwrap();
    config.application_name("laws").options("-c statement_timeout=12345");
    for manager in [PostgresManager::new(config.clone()), PostgresManager::new(config).with_watcher(false)] {
        let mut session = connect(&manager);
        for (name, value) in [("application_name", "laws"), ("statement_timeout", "12345ms")] {
            let row = session.query_one(&format!("show {name}"), &[]).unwrap();
            assert_eq!(row.get::<_, &str>(0), value);
        }
    }
}

#[test]
fn the_first_host_that_answers_is_taken() {
    let server = cenote_servers::postgres().address();
    let mut config = config("127.0.0.1", dead_port());
    config.host(&server.ip().to_string()).port(server.port());
    let mut session = connect(&PostgresManager::new(config));
    assert!(is_in_step(&mut session));
    assert!(session.is_certainly_idle());
}

#[test]
fn an_address_needs_no_name() {
    let server = cenote_servers::postgres().address();
    let own: Config = url().parse().unwrap();
    let mut config = Config::new();
    config.hostaddr(server.ip()).port(server.port()).user(own.get_user().unwrap());
    if let Some(password) = own.get_password() {
        config.password(password);
    }
    config.dbname(own.get_dbname().unwrap_or("postgres"));
    let mut session = connect(&PostgresManager::new(config));
    assert!(is_in_step(&mut session));
    assert!(session.is_certainly_idle());
}

#[test]
fn a_server_that_may_not_be_written_is_not_taken_where_writing_is_wanted() {
    let mut read_only: Config = url().parse().unwrap();
    read_only.options("-c default_transaction_read_only=on");
    for (attributes, is_taken) in
        [(TargetSessionAttrs::ReadWrite, false), (TargetSessionAttrs::ReadOnly, true)]
    {
        read_only.target_session_attrs(attributes);
        let manager = PostgresManager::new(read_only.clone());
        match manager.connect(LONG) {
            Ok(mut session) => {
                assert!(is_taken);
                assert!(is_in_step(&mut session));
                assert!(session.is_certainly_idle());
            }
            Err(error) => {
                assert!(!is_taken, "{error}");
                assert!(error.to_string().contains("database does not allow writes"), "{error}");
                assert_eq!(manager.classify(&error), Fault::Transient);
            }
        }
    }
}

#[test]
fn an_error_names_the_servers_and_the_cause() {
    let (one, other) = (dead_port(), dead_port());
    let url = format!("postgres://me:hunter2@127.0.0.1:{one},localhost:{other}/app");
    let manager = PostgresManager::url(&url).unwrap();
    let error = manager.connect(LONG).unwrap_err();
    let text = format!(
        "postgres://me@127.0.0.1:{one},localhost:{other}/app: error connecting to server: Connection refused"
    );
    assert!(error.to_string().starts_with(&text), "{error}");
    assert_eq!(manager.classify(&error), Fault::Transient);
    let driver = std::error::Error::source(&error).unwrap();
    assert!(driver.is::<Error>());
}

#[test]
fn a_database_that_is_not_there_is_refused() {
    let mut config: Config = url().parse().unwrap();
    config.dbname("nowhere");
    let manager = PostgresManager::new(config);
    let error = manager.connect(LONG).unwrap_err();
    assert!(error.to_string().contains("FATAL: database \"nowhere\" does not exist"), "{error}");
    assert_eq!(manager.classify(&error), Fault::Refused);
}

#[test]
fn a_server_without_room_may_have_some_later() {
    let server = cenote_servers::start_postgres().unwrap();
    let manager = PostgresManager::url(server.url()).unwrap();
    connect(&manager).batch_execute("alter system set max_connections = 5").unwrap();
    connect(&manager).batch_execute("alter system set superuser_reserved_connections = 0").unwrap();
    connect(&manager).batch_execute("alter system set max_wal_senders = 0").unwrap();
    server.stop();
    server.start();
    let sessions = (0..500).map(|_| manager.connect(LONG)).take_while(Result::is_ok).collect::<Vec<_>>();
    let error = manager.connect(LONG).unwrap_err();
    drop(sessions);
    assert!(error.to_string().contains("too many clients"), "{error}");
    assert_eq!(manager.classify(&error), Fault::Transient);
}

#[test]
fn a_server_that_is_gone_is_lost_and_one_that_is_not_back_is_worth_another_try() {
    let server = cenote_servers::start_postgres().unwrap();
    let manager = PostgresManager::url(server.url()).unwrap();
    let mut session = connect(&manager);
    server.stop();
    let error = manager.is_valid(&mut session, LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Lost, "{error}");
    assert!(manager.has_broken(&mut session));
    let error = manager.connect(LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Transient, "{error}");
}
