//! Mutants of the workers: lanes that hold each other up, workers that do not end, callers that are not told.

use super::{
    killer::Killer::{Law, Model},
    mutant::Mutant,
};

pub(super) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "a lane runs as many jobs as there are",
        file: "crew.rs",
        from: "(queue.running < queue.most)",
        to: "(queue.running < usize::MAX)",
        killers: &[Model("every_job_is_done_in_a_lane_that_runs_one_at_a_time")],
    },
    Mutant {
        name: "no more workers are started than one",
        file: "crew.rs",
        from: "if roster.ready() <= roster.resting {",
        to: "if roster.workers > 0 {",
        killers: &[Law("fake::queue::a_slow_connect_holds_up_nobody_else")],
    },
    Mutant {
        name: "a worker that rests is not woken",
        file: "crew.rs",
        from: "quarters.bell.notify_one();",
        to: "",
        killers: &[Law("fake::static::a_worker_that_rests_begins_when_there_is_work")],
    },
    Mutant {
        name: "workers that rest do not hear that their pool is closed",
        file: "crew.rs",
        from: "self.quarters.bell.notify_all();\n        self.quarters.alarm.notify_all();",
        to: "self.quarters.alarm.notify_all();",
        killers: &[Law("fake::queue::closing_ends_idle_workers_at_once")],
    },
    Mutant {
        name: "idle workers stay",
        file: "crew.rs",
        from: "const LINGER: Duration = Duration::from_secs(1);",
        to: "const LINGER: Duration = Duration::from_secs(1000);",
        killers: &[Law("fake::queue::an_idle_worker_ends_by_itself")],
    },
    Mutant {
        name: "a small pool closes one at a time",
        file: "crew.rs",
        from: "Queue::new(most.max(LEAST_CLOSING))",
        to: "Queue::new(most.min(LEAST_CLOSING))",
        killers: &[Law("fake::queue::a_hung_close_keeps_no_other_open")],
    },
    Mutant {
        name: "closes hold up connects",
        file: "driver.rs",
        from: "self.crew.submit(Lane::Closing, Box::new(job))",
        to: "self.crew.submit(Lane::Opening, Box::new(job))",
        killers: &[Law("fake::queue::hung_closes_do_not_keep_a_pool_from_connecting")],
    },
    Mutant {
        name: "a connect that no worker began with is made by the caller that leaves",
        file: "preparation.rs",
        from: "if errand.sponsor.has_left() {",
        to: "if errand.sponsor.has_left() && false {",
        killers: &[Law("fake::static::a_caller_without_time_never_connects_itself")],
    },
    Mutant {
        name: "a caller does not hear that its connect failed",
        file: "errand.rs",
        from: "let _ = self.sponsor.offer(Grant::Word);",
        to: "",
        killers: &[Law("fake::static::a_failed_connect_is_told_when_it_has_failed")],
    },
    Mutant {
        name: "a caller hears that its connect failed before its place is free",
        file: "preparation.rs",
        from: "drop(place);\n            errand.fail(News::Failed(error));",
        to: "errand.fail(News::Failed(error));\n            drop(place);",
        killers: &[Law("fake::null::a_failed_connect_has_freed_its_place_when_it_is_told")],
    },
    Mutant {
        name: "the caller of a hung connect does not hear that its pool is closed",
        file: "shared.rs",
        from: "self.errands.wake_all();",
        to: "",
        killers: &[Law("fake::null::closing_frees_the_caller_of_a_hung_connect")],
    },
    Mutant {
        name: "a worker's connect may take no longer than its first caller",
        file: "preparation.rs",
        from: "visit.deadline.remaining().max(self.driver.settings.timeout)",
        to: "visit.deadline.remaining().min(self.driver.settings.timeout)",
        killers: &[Law("fake::static::a_connect_is_given_the_time_that_is_left")],
    },
];
