//! `Chunks`: an array that grows without moving, each element on a cache line of its own.

use crossbeam_utils::CachePadded;
use std::sync::OnceLock;

/// An array that grows without moving: the first chunk has eight elements, each further one twice as many as the
/// one before. Reading takes no lock; elements are made when first asked for, a chunk at a time.
#[derive(Debug)]
pub(crate) struct Chunks<T> {
    chunks: [OnceLock<Box<[CachePadded<T>]>>; CHUNKS],
    make: fn() -> T,
}

/// In a model the first has one, so that it searches no slots that nobody uses.
const FIRST: usize = if cfg!(loom) { 1 } else { 8 };
const CHUNKS: usize = 26;

impl<T> Chunks<T> {
    pub(crate) fn new(make: fn() -> T) -> Self {
        Self { chunks: [const { OnceLock::new() }; CHUNKS], make }
    }

    /// The element, if its chunk has been made.
    #[inline(always)]
    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        let (chunk, offset) = Self::locate(index);
        self.chunks.get(chunk)?.get()?.get(offset).map(|padded| &**padded)
    }

    /// The element; makes its chunk if need be.
    pub(crate) fn get_or_make(&self, index: usize) -> &T {
        let (chunk, offset) = Self::locate(index);
        &self.chunks[chunk]
            .get_or_init(|| (0..FIRST << chunk).map(|_| CachePadded::new((self.make)())).collect())[offset]
    }

    /// All elements that have been made, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        let made = self.chunks.iter().map_while(OnceLock::get);
        made.flat_map(|chunk| chunk.iter()).map(|padded| &**padded).enumerate()
    }

    #[inline]
    fn locate(index: usize) -> (usize, usize) {
        let shifted = index as u64 + FIRST as u64;
        let chunk = (shifted.ilog2() - FIRST.ilog2()) as usize;
        (chunk, (shifted - ((FIRST as u64) << chunk)) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_has_an_element_of_its_own_and_none_moves() {
        let chunks = Chunks::new(|| 0_u8);
        let first: *const u8 = chunks.get_or_make(0);
        let mut seen: Vec<*const u8> =
            (0..1000).map(|index| std::ptr::from_ref(chunks.get_or_make(index))).collect();
        assert_eq!(seen[0], first);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 1000);
        assert!(chunks.get(1_000_000).is_none());
    }
}
