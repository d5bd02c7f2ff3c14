//! Private servers: there in a second, gone with whoever started them.

mod lives;
mod orphans;
mod wire;
