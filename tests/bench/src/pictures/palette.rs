//! The colours: one that is strong, for cenote; greys for everything else; a paper that is light in any mode.

use plotters::style::RGBColor;

pub(super) const PAPER: RGBColor = RGBColor(0xFB, 0xFB, 0xFA);
pub(super) const INK: RGBColor = RGBColor(0x1F, 0x29, 0x33);
/// For what explains: still readable on the paper.
pub(super) const FAINT: RGBColor = RGBColor(0x5F, 0x6B, 0x76);
pub(super) const GRID: RGBColor = RGBColor(0xE3, 0xE6, 0xE8);
pub(super) const OURS: RGBColor = RGBColor(0x0B, 0x7A, 0x8F);
pub(super) const PEER: RGBColor = RGBColor(0xA9, 0xB1, 0xB9);
