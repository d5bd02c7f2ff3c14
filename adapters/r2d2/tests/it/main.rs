//! What the bridge passes on to an r2d2 manager, and what it does not.

mod bridge;
