//! `Awaited`: what is not built yet, and the sign by which one sees that it is.

/// Something that is not built yet. A row that awaits it is a fault as soon as the sign is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Awaited {
    /// What it is, for the page.
    pub(super) what: &'static str,
    /// How one sees that it is there.
    pub(super) sign: Sign,
}

/// How one sees that something is there.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sign {
    /// The workspace has this folder.
    Folder(&'static str),
}

pub(super) const DIESEL: Awaited = folder("an adapter for Diesel", "adapters/diesel");
pub(super) const MYSQL: Awaited = folder("an adapter for MySQL", "adapters/mysql");

const fn folder(what: &'static str, path: &'static str) -> Awaited {
    Awaited { what, sign: Sign::Folder(path) }
}
