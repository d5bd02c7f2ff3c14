//! `Failure`: why a request is not answered as it wished.

use axum::{
    http::{StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use cenote_diesel::{Error as PoolError, diesel::result::Error as QueryError};
use tokio::task::JoinError;

/// Why a request is not answered as it wished.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}")]
    Invalid(&'static str),
    #[error("as many requests as may wait for a connection do so already")]
    Crowded,
    /// The pool says who has the connections.
    #[error(transparent)]
    Pool(#[from] PoolError),
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The pool closes the connection that a panic of its user leaves behind, and opens another when one is wanted.
    #[error(transparent)]
    Panic(#[from] JoinError),
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Query(QueryError::NotFound) => StatusCode::NOT_FOUND,
            Self::Crowded | Self::Pool(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Query(_) | Self::Panic(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Failure {
    /// What is the client's fault it is told; the rest is for the log alone.
    #[expect(clippy::print_stderr, reason = "standard error is the log of this service")]
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            eprintln!("{status}: {self}");
        }
        match status {
            StatusCode::UNPROCESSABLE_ENTITY => (status, self.to_string()).into_response(),
            StatusCode::NOT_FOUND => (status, "there is no such to-do").into_response(),
            StatusCode::SERVICE_UNAVAILABLE => {
                (status, [(RETRY_AFTER, "1")], "the service is busy; try again").into_response()
            }
            _ => (status, "something went wrong; the log of the service says what").into_response(),
        }
    }
}
