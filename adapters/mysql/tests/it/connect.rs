//! What a new connection is, and what a connect refuses.

use std::{net::TcpListener, time::Duration};

use cenote::{Fault, Manager};
use cenote_mysql::{
    MysqlManager,
    mysql::{OptsBuilder, prelude::Queryable},
};

use crate::kit::*;

fn with_password() {
    admin().query_drop("create user if not exists connect_me identified by 'hunter2'").unwrap();
    admin().query_drop("grant all on test.* to connect_me").unwrap();
}

fn me() -> OptsBuilder {
    opts().user(Some("connect_me")).pass(Some("hunter2"))
}

#[test]
fn a_connection_is_where_the_url_says() {
    let mut session = connect(&manager());
    assert_eq!(value(&mut session, "select database()").as_deref(), Some("test"));
    let mut nowhere = connect(&MysqlManager::new(opts().db_name(None::<&str>)));
    assert_eq!(value(&mut nowhere, "select database()"), None);
}

#[cfg(unix)]
#[test]
fn a_connection_over_the_servers_socket_is_one_like_the_others() {
    // A server that is not this process's own shows its path, too.
    let socket = value(&mut admin(), "select @@socket").unwrap();
    let manager = MysqlManager::new(opts().ip_or_hostname(Some("localhost")).socket(Some(socket)));
    let mut session = connect(&manager);
    manager.is_valid(&mut session, Duration::from_secs(60)).unwrap();
    session.query_drop("set @x = 1").unwrap();
    assert!(comes_home(&manager, &mut session));
    assert_eq!(value(&mut session, "select @x"), None);
    kill(session.connection_id());
    eventually(|| manager.has_broken(&mut session));
}

#[test]
fn the_deadline_of_a_connect_is_not_that_of_its_connections_statements() {
    let mut session = manager().connect(Duration::from_millis(500)).unwrap();
    session.query_drop("do sleep(0.7)").unwrap();
    let mut session = manager().connect(Duration::from_secs(u64::MAX)).unwrap();
    session.query_drop("do 1").unwrap();
}

/// A stopped server's system still takes connections, and nobody greets them.
#[test]
fn a_connect_waits_for_a_greeting_no_longer_than_its_deadline() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    let opts = opts().ip_or_hostname(Some("127.0.0.1")).tcp_port(address.port());
    let manager = MysqlManager::new(opts);
    // It never comes: a connect that heeded no deadline would never be back.
    let error = manager.connect(Duration::from_millis(20)).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Transient, "{error}");
    assert!(error.to_string().contains(&address.to_string()), "{error}");
    manager.connect(Duration::ZERO).unwrap_err();
}

#[test]
fn a_server_that_is_not_there_may_come_and_is_named() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    for manager in [
        MysqlManager::new(opts().ip_or_hostname(Some("127.0.0.1")).tcp_port(free.port())),
        MysqlManager::url(&format!("mysql://root:hunter2@{free}/test")).unwrap(),
    ] {
        let error = manager.connect(LONG).unwrap_err();
        assert_eq!(manager.classify(&error), Fault::Transient, "{error}");
        assert!(error.to_string().contains(&free.to_string()), "{error}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}

#[test]
fn what_trying_again_cannot_mend_is_refused() {
    with_password();
    for (opts, code) in [
        (me().pass(Some("hunter3")), "1045"),
        (me().user(Some("nobody_of_this_name")), "ERROR 1"),
        (opts().db_name(Some("no_such_database")), "1049"),
        (me().db_name(Some("mysql")), "1044"),
    ] {
        let error = refusal(&MysqlManager::new(opts)).to_string();
        assert!(error.contains(code), "{error}");
        assert!(!error.contains("hunter"), "{error}");
    }
}

#[test]
fn a_user_with_too_many_connections_may_get_one_later() {
    let mut admin = admin();
    admin.query_drop("create user if not exists connect_one with max_user_connections 1").unwrap();
    admin.query_drop("grant all on test.* to connect_one").unwrap();
    let manager = MysqlManager::new(opts().user(Some("connect_one")));
    let _only = connect(&manager);
    let error = manager.connect(LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Transient, "{error}");
}

#[test]
fn a_password_is_in_no_text() {
    with_password();
    let manager = MysqlManager::new(me());
    let session = connect(&manager);
    let shown = format!("{manager:?} {session:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(shown.contains("connect_me") && shown.contains("password: Some(_)"), "{shown}");
}
