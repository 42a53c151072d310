//! The same goods with every partner in one table: into China from each member of ASEAN, or from China into each of them.
//!
//! Into China all pay on one tariff and in one currency. From China each importer has its own of both, and nobody here knows a rate of
//! exchange: there the figures are percent of the customs value, over all lines below the six digits that are common to all. What is not
//! known is a word and comes last; it is never nothing.

use duty::{Assessment, Doubt, Economy, Figure, Gap, HsCode, Note, Obstacle, Order, Partner, Percent, Span, Spread, percentage};
use markup::{View, bar, classed, element, grade, paragraph};
use pack::Rates;
use query::{KEPT, RawQuery, SAVING, SORT};
use rust_decimal::Decimal;
use words::{Words, joined};

use crate::Basis;
use crate::form::STAYS;

/// What all rows have in common.
struct Comparison<'a> {
    words: Words,
    basis: &'a Basis,
    /// Percent of the customs value in place of amounts.
    in_percent: bool,
    order: Order,
}

/// The lead, the field to sort by, and the table.
pub(crate) fn partners(words: Words, basis: &Basis) -> View {
    let comparison = Comparison {
        words,
        basis,
        in_percent: basis.shipment.importer().is_asean(),
        order: if basis.query.further(SORT) == SAVING {
            Order::Saving
        } else {
            Order::Cost
        },
    };
    comparison.view()
}

impl Comparison<'_> {
    fn view(&self) -> View {
        let texts = self.words.texts;
        let tariffs: Vec<_> = self.tariffs().map(|rates| &rates.schedule).collect();
        let code = self.code();
        let rows = code.map_or_else(Vec::new, |code| duty::partners(&self.basis.shipment, code, &tariffs, self.order));
        let lead = if self.in_percent {
            let code = code.map(|code| code.subheading().dotted());
            texts.partners_lead_importers(&code.unwrap_or_default())
        } else {
            let value = self.basis.shipment.value();
            texts.partners_lead_origins(&self.words.format.money(value.amount(), value.currency()))
        };
        let headings = self
            .headings()
            .map(|text| element("th").attribute("scope", "col").text(text).view());
        let longest = rows.iter().filter_map(|row| Some(self.drawn(row)?.most)).max().unwrap_or_default();
        let caption = match self.order {
            Order::Saving => texts.partners_by_saving(),
            Order::Cost => texts.partners_by_cost(),
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

    /// The tariffs at hand.
    fn tariffs(&self) -> impl Iterator<Item = &Rates> {
        let others = self.basis.others.iter();
        std::iter::once(&self.basis.rates).chain(others).map(AsRef::as_ref)
    }

    /// What the bar of a row shows; the goods cost the same everywhere, so that only what comes on top is drawn.
    fn drawn(&self, row: &Partner) -> Option<Span> {
        let figure = match self.order {
            Order::Saving => Assessment::total_saving,
            Order::Cost => on_top,
        };
        row.found.as_ref().ok()?.hull(figure)
    }

    fn row_view(&self, row: &Partner, longest: Decimal) -> View {
        let texts = self.words.texts;
        let is_present = self.is_present(row.economy);
        let mut link = element("a").attribute("href", self.link(row.economy));
        if is_present {
            link = link.attribute("aria-current", "true");
        }
        let mut name = element("th")
            .attribute("scope", "row")
            .child(link.text(self.words.economy(row.economy)).view());
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
        let doubts = self.doubts(row.economy, spread);
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
                    .children(self.evidence(row.economy, spread))
                    .view(),
            )
            .child(cell(saving_heading, self.amounts(spread, Assessment::total_saving)).view())
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
        let options = case.assessment.relied_on();
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
        match (spread.hull(Assessment::best_cost), spread.hull(baseline), spread.single()) {
            (None, Some(span), Some(case)) => self.words.texts.border_without(&self.amount(span, &case.assessment)),
            _ => self.amounts(spread, Assessment::best_cost),
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
        let format = self.words.format;
        let percent = |share| format.percent(Percent::from_number(share));
        match span.percent_of(value) {
            Some(shares) if shares.exact().is_some() => percent(shares.most),
            Some(shares) => format.number(shares.least) + "–" + &percent(shares.most),
            None => self.words.texts.treatment_unknown().to_owned(),
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
        let known = spread.hull(figure).zip(spread.cases.first());
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
        match assessment.obstacle() {
            Obstacle::Prohibited => texts.treatment_prohibited(),
            Obstacle::Quantity => texts.rate_by_quantity(),
            Obstacle::Unknown => texts.treatment_unknown(),
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
                        let rates = self.tariffs().find(|rates| rates.schedule.importer() == partner);
                        rates.into_iter().for_each(|rates| add(self.words.note(*note, &rates.schedule)));
                    }
                    _ => {}
                }
            }
            for doubt in assessment.relied_on().into_iter().flat_map(|option| &option.doubts) {
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

/// Duty and tax under the best regime; `None` while the tax is not known.
fn on_top(assessment: &Assessment) -> Option<Span> {
    let bill = assessment.best_bill()?;
    bill.vat.map(|_| bill.total)
}
