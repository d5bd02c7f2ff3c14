//! The demo from its first line to its last.

use cenote::{Assertion, Null, Pool, Queue, SingletonThread, Static, Strategy};
use cenote_sqlite::SqliteManager;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::console;
use crate::database::{Database, Inventory};
use crate::failure::Failure;
use crate::interrupt;
use crate::introduction::introduction;
use crate::ledger;
use crate::load::{Event, Load};
use crate::options::Options;
use crate::refusal;
use crate::report::Report;
use crate::strategy_kind::StrategyKind;

/// Runs the demo as the options say.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let database = Database::create(options)?;
    let (sender, events) = channel();
    interrupt::listen(sender.clone(), database.temporary_directory())?;
    let inventory = database.fill()?;
    console::line(introduction(options, &database, &inventory));

    let demo = Demo { options, database, inventory, events: (sender, events) };
    let builder =
        Pool::builder(SqliteManager::file(demo.database.path())).timeout(options.timeout).name("demo");
    match options.strategy {
        StrategyKind::Queue => demo.run(builder.strategy(Queue::new().size(options.size())).build()?),
        StrategyKind::SingletonThread => {
            demo.run(builder.strategy(SingletonThread::new().size(options.size())).build()?)
        }
        StrategyKind::Null => demo.run(builder.strategy(Null::new()).build()?),
        StrategyKind::Static => demo.run(builder.strategy(Static::new()).build()?),
        StrategyKind::Assertion => {
            refusal::show(demo.database.path())?;
            demo.run(builder.strategy(Assertion::new()).build()?)
        }
    }
}

struct Demo<'o> {
    options: &'o Options,
    database: Database,
    inventory: Inventory,
    events: (Sender<Event>, Receiver<Event>),
}

impl Demo<'_> {
    /// The same for every strategy: the load, the end of the pool, the check, the table.
    fn run<S: Strategy>(self, pool: Pool<SqliteManager, S>) -> Result<(), Failure> {
        let Self { options, database, inventory, events } = self;
        let load = Load { threads: options.threads(), duration: options.seconds, inventory };
        let outcome = load.run(&pool, events)?;
        pool.close_and_wait(PATIENCE)?;
        let status = pool.status();
        drop(pool);
        // A pool of its own looks: what it finds is in the file, not in a connection of the load.
        let balance = ledger::check(&*database.pool().get()?, &outcome.scores, &inventory);
        let report =
            Report { options, database: &database, outcome: &outcome, status: &status, balance: &balance };
        console::line(report);
        balance.map(drop)
    }
}

/// How long the pool may take to close once every thread has ended.
const PATIENCE: Duration = Duration::from_secs(10);
