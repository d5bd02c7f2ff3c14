//! Which statements leave no transaction behind.

use std::any::type_name;

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use diesel::{
    backend::Backend,
    query_builder::{QueryBuilder, QueryFragment},
};

/// Where Diesel has its typed statements: `SelectStatement` and the boxed one, `InsertStatement`, and so on.
const TYPED: [&str; 5] = [
    "diesel::query_builder::select_statement::",
    "diesel::query_builder::insert_statement::",
    "diesel::query_builder::update_statement::",
    "diesel::query_builder::delete_statement::",
    "diesel::query_builder::combination_clause::",
];

/// How a statement begins that can neither begin a transaction nor make later ones begin it.
const HARMLESS: [&str; 6] = ["select", "insert", "update", "delete", "replace", "with"];

/// Whether queries of this type are Diesel's own `SELECT`, `INSERT`, `UPDATE` or `DELETE`. The compiler knows the answer, so
/// that nothing is done at run time.
///
/// The names of types are for people, and may change with the compiler or with Diesel: then the answer is a no, and the
/// text of the query is looked at.
#[inline]
pub(crate) fn is_typed<T: ?Sized>() -> bool {
    let name = type_name::<T>();
    TYPED.iter().any(|place| name.starts_with(place))
}

/// Whether this is one statement, and one that cannot leave a transaction open where none was. Whatever is not certain
/// is a no: one more rollback is the price.
///
/// Only the first word decides: all that a typed query can be, and a raw one that reads or changes rows, begins with
/// one of six. A semicolon within it may be part of a text, and may be followed by another statement.
pub(crate) fn leaves_nothing_open(sql: &str) -> bool {
    let sql = sql.trim_matches(|c: char| c.is_ascii_whitespace() || c == '(' || c == ';');
    let end = sql.bytes().take_while(u8::is_ascii_alphabetic).count();
    HARMLESS.iter().any(|word| word.eq_ignore_ascii_case(&sql[..end])) && !sql.contains(';')
}

/// The text of a query in the words of a backend that is known by its type.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
pub(crate) fn text_of<B: Backend<QueryBuilder: Default> + Default>(
    query: &impl QueryFragment<B>,
) -> Option<String> {
    let mut text = B::QueryBuilder::default();
    query.to_sql(&mut text, &B::default()).ok()?;
    Some(text.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use diesel::{dsl::sql, prelude::*, sql_types, sqlite::Sqlite};

    diesel::table! {
        notes {
            id -> Integer,
            text -> Text,
        }
    }

    fn is_known<T>(_query: T) -> bool {
        is_typed::<T>()
    }

    #[test]
    fn diesels_own_statements_are_known_by_their_types() {
        let text = || notes::text.eq("x");
        assert!(is_known(notes::table.find(1)));
        assert!(is_known(notes::table.into_boxed::<Sqlite>()));
        assert!(is_known(notes::table.filter(notes::id.eq_any([1, 2])).for_update()));
        assert!(is_known(notes::table.union(notes::table)));
        assert!(is_known(diesel::select(diesel::dsl::now)));
        assert!(is_known(diesel::insert_into(notes::table).values(vec![text()])));
        assert!(is_known(diesel::insert_into(notes::table).values(text()).on_conflict_do_nothing()));
        assert!(is_known(diesel::replace_into(notes::table).values(text())));
        assert!(is_known(diesel::update(notes::table).set(text())));
        assert!(is_known(diesel::delete(notes::table).into_boxed::<Sqlite>()));
    }

    #[test]
    fn what_is_a_text_is_not_known_by_its_type() {
        assert!(!is_known(diesel::sql_query("BEGIN")));
        assert!(!is_known(diesel::sql_query("").bind::<sql_types::Integer, _>(1).sql("BEGIN")));
        assert!(!is_known(diesel::sql_query("BEGIN").into_boxed::<Sqlite>()));
        assert!(!is_known(sql::<sql_types::Integer>("BEGIN")));
    }

    #[test]
    fn what_reads_or_changes_rows_leaves_nothing_open() {
        for sql in [
            "SELECT 1",
            " \n select * from t;\n",
            "(SELECT a FROM t) UNION (SELECT b FROM u)",
            "INSERT INTO t VALUES (?)",
            "update t set a = 1",
            "DELETE FROM t",
            "replace into t values (1)",
            "WITH r AS (SELECT 1) SELECT * FROM r",
        ] {
            assert!(leaves_nothing_open(sql), "{sql}");
        }
    }

    #[test]
    fn whatever_else_may_leave_a_transaction_open() {
        for sql in [
            "BEGIN",
            "begin immediate",
            "START TRANSACTION",
            "SAVEPOINT s",
            "SET autocommit = 0",
            "CALL begins()",
            "XA START 'x'",
            "COMMIT AND CHAIN",
            "/* select */ BEGIN",
            "-- select\nBEGIN",
            "select 1; BEGIN",
            "selecting",
            "",
            ";",
        ] {
            assert!(!leaves_nothing_open(sql), "{sql}");
        }
    }
}
