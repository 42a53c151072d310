//! The years to come: what the same shipment pays after each 1 January, as far as the tariff says.

use duty::{Assessment, Doubt, Prospect, Regime, RegimeOption, Span, outlook, percentage};
use markup::{View, bar, classed, element, paragraph};
use rust_decimal::Decimal;
use words::Words;

use crate::Basis;

/// As many years as the sources are asked for at least.
const YEARS: u8 = 5;

/// The table, with what waiting would save above it.
pub(crate) fn view(words: Words, basis: &Basis) -> View {
    let texts = words.texts;
    let Ok(prospects) = outlook(&basis.rates.schedule, &basis.shipment, YEARS) else {
        return paragraph("", texts.error_number_large());
    };
    let answers = prospects
        .iter()
        .filter_map(|prospect| Some((prospect, &prospect.spread.single()?.assessment)));
    let answers: Vec<(&Prospect, &Assessment)> = answers.collect();
    let longest = answers
        .iter()
        .filter_map(|(_, assessment)| Some(assessment.best_bill()?.duty.most))
        .max();
    let rows = answers
        .iter()
        .map(|(prospect, assessment)| row(words, prospect, assessment, longest.unwrap_or_default()));
    let headings = [texts.outlook_day(), texts.outlook_best(), texts.column_duty(), texts.regime_rcep()];
    let headings = headings.map(|text| element("th").attribute("scope", "col").text(text).view());
    let table = classed("table", "comparison")
        .child(element("thead").child(element("tr").children(headings).view()).view())
        .child(element("tbody").children(rows).view());
    View::several([
        advice(words, &answers).map_or_else(View::default, |advice| paragraph("verdict", advice)),
        table.view(),
        paragraph("small", texts.outlook_assumes()),
    ])
}

/// What waiting for the first fall would save, or why there is none; nothing while the duty of today is not exact.
fn advice(words: Words, answers: &[(&Prospect, &Assessment)]) -> Option<String> {
    let texts = words.texts;
    let duty = |assessment: &Assessment| Some(assessment.best_bill()?.duty);
    let exact = |assessment: &Assessment| duty(assessment).and_then(Span::exact);
    let ((_, today), later) = answers.split_first()?;
    let now = exact(today)?;
    if now.is_zero() {
        return Some(texts.outlook_free().to_owned());
    }
    let fall = later.iter().find_map(|(prospect, assessment)| {
        let less = now.checked_sub(exact(assessment)?)?;
        (less > Decimal::ZERO).then_some((prospect.on, less))
    });
    Some(match fall {
        Some((on, less)) => texts.outlook_wait(&words.format.date(on), &words.format.money(less, today.currency)),
        None if later
            .iter()
            .filter_map(|(_, assessment)| assessment.option(Regime::Rcep))
            .any(|rcep| year(rcep).is_some()) =>
        {
            texts.next_year_old_rcep().to_owned()
        }
        None => texts.outlook_same().to_owned(),
    })
}

/// The year the rate is of, where that is another than the day's.
fn year(option: &RegimeOption) -> Option<i32> {
    option.doubts.iter().find_map(|doubt| match doubt {
        Doubt::RateOfYear(year) => Some(*year),
        _ => None,
    })
}

/// A rate, and in brackets the year it is of where that is another than the day's.
fn rate(words: Words, option: &RegimeOption) -> String {
    let rate = words.treatment(&option.treatment);
    year(option).map_or_else(|| rate.clone(), |year| format!("{rate} ({year})"))
}

fn row(words: Words, prospect: &Prospect, assessment: &Assessment, longest: Decimal) -> View {
    let texts = words.texts;
    let best = assessment.best.and_then(|best| assessment.option(best));
    let duty = best.and_then(|option| Some(option.bill()?.duty));
    let name = best.map_or_else(
        || texts.treatment_unknown().to_owned(),
        |option| [words.regime(option.regime), " ", &rate(words, option)].concat(),
    );
    let figure = duty.map_or_else(|| "?".to_owned(), |duty| words.format.span(duty, assessment.currency));
    let rcep = match assessment.option(Regime::Rcep) {
        Some(option) if option.rank().is_some() => rate(words, option),
        _ => "–".to_owned(),
    };
    let share = |amount| percentage(amount, longest).to_string();
    let day = element("th")
        .attribute("scope", "row")
        .text(words.format.date(prospect.on))
        .children(duty.map(|duty| bar(&share(duty.least), &share(duty.most))));
    let cell = |text: String| element("td").text(text).view();
    element("tr").child(day.view()).children([name, figure, rcep].map(cell)).view()
}
