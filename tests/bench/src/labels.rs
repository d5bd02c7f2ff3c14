//! The names of the pools as people know them.

/// The label of a pool by its name in the rows. One that has none is called by its name.
pub(crate) fn label(pool: &str) -> &str {
    let known = LABELS.iter().find(|(name, _)| *name == pool);
    known.map_or(pool, |(_, label)| label)
}

/// Whether the pool is cenote, whatever its strategy.
pub(crate) fn is_ours(pool: &str) -> bool {
    pool.starts_with("cenote")
}

const LABELS: &[(&str, &str)] = &[
    ("limit", "limit: two atomic additions"),
    ("by-hand", "by hand, no pool"),
    ("by-hand/each-time", "by hand, connect and close"),
    ("mutex-vec", "Mutex and Vec, by hand"),
    ("opool", "opool, which has no waiting"),
    ("cenote/Queue/lean", "cenote, lean"),
    ("cenote/Queue/defaults", "cenote, all defaults"),
    ("cenote/Queue/strict", "cenote, strict"),
    ("cenote/Queue/owned", "cenote, lean, get_owned"),
    ("cenote/Queue/lifo", "cenote, lean, Lifo"),
    ("cenote/Queue/fifo", "cenote, lean, Fifo"),
    ("cenote/SingletonThread", "cenote, SingletonThread"),
    ("cenote/Static", "cenote, Static"),
    ("cenote/Assertion", "cenote, Assertion"),
    ("cenote/Null", "cenote, Null (connects anew)"),
    ("cenote-sqlite/Queue/defaults", "cenote-sqlite, all defaults"),
    ("cenote-postgres", "cenote-postgres, all defaults"),
    ("cenote-mysql", "cenote-mysql, all defaults"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_plain_text_in_a_page_too() {
        for (pool, label) in LABELS {
            assert!(!label.contains(['<', '>', '|', '*', '`']), "{pool}: {label}");
        }
    }

    #[test]
    fn a_pool_without_a_label_keeps_its_name() {
        assert_eq!((label("cenote/Queue/lean"), label("deadpool")), ("cenote, lean", "deadpool"));
    }
}
