//! `Mutant`: one way in which the core is broken on purpose.

use super::killer::Killer;

/// One way in which the core is broken on purpose: in one place, so that one thing is wrong.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mutant {
    /// What is broken, in words.
    pub(super) name: &'static str,
    /// A file of `pool/src`.
    pub(super) file: &'static str,
    /// What stands there, once.
    pub(super) from: &'static str,
    /// What is put in its place.
    pub(super) to: &'static str,
    /// Each of these has to notice.
    pub(super) killers: &'static [Killer<'static>],
}

impl Mutant {
    /// The path of its file from the root of the workspace.
    pub(super) fn path(&self) -> String {
        format!("pool/src/{}", self.file)
    }

    /// The text of its file, broken; else what is wrong with the mutant itself.
    pub(super) fn applied_to(&self, text: &str) -> Result<String, String> {
        match text.matches(self.from).count() {
            1 => Ok(text.replacen(self.from, self.to, 1)),
            count => Err(format!(
                "the mutant `{}` does not fit: its text is found {count} times in {}, and has to be found once: {}",
                self.name,
                self.path(),
                self.from
            )),
        }
    }
}
