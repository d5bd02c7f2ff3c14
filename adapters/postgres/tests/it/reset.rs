//! What each reset leaves of a session.

use std::time::Duration;

use cenote::{Fault, Manager};
use cenote_postgres::{
    Pool, PostgresManager, Reset, Session,
    postgres::types::{FromSql, Type},
};

use crate::kit::*;

/// A thing that a user leaves in a session, and how to see that it is there.
struct Trace {
    name: &'static str,
    left_by: &'static str,
    is_there: &'static str,
    /// Whether it stays after a rollback, after [`Reset::Session`], and after a statement that resets the role.
    stays: [bool; 3],
}

const TRACES: &[Trace] = &[
    Trace {
        name: "an open transaction",
        left_by: "begin; create table pg_temp.in_transaction (v int)",
        is_there: "select to_regclass('pg_temp.in_transaction') is not null",
        stays: [false, false, false],
    },
    Trace {
        name: "a setting of a transaction",
        left_by: "begin; set local lock_timeout = 77",
        is_there: "select current_setting('lock_timeout') = '77ms'",
        stays: [false, false, false],
    },
    Trace {
        name: "a role",
        left_by: "set role pg_monitor",
        is_there: "select current_user = 'pg_monitor'",
        stays: [true, false, false],
    },
    Trace {
        name: "a session's user",
        left_by: "set session authorization pg_monitor",
        is_there: "select session_user = 'pg_monitor'",
        stays: [true, false, true],
    },
    Trace {
        name: "a setting",
        left_by: "set search_path = nowhere",
        is_there: "select current_setting('search_path') = 'nowhere'",
        stays: [true, false, true],
    },
    Trace {
        name: "listen",
        left_by: "listen traces",
        is_there: "select exists (select from pg_listening_channels())",
        stays: [true, false, true],
    },
    Trace {
        name: "a temporary table",
        left_by: "create temporary table traces (v int)",
        is_there: "select to_regclass('pg_temp.traces') is not null",
        stays: [true, false, true],
    },
    Trace {
        name: "an advisory lock",
        left_by: "select pg_advisory_lock(pg_backend_pid())",
        is_there: "select exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())",
        stays: [true, false, true],
    },
    Trace {
        name: "a cursor",
        left_by: "begin; declare traces cursor with hold for select 1; commit",
        is_there: "select exists (select from pg_cursors where name = 'traces')",
        stays: [true, false, true],
    },
    Trace {
        name: "a prepared statement",
        left_by: "prepare traces as select 1",
        is_there: "select exists (select from pg_prepared_statements where name = 'traces')",
        stays: [true, true, true],
    },
];

fn is_there(session: &mut Session, trace: &Trace) -> bool {
    session.query_typed_one(trace.is_there, &[]).unwrap().get(0)
}

#[test]
fn each_reset_leaves_what_its_table_says() {
    let resets = [Reset::Rollback, Reset::Session, Reset::statement("reset role -- and nothing else")];
    for (index, reset) in resets.into_iter().enumerate() {
        for manager in
            [manager().with_reset(reset.clone()), manager().with_reset(reset.clone()).with_watcher(false)]
        {
            for trace in TRACES {
                let mut session = connect(&manager);
                session.batch_execute(trace.left_by).unwrap();
                assert!(is_there(&mut session, trace), "{}", trace.name);
                manager.rollback(&mut session).unwrap();
                assert!(!manager.has_broken(&mut session), "{}", trace.name);
                assert_eq!(
                    is_there(&mut session, trace),
                    trace.stays[index],
                    "{} after {reset:?}",
                    trace.name
                );
            }
        }
    }
}

#[test]
fn a_pool_that_resets_nothing_leaves_everything() {
    let pool = Pool::builder(manager()).reset_on_return(cenote::Reset::Nothing).build().unwrap();
    for trace in TRACES {
        let mut conn = pool.get().unwrap();
        conn.batch_execute("rollback").unwrap();
        conn.batch_execute(trace.left_by).unwrap();
        drop(conn);
        assert!(is_there(&mut pool.get().unwrap(), trace), "{}", trace.name);
        pool.invalidate();
    }
}

#[test]
fn after_a_deep_reset_statements_are_still_prepared_and_types_still_known() {
    #[derive(Debug)]
    struct Any;

    impl FromSql<'_> for Any {
        fn from_sql(_: &Type, _: &[u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
            Ok(Self)
        }

        fn accepts(_: &Type) -> bool {
            true
        }
    }

    let manager = manager().with_reset(Reset::Session);
    let mut session = connect(&manager);
    for number in 0..3 {
        // The driver reads about a type that it does not know, with statements of its own.
        session
            .batch_execute(&format!(
                "drop type if exists mood_{number}; create type mood_{number} as enum ('well')"
            ))
            .unwrap();
        let statement = session.prepare(&format!("select 'well'::mood_{number}")).unwrap();
        manager.rollback(&mut session).unwrap();
        assert!(!manager.has_broken(&mut session));
        let _: Any = session.query_one(&statement, &[]).unwrap().get(0);
    }
}

#[test]
fn a_deep_reset_costs_nothing_where_nothing_was_asked_and_one_round_trip_where_something_was() {
    let wire = wire();
    for reset in [Reset::Session, Reset::statement("reset role")] {
        let manager = through(&wire).with_reset(reset);
        let mut session = connect(&manager);
        for (sql, expected) in [("", 0), ("select 1", 1), ("", 0), ("begin", 1), ("", 0)] {
            if !sql.is_empty() {
                session.batch_execute(sql).unwrap();
            }
            let (home, trips) = wire.count(|| manager.rollback(&mut session));
            home.unwrap();
            assert_eq!(trips, expected, "{sql}");
        }
    }
}

#[test]
fn a_mistake_in_a_users_reset_is_the_error_of_the_first_connect() {
    for (sql, problem) in [
        ("reset rol", "unrecognized configuration parameter"),
        ("selekt 1", "syntax error"),
        ("select /*", "unterminated"),
    ] {
        let manager = manager().with_reset(Reset::statement(sql));
        let error = manager.connect(LONG).unwrap_err();
        assert!(error.to_string().starts_with("PostgresManager::with_reset: "), "{error}");
        assert!(error.to_string().contains(problem), "{error}");
        assert_eq!(manager.classify(&error), Fault::Refused);
    }
    let error = manager().with_reset(Reset::statement("discard all")).connect(LONG).unwrap_err();
    assert!(error.to_string().contains("DISCARD ALL cannot"), "{error}");
}

#[test]
fn a_users_reset_is_tried_once_for_all_connections() {
    let wire = wire();
    let manager = through(&wire).with_reset(Reset::statement("reset role"));
    let (_first, first) = wire.count(|| connect(&manager));
    let (_second, second) = wire.count(|| connect(&manager));
    assert_eq!(first, second + 1);
}

#[test]
fn a_reset_that_fails_costs_the_connection_and_nobody_waits() {
    let manager: PostgresManager = manager().with_reset(Reset::statement("reset role; select 1/(1-1)"));
    let pool = Pool::builder(manager).timeout(Duration::from_secs(5)).build().unwrap();
    assert!(pool.get().unwrap_err().to_string().contains("division by zero"));
    assert_eq!(pool.status().open, 0);
}
