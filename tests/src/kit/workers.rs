//! The worker threads of a pool, as the system sees them.

use super::wait::wait_until;
use cenote::{Manager, Pool, Strategy};

/// How many threads of this process carry the name of this pool's workers. On Linux only; none elsewhere.
pub fn alive(pool: &str) -> usize {
    let name = thread_name(pool);
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return 0 };
    tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("comm")).ok())
        .filter(|comm| comm.trim_end_matches('\n') == name)
        .count()
}

/// Waits until this pool has no worker thread any more, by its own count and by the system's.
pub fn wait_until_gone<M: Manager, S: Strategy>(pool: &Pool<M, S>) {
    wait_until("the pool counts no worker", || pool.status().workers == 0);
    wait_until_none(pool.name());
}

/// Waits until no thread carries the name of this pool's workers.
pub fn wait_until_none(pool: &str) {
    wait_until("no thread is left of the pool's workers", || alive(pool) == 0);
}

/// The name of the worker threads of the pool of this name, as far as the system keeps it.
pub fn thread_name(pool: &str) -> String {
    let name = format!("cenote:{pool}");
    let longest = (0..=15.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    name[..longest.unwrap_or(0)].to_owned()
}
