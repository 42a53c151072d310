//! What all details rest on.

use std::rc::Rc;

use duty::{Assessment, Candidates, HsCode, Shipment, Spread, assess_all};
use pack::{Labels, LineLabels, Rates};
use query::RawQuery;

/// A question with its answer: settled on one line of the tariff, or on a few codes one of which it is.
pub struct Basis {
    /// The address of the page, without its query.
    pub page: String,
    /// The query of the page; links go from it to others.
    pub query: RawQuery,
    /// The codes as they were asked for.
    pub asked: Candidates,
    /// What was asked, under codes the tariff has.
    pub shipment: Shipment,
    /// The tariff.
    pub rates: Rc<Rates>,
    /// The tariffs of other importers, as far as they are at hand: only who compares importers needs them.
    pub others: Vec<Rc<Rates>>,
    /// What codes are called.
    pub names: Names,
    /// The answer.
    pub spread: Spread,
}

/// What codes are called in one language, as far as the part that is made needs it.
#[derive(Clone, Default)]
pub struct Names {
    /// The labels of the Harmonized System.
    pub labels: Option<Rc<Labels>>,
    /// What distinguishes the importer's lines.
    pub lines: Option<Rc<LineLabels>>,
}

impl Basis {
    /// What was asked, with its answer; `None` if the lines of a single code are still to be chosen from, which the page does itself.
    #[must_use]
    pub fn of(page: String, query: RawQuery, asked: &Shipment, rates: &Rc<Rates>, names: Names) -> Option<Self> {
        let shipment = asked.known_to(&rates.schedule);
        let spread = assess_all(&rates.schedule, &shipment).ok()?;
        let is_asked = spread.single().is_some() || shipment.candidates().single().is_none();
        is_asked.then(|| Self {
            page,
            query,
            asked: *asked.candidates(),
            rates: Rc::clone(rates),
            others: Vec::new(),
            shipment,
            names,
            spread,
        })
    }

    /// The same with the tariffs of other importers.
    #[must_use]
    pub fn with_others(self, others: Vec<Rc<Rates>>) -> Self {
        Self { others, ..self }
    }

    /// The answer for the line it is settled on; `None` while several codes are kept.
    #[must_use]
    pub fn assessment(&self) -> Option<&Assessment> {
        Some(&self.spread.single()?.assessment)
    }
}

impl Names {
    /// The label of a chapter, heading or subheading; empty if there is none.
    #[must_use]
    pub fn label(&self, code: HsCode) -> &str {
        self.labels.as_ref().and_then(|labels| labels.label(code)).unwrap_or_default()
    }

    /// What tells a national line from its siblings, and whether that is inferred.
    #[must_use]
    pub fn line(&self, code: HsCode) -> Option<(&str, bool)> {
        let lines = self.lines.as_ref()?;
        Some((lines.label(code)?, lines.is_inferred(code)))
    }
}
