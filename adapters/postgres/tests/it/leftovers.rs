//! Everything that a user may leave behind, each as a step that can follow any other.

use std::{
    io::{Read, Write},
    mem,
    time::Duration,
};

use cenote_postgres::{
    Session,
    postgres::{Statement, fallible_iterator::FallibleIterator, types::Type},
};

/// One thing that a user does with a connection. None minds whether it fails: after the one before, it may have to.
///
/// The driver closes a statement that was dropped with its next message, for whose answer it does not wait; on the wire
/// that looks like a round trip, or not. So a statement after which trips are counted is kept.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) take: fn(&mut Session),
    /// How many round trips the return of a fresh connection costs after it. They cannot be counted where the driver has
    /// something of its own to send that nobody waits for: it goes before the question or together with it.
    pub(crate) trips_home: Option<u64>,
    /// Whether PgBouncer 1.18 may lose count of the answers after it, as it does with the driver alone: it then withholds
    /// one for ever.
    pub(crate) confuses_a_pooler: bool,
}

impl Step {
    const fn confusing_a_pooler(self) -> Self {
        Self { confuses_a_pooler: true, ..self }
    }
}

/// The statement, which is never closed.
fn kept(conn: &mut Session, sql: &str) -> Option<Statement> {
    let statement = conn.prepare(sql).ok()?;
    mem::forget(statement.clone());
    Some(statement)
}

const fn step(name: &'static str, trips_home: u64, take: fn(&mut Session)) -> Step {
    Step { name, take, trips_home: Some(trips_home), confuses_a_pooler: false }
}

const fn uncounted(name: &'static str, take: fn(&mut Session)) -> Step {
    Step { name, take, trips_home: None, confuses_a_pooler: false }
}

/// No parameters, of a type that is one.
const NONE: [(&str, Type); 0] = [];

/// Run once for each database: what the steps work on.
pub(crate) const SETUP: &str = "
    create table if not exists leftovers (v int check (v > 0));
    create table if not exists leftovers_refused (v int);
    create or replace view leftovers_view as select v from leftovers;
    create or replace function leftovers_refuse() returns trigger language plpgsql
        as $$ begin raise exception 'refused'; end $$;
    create or replace trigger refuse before insert on leftovers_refused
        for each statement execute function leftovers_refuse();
";

pub(crate) const STEPS: &[Step] = &[
    step("nothing", 0, |_| ()),
    step("a query", 0, |conn| {
        let _ = conn.query("select generate_series(1, 10)", &[]);
    }),
    step("a query of one message", 0, |conn| {
        let _ = conn.simple_query("select 1; select 2");
    }),
    step("a query without a prepared statement", 0, |conn| {
        let _ = conn.query_typed("select 1", &[]);
    }),
    step("a transaction that was committed", 0, |conn| {
        let Ok(mut transaction) = conn.transaction() else { return };
        let _ = transaction.execute("insert into leftovers values (1)", &[]);
        let _ = transaction.commit();
    }),
    step("a transaction that was dropped", 0, |conn| {
        let Ok(mut transaction) = conn.transaction() else { return };
        let _ = transaction.execute("insert into leftovers values (1)", &[]);
    }),
    step("a transaction that was forgotten", 1, |conn| {
        let Ok(mut transaction) = conn.transaction() else { return };
        let _ = transaction.batch_execute("insert into leftovers values (1)");
        mem::forget(transaction);
    }),
    step("a savepoint that was forgotten", 1, |conn| {
        let Ok(mut transaction) = conn.transaction() else { return };
        if let Ok(savepoint) = transaction.savepoint("s") {
            mem::forget(savepoint);
        }
        mem::forget(transaction);
    }),
    step("a portal that was dropped in a transaction that was committed", 0, |conn| {
        let Ok(mut transaction) = conn.transaction() else { return };
        if let Ok(portal) = transaction.bind("select generate_series(1, 10)", &[]) {
            let _ = transaction.query_portal(&portal, 3);
        }
        let _ = transaction.commit();
    }),
    step("begin", 1, |conn| {
        let _ = conn.batch_execute("begin");
    }),
    step("a begin whose answer was not read", 1, |conn| {
        let _ = conn.query_typed_raw("begin", NONE).map(|_| ());
    }),
    step("begin, and a failure", 1, |conn| {
        let _ = conn.batch_execute("begin");
        let _ = conn.query_typed("select 1/0", &[]);
    }),
    uncounted("begin, a failure, and a transaction that could not be begun", |conn| {
        let _ = conn.batch_execute("begin");
        let _ = conn.batch_execute("select 1/0");
        let _ = conn.build_transaction().read_only(true).start().map(mem::forget);
    }),
    step("commit and chain", 1, |conn| {
        let _ = conn.batch_execute("begin; commit and chain");
    }),
    step("several transactions in one message", 1, |conn| {
        let _ = conn.batch_execute("begin; select 1; commit; begin; select 2");
    }),
    step("a commit by hand", 0, |conn| {
        let _ = conn.batch_execute("begin; select 1; commit");
    }),
    step("a failure in one message", 1, |conn| {
        let _ = conn.batch_execute("select 1; select 1/0; select 2");
    }),
    step("a failure of a statement", 1, |conn| {
        let _ = conn.query_typed("select 1/(1-$1)", &[(&1, Type::INT4)]);
    }),
    step("a failure, and a query after it", 0, |conn| {
        let _ = conn.query("select 1/0", &[]);
        let _ = conn.query("select 1", &[]);
    }),
    step("a syntax error", 1, |conn| {
        let _ = conn.query("selekt", &[]);
    }),
    step("a statement that timed out", 1, |conn| {
        // Set for one transaction: behind a pooler, a session's settings are not its own.
        let _ = conn.batch_execute("begin; set local statement_timeout = 1; select pg_sleep(10)");
    }),
    step("rows that were not read", 1, |conn| {
        let Ok(mut rows) = conn.query_typed_raw("select generate_series(1, 100000)", NONE) else { return };
        let _ = rows.next();
    }),
    step("rows that were not read, of a transaction", 1, |conn| {
        let _ = conn.batch_execute("begin");
        let Ok(mut rows) = conn.query_typed_raw("select generate_series(1, 100000)", NONE) else { return };
        let _ = rows.next();
    }),
    step("a copy in that was finished", 1, |conn| {
        let Some(statement) = kept(conn, "copy leftovers from stdin") else { return };
        let Ok(mut writer) = conn.copy_in(&statement) else { return };
        let _ = writer.write_all(b"1\n2\n");
        let _ = writer.finish();
    })
    .confusing_a_pooler(),
    uncounted("a copy in that was dropped", |conn| {
        let Some(statement) = kept(conn, "copy leftovers from stdin") else { return };
        let Ok(mut writer) = conn.copy_in(&statement) else { return };
        let _ = writer.write_all(&b"1\n".repeat(10_000));
    })
    .confusing_a_pooler(),
    step("a copy in of what is no row", 1, |conn| {
        let Some(statement) = kept(conn, "copy leftovers from stdin") else { return };
        let Ok(mut writer) = conn.copy_in(&statement) else { return };
        let _ = writer.write_all(b"1\nno number\n");
        let _ = writer.finish();
    })
    .confusing_a_pooler(),
    uncounted("a copy in that a trigger refused", |conn| {
        let Some(statement) = kept(conn, "copy leftovers_refused from stdin") else { return };
        let Ok(mut writer) = conn.copy_in(&statement) else { return };
        let _ = writer.write_all(b"1\n");
        let _ = writer.finish();
    })
    .confusing_a_pooler(),
    uncounted("a copy in that never began", |conn| {
        let Some(statement) = kept(conn, "copy leftovers_view from stdin") else { return };
        let _ = conn.copy_in(&statement).map(|_| ());
    })
    .confusing_a_pooler(),
    step("a copy out that was read", 0, |conn| {
        let Some(statement) = kept(conn, "copy (select generate_series(1, 1000)) to stdout") else { return };
        let Ok(mut reader) = conn.copy_out(&statement) else { return };
        let _ = reader.read_to_end(&mut Vec::new());
    })
    .confusing_a_pooler(),
    step("a copy out that was dropped", 1, |conn| {
        let Some(statement) = kept(conn, "copy (select generate_series(1, 100000)) to stdout") else {
            return;
        };
        let Ok(mut reader) = conn.copy_out(&statement) else {
            return;
        };
        let _ = reader.read(&mut [0; 10]);
    })
    .confusing_a_pooler(),
    uncounted("a copy in by a message of one's own", |conn| {
        let _ = conn.batch_execute("copy leftovers from stdin");
    })
    .confusing_a_pooler(),
    uncounted("a copy out by a message of one's own", |conn| {
        let _ = conn.batch_execute("copy (select generate_series(1, 10)) to stdout");
    })
    .confusing_a_pooler(),
    uncounted("a question that nobody waited for", |conn| {
        let _ = conn.is_valid(Duration::ZERO);
    }),
    step("a statement that was dropped", 0, |conn| {
        let _ = conn.prepare("select 1").map(|statement| {
            let _ = conn.query(&statement, &[]);
        });
    }),
    step("listen and notify", 0, |conn| {
        let _ = conn.batch_execute("listen leftovers; notify leftovers, 'x'");
    }),
    uncounted("a failure of a statement that was dropped", |conn| {
        let _ = conn.query("select 1/(1-$1::int4)", &[&1]);
    }),
    uncounted("rows that were not read, of a statement that was dropped", |conn| {
        let Ok(mut rows) = conn.query_raw("select generate_series(1, 100000)", &[] as &[&str]) else {
            return;
        };
        let _ = rows.next();
    }),
    uncounted("a copy in that was finished, of a statement that was dropped", |conn| {
        let Ok(mut writer) = conn.copy_in("copy leftovers from stdin") else { return };
        let _ = writer.write_all(b"1\n2\n");
        let _ = writer.finish();
    })
    .confusing_a_pooler(),
    uncounted("a copy in that never began, of a statement that was dropped", |conn| {
        let _ = conn.copy_in("copy leftovers_view from stdin").map(|_| ());
    })
    .confusing_a_pooler(),
    step("a parameter that cannot be sent", 0, |conn| {
        let _ = conn.query("select $1::int4", &[&"no number"]);
    }),
];
