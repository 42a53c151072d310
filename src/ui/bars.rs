//! The duty under each agreement as bars: the same figures as the table below them, for those who would rather look than read.

use std::sync::Arc;

use duty::{Assessment, Due, Rank, Refusal, Regime, RegimeOption, Span, Standing};
use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::app::expect_words;
use crate::i18n::Words;

/// One bar a regime. Widths are drawing, not money: whole thousandths of the longest bar.
#[component]
pub(crate) fn Bars(assessment: Arc<Assessment>) -> impl IntoView {
    let words = expect_words();
    let longest = assessment
        .options
        .iter()
        .filter_map(|option| Some(option.bill()?.duty.most))
        .max()
        .unwrap_or_default();
    let shown = assessment.options.iter().filter(|option| is_shown(option));
    let bars = shown.map(|option| bar(words, &assessment, option, longest)).collect_view();
    view! {
        <div class="bars">
            <h2>{words.texts.bars_title()}</h2>
            <ul>{bars}</ul>
        </div>
    }
}

/// CAFTA and RCEP are always asked about; other refused regimes are in the table.
fn is_shown(option: &RegimeOption) -> bool {
    match option.standing {
        Standing::Lawful { .. } => true,
        Standing::Refused(_) => matches!(option.regime, Regime::Acfta | Regime::Rcep),
    }
}

fn bar(words: Words, assessment: &Assessment, option: &RegimeOption, longest: Decimal) -> impl IntoView + use<> {
    let duty = option.bill().map(|bill| bill.duty);
    let class = match option.rank() {
        Some(Rank::Best) => "bar best",
        Some(_) => "bar",
        None => "bar refused",
    };
    let mark = matches!(option.rank(), Some(Rank::Best)).then_some(" ✓");
    view! {
        <li class=class>
            <span class="name">{words.regime(option.regime)}{mark}</span>
            {drawing(duty, longest)}
            <span class="figure">{figure(words, assessment, option)}</span>
        </li>
    }
}

/// A bar from nothing to the least the duty can be, and a lighter one up to the most.
fn drawing(duty: Option<Span>, longest: Decimal) -> impl IntoView + use<> {
    let thousandths = move |amount: Decimal| match amount
        .checked_mul(Decimal::ONE_THOUSAND)
        .and_then(|amount| amount.checked_div(longest))
    {
        Some(share) => share.round().to_string(),
        None => "0".to_owned(),
    };
    let (least, most) = duty.map_or_else(
        || ("0".to_owned(), "0".to_owned()),
        |duty| (thousandths(duty.least), thousandths(duty.most)),
    );
    view! {
        <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="1000" height="10"/>
            <rect class="most" width=most height="10"/>
            <rect class="least" width=least height="10"/>
        </svg>
    }
}

fn figure(words: Words, assessment: &Assessment, option: &RegimeOption) -> String {
    match &option.standing {
        Standing::Lawful {
            due: Due::Missing(shortfall),
            ..
        } => words.shortfall(*shortfall),
        Standing::Lawful { .. } => {
            let duty = option
                .bill()
                .map(|bill| words.format.span(bill.duty, assessment.currency))
                .unwrap_or_default();
            words.texts.bar_figure(&short_rate(words, option), &duty)
        }
        Standing::Refused(Refusal::NoConcession) => words.texts.treatment_none().to_owned(),
        Standing::Refused(Refusal::Unknown) => words.texts.treatment_unknown().to_owned(),
        Standing::Refused(refusal) => words.refusal(option.regime, *refusal),
    }
}

/// Rates that are one number or two fit beside a bar; longer ones are told by what they come to.
fn short_rate(words: Words, option: &RegimeOption) -> String {
    let rate = words.treatment(&option.treatment);
    if rate.chars().count() <= 24 {
        rate
    } else {
        words.texts.rate_by_quantity().to_owned()
    }
}
