//! What the metrics are called above a column, and what they mean.

/// The name of a metric as one reads it.
pub(crate) fn heading(metric: &str) -> String {
    metric.replace("p999", "p99.9").replace('_', " ")
}

/// What a metric means, for those whose name does not say it.
pub(crate) fn meaning(metric: &str) -> Option<&'static str> {
    let known = MEANINGS.iter().find(|(name, _)| *name == metric);
    known.map(|(_, meaning)| *meaning)
}

const MEANINGS: &[(&str, &str)] = &[
    ("ns_per_cycle", "nanoseconds for a get and a drop"),
    ("times_limit", "how many times the limit's cost, which is that of two atomic additions"),
    ("times_lean", "how many times the cost of cenote, lean"),
    ("times_defaults", "how many times the cost of cenote, all defaults"),
    ("times_each_time", "how many times the cost of connecting and closing by hand"),
    ("times_mutex_vec", "how many times the cost of a mutex around a Vec"),
    ("limits_beyond_each_time", "how many limits more than connecting and closing by hand"),
    ("cycles_per_second", "gets and drops of all threads together"),
    ("times_one_thread", "how many times the cycles of one thread"),
    ("share_of_limits_growth", "that growth beside the growth of the limit, on the same cores"),
    ("lean_times_this", "how many times as many cycles cenote, lean, does as this pool"),
    ("defaults_times_this", "how many times as many cycles cenote, all defaults, does as this pool"),
    ("gets_per_second", "connections got by all threads together"),
    ("share_of_ideal", "beside as many threads as there are connections, each with its own"),
    ("wait_p50_us", "microseconds from the call of get to its return; half of all waits are not longer"),
    ("wait_p99_us", "99 of 100 waits are not longer"),
    ("wait_p999_us", "999 of 1000 waits are not longer"),
    ("cpu_seconds_per_million", "processor time of the whole process for a million gets"),
    ("switches_per_million", "context switches of the whole process for a million gets"),
    ("jain_index", "1 if every thread got as many connections, 1/n if one got all"),
    ("most_overtakes", "how many that came later were served before one that waited, at the most"),
    ("p99_times_strict", "how many times the p99 of a pool that serves strictly in order"),
    ("us_per_query", "microseconds to get a connection, read one row by its key, and drop it"),
    ("arrivals_per_second", "how many come, on average, by a schedule that waits for nobody"),
    ("return_us", "microseconds for the drop, while so many wait"),
    ("hand_over_us", "microseconds from the beginning of the drop until one that waited runs"),
    ("late_p50_us", "microseconds by which a timeout comes later than asked for; half of all are not later"),
    ("late_max_us", "the same, of the latest in a round"),
    ("bytes_per_pool", "heap of a pool that has opened nothing"),
    ("bytes_per_idle_connection", "heap that each idle connection adds, which itself is a number"),
    ("bytes_per_waiter", "heap that each thread adds that waits"),
    ("trips_per_query", "round trips for that, counted on the wire"),
    ("times_by_hand", "how many times the time of the same query on a connection held by hand"),
    ("share_percent", "how much of that time the same query by hand does not take, in percent"),
];
