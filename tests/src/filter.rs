//! What a filter of the command line means.

/// Whether it means the trial of this name. One with `::` in it begins where a part of the name begins, so that
/// `postgres::` does not mean `diesel-postgres::` too; any other may stand anywhere.
pub fn means(filter: &str, name: &str) -> bool {
    let is_a_beginning = |at: usize| at == 0 || name[..at].ends_with("::");
    let mut found = name.match_indices(filter);
    found.any(|(at, _)| !filter.contains("::") || is_a_beginning(at))
}

#[cfg(test)]
mod tests {
    use super::means;

    #[test]
    fn a_driver_is_not_the_end_of_another() {
        for name in ["postgres::queue::a_law", "postgres::null::a_law"] {
            assert!(means("postgres::", name) && !means("postgres::", &format!("diesel-{name}")));
        }
    }

    #[test]
    fn strategies_and_laws_are_filters_too() {
        for filter in ["queue::a_law", "diesel-postgres::queue", "table::", "a_la", "gres"] {
            assert!(means(filter, "diesel-postgres::queue::a_law::table::"), "{filter}");
        }
        assert!(!means("thread::a_law", "fake::singleton-thread::a_law"));
        assert!(!means("a_rule", "fake::singleton-thread::a_law"));
    }
}
