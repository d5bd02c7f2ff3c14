//! `PooledConnection` as a Diesel connection: everything is passed on to its session.

use diesel::{
    connection::{
        CacheSize, Connection, ConnectionSealed, Instrumentation, LoadConnection, SimpleConnection,
        TransactionManager, TransactionManagerStatus,
    },
    expression::QueryMetadata,
    migration::MigrationConnection,
    query_builder::{Query, QueryFragment, QueryId},
    query_dsl::UpdateAndFetchResults,
    result::{ConnectionResult, QueryResult},
};

use cenote::Strategy;

use crate::{
    poolable::Poolable, pooled_connection::PooledConnection, session::Session,
    session_connection::comes_from_its_pool, transactions::PooledTransactions,
};

impl<C: Poolable, S: Strategy> SimpleConnection for PooledConnection<'_, C, S> {
    fn batch_execute(&mut self, query: &str) -> QueryResult<()> {
        self.session().batch_execute(query)
    }
}

impl<C: Poolable, S: Strategy> ConnectionSealed for PooledConnection<'_, C, S> {}

/// Diesel wants its connections to be `Send`, which a handle of `SingletonThread` is not: write `&mut *conn` there,
/// which is the [`Session`].
impl<C: Poolable, S: Strategy> Connection for PooledConnection<'_, C, S>
where
    Self: Send,
{
    type Backend = C::Backend;
    type TransactionManager = PooledTransactions<C::TransactionManager>;

    fn establish(_: &str) -> ConnectionResult<Self> {
        Err(comes_from_its_pool())
    }

    fn begin_test_transaction(&mut self) -> QueryResult<()> {
        self.session().begin_test_transaction()
    }

    fn execute_returning_count<T>(&mut self, source: &T) -> QueryResult<usize>
    where
        T: QueryFragment<Self::Backend> + QueryId,
    {
        self.session().execute_returning_count(source)
    }

    fn transaction_state(
        &mut self,
    ) -> &mut <Self::TransactionManager as TransactionManager<Self>>::TransactionStateData {
        self.session().transaction_state()
    }

    fn instrumentation(&mut self) -> &mut dyn Instrumentation {
        self.session().instrumentation()
    }

    fn set_instrumentation(&mut self, instrumentation: impl Instrumentation) {
        self.session().set_instrumentation(instrumentation);
    }

    fn set_prepared_statement_cache_size(&mut self, size: CacheSize) {
        self.session().set_prepared_statement_cache_size(size);
    }
}

impl<C: Poolable + LoadConnection<B>, S: Strategy, B> LoadConnection<B> for PooledConnection<'_, C, S>
where
    Self: Send,
{
    type Cursor<'conn, 'query>
        = <Session<C> as LoadConnection<B>>::Cursor<'conn, 'query>
    where
        Self: 'conn;
    type Row<'conn, 'query>
        = <Session<C> as LoadConnection<B>>::Row<'conn, 'query>
    where
        Self: 'conn;

    fn load<'conn, 'query, T>(&'conn mut self, source: T) -> QueryResult<Self::Cursor<'conn, 'query>>
    where
        T: Query + QueryFragment<Self::Backend> + QueryId + 'query,
        Self::Backend: QueryMetadata<T::SqlType>,
    {
        self.session().load(source)
    }
}

impl<C: Poolable + MigrationConnection, S: Strategy> MigrationConnection for PooledConnection<'_, C, S>
where
    Self: Send,
{
    fn setup(&mut self) -> QueryResult<usize> {
        self.session().setup()
    }
}

impl<C, S, Changes, Output> UpdateAndFetchResults<Changes, Output> for PooledConnection<'_, C, S>
where
    C: Poolable + UpdateAndFetchResults<Changes, Output>,
    S: Strategy,
    Self: Send,
{
    fn update_and_fetch(&mut self, changeset: Changes) -> QueryResult<Output> {
        self.session().update_and_fetch(changeset)
    }
}

impl<'p, C, S, T> TransactionManager<PooledConnection<'p, C, S>> for PooledTransactions<T>
where
    C: Poolable<TransactionManager = T>,
    S: Strategy,
    T: TransactionManager<C>,
    PooledConnection<'p, C, S>: Send,
{
    type TransactionStateData = T::TransactionStateData;

    fn begin_transaction(conn: &mut PooledConnection<'p, C, S>) -> QueryResult<()> {
        Self::begin_transaction(conn.session())
    }

    fn rollback_transaction(conn: &mut PooledConnection<'p, C, S>) -> QueryResult<()> {
        Self::rollback_transaction(conn.session())
    }

    fn commit_transaction(conn: &mut PooledConnection<'p, C, S>) -> QueryResult<()> {
        Self::commit_transaction(conn.session())
    }

    fn transaction_manager_status_mut<'c>(
        conn: &'c mut PooledConnection<'p, C, S>,
    ) -> &'c mut TransactionManagerStatus {
        Self::transaction_manager_status_mut(conn.session())
    }

    fn is_broken_transaction_manager(conn: &mut PooledConnection<'p, C, S>) -> bool {
        Self::is_broken_transaction_manager(conn.session())
    }
}
