//! `cargo xtask mutants`: applies one mutant after another, and looks whether it is noticed.

use std::{
    collections::{HashMap, hash_map::Entry},
    fs,
    process::ExitCode,
    time::Duration,
};

use clap::Args;

use super::{killer::Killer, mutant::Mutant, program::Outcome, table::mutants, workshop::Workshop};
use crate::{
    console,
    error::Result,
    project::Project,
    step::{now, seconds},
    table::Table,
};

/// Breaks the core on purpose, in one place at a time, and looks whether a law or a model notices.
///
/// It happens in a copy of the workspace in `target/mutants`. What a mutant has to be noticed by is green without it
/// first. A run that does not end counts as noticed, and is called so.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Only the mutants with these words in their names.
    name: Option<String>,

    /// Say which there are, and what has to notice them.
    #[arg(long)]
    list: bool,

    /// Run these laws instead of those that have to notice: to find out who would.
    #[arg(long, value_name = "FILTER")]
    law: Option<String>,
}

/// Longer than any law takes that waits in vain.
const PATIENCE: Duration = Duration::from_secs(60);

/// What came of one mutant.
struct Fate<'m> {
    mutant: &'m Mutant,
    noticed: bool,
    words: String,
    took: Duration,
}

/// How long each killer may take, from how long it takes when all is well.
type Limits<'k> = HashMap<Killer<'k>, Duration>;

/// Applies the mutants that were asked for.
pub(crate) fn run(project: &Project, arguments: Arguments) -> Result<ExitCode> {
    let asked_for = arguments.name.unwrap_or_default();
    let mutants = mutants().filter(|mutant| mutant.name.contains(&asked_for)).collect::<Vec<_>>();
    if mutants.is_empty() {
        return Err(format!("no mutant has `{asked_for}` in its name; `cargo xtask mutants --list`").into());
    }
    if arguments.list {
        mutants.iter().for_each(|mutant| list(mutant));
        return Ok(ExitCode::SUCCESS);
    }
    check_fit(project, &mutants)?;
    let workshop = Workshop::set_up(project)?;
    let instead = arguments.law.as_deref().map(|filter| [Killer::Law(filter)]);
    let killers_of = |mutant: &Mutant| instead.as_ref().map_or(mutant.killers, |instead| instead);
    let limits = baseline(&workshop, mutants.iter().flat_map(|mutant| killers_of(mutant)))?;
    console::headline("mutants");
    let fates = mutants.iter().map(|mutant| {
        let fate = judge(&workshop, mutant, killers_of(mutant), &limits);
        let word = if fate.noticed { "noticed" } else { "NOT NOTICED" };
        console::line(format_args!("{word}: {}: {} ({})", mutant.name, fate.words, seconds(fate.took)));
        fate
    });
    Ok(conclude(&fates.collect::<Vec<_>>()))
}

fn list(mutant: &Mutant) {
    let killers = mutant.killers.iter().map(Killer::to_string).collect::<Vec<_>>();
    console::line(format_args!("{} ({}): {}", mutant.name, mutant.file, killers.join(", ")));
}

/// All of them at once, so that whoever changed the core can mend them all.
fn check_fit(project: &Project, mutants: &[&Mutant]) -> Result {
    let misfits = mutants.iter().filter_map(|mutant| {
        let text = fs::read_to_string(project.root().join(mutant.path())).unwrap_or_default();
        mutant.applied_to(&text).err()
    });
    let misfits = misfits.collect::<Vec<_>>();
    if misfits.is_empty() { Ok(()) } else { Err(misfits.join("\n").into()) }
}

/// Runs each killer once without a mutant. One that finds nothing to run would notice nothing for ever.
fn baseline<'k>(
    workshop: &Workshop<'_>,
    killers: impl Iterator<Item = &'k Killer<'k>>,
) -> Result<Limits<'k>> {
    console::headline("without a mutant");
    let (mut limits, mut programs) = (Limits::new(), HashMap::new());
    for &killer in killers {
        if limits.contains_key(&killer) {
            continue;
        }
        let program = match programs.entry(killer.build()) {
            Entry::Occupied(built) => built.into_mut(),
            Entry::Vacant(new) => new.insert(workshop.build(killer)?),
        };
        let begun = now();
        let outcome = program.run(killer.filter(), &workshop.folder(killer), 10 * PATIENCE)?;
        let took = now() - begun;
        let Outcome::Green(1..) = outcome else {
            return Err(format!("{killer} has to be green without a mutant, and is {outcome:?}").into());
        };
        console::line(format_args!("green: {killer} ({})", seconds(took)));
        limits.insert(killer, PATIENCE + 4 * took);
    }
    Ok(limits)
}

fn judge<'m>(
    workshop: &Workshop<'_>,
    mutant: &'m Mutant,
    killers: &[Killer<'_>],
    limits: &Limits<'_>,
) -> Fate<'m> {
    let begun = now();
    let noticed = noticed_by(workshop, mutant, killers, limits);
    let took = now() - begun;
    match noticed {
        Ok(words) => Fate { mutant, noticed: true, words, took },
        Err(error) => Fate { mutant, noticed: false, words: error.to_string(), took },
    }
}

/// What noticed a mutant, in words; an error if one of those that have to has not.
fn noticed_by(
    workshop: &Workshop<'_>,
    mutant: &Mutant,
    killers: &[Killer<'_>],
    limits: &Limits<'_>,
) -> Result<String> {
    let _applied = workshop.apply(mutant)?;
    let mut words = Vec::new();
    for &killer in killers {
        let limit = limits.get(&killer).copied().unwrap_or(PATIENCE);
        words.push(match workshop.build(killer)?.run(killer.filter(), &workshop.folder(killer), limit)? {
            Outcome::Green(_) => return Err(format!("{killer} is still green").into()),
            Outcome::Hung(names) if names.is_empty() => format!("{killer} does not end"),
            Outcome::Hung(names) => format!("{killer} does not end, and {}", some_of(&names)),
            Outcome::Red(names) if names.is_empty() => format!("{killer} is aborted"),
            Outcome::Red(names) => some_of(&names),
        });
    }
    Ok(words.join(", "))
}

fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 6;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(" ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

fn conclude(fates: &[Fate<'_>]) -> ExitCode {
    let mut table = Table::new(["mutant", "noticed", "time"]);
    for fate in fates {
        let noticed = if fate.noticed { "yes" } else { "NO" };
        table.row([fate.mutant.name.to_owned(), noticed.to_owned(), seconds(fate.took)]);
    }
    console::headline("what is noticed");
    console::line(table);
    let missed = fates.iter().filter(|fate| !fate.noticed).count();
    console::line(format_args!("{} mutants, {missed} not noticed", fates.len()));
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
