//! The arithmetic written out: every multiplication with its base and rate, without a certificate and under the best regime.

use std::sync::Arc;

use duty::{Assessment, Bill, Due, Evaluation, Part, RegimeOption, Span, Standing};
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::app::expect_words;
use crate::i18n::Words;
use crate::state::Ready;

/// One column a regime.
#[component]
pub(crate) fn Arithmetic(ready: Arc<Ready>, assessment: Arc<Assessment>) -> impl IntoView {
    let words = expect_words();
    let regimes = assessment
        .baseline
        .into_iter()
        .chain(assessment.best.filter(|best| Some(*best) != assessment.baseline));
    let columns = regimes
        .filter_map(|regime| assessment.option(regime))
        .map(|option| column(words, &assessment, option))
        .collect_view();
    let exchanged = ready.shipment.value().currency();
    view! {
        <p class="small">{words.texts.arithmetic_basis(&words.format.money_exact(assessment.value, exchanged), &assessment.line.dotted())}</p>
        <div class="columns">{columns}</div>
        <p class="small">{words.texts.arithmetic_rounding()}</p>
    }
}

fn column(words: Words, assessment: &Assessment, option: &RegimeOption) -> impl IntoView + use<> {
    let texts = words.texts;
    let money = |amount: Decimal| words.format.money_exact(amount, assessment.currency);
    let both = |span: Span| {
        span.exact()
            .map_or_else(|| format!("{} – {}", money(span.least), money(span.most)), money)
    };
    let mut rows: Vec<(String, String, String)> = Vec::new();
    if let Standing::Lawful { due, bill, .. } = &option.standing {
        rows.extend(duty_rows(words, assessment, option, due));
        if let Some(Bill { duty, vat, total }) = bill {
            rows.push((texts.row_duty().to_owned(), String::new(), both(*duty)));
            if let (Some(vat), Some(due)) = (vat, due.span()) {
                let base = Span {
                    least: assessment.value + due.least,
                    most: assessment.value + due.most,
                };
                rows.push((
                    texts.row_vat().to_owned(),
                    format!("{} × {}", both(base), words.treatment(&assessment.vat)),
                    both(*vat),
                ));
            }
            rows.push((texts.row_total().to_owned(), String::new(), both(*total)));
        }
    }
    view! {
        <table class="sums">
            <caption>{words.regime(option.regime)}</caption>
            <tbody>
                {rows.into_iter().map(|(name, sum, amount)| view! { <tr><th scope="row">{name}<span class="sum">{sum}</span></th><td>{amount}</td></tr> }).collect_view()}
            </tbody>
        </table>
    }
}

fn duty_rows(words: Words, assessment: &Assessment, option: &RegimeOption, due: &Due) -> Vec<(String, String, String)> {
    let rate = (words.texts.row_rate().to_owned(), words.treatment(&option.treatment), String::new());
    let mut rows = vec![rate];
    if let Due::Exact(Evaluation { parts, unit_price, .. }) = due {
        if let Some(unit_price) = unit_price {
            let price = words
                .format
                .money_exact(unit_price.price.round_dp(6).normalize(), assessment.currency);
            rows.push((
                words.texts.row_unit_price().to_owned(),
                words.texts.duty_per_unit(&price, words.unit(unit_price.unit)),
                String::new(),
            ));
        }
        rows.extend(parts.iter().map(|part| part_row(words, assessment, part)));
    }
    rows
}

fn part_row(words: Words, assessment: &Assessment, part: &Part) -> (String, String, String) {
    let money = |amount: Decimal| words.format.money_exact(amount, assessment.currency);
    match part {
        Part::AdValorem { rate, base, amount } => (
            words.texts.row_by_value().to_owned(),
            format!("{} × {}", money(*base), words.format.percent(*rate)),
            money(*amount),
        ),
        Part::Specific { rate, quantity, amount } => {
            let per_unit = words
                .texts
                .duty_per_unit(&words.format.money_rate(rate.amount, rate.currency), words.unit(rate.unit));
            (
                words.texts.row_by_quantity().to_owned(),
                format!("{} {} × {per_unit}", words.format.number(*quantity), words.unit(rate.unit)),
                money(*amount),
            )
        }
    }
}
