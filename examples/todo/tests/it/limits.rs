//! More requests than connections.

use std::thread;

use crate::{
    client::send,
    databases::{Database, on_every_database},
    service::Service,
};

fn fifty_requests_at_once_share_two_connections<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &["--connections", "2", "--wait", "60"]);
    let lock = D::lock(&home);
    thread::scope(|scope| {
        let service = &service;
        let writers = (0..50).map(|number| scope.spawn(move || service.add(&number.to_string())));
        let writers = writers.collect::<Vec<_>>();
        service.await_figure("in_use", 2);
        service.await_figure("waiting", 48);
        drop(lock);
        writers.into_iter().for_each(|writer| assert_eq!(writer.join().unwrap().status, 201));
    });
    let mut numbers = service.titles().iter().map(|title| title.parse().unwrap()).collect::<Vec<i32>>();
    numbers.sort_unstable();
    assert_eq!(numbers, Vec::from_iter(0..50));
    let figures = ["opened", "closed", "in_use", "waiting"].map(|name| service.figure(name));
    assert_eq!(figures, [2, 0, 0, 0], "never more than two were open");
}

fn a_request_that_waits_too_long_is_refused_and_the_log_names_who_has_the_connections<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &["--connections", "2", "--wait", "1"]);
    let lock = D::lock(&home);
    thread::scope(|scope| {
        let writers = ["one", "two"].map(|title| scope.spawn(|| service.add(title)));
        service.await_figure("in_use", 2);
        let refused = service.get("/todos");
        assert_eq!((refused.status, &*refused.body), (503, "the service is busy; try again"));
        assert!(refused.head.contains("retry-after: 1"), "{refused:?}");
        drop(lock);
        writers.into_iter().for_each(|writer| assert_eq!(writer.join().unwrap().status, 201));
    });
    assert_eq!(service.titles().len(), 2);
    assert_eq!(service.figure("timeouts"), 1);
    service.terminate();
    let remains = service.end();
    assert_eq!(remains.log.matches("src/routes.rs:").count(), 2, "{remains:?}");
}

fn what_comes_when_a_hundred_wait_is_refused_at_once<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &["--connections", "1", "--wait", "60"]);
    let lock = D::lock(&home);
    thread::scope(|scope| {
        let service = &service;
        let writers = (0..101).map(|number| scope.spawn(move || service.add(&number.to_string())));
        let writers = writers.collect::<Vec<_>>();
        service.await_figure("waiting", 100);
        assert_eq!(service.get("/todos").status, 503);
        drop(lock);
        writers.into_iter().for_each(|writer| assert_eq!(writer.join().unwrap().status, 201));
    });
    assert_eq!(service.titles().len(), 101);
    assert_eq!(service.figure("timeouts"), 0);
}

fn a_client_that_goes_away_takes_no_connection_with_it<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &["--connections", "1"]);
    let lock = D::lock(&home);
    let client = send(service.address, "POST", "/todos", r#"{ "title": "sleep" }"#).unwrap();
    service.await_figure("in_use", 1);
    drop(client);
    drop(lock);
    service.await_figure("in_use", 0);
    assert_eq!(service.titles(), ["sleep"]);
    assert_eq!(service.figure("opened"), 1);
}

on_every_database!(
    fifty_requests_at_once_share_two_connections,
    a_request_that_waits_too_long_is_refused_and_the_log_names_who_has_the_connections,
    what_comes_when_a_hundred_wait_is_refused_at_once,
    a_client_that_goes_away_takes_no_connection_with_it,
);
