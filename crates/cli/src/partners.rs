//! The JSON of `cafta quote` on the same goods with every partner of China: into China from each of them, or out of China into each.

use duty::{Assessment, Economy, Figure, Gap, Grade, HsCode, Obstacle, Order, Partner, Regime, Schedule, Shipment, Spread, partners};
use serde::Serialize;

use crate::arguments::Data;
use crate::failure::Failure;
use crate::report::{Bounds, Reason};

#[derive(Serialize)]
pub(crate) struct PartnersReport {
    /// `amount` in the importer's currency; `percent` of the customs value where importers have currencies of their own.
    measure: &'static str,
    /// The lowest cost at the border first.
    rows: Vec<PartnerReport>,
}

#[derive(Serialize)]
struct PartnerReport {
    economy: String,
    /// Why there are no figures.
    gap: Option<&'static str>,
    baseline_duty: Option<Bounds>,
    best_duty: Option<Bounds>,
    saving: Option<Bounds>,
    baseline_cost: Option<Bounds>,
    best_cost: Option<Bounds>,
    /// Whether all lines under the code are in the figures that there are.
    complete: bool,
    best: Vec<&'static str>,
    grade: Option<&'static str>,
    obstacles: Vec<&'static str>,
    notes: Vec<Reason>,
    doubts: Vec<Reason>,
    edition: Option<String>,
}

/// An importer's tariff, and which edition it is.
pub(crate) struct Tariff {
    pub(crate) schedule: Schedule,
    pub(crate) edition: String,
}

impl Tariff {
    /// The tariff of an importer.
    pub(crate) fn read(data: &Data, importer: Economy) -> Result<Self, Failure> {
        let schedule = data.schedule(importer)?;
        let edition = data.folder.edition(&schedule)?;
        Ok(Self { schedule, edition })
    }
}

impl PartnersReport {
    /// On the tariff asked for and, out of China, on those of the other importers, which are read here; one that is not there is a gap.
    pub(crate) fn new(data: &Data, tariff: &Tariff, shipment: &Shipment, code: HsCode) -> Result<Self, Failure> {
        let is_into_many = shipment.importer().is_asean();
        let mut others = Vec::new();
        for importer in Economy::China
            .partners()
            .filter(|other| is_into_many && *other != shipment.importer())
        {
            match Tariff::read(data, importer) {
                Ok(other) => others.push(other),
                Err(Failure::NotFound(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        let tariffs: Vec<&Tariff> = std::iter::once(tariff).chain(&others).collect();
        let schedules: Vec<&Schedule> = tariffs.iter().map(|tariff| &tariff.schedule).collect();
        let row = |partner: &Partner| {
            let importer = if is_into_many { partner.economy } else { shipment.importer() };
            let tariff = tariffs.iter().find(|tariff| tariff.schedule.importer() == importer);
            PartnerReport::new(partner, is_into_many, tariff.map(|tariff| tariff.edition.clone()))
        };
        Ok(Self {
            measure: if is_into_many { "percent" } else { "amount" },
            rows: partners(shipment, code, &schedules, Order::Cost).iter().map(row).collect(),
        })
    }
}

impl PartnerReport {
    fn new(partner: &Partner, in_percent: bool, edition: Option<String>) -> Self {
        let economy = partner.economy.to_string();
        let spread = match &partner.found {
            Ok(spread) => spread,
            Err(gap) => {
                return Self {
                    economy,
                    gap: Some(gap_key(*gap)),
                    baseline_duty: None,
                    best_duty: None,
                    saving: None,
                    baseline_cost: None,
                    best_cost: None,
                    complete: false,
                    best: Vec::new(),
                    grade: None,
                    obstacles: Vec::new(),
                    notes: Vec::new(),
                    doubts: Vec::new(),
                    edition,
                };
            }
        };
        let figure = |figure: Figure| bounds(spread, figure, in_percent);
        let assessments = || spread.cases.iter().map(|case| &case.assessment);
        let options = assessments().flat_map(Assessment::relied_on);
        let best = assessments().filter_map(|assessment| assessment.option(assessment.best?));
        let unknown = assessments().filter(|assessment| assessment.total_saving().is_none() || assessment.best_cost().is_none());
        Self {
            economy,
            gap: None,
            baseline_duty: figure(|assessment| Some(assessment.baseline_bill()?.duty)),
            best_duty: figure(|assessment| Some(assessment.best_bill()?.duty)),
            saving: figure(Assessment::total_saving),
            baseline_cost: figure(|assessment| assessment.baseline_bill()?.cost(assessment.value)),
            best_cost: figure(Assessment::best_cost),
            complete: unknown.clone().next().is_none(),
            best: once_each(assessments().filter_map(|assessment| assessment.best.map(Regime::key))),
            grade: best.filter_map(|option| option.grade).max().map(Grade::letter),
            obstacles: once_each(unknown.map(|assessment| obstacle_key(assessment.obstacle()))),
            notes: once_each(assessments().flat_map(|assessment| assessment.notes.iter().map(|note| Reason::from(*note)))),
            doubts: once_each(options.flat_map(|option| option.doubts.iter().map(|doubt| Reason::from(*doubt)))),
            edition,
        }
    }
}

/// A figure over the lines in which it is known.
fn bounds(spread: &Spread, figure: Figure, in_percent: bool) -> Option<Bounds> {
    let span = spread.hull(figure)?;
    let span = match spread.cases.first() {
        Some(case) if in_percent => span.percent_of(case.assessment.value)?,
        _ => span,
    };
    Some(span.into())
}

fn once_each<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

fn gap_key(gap: Gap) -> &'static str {
    match gap {
        Gap::NoTariff => "no_tariff",
        Gap::NoLine => "no_line",
        Gap::Unknown => "unknown",
    }
}

fn obstacle_key(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Prohibited => "prohibited",
        Obstacle::Quantity => "quantity",
        Obstacle::Unknown => "unknown",
    }
}
