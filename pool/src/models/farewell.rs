//! Models of the end of a closed pool: whoever waits for it sees the last one go.

use super::bounds::{join, model, seen};
use crate::farewell::Farewell;
use crate::time::Deadline;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread::spawn;
use std::sync::Arc;
use std::time::Duration;

#[derive(Default)]
struct Scene {
    farewell: Farewell,
    out: AtomicUsize,
}

impl Scene {
    fn with(out: usize) -> Arc<Self> {
        Arc::new(Self { farewell: Farewell::default(), out: AtomicUsize::new(out) })
    }

    fn come_home(&self) {
        self.out.fetch_sub(1, Ordering::Relaxed);
        self.farewell.announce();
    }

    fn wait(&self, within: Duration) -> bool {
        self.farewell.wait(Deadline::after(within), || self.out.load(Ordering::Relaxed) == 0)
    }
}

#[test]
fn the_last_that_comes_home_is_seen_by_the_one_that_waits() {
    model("two come home, one waits", 4, &[], || {
        let scene = Scene::with(2);
        let others = [(); 2].map(|()| {
            let scene = Arc::clone(&scene);
            spawn(move || scene.come_home())
        });
        assert!(scene.wait(Duration::MAX));
        others.into_iter().for_each(join);
    });
}

#[test]
fn the_last_that_comes_home_is_seen_by_all_that_wait() {
    let sights = ["the deadline passed", "it was over before"];
    model("one comes home, two wait, a third not for long", 3, &sights, || {
        let scene = Scene::with(1);
        let waits = Arc::clone(&scene);
        let waiter = spawn(move || assert!(waits.wait(Duration::MAX)));
        let leaves = Arc::clone(&scene);
        let leaver = spawn(move || {
            seen(if leaves.wait(Duration::ZERO) { "it was over before" } else { "the deadline passed" });
        });
        let comes = Arc::clone(&scene);
        let other = spawn(move || comes.come_home());
        assert!(scene.wait(Duration::MAX));
        join(waiter);
        join(leaver);
        join(other);
    });
}
