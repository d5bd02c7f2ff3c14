//! Diesel's getting-started guide: its functions as the guide has them, on connections of this pool.

use cenote_diesel::{
    DieselManager, Pool,
    diesel::{self, connection::SimpleConnection, prelude::*},
};

diesel::table! {
    posts (id) {
        id -> Integer,
        title -> Text,
        body -> Text,
        published -> Bool,
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = posts)]
struct Post {
    id: i32,
    title: String,
    body: String,
    published: bool,
}

#[derive(Insertable)]
#[diesel(table_name = posts)]
struct NewPost<'a> {
    title: &'a str,
    body: &'a str,
}

/// The guide, for one kind of connection. Only `establish_connection` is the pool's.
macro_rules! guide {
    ($name:ident, $connection:ty, $key:literal, $home:expr) => {
        mod $name {
            use super::*;

            fn create_post(conn: &mut $connection, title: &str, body: &str) -> Post {
                use super::posts;

                let new_post = NewPost { title, body };
                diesel::insert_into(posts::table)
                    .values(&new_post)
                    .returning(Post::as_returning())
                    .get_result(conn)
                    .expect("Error saving new post")
            }

            fn publish_post(conn: &mut $connection, id: i32) -> QueryResult<Post> {
                use super::posts::dsl::{posts, published};

                diesel::update(posts.find(id))
                    .set(published.eq(true))
                    .returning(Post::as_returning())
                    .get_result(conn)
            }

            fn show_posts(conn: &mut $connection) -> Vec<Post> {
                use super::posts::dsl::*;

                posts
                    .filter(published.eq(true))
                    .limit(5)
                    .select(Post::as_select())
                    .load(conn)
                    .expect("Error loading posts")
            }

            fn delete_posts(conn: &mut $connection, pattern: &str) -> usize {
                use super::posts::dsl::*;

                diesel::delete(posts.filter(title.like(pattern))).execute(conn).expect("Error deleting posts")
            }

            #[test]
            fn its_programs_run_on_a_pool() {
                let home = $home;
                let pool = Pool::<$connection>::new(DieselManager::new(&*home.url));
                let create = concat!(
                    "CREATE TABLE posts (id ",
                    $key,
                    ", title VARCHAR NOT NULL, body TEXT NOT NULL, \
                     published BOOLEAN NOT NULL DEFAULT FALSE)"
                );
                pool.get().unwrap().batch_execute(create).unwrap();

                let connection = &mut pool.get().unwrap();
                let post = create_post(connection, "Diesel demo", "some text");
                assert!(!post.published);
                assert!(show_posts(connection).is_empty());
                assert_eq!(publish_post(connection, post.id).unwrap().title, "Diesel demo");
                assert_eq!(show_posts(&mut pool.get().unwrap())[0].body, "some text");
                assert_eq!(delete_posts(connection, "%demo%"), 1);
                assert!(show_posts(connection).is_empty());
            }
        }
    };
}

guide!(
    on_sqlite,
    SqliteConnection,
    "INTEGER PRIMARY KEY",
    <crate::kit::Sqlite as crate::kit::Database>::fresh()
);
guide!(
    on_postgres,
    PgConnection,
    "SERIAL PRIMARY KEY",
    <crate::kit::Postgres as crate::kit::Database>::fresh()
);
