//! Circles among imports.

/// One module imports from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) line: usize,
}

/// A circle, if there is any: edges of which each begins where the one before it ends.
pub(super) fn find(edges: &[Edge]) -> Option<Vec<&Edge>> {
    let mut left = edges.iter().collect::<Vec<_>>();
    // What nobody imports from, and what imports from nobody, is in no circle. When nothing more can be taken away,
    // every edge left is followed by another.
    loop {
        let before = left.len();
        left = left.iter().copied().filter(|edge| left.iter().any(|next| next.from == edge.to)).collect();
        left = left.iter().copied().filter(|edge| left.iter().any(|back| back.to == edge.from)).collect();
        if left.len() == before {
            break;
        }
    }
    let mut walk = vec![*left.first()?];
    loop {
        let end = &walk.last()?.to;
        if let Some(begin) = walk.iter().position(|edge| edge.from == *end) {
            return Some(walk.split_off(begin));
        }
        walk.push(left.iter().copied().find(|edge| edge.from == *end)?);
    }
}

#[cfg(test)]
mod tests {
    use super::{Edge, find};

    fn edges(pairs: &[(&str, &str)]) -> Vec<Edge> {
        let edge =
            |(from, to): &(&str, &str)| Edge { from: (*from).to_owned(), to: (*to).to_owned(), line: 1 };
        pairs.iter().map(edge).collect()
    }

    #[test]
    fn a_circle_is_found_among_edges_that_lead_into_and_out_of_it() {
        let edges = edges(&[("a", "b"), ("b", "c"), ("c", "d"), ("d", "b"), ("d", "e"), ("e", "f")]);
        let cycle = find(&edges).unwrap();
        let names = cycle.iter().map(|edge| &*edge.from).collect::<Vec<_>>();
        assert_eq!(names, ["b", "c", "d"]);
    }

    #[test]
    fn a_tree_has_none() {
        assert_eq!(find(&edges(&[("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")])), None);
    }
}
