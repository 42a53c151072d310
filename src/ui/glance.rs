//! Three small answers under the hero: what the goods cost at the border, what changes next year, which paper is needed.

use duty::{Assessment, Bill, Doubt, Regime, Span};

use super::element::{View, classed, element, paragraph};
use crate::state::Ready;
use words::Words;

/// The three.
pub(crate) fn glance(words: Words, ready: &Ready, assessment: &Assessment) -> View {
    classed("div", "glance")
        .child(at_the_border(words, ready, assessment))
        .child(next_year(words, ready, assessment))
        .child(paper(words, assessment.best))
        .view()
}

fn small_answer(title: &'static str, figure: String, lines: impl IntoIterator<Item = String>) -> View {
    element("div")
        .child(element("h2").text(title).view())
        .child(paragraph("figure", figure))
        .children(lines.into_iter().map(|line| paragraph("small", line)))
        .view()
}

fn at_the_border(words: Words, ready: &Ready, assessment: &Assessment) -> View {
    let texts = words.texts;
    let money = |span: Span| words.format.span(span, assessment.currency);
    let unknown = || texts.treatment_unknown().to_owned();
    let cost = |bill: &Bill| bill.cost(assessment.value).map_or_else(unknown, money);
    let Some(best) = assessment.best_bill() else {
        return small_answer(texts.border_title(), unknown(), []);
    };
    let parts = words.parts(&ready.rates.schedule, assessment.currency, best.duty, best.excise, best.vat);
    let value = words.format.money(assessment.value, assessment.currency);
    let mut lines = vec![texts.border_parts(&value, &parts)];
    if let Some(baseline) = assessment.baseline_bill().filter(|_| assessment.best != assessment.baseline) {
        lines.push(texts.border_without(&cost(baseline)));
    }
    let notes = assessment.notes.iter().filter(|note| note.is_about_tax());
    lines.extend(notes.map(|note| words.note(*note, &ready.rates.schedule)));
    small_answer(texts.border_title(), cost(best), lines)
}

fn next_year(words: Words, ready: &Ready, assessment: &Assessment) -> View {
    let texts = words.texts;
    let next = ready.next_year.as_ref().and_then(|spread| Some(&spread.single()?.assessment));
    let duty = |assessment: &Assessment| Some(assessment.best_bill()?.duty);
    let money = |span: Span| words.format.span(span, assessment.currency);
    let change = next.and_then(|next| Some((duty(assessment)?, duty(next)?, next.option(next.best?)?)));
    let (figure, line) = match change {
        Some((now, then, option)) if now != then => (
            money(then),
            texts.next_year_change(words.regime(option.regime), &words.treatment(&option.treatment), &money(now)),
        ),
        // RCEP falls every 1 January; a rate of one year says nothing about the next, unless there is nothing left to fall.
        Some((now, ..)) if !now.most.is_zero() && next.is_some_and(has_old_rcep) => {
            (texts.treatment_unknown().to_owned(), texts.next_year_old_rcep().to_owned())
        }
        Some(_) => (texts.next_year_same().to_owned(), texts.next_year_same_small().to_owned()),
        None => (texts.treatment_unknown().to_owned(), String::new()),
    };
    small_answer(texts.next_year_title(), figure, [line, texts.next_year_assumes().to_owned()])
}

/// Whether a rate of RCEP is open to the goods, and is that of another year.
fn has_old_rcep(assessment: &Assessment) -> bool {
    let is_old = |doubt: &Doubt| matches!(doubt, Doubt::RateOfYear(_));
    assessment
        .option(Regime::Rcep)
        .is_some_and(|option| option.doubts.iter().any(is_old))
}

fn paper(words: Words, best: Option<Regime>) -> View {
    let texts = words.texts;
    let (figure, line) = match best.map(|best| words.proof(best)) {
        Some(Some(proof)) => (proof, texts.paper_needed()),
        Some(None) => (texts.paper_none(), texts.paper_none_small()),
        None => (texts.treatment_unknown(), ""),
    };
    small_answer(texts.paper_title(), figure.to_owned(), [line.to_owned()])
}
