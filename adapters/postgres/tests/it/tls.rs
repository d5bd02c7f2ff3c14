//! That what is encrypted is what the user wants encrypted, and that the watcher sees through it.

use std::{io::Read, net::TcpListener, thread};

use cenote::{Fault, Manager};
use cenote_postgres::{
    PostgresManager, Session, Tls,
    postgres::{Client, Config, NoTls},
};

use crate::{
    kit::*,
    leftovers::{SETUP, STEPS},
    secure_server::{PASSWORD, SecureServer, USER},
};

/// What becomes of a connection: nothing, or whether it is encrypted and whether it is watched.
type Outcome = Option<(bool, bool)>;

const REFUSED: Outcome = None;
const PLAIN: Outcome = Some((false, true));
const ENCRYPTED: Outcome = Some((true, true));
const PLAIN_UNWATCHED: Outcome = Some((false, false));

fn is_encrypted(client: &mut Client) -> bool {
    client.query_one("select ssl from pg_stat_ssl where pid = pg_backend_pid()", &[]).unwrap().get(0)
}

/// What becomes of it with the manager; and with the driver alone it becomes the same, except that nobody watches.
fn outcome<T: Tls>(url: &str, tls: T) -> Outcome {
    let alone = url.parse::<Config>().unwrap().connect(tls.clone());
    let manager = PostgresManager::url(url).unwrap().with_tls(tls);
    let session = manager.connect(LONG);
    assert_eq!(session.is_ok(), alone.is_ok(), "{url}");
    let mut session = session.ok()?;
    let is_encrypted_here = is_encrypted(&mut session);
    assert_eq!(is_encrypted_here, is_encrypted(&mut alone.unwrap()), "{url}");
    Some((is_encrypted_here, session.is_certainly_idle()))
}

#[test]
fn what_is_encrypted_is_what_the_driver_alone_would_encrypt() {
    let with = SecureServer::start();
    let without = cenote_servers::start_postgres().unwrap();
    let without_url = |mode: &str| format!("{}?sslmode={mode}", without.url());
    for (mode, no_tls, tls, no_server) in [
        ("disable", PLAIN, PLAIN, PLAIN),
        ("prefer", PLAIN, ENCRYPTED, PLAIN_UNWATCHED),
        ("require", REFUSED, ENCRYPTED, REFUSED),
    ] {
        let url = with.url("postgres", &format!("sslmode={mode}"));
        assert_eq!(outcome(&url, NoTls), no_tls, "{mode}, without TLS");
        assert_eq!(outcome(&url, with.tls.clone()), tls, "{mode}, with TLS");
        assert_eq!(outcome(&without_url(mode), with.tls.clone()), no_server, "{mode}, a server without TLS");
    }
}

#[test]
fn the_watcher_changes_no_byte_of_how_a_connection_begins() {
    const LOGIN: [u8; 4] = [0, 3, 0, 0];
    const SSL_REQUEST: [u8; 4] = [4, 210, 22, 47];
    for (parameters, expected) in [
        ("", LOGIN),
        ("sslmode=disable", LOGIN),
        ("sslmode=prefer", LOGIN),
        ("sslmode=prefer&sslnegotiation=direct", LOGIN),
        ("sslmode=require", SSL_REQUEST),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("postgres://me@{}/app?{parameters}", listener.local_addr().unwrap());
        let begin = thread::scope(|scope| {
            let server = scope.spawn(|| {
                let (mut client, mut begin) = (listener.accept().unwrap().0, [0; 8]);
                client.read_exact(&mut begin).unwrap();
                begin
            });
            PostgresManager::url(&url).unwrap().connect(LONG).unwrap_err();
            server.join().unwrap()
        });
        assert_eq!(begin[4..], expected, "{parameters}");
    }
}

#[test]
fn a_proof_is_bound_to_its_channel_through_the_watcher() {
    let server = SecureServer::start();
    let user = format!("{USER}:{PASSWORD}");
    let url = server.url(&user, "sslmode=require&channel_binding=require");
    let manager = PostgresManager::url(&url).unwrap().with_tls(server.tls.clone());
    assert!(is_encrypted(&mut connect(&manager)));
    let url = server.url(&user, "sslmode=disable&channel_binding=require");
    let manager = PostgresManager::url(&url).unwrap().with_tls(server.tls.clone());
    let error = manager.connect(LONG).unwrap_err();
    assert!(error.to_string().contains("server did not use channel binding"), "{error}");
    assert_eq!(manager.classify(&error), Fault::Refused);
}

#[test]
fn a_wrong_password_is_refused_and_shown_nowhere() {
    let server = SecureServer::start();
    let url = server.url(&format!("{USER}:hunter3"), "");
    let manager = PostgresManager::url(&url).unwrap();
    let error = manager.connect(LONG).unwrap_err();
    assert_eq!(manager.classify(&error), Fault::Refused);
    assert!(error.to_string().contains("password authentication failed for user \"prover\""), "{error}");
    let pool = cenote_postgres::Pool::new(PostgresManager::url(&url).unwrap());
    let refused = pool.get().unwrap_err();
    for shown in [
        format!("{error} {error:?}"),
        format!("{manager:?} {manager:#?}"),
        format!("{pool:?} {refused} {refused:?}"),
    ] {
        assert!(!shown.contains("hunter3"), "{shown}");
    }
    let missing = PostgresManager::url(&server.url(USER, "")).unwrap().connect(LONG).unwrap_err();
    assert!(missing.to_string().contains("password missing"), "{missing}");
    let right = PostgresManager::url(&server.url(&format!("{USER}:{PASSWORD}"), "")).unwrap();
    let session = connect(&right);
    assert!(!format!("{session:?} {right:?}").contains(PASSWORD));
}

fn home(manager: &impl Manager<Connection = Session>, session: &mut Session) -> bool {
    manager.rollback(session).is_ok() && !manager.has_broken(session)
}

#[test]
fn after_any_step_an_encrypted_connection_comes_home_clean_and_in_step_or_is_broken() {
    let server = SecureServer::start();
    let mut bystander = Client::connect(server.server.url(), NoTls).unwrap();
    bystander.batch_execute(SETUP).unwrap();
    let url = server.url("postgres", "sslmode=require");
    let manager = PostgresManager::url(&url).unwrap().with_tls(server.tls.clone());
    for step in STEPS {
        let mut session = connect(&manager);
        let pid = pid(&mut session);
        (step.take)(&mut session);
        let is_idle =
            !session.is_certainly_idle() || settled_state(&mut bystander, pid).as_deref() == Some("idle");
        assert!(is_idle, "{}", step.name);
        if home(&manager, &mut session) {
            assert_eq!(settled_state(&mut bystander, pid).as_deref(), Some("idle"), "{}", step.name);
            assert!(is_in_step(&mut session), "{}", step.name);
        }
    }
}

#[test]
fn an_encrypted_query_is_cancelled_and_its_connection_goes_home() {
    let server = SecureServer::start();
    let url = server.url("postgres", "sslmode=require");
    let manager = PostgresManager::url(&url).unwrap().with_tls(server.tls.clone());
    let mut session = connect(&manager);
    session.cancel_token().cancel_query().unwrap();
    assert!(home(&manager, &mut session));
    assert!(is_in_step(&mut session));
}
