//! The page of defects has every one of the original's once, and an answer in every row.

use super::{
    fault::Fault,
    tree::{File, Tree},
};

const PAGE: &str = "tests/defects.md";

/// The original's defects: those that it has mended since, and those that it still has.
const ORIGINALS: [(&str, usize); 2] = [("sqlalchemy-3A-", 24), ("sqlalchemy-3B-", 20)];

const REMEDY: &str = "mend tests/src/catalogue, and bless the page";

pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let Some(text) = tree.text(PAGE) else {
        return vec![Fault::new(PAGE, 1, "there is no such page", "generate it from tests/src/catalogue")];
    };
    let rows = rows(File { path: PAGE, text });
    let mut faults = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if rows[..at].iter().any(|other| other.id == row.id) {
            faults.push(Fault::new(PAGE, row.line, format!("`{}` stands here twice", row.id), REMEDY));
        }
        if !row.is_answered {
            let what = format!("`{}` has neither a test nor a reason", row.id);
            faults.push(Fault::new(PAGE, row.line, what, REMEDY));
        }
    }
    let numbered = ORIGINALS.iter().flat_map(|(part, last)| (1..=*last).map(move |n| format!("{part}{n}")));
    let missing = numbered.clone().filter(|id| !rows.iter().any(|row| row.id == id));
    faults.extend(missing.map(|id| Fault::new(PAGE, 1, format!("`{id}` is missing"), REMEDY)));
    let known = numbered.collect::<Vec<_>>();
    let strange = rows.iter().filter(|row| {
        let is_numbered = ORIGINALS.iter().any(|(part, _)| row.id.starts_with(part));
        is_numbered && !known.iter().any(|id| id == row.id)
    });
    let strange = strange
        .map(|row| Fault::new(PAGE, row.line, format!("`{}` is no defect of the original", row.id), REMEDY));
    faults.extend(strange);
    faults
}

struct Row<'p> {
    id: &'p str,
    line: usize,
    is_answered: bool,
}

/// The rows of the page's tables: an id in backticks, what goes wrong, and tests in backticks or a sentence.
fn rows(page: File<'_>) -> Vec<Row<'_>> {
    let numbered = page.text.lines().zip(1..);
    let rows = numbered.filter_map(|(text, line)| {
        let (id, rest) = text.strip_prefix("| `")?.split_once("` | ")?;
        let answer =
            rest.strip_suffix(" |").and_then(|rest| rest.split_once(" | ")).map(|(_, answer)| answer);
        let is_answered = answer.is_some_and(|answer| answer.contains(": `") || answer.contains(' '));
        Some(Row { id, line, is_answered })
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::{ORIGINALS, PAGE, Tree, check};

    fn page(row: impl Fn(&str) -> String) -> String {
        let ids = ORIGINALS.iter().flat_map(|(part, last)| (1..=*last).map(move |n| format!("{part}{n}")));
        let rows = ids.map(|id| row(&id)).collect::<String>();
        format!("# Defects\n\n| id | wrong | caught |\n|---|---|---|\n{rows}")
    }

    fn sound(id: &str) -> String {
        format!("| `{id}` | Something fails. | law: `a_law`, `another` |\n")
    }

    fn faults(text: &str) -> Vec<String> {
        check(&Tree::planted(&[(PAGE, text)])).iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_whole_page_is_sound() {
        assert_eq!(faults(&page(sound)), Vec::<String>::new());
        let more = "| `r2d2-a` | Nobody is woken. | There is nobody who could sleep. |\n";
        assert_eq!(faults(&(page(sound) + more)), Vec::<String>::new());
    }

    #[test]
    fn a_defect_that_is_missing_or_double_or_strange_is_found() {
        let lost = page(|id| if id == "sqlalchemy-3B-7" { String::new() } else { sound(id) });
        assert!(faults(&lost).len() == 1 && faults(&lost)[0].contains("`sqlalchemy-3B-7` is missing"));
        let double = page(sound) + &sound("sqlalchemy-3A-1");
        assert!(faults(&double).len() == 1 && faults(&double)[0].contains("twice"));
        let strange = page(sound) + &sound("sqlalchemy-3A-25");
        assert!(faults(&strange).len() == 1 && faults(&strange)[0].contains("no defect of the original"));
        assert_eq!(check(&Tree::planted(&[])).len(), 1);
    }

    #[test]
    fn a_row_without_an_answer_is_found() {
        for answer in ["", "law:", "-"] {
            let hollow = page(sound) + &format!("| `r2d2-a` | Nobody is woken. | {answer} |\n");
            assert!(faults(&hollow).len() == 1 && faults(&hollow)[0].contains("neither a test nor a reason"));
        }
    }
}
