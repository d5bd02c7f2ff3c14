//! What the routes answer.

use serde_json::json;

use crate::{
    databases::{Database, on_every_database},
    service::Service,
};

fn what_is_added_is_listed_in_order<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &[]);
    assert_eq!(service.get("/todos").json(), json!([]));
    let added = service.add("  water the plants ");
    assert_eq!(added.status, 201);
    assert_eq!(added.json(), json!({ "id": 1, "title": "water the plants", "done": false }));
    service.add("sleep").json();
    assert_eq!(service.titles(), ["water the plants", "sleep"]);
    assert_eq!(service.get("/todos/1").json(), added.json());
}

fn a_change_and_its_entry_in_the_history_are_one<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &[]);
    service.add("water the plants").json();
    service.add("sleep").json();
    for done in [true, true, false] {
        let changed = service.ask("PATCH", "/todos/2", &json!({ "done": done }).to_string()).json();
        assert_eq!(changed, json!({ "id": 2, "title": "sleep", "done": done }));
    }
    assert_eq!(service.get("/todos/2/history").json(), json!(["added", "done", "done", "reopened"]));
    assert_eq!(service.get("/todos/1/history").json(), json!(["added"]));
}

fn a_change_that_fails_half_way_is_taken_back_and_only_the_log_says_why<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &[]);
    let added = service.add("sleep").json();
    home.run::<D>("DROP TABLE events");
    let failed = service.ask("PATCH", "/todos/1", r#"{ "done": true }"#);
    assert_eq!((failed.status, failed.body.contains("events")), (500, false), "{failed:?}");
    assert_eq!(service.get("/todos/1").json(), added);
    assert_eq!(service.figure("opened"), 1, "the connection is as good as before");
    service.terminate();
    let log = service.end().log;
    assert!(log.starts_with("500 ") && log.contains("events"), "{log}");
}

fn what_is_removed_is_gone_with_its_history<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &[]);
    service.add("sleep").json();
    assert_eq!(service.ask("DELETE", "/todos/1", "").status, 204);
    assert_eq!(service.get("/todos").json(), json!([]));
    for (method, path) in
        [("GET", "/todos/1"), ("GET", "/todos/1/history"), ("PATCH", "/todos/1"), ("DELETE", "/todos/1")]
    {
        let answer = service.ask(method, path, r#"{ "done": true }"#);
        assert_eq!((answer.status, &*answer.body), (404, "there is no such to-do"), "{method} {path}");
    }
    assert_eq!(service.add("wake up").json()["id"], 2, "a number is never given twice");
}

fn what_was_added_survives_the_service<D: Database>() {
    let home = D::fresh();
    let first = Service::start(&home.url, &[]);
    first.add("sleep").json();
    first.terminate();
    assert_eq!(first.end().code, Some(0));
    let second = Service::start(&home.url, &[]);
    second.add("wake up").json();
    assert_eq!(second.titles(), ["sleep", "wake up"]);
}

fn wrong_input_is_refused_with_what_is_wrong<D: Database>() {
    let home = D::fresh();
    let service = Service::start(&home.url, &[]);
    let long = json!({ "title": "x".repeat(201) }).to_string();
    for (method, path, body, status, words) in [
        ("POST", "/todos", r#"{ "title": " " }"#, 422, "the title is empty"),
        ("POST", "/todos", &*long, 422, "more than 200 letters"),
        ("POST", "/todos", r#"{ "name": "sleep" }"#, 422, "missing field `title`"),
        ("POST", "/todos", "{", 400, "EOF"),
        ("PATCH", "/todos/1", r#"{ "done": "yes" }"#, 422, "expected a boolean"),
        ("GET", "/todos/first", "", 400, "Cannot parse `first`"),
        ("GET", "/nowhere", "", 404, ""),
        ("PUT", "/todos", "", 405, ""),
    ] {
        let answer = service.ask(method, path, body);
        assert_eq!(answer.status, status, "{method} {path} {body}: {answer:?}");
        assert!(answer.body.contains(words), "{method} {path} {body}: {answer:?}");
    }
    assert_eq!(service.get("/todos").json(), json!([]));
}

on_every_database!(
    what_is_added_is_listed_in_order,
    a_change_and_its_entry_in_the_history_are_one,
    a_change_that_fails_half_way_is_taken_back_and_only_the_log_says_why,
    what_is_removed_is_gone_with_its_history,
    what_was_added_survives_the_service,
    wrong_input_is_refused_with_what_is_wrong,
);
