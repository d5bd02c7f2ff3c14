//! Transactions: what Diesel's manager knows to be open, how that is ended, and the manager of a pooled connection.

use std::{fmt, marker::PhantomData};

use diesel::{
    connection::{Connection, TransactionManager, TransactionManagerStatus},
    result::{Error, QueryResult},
};

/// How a transaction that a user left open is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Rollback,
    Commit,
}

/// What a transaction manager knows to be open.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Open {
    /// The transaction and its savepoints.
    pub(crate) levels: u32,
    /// Whether the outermost is a test transaction, which is to outlive its users.
    pub(crate) is_test: bool,
    /// Whether the database takes no more statements until the outermost is rolled back.
    is_spoilt: bool,
}

/// What became of the outermost transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outermost {
    /// The manager knew of none.
    WasNotOpen,
    /// It is ended.
    Ended,
    /// It is a test transaction, and stays.
    Stays,
}

impl End {
    pub(crate) fn statement(self) -> &'static str {
        match self {
            Self::Rollback => "ROLLBACK",
            Self::Commit => "COMMIT",
        }
    }
}

/// What is open. Asks nobody.
///
/// # Errors
///
/// [`Error::BrokenTransactionManager`] if the manager is.
#[inline]
pub(crate) fn open<C: Connection>(conn: &mut C) -> QueryResult<Open> {
    match C::TransactionManager::transaction_manager_status_mut(conn) {
        TransactionManagerStatus::InError => Err(Error::BrokenTransactionManager),
        TransactionManagerStatus::Valid(status) => Ok(match &status.in_transaction {
            None => Open { levels: 0, is_test: false, is_spoilt: false },
            Some(known) => Open {
                levels: known.transaction_depth.get(),
                is_test: known.test_transaction,
                is_spoilt: known.requires_rollback_maybe_up_to_top_level,
            },
        }),
    }
}

/// Ends every level through the manager, but not a test transaction that is in order.
pub(crate) fn end_levels<C: Connection>(conn: &mut C, end: End) -> QueryResult<Outermost> {
    let mut outermost = Outermost::WasNotOpen;
    loop {
        let before = open(conn)?;
        match before.levels {
            0 => return Ok(outermost),
            1 if before.is_test && !before.is_spoilt => return Ok(Outermost::Stays),
            _ => {}
        }
        let ended = if end == End::Commit && !(before.is_test && before.levels == 1) {
            C::TransactionManager::commit_transaction(conn)
        } else {
            C::TransactionManager::rollback_transaction(conn)
        };
        if open(conn)?.levels >= before.levels {
            return Err(ended.err().unwrap_or(Error::BrokenTransactionManager));
        }
        // Where the database had ended the transaction already, a rollback fails and the manager knows that it is over:
        // that is as good. A commit that fails is not.
        if end == End::Commit {
            ended?;
        }
        outermost = Outermost::Ended;
    }
}

/// The transaction manager of a connection that belongs to a pool: that of the connection itself.
pub struct PooledTransactions<T>(PhantomData<T>);

impl<T> fmt::Debug for PooledTransactions<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PooledTransactions")
    }
}
