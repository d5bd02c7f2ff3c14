//! `FloorTable`: the floors of the core, as `ARCHITECTURE.md` draws them.

use std::collections::BTreeMap;

use super::{fault::Fault, tree::Tree};

pub(super) const PAGE: &str = "ARCHITECTURE.md";

/// The rows below the heading `## Floors`: on which floor each module stands.
#[derive(Debug, Default)]
pub(super) struct FloorTable {
    floors: BTreeMap<String, Floor>,
}

#[derive(Debug, Clone, Copy)]
struct Floor {
    number: u32,
    line: usize,
}

impl FloorTable {
    /// Reads rows like ``| 1 | `sync` `id` | .. |``; a module that stands on two floors is a fault.
    pub(super) fn read(tree: &Tree, faults: &mut Vec<Fault>) -> Self {
        let mut table = Self::default();
        let text = tree.text(PAGE).unwrap_or_default();
        let below = text.lines().zip(1..).skip_while(|(line, _)| line.trim_end() != "## Floors").skip(1);
        for (row, line) in below.take_while(|(line, _)| !line.starts_with("## ")) {
            let mut cells = row.split('|').skip(1).map(str::trim);
            let Some(Ok(number)) = cells.next().map(str::parse) else { continue };
            for module in cells.next().unwrap_or_default().split('`').skip(1).step_by(2) {
                if let Some(known) = table.floors.insert(module.to_owned(), Floor { number, line }) {
                    let what = format!("`{module}` stands on floor {} and on floor {number}", known.number);
                    faults.push(Fault::new(PAGE, line, what, "name it once"));
                }
            }
        }
        if table.is_empty() {
            let remedy = "write rows like \"| 1 | `sync` `id` | why |\" below \"## Floors\"";
            faults.push(Fault::new(PAGE, 1, "there is no table of floors", remedy));
        }
        table
    }

    pub(super) fn is_empty(&self) -> bool {
        self.floors.is_empty()
    }

    pub(super) fn floor_of(&self, module: &str) -> Option<u32> {
        self.floors.get(module).map(|floor| floor.number)
    }

    /// The modules that it names, each with its line.
    pub(super) fn modules(&self) -> impl Iterator<Item = (&str, usize)> {
        self.floors.iter().map(|(module, floor)| (&**module, floor.line))
    }
}

#[cfg(test)]
mod tests {
    use super::{FloorTable, PAGE, Tree};

    const TEXT: &str = "# Architecture\n\n| 9 | `elsewhere` |\n\n## Floors\n\nWords.\n\n| floor | modules | why |\n|---|---|---|\n\
        | 1 | `sync` `id` | words with `ticks` |\n| 2 | `strategy/queue`, `id` | more |\n\n## Later\n| 3 | `pool` |\n";

    #[test]
    fn rows_below_the_heading_are_read() {
        let mut faults = Vec::new();
        let table = FloorTable::read(&Tree::planted(&[(PAGE, TEXT)]), &mut faults);
        assert_eq!(table.floor_of("sync"), Some(1));
        assert_eq!(table.floor_of("strategy/queue"), Some(2));
        assert_eq!(["elsewhere", "ticks", "pool"].map(|module| table.floor_of(module)), [None; 3]);
        assert_eq!(faults.len(), 1);
        assert_eq!(
            faults[0].to_string(),
            "ARCHITECTURE.md:12: `id` stands on floor 1 and on floor 2; name it once"
        );
    }

    #[test]
    fn a_page_without_the_table_is_found() {
        let mut faults = Vec::new();
        FloorTable::read(&Tree::planted(&[(PAGE, "# Architecture\n")]), &mut faults);
        assert_eq!(faults.len(), 1);
    }
}
