//! The versions of the pools in the race, as this package's lock file has them.

const LOCK_FILE: &str = include_str!("../Cargo.lock");

const POOLS: [&str; 10] = [
    "cenote",
    "cenote-sqlite",
    "cenote-postgres",
    "cenote-mysql",
    "bb8",
    "deadpool",
    "fastpool",
    "mysql",
    "opool",
    "r2d2",
];

/// Each pool's package, with its version.
pub(crate) fn versions() -> impl Iterator<Item = (&'static str, &'static str)> {
    POOLS.into_iter().filter_map(|name| Some((name, version(name)?)))
}

fn version(name: &str) -> Option<&'static str> {
    let (_, package) = LOCK_FILE.split_once(&format!("\nname = \"{name}\"\nversion = \""))?;
    package.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pool_has_a_version() {
        for name in POOLS {
            let version = version(name).unwrap_or_default();
            assert!(version.starts_with(|first: char| first.is_ascii_digit()), "{name}: {version:?}");
        }
    }
}
