//! `Machine`: what the figures were taken on, and with which versions.

use crate::versions::versions;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;
use std::thread::available_parallelism;
use sysinfo::{CpuRefreshKind, RefreshKind, System};

/// Processor, system and compiler.
#[derive(Debug, Serialize)]
pub(crate) struct Machine {
    processor: String,
    pub(crate) cores: usize,
    system: String,
    kernel: String,
    rustc: String,
    /// Of cenote and of the other pools, by package.
    versions: BTreeMap<&'static str, &'static str>,
}

impl Machine {
    /// The one that this program runs on.
    pub(crate) fn this() -> Self {
        let only_names = RefreshKind::nothing().with_cpu(CpuRefreshKind::nothing());
        let system = System::new_with_specifics(only_names);
        let brand = system.cpus().first().map(|cpu| cpu.brand().trim().to_owned());
        Self {
            processor: known(brand),
            cores: available_parallelism().map_or(0, usize::from),
            system: known(System::long_os_version()),
            kernel: known(System::kernel_version()),
            rustc: env!("RUSTC_VERSION").to_owned(),
            versions: versions().collect(),
        }
    }

    /// The versions of the pools, in words.
    pub(crate) fn pools(&self) -> String {
        let pools = self.versions.iter().map(|(name, version)| format!("{name} {version}"));
        pools.collect::<Vec<_>>().join(", ")
    }

    pub(crate) fn version(&self, package: &str) -> &str {
        self.versions.get(package).copied().unwrap_or(UNKNOWN)
    }
}

const UNKNOWN: &str = "unknown";

fn known(text: Option<String>) -> String {
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| UNKNOWN.to_owned())
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { processor, cores, system, kernel, rustc, .. } = self;
        let rustc = rustc.split(" (").next().unwrap_or_default();
        write!(f, "{processor}, {cores} cores, {system}, kernel {kernel}, {rustc}")
    }
}
