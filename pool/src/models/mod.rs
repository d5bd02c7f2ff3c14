//! Models: loom runs the interleavings of a few threads in the real code, within printed bounds:
//! 1. of a store in the hands of a `ModelPool`, which uses it as a pool does: `stock_..`, `benches_..`, `assertion`,
//!    `null`;
//! 2. of one of the pool's other parts: `first_connect`, `farewell`, `crew`, `homecoming`;
//! 3. of a whole pool with its workers, over a `Server`: `whole_pool`, `errands`, `closing`, and of what it
//!    writes, `own_lines`.
//!
//! loom reports a thread that sleeps for ever as a deadlock, so that a lost wake-up fails every model in which somebody
//! waits. A wait that has a deadline may end at any moment. Atomics and locks that do not come from `sync.rs` as its
//! modelled ones are steps that loom does not see: nothing that a model is about may hang on them alone.

mod bounds;
mod model_pool;
mod stock_pool;
mod benches_pool;
mod server;

mod stock_line;
mod stock_overtaking;
mod stock_returns;
mod stock_shut;
mod stock_arrivals;
mod stock_resize;
mod stock_recovery;
mod benches_eviction;
mod benches_worker;
mod benches_shut;
mod assertion;
mod null;

mod first_connect;
mod farewell;
mod crew;
mod homecoming;

mod whole_pool;
mod errands;
mod closing;
mod own_lines;
