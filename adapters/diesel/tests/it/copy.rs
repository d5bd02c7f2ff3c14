//! `COPY` on PostgreSQL.

use std::io::Read;

use cenote_diesel::diesel::{self, prelude::*};

use crate::kit::*;

#[test]
fn rows_are_copied_from_values_and_from_raw_data_through_the_handle() {
    let home = Postgres::fresh();
    let pool = one::<Postgres>(&home);
    let mut conn = pool.get().unwrap();
    let values = vec![(notes::id.eq(1), notes::text.eq("a")), (notes::id.eq(2), notes::text.eq("b"))];
    assert_eq!(diesel::copy_from(notes::table).from_insertable(values).execute(&mut conn), Ok(2));
    let copied = diesel::copy_from(notes::table)
        .from_raw_data(notes::table, |copy| {
            writeln!(copy, "3,c").unwrap();
            QueryResult::Ok(())
        })
        .with_format(diesel::pg::CopyFormat::Csv)
        .execute(&mut *conn);
    assert_eq!(copied, Ok(1));
    assert_eq!(Postgres::all(&mut conn), ["a", "b", "c"]);
    assert_eq!(format!("{:?}", *conn), "Session { may_be_open: false, .. }");
}

#[test]
fn rows_are_copied_out_through_the_drivers_own_type() {
    let home = Postgres::fresh();
    let pool = one::<Postgres>(&home);
    let mut conn = pool.get().unwrap();
    Postgres::add(&mut conn, "a").unwrap();
    let mut out = String::new();
    diesel::copy_to(notes::table)
        .with_format(diesel::pg::CopyFormat::Csv)
        .load_raw(&mut **conn)
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert_eq!(out, "1,a\n");
}
