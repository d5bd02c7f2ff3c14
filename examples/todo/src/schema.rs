//! The tables, as the migrations make them.

diesel::table! {
    todos {
        id -> Integer,
        title -> Text,
        done -> Bool,
    }
}

diesel::table! {
    events {
        id -> Integer,
        todo_id -> Integer,
        what -> Text,
    }
}
