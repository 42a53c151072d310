//! `cafta quote`: one shipment under every regime, as a table for a person or JSON for a machine.

use std::fmt::Write;

use duty::{
    Assessment, AssessmentError, Case, ClaimCost, Crossings, Currency, Due, Exchange, Grade, HsCode, Money, Refusal, Regime, RegimeOption,
    Schedule, Shipment, Spread, Standing, assess_all, check_pair, parse_number, print_date,
};

use rust_decimal::Decimal;

use crate::arguments::{CostFlags, Data, Quote, day_or_today};
use crate::failure::Failure;
use crate::further::ClaimQuestion;
use crate::lines::not_in_tariff;
use crate::names::Names;
use crate::partners::Tariff;
use crate::report::{Report, Stated};
use crate::table::{self, Align};
use crate::terms;

impl Quote {
    /// The answer in the form asked for.
    pub(crate) fn answer(&self, data: &Data) -> Result<String, Failure> {
        check_pair(self.from, self.to).map_err(|error| Failure::flag("--from and --to", error))?;
        let value = self.value_for_customs()?;
        let quantities = self.quantity.iter().copied().collect();
        let shipment = Shipment::new(self.to, self.from, self.hs, value, quantities, day_or_today(self.on))
            .map_err(|error| Failure::flag("--currency", error))?;
        let shipment = match (self.currency, self.rate) {
            (Some(currency), Some(rate)) => shipment.with_exchange(Exchange { currency, rate }),
            _ => shipment,
        };
        let shipment = match self.vat {
            Some(rate) => shipment.with_vat_rate(rate),
            None => shipment,
        };
        let tariff = Tariff::read(data, self.to)?;
        let schedule = &tariff.schedule;
        let names = Names::read(data, "en", Some(self.to))?;
        let spread = assess_all(schedule, &shipment).map_err(|error| match error {
            AssessmentError::NotInTariff(code) => not_in_tariff(code, schedule),
            other => Failure::from(other),
        })?;
        let claim = self.claim()?;
        if self.json {
            let report = Report::new(data, &tariff, &shipment, self.stated()?, &spread, &names, claim.as_ref())?;
            return Ok(serde_json::to_string_pretty(&report)? + "\n");
        }
        text(schedule, &shipment, &spread, &names, claim.as_ref())
    }

    /// The value with its freight and insurance, in the importer's currency.
    fn value_for_customs(&self) -> Result<Money, Failure> {
        let customs = self.to.currency();
        let currency = self.currency.unwrap_or(customs);
        let mut value = Money::parse(&self.value, currency).map_err(|error| Failure::flag("--value", error))?;
        for (flag, carriage) in [("--freight", self.freight), ("--insurance", self.insurance)] {
            if let Some(carriage) = carriage {
                value = value.with(carriage).map_err(|error| Failure::flag(flag, error))?;
            }
        }
        match self.rate {
            Some(_) if currency == customs => Err(Failure::flag(
                "--rate",
                format_args!("the value is in {customs} already; state another --currency or leave --rate out"),
            )),
            Some(rate) => value.exchanged(rate, customs).map_err(|error| Failure::flag("--rate", error)),
            None if currency == customs => Ok(value),
            None => Err(Failure::flag(
                "--rate",
                format_args!(
                    "customs of {} assesses in {customs}; state how many {customs} one {currency} is, for example --rate 7.1",
                    self.to
                ),
            )),
        }
    }

    /// What a claim costs, exchanged like the value; `None` if nothing of it is stated.
    fn claim(&self) -> Result<Option<ClaimQuestion>, Failure> {
        let Some(CostFlags {
            fee,
            hours,
            wage,
            courier,
            delay,
        }) = &self.cost
        else {
            return Ok(None);
        };
        let customs = self.to.currency();
        let currency = self.currency.unwrap_or(customs);
        let exchanged = |flag, text: &Option<String>| {
            let Some(text) = text else { return Ok(Decimal::ZERO) };
            let amount = Money::parse(text, currency).and_then(|amount| match self.rate {
                Some(rate) => amount.exchanged(rate, customs),
                None => Ok(amount),
            });
            amount.map(Money::amount).map_err(|error| Failure::flag(flag, error))
        };
        Ok(Some(ClaimQuestion {
            cost: ClaimCost {
                fee: exchanged("--fee", fee)?,
                hours: hours.unwrap_or_default(),
                wage: exchanged("--wage", wage)?,
                courier: exchanged("--courier", courier)?,
                delay: exchanged("--delay", delay)?,
            },
            shipments: self.shipments,
        }))
    }

    fn stated(&self) -> Result<Stated, Failure> {
        let amount = parse_number(&self.value).map_err(|error| Failure::flag("--value", error))?;
        let currency = self.currency.unwrap_or(self.to.currency());
        Ok(Stated {
            amount: amount.to_string(),
            currency: currency.to_string(),
            freight: self.freight.map(|freight| freight.to_string()),
            insurance: self.insurance.map(|insurance| insurance.to_string()),
            rate: self.rate.map(|rate| rate.to_string()),
        })
    }
}

fn text(
    schedule: &Schedule,
    shipment: &Shipment,
    spread: &Spread,
    names: &Names,
    claim: Option<&ClaimQuestion>,
) -> Result<String, Failure> {
    let mut text = String::new();
    for code in shipment.candidates().iter() {
        let _ = writeln!(text, "{code}  {}", names.full(code));
    }
    let value = shipment.value();
    let _ = writeln!(
        text,
        "{} to {} on {}, customs value {} {}\n",
        shipment.origin(),
        shipment.importer(),
        print_date(shipment.on()),
        value.amount().normalize(),
        value.currency()
    );
    match spread.single() {
        Some(case) => one(&mut text, schedule, shipment, case),
        None => several(&mut text, shipment, spread, names),
    }
    if let Some(claim) = claim {
        for case in &spread.cases {
            let line = terms::claim(claim.answer(&case.assessment)?, case.assessment.currency);
            let _ = match spread.single() {
                Some(_) => writeln!(text, "claim: {line}"),
                None => writeln!(text, "claim: {}: {line}", case.choice.code),
            };
        }
    }
    Ok(text)
}

/// The regimes of one line.
fn one(text: &mut String, schedule: &Schedule, shipment: &Shipment, case: &Case) {
    let assessment = &case.assessment;
    let header = ["regime", "rate", "duty", "excise", "vat", "total", "grade", "why"].map(str::to_owned);
    let rows: Vec<[String; 8]> = [header]
        .into_iter()
        .chain(assessment.options.iter().map(|option| row(option, assessment.currency)))
        .collect();
    let aligns = [
        Align::Left,
        Align::Left,
        Align::Right,
        Align::Right,
        Align::Right,
        Align::Right,
        Align::Left,
        Align::Left,
    ];
    text.push_str(&table::print(aligns, &rows));
    text.push('\n');
    conclusion(text, schedule, assessment);
    for note in &assessment.notes {
        let _ = writeln!(text, "note: {}", terms::note(*note).1);
    }
    for option in assessment
        .options
        .iter()
        .filter(|option| matches!(option.standing, Standing::Lawful { .. }))
    {
        for doubt in &option.doubts {
            let _ = writeln!(text, "confirm: {}: {}", terms::regime(option.regime), terms::doubt(*doubt).1);
        }
    }
    sources(text, schedule, assessment);
    if let Some(crossings) = Crossings::of(assessment, &shipment.with_candidates(case.choice.code)) {
        crossing(text, &crossings);
    }
}

/// From which price of a unit on which regime has the lowest duty.
fn crossing(text: &mut String, crossings: &Crossings) {
    let Crossings { unit, currency, .. } = crossings;
    for stretch in &crossings.stretches {
        let word = if stretch.includes_from || stretch.from.is_zero() {
            "from"
        } else {
            "above"
        };
        let _ = writeln!(
            text,
            "price: {word} {} {currency}/{unit}: {}",
            stretch.from.normalize(),
            terms::regime(stretch.best)
        );
    }
    if crossings.is_partial() {
        let names: Vec<&str> = crossings.left_out.iter().map(|regime| terms::regime(*regime)).collect();
        let _ = writeln!(text, "price: not compared, and may be lower: {}", names.join(", "));
    }
}

fn row(option: &RegimeOption, currency: Currency) -> [String; 8] {
    let amount = |span| terms::span_or_dash(span, currency);
    let bill = option.bill();
    let why = match &option.standing {
        Standing::Refused(refusal) => terms::refusal(*refusal).1,
        Standing::Lawful {
            due: Due::Missing(shortfall),
            ..
        } => terms::shortfall(*shortfall).1,
        Standing::Lawful { rank, .. } => terms::rank(*rank).1.to_owned(),
    };
    // A rate that is for others would look like one for these goods.
    let for_others = matches!(option.standing, Standing::Refused(Refusal::NotAMember(_) | Refusal::NotYet(_)));
    let (rate, grade) = match for_others {
        true => ("-".to_owned(), "-".to_owned()),
        false => (option.treatment.to_string(), option.grade.map_or("-", Grade::letter).to_owned()),
    };
    [
        terms::regime(option.regime).to_owned(),
        rate,
        amount(bill.map(|bill| bill.duty)),
        amount(bill.and_then(|bill| bill.excise)),
        amount(bill.and_then(|bill| bill.vat)),
        // Without a tax that is not known there is no total.
        amount(bill.filter(|bill| bill.vat.is_some()).map(|bill| bill.total)),
        grade,
        why,
    ]
}

fn conclusion(text: &mut String, schedule: &Schedule, assessment: &Assessment) {
    let best = match assessment.best {
        Some(best) => {
            let proof = schedule.agreement(best).map_or_else(
                || "no certificate needed".to_owned(),
                |agreement| format!("needs: {}", agreement.proof),
            );
            format!("{} ({proof})", terms::regime(best))
        }
        None => not_known(assessment),
    };
    let saving = match assessment.saving {
        Some(_) if assessment.baseline == assessment.best => "none; no agreement has a lower duty".to_owned(),
        Some(saving) => {
            let [total, duty] = [saving.total, saving.duty].map(|span| terms::span(span, assessment.currency));
            let [excise, vat] = [saving.excise, saving.vat].map(|span| terms::span_or_dash(span, assessment.currency));
            format!("{total} {} (duty {duty}, excise {excise}, VAT {vat})", assessment.currency)
        }
        None => not_known(assessment),
    };
    let _ = writeln!(text, "best: {best}\nsaving: {saving}");
}

fn not_known(assessment: &Assessment) -> String {
    let missing = assessment.missing_units();
    if missing.is_empty() {
        let unread = assessment.options.iter().filter(|option| option.is_unread_preference());
        let unread: Vec<&str> = unread.map(|option| terms::regime(option.regime)).collect();
        return match unread.as_slice() {
            [] => "not known".to_owned(),
            unread => format!("not known; no source has the rate of {}", unread.join(", ")),
        };
    }
    let flags: Vec<String> = missing.iter().map(|unit| format!("--quantity <number>{unit}")).collect();
    format!("not known yet; state {}", flags.join(" "))
}

/// Where the two figures that are compared come from; named together if they come from one place.
fn sources(text: &mut String, schedule: &Schedule, assessment: &Assessment) {
    let mut sources: Vec<(String, Vec<&str>)> = Vec::new();
    for regime in Regime::ALL
        .iter()
        .copied()
        .filter(|regime| assessment.baseline == Some(*regime) || assessment.best == Some(*regime))
    {
        let Some(source) = source(schedule, regime, assessment.line) else {
            continue;
        };
        match sources.iter_mut().find(|(other, _)| *other == source) {
            Some((_, names)) => names.push(terms::regime(regime)),
            None => sources.push((source, vec![terms::regime(regime)])),
        }
    }
    for (source, names) in sources {
        let _ = writeln!(text, "source: {}: {source}", names.join(", "));
    }
}

fn source(schedule: &Schedule, regime: Regime, code: HsCode) -> Option<String> {
    let column = schedule
        .source(regime, code)
        .map(|source| format!("{} ({})", source.title, source.edition));
    column.or_else(|| schedule.agreement(regime).map(|agreement| agreement.source.clone()))
}

/// The lines one still has to choose from.
fn several(text: &mut String, shipment: &Shipment, spread: &Spread, names: &Names) {
    text.push_str(match shipment.candidates().single() {
        Some(_) => "This code covers lines with different duties or taxes; quote one of them:\n",
        None if spread.is_same_duty() => "All of these pay the same duty:\n",
        None => "Quote one of these once it is certain which:\n",
    });
    let header = ["code", "without certificate", "best", "duty", "saving", "label"].map(str::to_owned);
    let rows: Vec<[String; 6]> = [header]
        .into_iter()
        .chain(spread.cases.iter().map(|case| case_row(shipment, case, names)))
        .collect();
    text.push_str(&table::print(
        [Align::Left, Align::Right, Align::Left, Align::Right, Align::Right, Align::Left],
        &rows,
    ));
    let currency = shipment.value().currency();
    if let Some(saving) = spread.saving {
        let partly = if spread.is_complete() { "" } else { ", where it is known" };
        let _ = writeln!(
            text,
            "\nsaving: {} {currency}{partly}, depending on the line",
            terms::span(saving, currency)
        );
    }
}

fn case_row(shipment: &Shipment, case: &Case, names: &Names) -> [String; 6] {
    let Case { choice, assessment } = case;
    let name = names.among(shipment.candidates(), choice.code);
    let confirm = if name.confirm {
        "  (confirm: the criterion is inferred)"
    } else {
        ""
    };
    let amount = |span| terms::span_or_dash(span, assessment.currency);
    [
        choice.code.to_string(),
        amount(assessment.baseline_bill().map(|bill| bill.duty)),
        assessment
            .best
            .map_or_else(|| "-".to_owned(), |best| terms::regime(best).to_owned()),
        amount(assessment.best_bill().map(|bill| bill.duty)),
        amount(assessment.total_saving()),
        name.label + confirm,
    ]
}
