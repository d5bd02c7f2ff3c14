//! The table of all mutants.

use super::{
    changing, keeping, lending, mutant::Mutant, opening, overtaking, returning, strategies, telling, waiting,
    workers,
};

/// All of them, by what they break.
pub(super) fn mutants() -> impl Iterator<Item = &'static Mutant> {
    let tables = [
        waiting::MUTANTS,
        overtaking::MUTANTS,
        keeping::MUTANTS,
        strategies::MUTANTS,
        lending::MUTANTS,
        returning::MUTANTS,
        opening::MUTANTS,
        workers::MUTANTS,
        telling::MUTANTS,
        changing::MUTANTS,
    ];
    tables.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::mutants;

    #[test]
    fn every_mutant_fits_the_core_as_it_is() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let misfits = mutants().filter_map(|mutant| {
            let text = fs::read_to_string(root.join(mutant.path())).unwrap_or_default();
            mutant.applied_to(&text).err()
        });
        let misfits = misfits.collect::<Vec<_>>();
        assert!(misfits.is_empty(), "\n{}", misfits.join("\n"));
    }

    #[test]
    fn every_mutant_has_a_name_of_its_own_a_change_and_a_killer() {
        let names = mutants().map(|mutant| mutant.name).collect::<BTreeSet<_>>();
        assert_eq!(names.len(), mutants().count());
        for mutant in mutants() {
            assert!(mutant.from != mutant.to && !mutant.killers.is_empty(), "{}", mutant.name);
        }
    }
}
