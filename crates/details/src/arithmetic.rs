//! The arithmetic written out: every multiplication with its base and rate, without a certificate and under the best regime.

use duty::{Assessment, Bill, Due, Evaluation, Part, Regime, RegimeOption, Span, Standing, Tax, excise_working};
use markup::{View, classed, element, paragraph};
use rust_decimal::Decimal;
use words::Words;

use crate::Basis;
use crate::carriage::carriage;
use crate::plot::bar;

/// A step: what it is, how it is computed, what it comes to.
struct Step {
    name: &'static str,
    sum: String,
    amount: String,
}

/// What the value is made of, and the tables.
pub(crate) fn arithmetic(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let value = words.format.money_exact(assessment.value, assessment.currency);
    View::several([
        carriage(words, basis),
        paragraph("small", words.texts.arithmetic_basis(&value, &assessment.line.dotted())),
        picture(words, basis, assessment),
        tables(words, basis, assessment),
        paragraph("small", words.texts.arithmetic_rounding()),
    ])
}

/// Without a certificate, and the best.
fn compared(assessment: &Assessment) -> impl Iterator<Item = &RegimeOption> {
    let regimes = assessment
        .baseline
        .into_iter()
        .chain(assessment.best.filter(|best| Some(*best) != assessment.baseline));
    regimes.filter_map(|regime| assessment.option(regime))
}

/// What the goods cost at the border, piece on piece, up to the most each can be. The tables below have the figures.
fn picture(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let schedule = &basis.rates.schedule;
    let most = |span: Option<Span>| span.map(|span| span.most).unwrap_or_default();
    let pieces = |bill: &Bill| {
        [
            ("goods", assessment.value),
            ("duty", bill.duty.most),
            ("excise", most(bill.excise)),
            ("tax", most(bill.vat)),
        ]
    };
    let bills = || compared(assessment).filter_map(|option| Some((option.regime, option.bill()?)));
    let stacks: Vec<_> = bills().map(|(regime, bill)| (regime, pieces(bill))).collect();
    let whole = |pieces: &[(&str, Decimal)]| {
        pieces
            .iter()
            .map(|(_, amount)| *amount)
            .fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let longest = stacks.iter().map(|(_, pieces)| whole(pieces)).max().unwrap_or_default();
    let names = [
        words.texts.row_goods(),
        words.texts.row_duty(),
        words.excise(schedule),
        words.general_tax(schedule),
    ];
    let is_there = |position: usize| {
        stacks
            .iter()
            .any(|(_, pieces)| pieces.get(position).is_some_and(|(_, amount)| !amount.is_zero()))
    };
    let key = stacks
        .first()
        .into_iter()
        .flat_map(|(_, pieces)| pieces.iter().zip(names).enumerate());
    let key = key
        .filter(|(position, _)| is_there(*position))
        .map(|(_, ((class, _), name))| element("li").child(classed("span", class).view()).text(name).view());
    // What is not known cannot be drawn, and is not nothing.
    let excise = bills().any(|(_, bill)| bill.excise.is_none()).then(|| words.excise(schedule));
    let general = bills().any(|(_, bill)| bill.vat.is_none()).then(|| words.general_tax(schedule));
    let unknown = excise
        .into_iter()
        .chain(general)
        .map(|tax| element("li").text(words.texts.tax_unknown(tax)).view());
    let stack = |(regime, pieces): &(Regime, [(&'static str, Decimal); 4])| {
        let name = element("span").text(words.regime(*regime)).view();
        element("li").child(name).child(bar(pieces, longest)).view()
    };
    classed("div", "stacks")
        .child(element("ul").children(stacks.iter().map(stack)).view())
        .child(classed("ul", "key").children(key.chain(unknown)).view())
        .view()
}

/// One table a regime.
pub(crate) fn tables(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let tables = compared(assessment).map(|option| table(words, basis, assessment, option));
    classed("div", "columns").children(tables).view()
}

fn table(words: Words, basis: &Basis, assessment: &Assessment, option: &RegimeOption) -> View {
    let row = |Step { name, sum, amount }| {
        let heading = element("th")
            .attribute("scope", "row")
            .text(name)
            .child(classed("span", "sum").text(sum).view());
        element("tr").child(heading.view()).child(element("td").text(amount).view()).view()
    };
    classed("table", "sums")
        .child(element("caption").text(words.regime(option.regime)).view())
        .child(
            element("tbody")
                .children(steps(words, basis, assessment, option).into_iter().map(row))
                .view(),
        )
        .view()
}

fn steps(words: Words, basis: &Basis, assessment: &Assessment, option: &RegimeOption) -> Vec<Step> {
    let texts = words.texts;
    let both = |span: Span| both(words, assessment, span);
    let mut steps = vec![Step {
        name: texts.row_rate(),
        sum: words.treatment(&option.treatment),
        amount: String::new(),
    }];
    let Standing::Lawful { due, bill: Some(bill), .. } = &option.standing else {
        return steps;
    };
    let Bill {
        duty,
        vat_base,
        vat,
        total,
        ..
    } = bill;
    steps.extend(duty_steps(words, assessment, due));
    steps.push(Step {
        name: texts.row_duty(),
        sum: String::new(),
        amount: both(*duty),
    });
    steps.extend(excise_steps(words, basis, assessment, option, due, bill));
    if let Some(vat) = vat {
        let sum = format!("{} × {}", both(*vat_base), words.treatment(&assessment.vat.treatment));
        steps.push(Step {
            name: words.general_tax(&basis.rates.schedule),
            sum,
            amount: both(*vat),
        });
        steps.push(Step {
            name: texts.row_total(),
            sum: String::new(),
            amount: both(*total),
        });
    }
    steps
}

fn duty_steps(words: Words, assessment: &Assessment, due: &Due) -> Vec<Step> {
    let texts = words.texts;
    let money = |amount: Decimal| words.format.money_exact(amount, assessment.currency);
    let Due::Exact(Evaluation { parts, unit_price, .. }) = due else {
        return Vec::new();
    };
    let price = unit_price.map(|unit_price| {
        let price = texts.duty_per_unit(&money(unit_price.price), words.one(unit_price.unit));
        Step {
            name: texts.row_unit_price(),
            sum: price,
            amount: String::new(),
        }
    });
    let parts = parts.iter().map(|part| part_step(words, assessment, part));
    price.into_iter().chain(parts).collect()
}

/// The excise: the price its percentage is taken of, where that is not just value and duty; each part; and what it comes to.
fn excise_steps(words: Words, basis: &Basis, assessment: &Assessment, option: &RegimeOption, due: &Due, bill: &Bill) -> Vec<Step> {
    let schedule = &basis.rates.schedule;
    let Some(excise) = bill.excise.filter(|excise| !excise.most.is_zero()) else {
        return Vec::new();
    };
    let working = excise_working(schedule, &basis.shipment, assessment, option);
    let parts = working.map_or_else(Vec::new, |working| working.parts);
    let base = parts.iter().find_map(|part| match part {
        Part::AdValorem { base, .. } => Some(*base),
        Part::Specific { .. } => None,
    });
    let is_on_itself = schedule.national_tax(Tax::Excise).is_some_and(|tax| tax.with_itself.is_some());
    let own_price = base.filter(|_| is_on_itself).map(|base| Step {
        name: words.texts.row_excise_base(),
        sum: composite(words, assessment, due, &parts).unwrap_or_default(),
        amount: words.format.money_exact(base, assessment.currency),
    });
    let whole = Step {
        name: words.excise(schedule),
        // A range has no one multiplication: the rate says what is open.
        sum: if parts.is_empty() {
            words.treatment(&assessment.excise.treatment)
        } else {
            String::new()
        },
        amount: both(words, assessment, excise),
    };
    let parts = parts.iter().map(|part| part_step(words, assessment, part));
    own_price.into_iter().chain(parts).chain([whole]).collect()
}

/// How the price with the tax in it comes about, `(110,000.00 + 1,000 × 0.912) ÷ (1 − 20%)`; `None` where it is not exact.
fn composite(words: Words, assessment: &Assessment, due: &Due, parts: &[Part]) -> Option<String> {
    let value_and_duty = assessment.value.checked_add(due.span()?.exact()?)?;
    let mut over = words.format.money_exact(value_and_duty, assessment.currency);
    let mut left = None;
    for part in parts {
        match part {
            Part::AdValorem { rate, .. } => left = Some(words.format.percent(*rate)),
            Part::Specific { .. } => over = format!("({over} + {})", part_step(words, assessment, part).sum),
        }
    }
    Some(format!("{over} ÷ (1 − {})", left?))
}

fn both(words: Words, assessment: &Assessment, span: Span) -> String {
    let money = |amount: Decimal| words.format.money_exact(amount, assessment.currency);
    span.exact()
        .map_or_else(|| format!("{} – {}", money(span.least), money(span.most)), money)
}

/// One multiplication.
fn part_step(words: Words, assessment: &Assessment, part: &Part) -> Step {
    let texts = words.texts;
    let money = |amount: Decimal| words.format.money_exact(amount, assessment.currency);
    match part {
        Part::AdValorem { rate, base, amount } => Step {
            name: texts.row_by_value(),
            sum: format!("{} × {}", money(*base), words.format.percent(*rate)),
            amount: money(*amount),
        },
        Part::Specific {
            rate,
            quantity,
            worth,
            amount,
        } => {
            let per_unit = texts.duty_per_unit(&words.format.money_rate(rate.amount, rate.currency), words.one(rate.unit));
            let quantity = format!("{} {}", words.format.number(*quantity), words.unit(rate.unit));
            let exchange = if rate.currency == assessment.currency {
                String::new()
            } else {
                format!(" × {}", words.format.number(*worth))
            };
            Step {
                name: texts.row_by_quantity(),
                sum: format!("{quantity} × {per_unit}{exchange}"),
                amount: money(*amount),
            }
        }
    }
}
