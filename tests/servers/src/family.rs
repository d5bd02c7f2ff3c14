//! The processes of a server: the one that was started, and all that it started.

use std::collections::BTreeMap;
use std::fs;

/// The numbers of a process and all below it. Where the system has no `/proc`, its own alone.
pub(crate) fn of(number: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut children: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for process in processes {
        let Ok(own) = process.file_name().to_string_lossy().parse() else { continue };
        if let Some((_, parent)) = state_and_parent(own) {
            children.entry(parent).or_default().push(own);
        }
    }
    let mut family = vec![number];
    let mut at = 0;
    while let Some(member) = family.get(at) {
        family.extend(children.remove(member).unwrap_or_default());
        at += 1;
    }
    family
}

/// Whether a process still holds anything: one that nobody has waited for yet holds nothing but its number.
pub(crate) fn is_alive(number: u32) -> bool {
    state_and_parent(number).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

/// Whether a process may still do something: one that is told to stand still does not at once.
pub(crate) fn is_running(number: u32) -> bool {
    state_and_parent(number).is_some_and(|(state, _)| !matches!(state, 'T' | 't' | 'Z' | 'X'))
}

/// Their numbers, as a shell takes them.
pub(crate) fn listed(family: &[u32]) -> String {
    family.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

fn state_and_parent(number: u32) -> Option<(char, u32)> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    // `number (name) state parent ..`, and a name may hold anything.
    let mut rest = stat.rsplit(')').next()?.split_whitespace();
    Some((rest.next()?.chars().next()?, rest.next()?.parse().ok()?))
}
