//! `Destinations`: all that a run writes, and where.

use crate::arguments::Arguments;
use crate::destination::{Destination, Unwritable};
use crate::page::Page;
use crate::pictures::PICTURES;
use crate::report::Report;

/// The files and the folder that the arguments name.
pub(crate) struct Destinations {
    json: Option<Destination>,
    svg: Option<Destination>,
    page: Option<Destination>,
}

impl Destinations {
    /// Tries each of them, before anything is measured for it.
    pub(crate) fn try_all(arguments: &Arguments) -> Result<Self, Unwritable> {
        let Arguments { json, svg, page, .. } = arguments;
        Ok(Self {
            json: json.as_deref().map(|path| Destination::file("--json", path)).transpose()?,
            svg: svg.as_deref().map(|path| Destination::folder("--svg", path)).transpose()?,
            page: page.as_deref().map(|path| Destination::file("--page", path)).transpose()?,
        })
    }

    /// Writes the report to each. A picture of what was not measured is not drawn.
    pub(crate) fn write(&self, report: &Report) -> Result<(), Unwritable> {
        if let Some(json) = &self.json {
            json.write(&report.json())?;
        }
        if let Some(page) = &self.page {
            page.write(&Page(report).to_string())?;
        }
        let Some(svg) = &self.svg else { return Ok(()) };
        for picture in PICTURES {
            match (picture.draw)(report) {
                Some(text) => svg.write_into(picture.name, &text)?,
                None => eprintln!("{} is not written: its case, {}, was not run", picture.name, picture.case),
            }
        }
        Ok(())
    }
}
