//! The catalogue: what went wrong in other pools and what they test, and what answers each of these here.

mod row;
mod proof;
mod sources;
mod sqlalchemy_seed;
mod sqlalchemy_head;
mod r2d2;
mod async_peers;
mod other_peers;
mod ported_slots;
mod ported_events;
mod ported_queue;
mod ported_life;
mod ported_elsewhere;
mod page;
mod markdown;
mod trials;

pub use trials::trials;
