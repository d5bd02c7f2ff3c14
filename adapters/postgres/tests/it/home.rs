//! What a connection is like when it comes home, whatever its user did.

use cenote::Manager;
use cenote_postgres::{PostgresManager, Session, postgres::Client};
use proptest::{prelude::*, sample::select, test_runner::Config as Cases};

use crate::{
    kit::*,
    leftovers::{SETUP, STEPS, Step},
};

/// Managers that differ in what can be seen.
fn managers() -> Vec<(&'static str, PostgresManager)> {
    let mut managers = vec![("watched", manager()), ("not watched", manager().with_watcher(false))];
    if let Some(socket) = cenote_servers::postgres().socket() {
        let port = cenote_servers::postgres().address().port();
        managers.push(("unix", PostgresManager::new(config(socket.to_str().unwrap(), port))));
    }
    managers
}

fn prepared() -> Client {
    let mut bystander = bystander();
    // Tests run side by side, and to replace what another is replacing is an error.
    bystander.batch_execute(&format!("begin; select pg_advisory_xact_lock(5); {SETUP}; commit")).unwrap();
    bystander
}

/// Whether what the session knows of itself is true, asked of the server.
fn knows_the_truth(session: &Session, pid: i32, bystander: &mut Client) -> bool {
    !session.is_certainly_idle() || settled_state(bystander, pid).as_deref() == Some("idle")
}

/// Brings a session home. It is clean, and in step, or it is broken.
fn bring_home(manager: &PostgresManager, session: &mut Session, pid: i32, bystander: &mut Client) -> bool {
    let is_kept = manager.rollback(session).is_ok() && !manager.has_broken(session);
    if is_kept {
        assert_eq!(settled_state(bystander, pid).as_deref(), Some("idle"));
        assert!(is_in_step(session));
    }
    is_kept
}

#[test]
fn after_any_step_a_connection_comes_home_clean_and_in_step() {
    let mut bystander = prepared();
    for (what, manager) in managers() {
        for step in STEPS {
            let mut session = connect(&manager);
            let pid = pid(&mut session);
            (step.take)(&mut session);
            assert!(knows_the_truth(&session, pid, &mut bystander), "{what}: {}", step.name);
            let is_kept = bring_home(&manager, &mut session, pid, &mut bystander);
            // Where the driver itself loses step, its connection is lost; and nowhere else.
            let loses_step = [
                "a copy in that never began",
                "a copy in that a trigger refused",
                "a copy in by a message of one's own",
            ];
            let is_lost = loses_step.iter().any(|name| step.name.starts_with(name));
            assert_eq!(is_kept, !is_lost, "{what}: {}", step.name);
            let_go(session);
        }
    }
}

proptest! {
    #![proptest_config(Cases { cases: 200, failure_persistence: None, ..Cases::default() })]

    #[test]
    fn after_any_steps_in_any_order_a_connection_comes_home_clean_and_in_step_or_is_broken(
        lives in prop::collection::vec(prop::collection::vec(select((0..STEPS.len()).collect::<Vec<_>>()), 0..5), 1..4)
    ) {
        let mut bystander = prepared();
        for (what, manager) in managers() {
            let mut session = connect(&manager);
            let pid = pid(&mut session);
            for steps in &lives {
                let steps = steps.iter().map(|index| &STEPS[*index]).collect::<Vec<&Step>>();
                for step in &steps {
                    (step.take)(&mut session);
                    let names = steps.iter().map(|step| step.name).collect::<Vec<_>>();
                    prop_assert!(knows_the_truth(&session, pid, &mut bystander), "{}: {:?}", what, names);
                }
                if !bring_home(&manager, &mut session, pid, &mut bystander) {
                    break;
                }
            }
            let_go(session);
        }
    }
}
