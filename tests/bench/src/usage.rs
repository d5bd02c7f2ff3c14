//! `Usage`: what the process has used of the processors.

use nix::sys::resource::{UsageWho, getrusage};

/// Processor time and context switches of the whole process so far.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) seconds: f64,
    pub(crate) switches: f64,
}

impl Usage {
    pub(crate) fn so_far() -> Self {
        let usage = getrusage(UsageWho::RUSAGE_SELF).expect("a process may ask about itself");
        let [user, system] = [usage.user_time(), usage.system_time()]
            .map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
        let switches = usage.voluntary_context_switches() + usage.involuntary_context_switches();
        Self { seconds: user + system, switches: switches as f64 }
    }

    pub(crate) fn since(self, before: Self) -> Self {
        Self { seconds: self.seconds - before.seconds, switches: self.switches - before.switches }
    }
}
