//! The routes, and what each of them answers.

use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use serde::Deserialize;

use crate::{
    app::App,
    failure::Failure,
    report::Report,
    todos::{self, Todo},
};

type Answer<T> = Result<Json<T>, Failure>;

#[derive(Debug, Deserialize)]
struct New {
    title: String,
}

#[derive(Debug, Deserialize)]
struct Change {
    done: bool,
}

/// The whole service.
pub(crate) fn all(app: App) -> Router {
    Router::new()
        .route("/todos", get(list).post(add))
        .route("/todos/{id}", get(find).patch(mark).delete(remove))
        .route("/todos/{id}/history", get(history))
        .route("/status", get(status))
        .with_state(app)
}

async fn list(State(app): State<App>) -> Answer<Vec<Todo>> {
    app.run(|pool| Ok(Json(todos::list(&mut pool.get()?)?))).await
}

async fn add(State(app): State<App>, Json(new): Json<New>) -> Result<(StatusCode, Json<Todo>), Failure> {
    let title = checked(new.title)?;
    app.run(move |pool| Ok((StatusCode::CREATED, Json(todos::add(&mut pool.get()?, &title)?)))).await
}

async fn find(State(app): State<App>, Path(id): Path<i32>) -> Answer<Todo> {
    app.run(move |pool| Ok(Json(todos::find(&mut pool.get()?, id)?))).await
}

async fn mark(State(app): State<App>, Path(id): Path<i32>, Json(change): Json<Change>) -> Answer<Todo> {
    app.run(move |pool| Ok(Json(todos::mark(&mut pool.get()?, id, change.done)?))).await
}

async fn remove(State(app): State<App>, Path(id): Path<i32>) -> Result<StatusCode, Failure> {
    app.run(move |pool| todos::remove(&mut pool.get()?, id).map_err(Failure::from)).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn history(State(app): State<App>, Path(id): Path<i32>) -> Answer<Vec<String>> {
    app.run(move |pool| Ok(Json(todos::history(&mut pool.get()?, id)?))).await
}

async fn status(State(app): State<App>) -> Json<Report> {
    Json(app.status())
}

fn checked(title: String) -> Result<String, Failure> {
    match title.trim() {
        "" => Err(Failure::Invalid("the title is empty")),
        title if title.chars().count() > 200 => Err(Failure::Invalid("the title has more than 200 letters")),
        title => Ok(title.to_owned()),
    }
}
