//! The pictures, each a file: what a reader should see first, drawn from the rows of one case.

mod canvas;
mod cycle_cost;
mod labelled_ends;
mod logarithmic;
mod palette;
mod picture;
mod threads;
mod waits;

pub(crate) use picture::PICTURES;
