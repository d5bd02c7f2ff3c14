//! How the service ends.

use std::{net::TcpStream, thread};

use crate::{
    client::ask,
    databases::{Database, on_every_database},
    service::Service,
};

fn a_request_that_runs_is_answered_before_the_service_ends<D: Database>() {
    let home = D::fresh();
    let mut service = Service::start(&home.url, &["--grace", "60"]);
    let lock = D::lock(&home);
    let address = service.address;
    thread::scope(|scope| {
        let writer = scope.spawn(move || ask(address, "POST", "/todos", r#"{ "title": "sleep" }"#));
        service.await_figure("in_use", 1);
        service.terminate();
        assert_eq!(service.line(), "ending: requests that are running have 60s\n");
        while TcpStream::connect(address).is_ok() {} // until nobody new is let in
        drop(lock);
        assert_eq!(writer.join().unwrap().unwrap().status, 201);
    });
    let remains = service.end();
    assert_eq!((remains.code, &*remains.output, &*remains.log), (Some(0), "the pool is closed\n", ""));
    assert_eq!(Service::start(&home.url, &[]).titles(), ["sleep"]);
}

fn a_request_that_runs_too_long_is_named_and_not_waited_for<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &["--grace", "0.1"]);
    let _lock = D::lock(&home);
    let address = service.address;
    thread::scope(|scope| {
        let writer = scope.spawn(move || ask(address, "POST", "/todos", r#"{ "title": "sleep" }"#));
        service.await_figure("in_use", 1);
        service.terminate();
        let remains = service.end();
        assert_eq!(remains.code, Some(1), "{remains:?}");
        assert!(remains.output.ends_with("requests are running still\n"), "{remains:?}");
        assert!(
            remains.log.starts_with("error: the pool is closed, but 1 connections are out"),
            "{remains:?}"
        );
        assert!(remains.log.contains("src/routes.rs:"), "{remains:?}");
        writer.join().unwrap().unwrap_err();
    });
}

on_every_database!(
    a_request_that_runs_is_answered_before_the_service_ends,
    a_request_that_runs_too_long_is_named_and_not_waited_for,
);

#[test]
fn a_database_that_cannot_be_had_ends_the_service_at_its_start() {
    for (url, words) in [
        ("/nowhere/at/all/todo.db", "unable to open database file"),
        ("oracle://localhost/todo", "built without the database `oracle`"),
        #[cfg(feature = "postgres")]
        ("postgres://me:hunter2@127.0.0.1:1/todo", "refused"),
        #[cfg(feature = "mysql")]
        ("mysql://me:hunter2@127.0.0.1:1/todo", "Can't connect"),
    ] {
        let remains = Service::fail(url);
        assert_eq!((remains.code, &*remains.output), (Some(1), ""), "{remains:?}");
        assert!(remains.log.starts_with("error: could not connect: "), "{remains:?}");
        assert!(remains.log.contains(words) && !remains.log.contains("hunter2"), "{remains:?}");
    }
}
