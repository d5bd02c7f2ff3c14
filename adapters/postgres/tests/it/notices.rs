//! Who hears what the server mentions by the way.

use std::sync::mpsc;

use cenote::Manager;
use cenote_postgres::{PostgresManager, postgres::Config};

use crate::kit::*;

#[test]
fn a_callback_hears_everything_but_that_a_rollback_of_ours_had_nothing_to_roll_back() {
    for is_watching in [true, false] {
        let (tell, told) = mpsc::channel();
        let manager = manager().with_watcher(is_watching).with_notice_callback(move |notice| {
            tell.send(notice.message().to_owned()).unwrap();
        });
        let mut session = connect(&manager);
        session.batch_execute("do $$ begin raise notice 'look'; end $$").unwrap();
        session.batch_execute("rollback").unwrap();
        // Nobody knows what it left, so it is rolled back, in vain.
        session.batch_execute("select 1/0").unwrap_err();
        manager.rollback(&mut session).unwrap();
        session.batch_execute("commit").unwrap();
        let heard = told.try_iter().collect::<Vec<_>>();
        assert_eq!(
            heard,
            ["look", "there is no transaction in progress", "there is no transaction in progress"]
        );
    }
}

#[test]
fn a_callback_of_the_configuration_is_left_alone() {
    let (tell, told) = mpsc::channel();
    let mut config: Config = url().parse().unwrap();
    config.notice_callback(move |notice| tell.send(notice.message().to_owned()).unwrap());
    let mut session = connect(&PostgresManager::new(config));
    session.batch_execute("do $$ begin raise notice 'look'; end $$").unwrap();
    assert_eq!(told.try_iter().collect::<Vec<_>>(), ["look"]);
}
