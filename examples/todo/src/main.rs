//! A to-do list as a web service: axum in front, Diesel behind, and a cenote pool between them.

mod options;
mod schema;
mod any_connection;
mod database;
mod failure;
mod todos;
mod report;
mod app;
mod routes;
mod shutdown;
mod service;

use std::process::ExitCode;

use clap::Parser;

use crate::options::Options;

#[expect(clippy::print_stderr, reason = "whoever started the service reads why it ended")]
fn main() -> ExitCode {
    match service::run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
