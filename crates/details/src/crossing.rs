//! From which price of a unit on another regime would be the best: in words, as a table, and drawn.

use duty::{Assessment, Crossings, Stretch};
use markup::{View, classed, element, paragraph};
use words::{Words, joined};

use crate::Basis;
use crate::plot::lines;

/// Nothing where the price makes no difference.
pub(crate) fn crossing(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let Some(crossings) = Crossings::of(assessment, &basis.shipment) else {
        return View::default();
    };
    let texts = words.texts;
    let unit = words.one(crossings.unit);
    let price = |amount| texts.duty_per_unit(&words.format.money_rate(amount, crossings.currency), unit);
    let upper_ends = crossings.stretches.iter().skip(1).map(Some).chain([None]);
    let rows = crossings.stretches.iter().zip(upper_ends).map(|(stretch, next)| {
        let name = element("th")
            .attribute("scope", "row")
            .text(prices(words, &price, stretch, next))
            .view();
        let best = element("td").text(words.regime(stretch.best)).view();
        element("tr").child(name).child(best).view()
    });
    let table = classed("table", "sums")
        .child(element("caption").text(texts.crossing_title()).view())
        .child(element("tbody").children(rows).view());
    let names: Vec<&str> = crossings.plots.iter().map(|plot| words.regime(plot.regime)).collect();
    let plots = names.iter().zip(&crossings.plots);
    let plots: Vec<_> = plots.map(|(name, plot)| (*name, plot.points.as_slice())).collect();
    let left_out = crossings.left_out.iter().map(|regime| words.regime(*regime).to_owned());
    let left_out = crossings
        .is_partial()
        .then(|| paragraph("note", texts.crossing_left_out(&joined(left_out, ", "))));
    View::several([
        table.view(),
        lines(&plots, crossings.price),
        paragraph("small", texts.crossing_own(&price(crossings.price))),
        left_out.unwrap_or_default(),
    ])
}

/// The prices of a stretch, up to where the next begins.
fn prices(words: Words, price: &impl Fn(rust_decimal::Decimal) -> String, stretch: &Stretch, next: Option<&Stretch>) -> String {
    let texts = words.texts;
    let lower = (!stretch.from.is_zero()).then(|| {
        let from = price(stretch.from);
        if stretch.includes_from {
            texts.crossing_from(&from)
        } else {
            texts.crossing_above(&from)
        }
    });
    let upper = next.map(|next| {
        let to = price(next.from);
        if next.includes_from {
            texts.crossing_below(&to)
        } else {
            texts.crossing_up_to(&to)
        }
    });
    joined(lower.into_iter().chain(upper), ", ")
}
