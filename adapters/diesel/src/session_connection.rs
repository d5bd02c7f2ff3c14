//! `Session` as a Diesel connection: whatever goes through it is noted, and passed on.

use diesel::{
    connection::{
        CacheSize, Connection, ConnectionSealed, Instrumentation, LoadConnection, SimpleConnection,
        TransactionManager, TransactionManagerStatus,
    },
    expression::QueryMetadata,
    migration::MigrationConnection,
    query_builder::{Query, QueryFragment, QueryId},
    query_dsl::UpdateAndFetchResults,
    result::{ConnectionError, ConnectionResult, QueryResult},
};

use crate::{
    poolable::Poolable,
    rows::Rows,
    session::{Session, may_be_the_end},
    transactions::PooledTransactions,
};

impl<C: Poolable> SimpleConnection for Session<C> {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.note_text(query);
        let answer = self.conn.batch_execute(query);
        self.note_end(answer)
    }
}

impl<C: Poolable> ConnectionSealed for Session<C> {}

impl<C: Poolable> Connection for Session<C> {
    type Backend = C::Backend;
    type TransactionManager = PooledTransactions<C::TransactionManager>;

    fn establish(_: &str) -> ConnectionResult<Self> {
        Err(comes_from_its_pool())
    }

    fn begin_test_transaction(&mut self) -> QueryResult<()> {
        let answer = self.conn.begin_test_transaction();
        self.note_end(answer)
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<Self::Backend> + QueryId,
    {
        self.note(source);
        let answer = self.conn.execute_returning_count(source);
        self.note_end(answer)
    }

    fn transaction_state(
        &mut self,
    ) -> &mut <Self::TransactionManager as TransactionManager<Self>>::TransactionStateData {
        self.conn.transaction_state()
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.conn.instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.conn.set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.conn.set_prepared_statement_cache_size(size);
    }
}

impl<C: Poolable + LoadConnection<B>, B> LoadConnection<B> for Session<C> {
    type Cursor<'conn, 'query> = Rows<'conn, C::Cursor<'conn, 'query>>;
    type Row<'conn, 'query> = C::Row<'conn, 'query>;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<Self::Backend> + QueryId + 'query,
        Self::Backend: QueryMetadata<T::SqlType>,
    {
        self.note(&source);
        let answer = self.conn.load(source);
        self.may_be_open |= may_be_the_end(&answer);
        Ok(Rows::new(answer?, &mut self.is_read, &mut self.may_be_open))
    }
}

impl<C: Poolable + MigrationConnection> MigrationConnection for Session<C> {
    fn setup(&mut self) -> QueryResult<usize> {
        let answer = self.conn.setup();
        self.note_end(answer)
    }
}

impl<C, Changes, Output> UpdateAndFetchResults<Changes, Output> for Session<C>
where
    C: Poolable + UpdateAndFetchResults<Changes, Output>,
{
    fn update_and_fetch(&mut self, changeset: Changes) -> QueryResult<Output> {
        let answer = self.conn.update_and_fetch(changeset);
        self.note_end(answer)
    }
}

impl<C, T> TransactionManager<Session<C>> for PooledTransactions<T>
where
    C: Poolable<TransactionManager = T>,
    T: TransactionManager<C>,
{
    type TransactionStateData = T::TransactionStateData;

    fn begin_transaction(session: &mut Session<C>) -> QueryResult<()> {
        let answer = T::begin_transaction(&mut session.conn);
        session.note_end(answer)
    }

    fn rollback_transaction(session: &mut Session<C>) -> QueryResult<()> {
        let answer = T::rollback_transaction(&mut session.conn);
        session.note_end(answer)
    }

    fn commit_transaction(session: &mut Session<C>) -> QueryResult<()> {
        let answer = T::commit_transaction(&mut session.conn);
        session.note_end(answer)
    }

    fn transaction_manager_status_mut(session: &mut Session<C>) -> &mut TransactionManagerStatus {
        T::transaction_manager_status_mut(&mut session.conn)
    }

    fn is_broken_transaction_manager(session: &mut Session<C>) -> bool {
        T::is_broken_transaction_manager(&mut session.conn)
    }
}

/// What `establish` says: it makes no sense for a connection that belongs to a pool.
pub(crate) fn comes_from_its_pool() -> ConnectionError {
    ConnectionError::BadConnection(
        "a pooled connection cannot be established; get it from its pool, or establish a bare one".to_owned(),
    )
}
