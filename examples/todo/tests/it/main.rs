//! The service as its users meet it: the program is started, asked over HTTP, and told to end.

mod client;
mod service;
mod databases;

mod answers;
mod limits;
mod ending;
mod page;
