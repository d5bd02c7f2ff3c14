//! The worker threads of a pool, as the system sees them.

use super::wait::wait_until;
use cenote::{Manager, Pool, Strategy};
use std::fs;

/// How many threads of this process carry the name of this pool's workers. On Linux only; none elsewhere.
pub fn alive(pool: &str) -> usize {
    states(pool).len()
}

/// Waits until all workers of this pool sleep: with nobody to hold them up, they wait for work. On Linux only.
pub fn wait_until_asleep(pool: &str) {
    wait_until("the pool's workers sleep", || states(pool).iter().all(|state| *state == 'S'));
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

/// What each worker of a pool does, in the system's letters.
fn states(pool: &str) -> Vec<char> {
    let name = thread_name(pool);
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let stats = tasks.filter_map(|task| fs::read_to_string(task.path().join("stat")).ok());
    stats
        .filter_map(|stat| {
            // `number (name) state ..`, and a name may hold anything.
            let (start, rest) = stat.rsplit_once(") ")?;
            (start.split_once(" (")?.1 == name).then(|| rest.chars().next())?
        })
        .collect()
}
