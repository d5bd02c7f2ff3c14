//! `cargo xtask tidy`: rules of the tree that no compiler checks, one in a file.

mod fault;
mod tree;
mod rust_code;
mod tokens;
mod imports;
mod headers;
mod facades;
mod floor_table;
mod floors;
mod cycles;
mod sizes;
mod ascii;
mod leftovers;
mod unsafe_code;
mod manifests;
mod apart;
mod crate_order;
mod changelog;
mod links;
mod defects;
mod command;

pub(crate) use command::{Arguments, check, run};
