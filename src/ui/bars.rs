//! The duty under each agreement as bars: the same figures as the table below them, for those who would rather look than read.

use duty::{Assessment, Due, Rank, Refusal, Regime, RegimeOption, Span, Standing, percentage};
use rust_decimal::Decimal;

use super::element::{View, classed, element};
use words::Words;

/// One bar a regime.
pub(crate) fn bars(words: Words, assessment: &Assessment) -> View {
    let longest = assessment
        .options
        .iter()
        .filter_map(|option| Some(option.bill()?.duty.most))
        .max()
        .unwrap_or_default();
    let shown = assessment.options.iter().filter(|option| is_shown(option));
    classed("div", "bars")
        .child(element("h2").text(words.texts.bars_title()).view())
        .child(
            element("ul")
                .children(shown.map(|option| bar(words, assessment, option, longest)))
                .view(),
        )
        .view()
}

/// CAFTA and RCEP are always asked about; other refused regimes are in the table.
fn is_shown(option: &RegimeOption) -> bool {
    match option.standing {
        Standing::Lawful { .. } => true,
        Standing::Refused(_) => matches!(option.regime, Regime::Acfta | Regime::Rcep),
    }
}

fn bar(words: Words, assessment: &Assessment, option: &RegimeOption, longest: Decimal) -> View {
    let class = match option.rank() {
        Some(Rank::Best) => "bar best",
        Some(_) => "bar",
        None => "bar refused",
    };
    let mark = if option.rank() == Some(Rank::Best) { " ✓" } else { "" };
    classed("li", class)
        .child(classed("span", "name").text(words.regime(option.regime)).text(mark).view())
        .child(classed("span", "figure").text(figure(words, assessment, option)).view())
        .markup(&drawing(option.bill().map(|bill| bill.duty), longest))
        .view()
}

/// A bar from nothing to the least the duty can be, and a lighter one up to the most, beside the longest of all.
fn drawing(duty: Option<Span>, longest: Decimal) -> markup::View {
    let (least, most) = duty.map(|duty| (duty.least, duty.most)).unwrap_or_default();
    let share = |amount| percentage(amount, longest).to_string();
    markup::bar(&share(least), &share(most))
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
