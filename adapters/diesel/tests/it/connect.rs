//! What a connect refuses, and in which words.

use std::{error::Error as _, time::Duration};

use cenote::{Fault, Manager};
use cenote_diesel::{
    DieselError, DieselManager, Pool, Poolable,
    diesel::{ConnectionError, PgConnection, SqliteConnection},
};

use cenote_servers::wire::Wire;

use crate::kit::*;

fn refusal<C: Poolable>(url: &str) -> (DieselError, Fault) {
    let manager = DieselManager::<C>::new(url);
    let error = manager.connect(Duration::MAX).expect_err("there is a mistake in it");
    let fault = manager.classify(&error);
    let pool = Pool::new(DieselManager::<C>::new(url));
    let pooled = pool.get().unwrap_err();
    for text in [
        format!("{error}"),
        format!("{error:?}"),
        format!("{manager:?}"),
        format!("{pooled} {pooled:?}"),
        format!("{pool:?}"),
    ] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    (error, fault)
}

#[test]
fn a_connect_error_carries_diesels_own() {
    let pool = Pool::<SqliteConnection>::new(DieselManager::new("/no/such/directory/app.db"));
    let error = pool.get().unwrap_err();
    let cause = error.source().unwrap().downcast_ref::<DieselError>().unwrap();
    assert!(matches!(cause, DieselError::Connection(ConnectionError::BadConnection(_))), "{cause:?}");
    assert!(error.to_string().contains("nable to open"), "{error}");
}

#[test]
fn a_database_that_cannot_be_opened_is_refused() {
    assert_eq!(refusal::<SqliteConnection>("/no/such/directory/app.db?key=hunter2").1, Fault::Refused);
}

#[test]
fn what_postgres_refuses_for_good_is_told_from_what_may_pass() {
    let server = cenote_servers::postgres().address();
    let url = |user: &str, rest: &str| format!("postgres://{user}:hunter2@{server}/{rest}");
    assert_eq!(refusal::<PgConnection>(&url("postgres", "no_such_database")).1, Fault::Refused);
    assert_eq!(refusal::<PgConnection>(&url("no_such_user", "postgres")).1, Fault::Refused);
    assert_eq!(refusal::<PgConnection>("postgres://me:hunter2@127.0.0.1:1/db").1, Fault::Transient);
}

#[test]
fn what_libpq_cannot_read_is_refused_and_shows_no_piece_of_the_password() {
    for url in [
        "me:hunter2@host/db",
        "postgres://me:hunter2@host:hunter2/db",
        "postgres://me:hun/hunter2@host/db",
        "postgres://me:x%zzhunter2@host/db",
        "postgres://host/db?pasword=hunter2",
        "pasword=hunter2",
        "host=h password='hunter2",
        "password=a hunter2 host=h",
        "postgres://me:hunter2\0@host/db",
    ] {
        let (error, fault) = refusal::<PgConnection>(url);
        assert_eq!(fault, Fault::Refused, "{error}");
    }
}

#[cfg(feature = "mysql")]
#[test]
fn what_mysql_refuses_for_good_is_told_from_what_may_pass() {
    use cenote_diesel::diesel::MysqlConnection;
    let server = cenote_servers::mysql().address();
    assert_eq!(
        refusal::<MysqlConnection>(&format!("mysql://nobody:hunter2@{server}/test")).1,
        Fault::Refused
    );
    assert_eq!(
        refusal::<MysqlConnection>(&format!("mysql://root@{server}/no_such_database")).1,
        Fault::Refused
    );
    assert_eq!(refusal::<MysqlConnection>("mysql://root:hunter2@127.0.0.1:1/test").1, Fault::Transient);
    assert_eq!(refusal::<MysqlConnection>("http://root:hunter2@localhost/test").1, Fault::Refused);
}

/// A proxy whose server is away takes the connection and ends it.
#[test]
fn a_connect_that_is_cut_short_may_succeed_another_time() {
    let wire = Wire::to(cenote_servers::postgres().address());
    wire.refuse(true);
    let url = format!("postgres://postgres:hunter2@{}/postgres", wire.address());
    assert_eq!(refusal::<PgConnection>(&url).1, Fault::Transient);
    #[cfg(feature = "mysql")]
    {
        let url = format!("mysql://root:hunter2@{}/test", wire.address());
        assert_eq!(refusal::<<Mysql as Database>::Connection>(&url).1, Fault::Transient);
    }
}

fn a_pool_names_no_password_in_its_debug_text<D: Database>() {
    let shown = format!("{:?}", DieselManager::<D::Connection>::new("scheme://me:hunter2@host/db"));
    assert_eq!(shown, "DieselManager { url: \"scheme://me:_@host/db\" }");
}

on_every_database!(a_pool_names_no_password_in_its_debug_text);
