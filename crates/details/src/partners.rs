//! The same goods with every partner in one table: into China from each member of ASEAN, or from China into each of them.
//!
//! Into China all pay on one tariff and in one currency. From China each importer has its own of both, and nobody here knows a rate of
//! exchange: there the figures are percent of the customs value, over all lines below the six digits that are common to all. What is not
//! known is a word and comes last; it is never nothing.

use std::cmp::Reverse;

use duty::{
    Assessment, AssessmentError, Bill, Doubt, Economy, HsCode, Money, Note, Percent, Quantities, RegimeOption, Shipment, Span, Spread,
    Standing, assess_all, percentage,
};
use markup::{View, bar, classed, element, grade, paragraph};
use query::{KEPT, RawQuery, SAVING, SORT};
use rust_decimal::Decimal;
use words::{Words, joined};

use crate::Basis;
use crate::form::STAYS;

/// What importers with currencies of their own are compared on. So large that a currency without small coins rounds no percentage.
const ROUND_SUM: &str = "100000000";

/// One figure of an answer.
type Figure = fn(&Assessment) -> Option<Span>;

/// A partner with its answer.
struct Row {
    partner: Economy,
    found: Result<Spread, Gap>,
}

/// Why there is no answer.
enum Gap {
    /// The tariff is not at hand.
    NoTariff,
    /// The tariff has no line under the code.
    NoLine,
    /// The figures are beyond arithmetic.
    Unknown,
}

/// What all rows have in common.
struct Comparison<'a> {
    words: Words,
    basis: &'a Basis,
    /// Percent of the customs value in place of amounts.
    in_percent: bool,
    by_saving: bool,
}

/// The lead, the field to sort by, and the table.
pub(crate) fn partners(words: Words, basis: &Basis) -> View {
    let comparison = Comparison {
        words,
        basis,
        in_percent: basis.shipment.importer().is_asean(),
        by_saving: basis.query.further(SORT) == SAVING,
    };
    comparison.view()
}

impl Comparison<'_> {
    fn view(&self) -> View {
        let texts = self.words.texts;
        let mut rows: Vec<Row> = Economy::China.partners().map(|partner| self.row(partner)).collect();
        rows.sort_by_key(|row| self.place(row));
        let lead = if self.in_percent {
            let code = self.code().map(|code| code.subheading().dotted());
            texts.partners_lead_importers(&code.unwrap_or_default())
        } else {
            let value = self.basis.shipment.value();
            texts.partners_lead_origins(&self.words.format.money(value.amount(), value.currency()))
        };
        let headings = self
            .headings()
            .map(|text| element("th").attribute("scope", "col").text(text).view());
        let longest = rows.iter().filter_map(|row| Some(self.drawn(row)?.most)).max().unwrap_or_default();
        let caption = if self.by_saving {
            texts.partners_by_saving()
        } else {
            texts.partners_by_cost()
        };
        let table = classed("table", "partners")
            .child(element("caption").text(caption).view())
            .child(element("thead").child(element("tr").children(headings).view()).view())
            .child(element("tbody").children(rows.iter().map(|row| self.row_view(row, longest))).view());
        View::several([
            paragraph("small", lead),
            self.sort_field(),
            table.view(),
            paragraph("small", texts.partners_note()),
        ])
    }

    fn headings(&self) -> [&'static str; 5] {
        let texts = self.words.texts;
        [
            texts.partners_country(),
            texts.partners_without(),
            texts.partners_best(),
            texts.partners_saving(),
            texts.border_title(),
        ]
    }

    /// Like the fields of a form, so that whoever sorts stays where they are.
    fn sort_field(&self) -> View {
        let texts = self.words.texts;
        let option = |value, text| element("option").attribute("value", value).text(text).view();
        let select = element("select")
            .attribute("name", SORT)
            .child(option("", texts.border_title()))
            .child(option(SAVING, texts.partners_saving()));
        classed("label", "asks")
            .attribute(STAYS, SORT)
            .child(element("span").text(texts.partners_sort()).view())
            .child(select.view())
            .view()
    }

    /// The code of the goods: there is an answer for them, so that there is one only.
    fn code(&self) -> Option<HsCode> {
        self.basis.shipment.candidates().single()
    }

    fn is_present(&self, partner: Economy) -> bool {
        let shipment = &self.basis.shipment;
        [shipment.importer(), shipment.origin()].contains(&partner)
    }

    fn row(&self, partner: Economy) -> Row {
        let found = if self.in_percent {
            self.into(partner)
        } else {
            self.out_of(partner)
        };
        Row { partner, found }
    }

    /// Goods of another origin, into China.
    fn out_of(&self, origin: Economy) -> Result<Spread, Gap> {
        let shipment = self.basis.shipment.with_origin(origin).map_err(|_| Gap::Unknown)?;
        Ok(assess_all(&self.basis.rates.schedule, &shipment)?)
    }

    /// Goods of China, into another importer. The present one keeps its line and the rate of tax that was stated, as in the answer above.
    fn into(&self, importer: Economy) -> Result<Spread, Gap> {
        let asked = &self.basis.shipment;
        let is_present = self.is_present(importer);
        let mut tariffs = [&self.basis.rates].into_iter().chain(&self.basis.others);
        let rates = tariffs.find(|rates| rates.schedule.importer() == importer).ok_or(Gap::NoTariff)?;
        let code = self.code().ok_or(Gap::Unknown)?;
        let code = if is_present { code } else { code.subheading() };
        let value = Money::parse(ROUND_SUM, importer.currency()).map_err(|_| Gap::Unknown)?;
        let shipment = Shipment::new(importer, asked.origin(), code, value, Quantities::none(), asked.on()).map_err(|_| Gap::Unknown)?;
        let shipment = match asked.vat_rate().filter(|_| is_present) {
            Some(rate) => shipment.with_vat_rate(rate),
            None => shipment,
        };
        Ok(assess_all(&rates.schedule, &shipment)?)
    }

    /// The figure that is sorted by.
    fn figure(&self) -> Figure {
        if self.by_saving { saving } else { cost }
    }

    /// What is known of all lines stands before what is known of some, and that before what is not known; of a range the end that is sure
    /// counts.
    fn place(&self, row: &Row) -> (u8, Reverse<Decimal>, Reverse<Decimal>) {
        let figure = self.figure();
        let known = row.found.as_ref().ok().and_then(|spread| Some((spread, hull(spread, figure)?)));
        let Some((spread, span)) = known else {
            return (2, Reverse(Decimal::ZERO), Reverse(Decimal::ZERO));
        };
        let is_whole = spread.cases.iter().all(|case| figure(&case.assessment).is_some());
        let (sure, other) = if self.by_saving {
            (span.least, span.most)
        } else {
            (-span.most, -span.least)
        };
        (u8::from(!is_whole), Reverse(sure), Reverse(other))
    }

    /// What the bar of a row shows; the goods cost the same everywhere, so that only what comes on top is drawn.
    fn drawn(&self, row: &Row) -> Option<Span> {
        let figure = if self.by_saving { saving } else { on_top };
        hull(row.found.as_ref().ok()?, figure)
    }

    fn row_view(&self, row: &Row, longest: Decimal) -> View {
        let texts = self.words.texts;
        let is_present = self.is_present(row.partner);
        let mut link = element("a").attribute("href", self.link(row.partner));
        if is_present {
            link = link.attribute("aria-current", "true");
        }
        let mut name = element("th")
            .attribute("scope", "row")
            .child(link.text(self.words.economy(row.partner)).view());
        if is_present {
            name = name.child(classed("span", "why").text(texts.partners_here()).view());
        }
        let drawing = self.drawn(row).map(|span| {
            let share = |amount| percentage(amount, longest).to_string();
            let picture = bar(&share(span.least), &share(span.most));
            classed("span", if is_present { "bar best" } else { "bar" }).child(picture).view()
        });
        let spread = match &row.found {
            Ok(spread) => spread,
            Err(gap) => {
                let gap = match gap {
                    Gap::NoTariff => texts.partners_missing(),
                    Gap::NoLine => texts.partners_no_line(),
                    Gap::Unknown => texts.treatment_unknown(),
                };
                let cell = element("td").attribute("colspan", "4").text(gap).view();
                return element("tr").child(name.view()).child(cell).view();
            }
        };
        let doubts = self.doubts(row.partner, spread);
        let name = name
            .children(drawing)
            .children(doubts.iter().map(|doubt| classed("span", "doubt").text(doubt).view()));
        let [_, without, best, saving_heading, cost_heading] = self.headings();
        let cell = |heading, text: String| element("td").attribute("data-heading", heading).text(text);
        element("tr")
            .child(name.view())
            .child(cell(without, self.without(spread)).view())
            .child(
                cell(best, self.best(spread) + " ")
                    .children(self.evidence(row.partner, spread))
                    .view(),
            )
            .child(cell(saving_heading, self.amounts(spread, saving)).view())
            .child(cell(cost_heading, self.cost(spread)).view())
            .view()
    }

    /// The page with that partner. Another importer has other lines below the six digits.
    fn link(&self, partner: Economy) -> String {
        if self.is_present(partner) {
            return self.basis.query.to_search();
        }
        let mut query: RawQuery = self.basis.query.clone();
        let letters = partner.code().to_owned();
        if self.in_percent {
            query.send_to(letters);
            query.hs = self.code().map(|code| code.subheading().to_string()).unwrap_or_default();
        } else {
            query.take_from(letters);
        }
        // What a kept link remembers is the answer of the present partner.
        query.set_further(KEPT, "");
        query.to_search()
    }

    fn without(&self, spread: &Spread) -> String {
        match spread.single() {
            Some(case) => {
                let assessment = &case.assessment;
                let mut mfn = assessment.options.iter().filter(|option| option.regime.is_mfn());
                let option = assessment
                    .baseline
                    .and_then(|regime| assessment.option(regime))
                    .or_else(|| mfn.next());
                option.map_or_else(String::new, |option| self.words.treatment(&option.treatment))
            }
            None => self.shares(spread, |assessment| Some(assessment.baseline_bill()?.duty)),
        }
    }

    fn best(&self, spread: &Spread) -> String {
        let words = self.words;
        let Some(case) = spread.single() else {
            let mut regimes: Vec<&str> = Vec::new();
            for regime in spread.cases.iter().filter_map(|case| case.assessment.best) {
                let name = words.regime(regime);
                if !regimes.contains(&name) {
                    regimes.push(name);
                }
            }
            let regimes = joined(regimes.into_iter().map(str::to_owned), words.texts.list_or());
            let share = self.shares(spread, |assessment| Some(assessment.best_bill()?.duty));
            return joined([regimes, share].into_iter().filter(|text| !text.is_empty()), " ");
        };
        let options = relied_on(&case.assessment);
        if options.is_empty() {
            return self.obstacle(&case.assessment).to_owned();
        }
        let said = options
            .into_iter()
            .map(|option| words.regime(option.regime).to_owned() + " " + &words.treatment(&option.treatment));
        joined(said, " · ")
    }

    /// How good the evidence for the best rate is; of several lines the weakest.
    fn evidence(&self, partner: Economy, spread: &Spread) -> Option<View> {
        let options = spread.cases.iter().filter_map(|case| case.assessment.option(case.assessment.best?));
        let found = options.filter_map(|option| option.grade).max()?;
        let id = "grade-".to_owned() + partner.code();
        Some(grade(&id, found.letter(), self.words.grade(found)))
    }

    /// The cost at the border; what it is without a certificate where nobody can say which agreement is the best.
    fn cost(&self, spread: &Spread) -> String {
        let baseline: Figure = |assessment| assessment.baseline_bill()?.cost(assessment.value);
        match (hull(spread, cost), hull(spread, baseline), spread.single()) {
            (None, Some(span), Some(case)) => self.words.texts.border_without(&self.amount(span, &case.assessment)),
            _ => self.amounts(spread, cost),
        }
    }

    fn amount(&self, span: Span, assessment: &Assessment) -> String {
        if self.in_percent {
            self.share(span, assessment.value)
        } else {
            self.words.format.span(span, assessment.currency)
        }
    }

    /// `5%`, `0–20%`.
    fn share(&self, span: Span, value: Decimal) -> String {
        let (words, percent) = (self.words, value.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default());
        let share = |amount: Decimal| amount.checked_div(percent).map(|share| Percent::from_number(share.normalize()));
        match (share(span.least), share(span.most)) {
            (Some(least), Some(most)) if least == most => words.format.percent(most),
            (Some(least), Some(most)) => words.format.number(least.number()) + "–" + &words.format.percent(most),
            _ => words.texts.treatment_unknown().to_owned(),
        }
    }

    fn amounts(&self, spread: &Spread, figure: Figure) -> String {
        self.over(spread, figure, |span, assessment| self.amount(span, assessment))
    }

    fn shares(&self, spread: &Spread, figure: Figure) -> String {
        self.over(spread, figure, |span, assessment| self.share(span, assessment.value))
    }

    /// A figure over all lines, with what some of them say instead.
    fn over(&self, spread: &Spread, figure: Figure, show: impl Fn(Span, &Assessment) -> String) -> String {
        let known = hull(spread, figure).zip(spread.cases.first());
        let mut said: Vec<String> = known.map(|(span, case)| show(span, &case.assessment)).into_iter().collect();
        let missing = spread.cases.iter().filter(|case| figure(&case.assessment).is_none());
        let mut obstacles: Vec<&str> = missing.map(|case| self.obstacle(&case.assessment)).collect();
        obstacles.sort_unstable();
        obstacles.dedup();
        let is_all = said.is_empty() && obstacles.len() == 1;
        said.extend(obstacles.into_iter().map(|obstacle| {
            if is_all {
                obstacle.to_owned()
            } else {
                self.words.texts.browse_some(obstacle)
            }
        }));
        joined(said, self.words.texts.list_then())
    }

    /// Why a line has no figure.
    fn obstacle(&self, assessment: &Assessment) -> &'static str {
        let texts = self.words.texts;
        if assessment.is_prohibited() {
            texts.treatment_prohibited()
        } else if assessment.missing_currency().is_some() || !assessment.missing_units().is_empty() {
            texts.rate_by_quantity()
        } else {
            texts.treatment_unknown()
        }
    }

    /// What remains to be confirmed, each once. That rates are of another year is nearly always so from China: the oldest is told.
    fn doubts(&self, partner: Economy, spread: &Spread) -> Vec<String> {
        let texts = self.words.texts;
        let (mut doubts, mut year) = (Vec::new(), None::<i32>);
        let mut add = |doubt: String| {
            if !doubts.contains(&doubt) {
                doubts.push(doubt);
            }
        };
        for assessment in spread.cases.iter().map(|case| &case.assessment) {
            for note in &assessment.notes {
                match note {
                    Note::RatesOfYear(of) => year = year.into_iter().chain([*of]).min(),
                    Note::ExciseNotIncluded | Note::ExciseByEitherPrice | Note::ExciseUnknown if self.in_percent => {
                        let mut tariffs = [&self.basis.rates].into_iter().chain(&self.basis.others);
                        let rates = tariffs.find(|rates| rates.schedule.importer() == partner);
                        rates.into_iter().for_each(|rates| add(self.words.note(*note, &rates.schedule)));
                    }
                    _ => {}
                }
            }
            for doubt in relied_on(assessment).into_iter().flat_map(|option| &option.doubts) {
                match doubt {
                    Doubt::RateOfYear(of) => year = year.into_iter().chain([*of]).min(),
                    _ => add(self.words.doubt(*doubt)),
                }
            }
        }
        doubts.extend(year.map(|year| texts.partners_year(&year.to_string())));
        doubts
    }
}

impl From<AssessmentError> for Gap {
    fn from(error: AssessmentError) -> Self {
        match error {
            AssessmentError::NotInTariff(_) => Self::NoLine,
            _ => Self::Unknown,
        }
    }
}

/// The best regime, or while it is not decided every preference that may be it.
fn relied_on(assessment: &Assessment) -> Vec<&RegimeOption> {
    if let Some(best) = assessment.best {
        return assessment.option(best).into_iter().collect();
    }
    let may_be = |option: &&RegimeOption| {
        let is_lawful = matches!(option.standing, Standing::Lawful { .. });
        option.is_unread_preference() || (is_lawful && !option.regime.is_mfn())
    };
    assessment.options.iter().filter(may_be).collect()
}

/// A figure over the lines on which it is known.
fn hull(spread: &Spread, figure: Figure) -> Option<Span> {
    spread.cases.iter().filter_map(|case| figure(&case.assessment)).reduce(Span::hull)
}

/// What the best regime saves.
fn saving(assessment: &Assessment) -> Option<Span> {
    Some(assessment.saving?.total)
}

/// What the goods cost at the border under the best regime.
fn cost(assessment: &Assessment) -> Option<Span> {
    assessment.best_bill()?.cost(assessment.value)
}

/// Duty and tax under the best regime; `None` while the tax is not known.
fn on_top(assessment: &Assessment) -> Option<Span> {
    let Bill { vat: Some(_), total, .. } = assessment.best_bill()? else {
        return None;
    };
    Some(*total)
}
