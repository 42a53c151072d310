//! The codes that are kept: what distinguishes them, what each pays, and the links that settle on one or leave it out.

use duty::{Assessment, HsCode, Span, Spread, assess_all};
use markup::{View, classed, element, paragraph};
use query::RawQuery;
use words::{Words, joined};

use crate::Basis;

/// The levels of the Harmonized System: chapter, heading, subheading.
const LEVELS: [u8; 3] = [2, 4, 6];

/// The list.
pub(crate) fn candidates(words: Words, basis: &Basis) -> View {
    let common = common(basis);
    let within = common.map(|common| {
        let label = basis.names.label(common);
        paragraph("small", words.texts.candidates_within(label))
    });
    let entries = basis.shipment.candidates().iter().filter_map(|code| {
        let spread = assess_all(&basis.rates.schedule, &basis.shipment.with_candidates(code)).ok()?;
        Some(entry(words, basis, common, code, &spread))
    });
    classed("section", "choose")
        .child(element("h2").text(words.texts.choose_title()).view())
        .children(replaced(words, basis))
        .children(within)
        .child(element("ul").children(entries).view())
        .view()
}

/// For each code that is of another country's tariff, what was taken instead.
fn replaced(words: Words, basis: &Basis) -> impl Iterator<Item = View> {
    let schedule = &basis.rates.schedule;
    let country = words.economy(basis.shipment.importer());
    let strangers = basis.asked.iter().filter(|code| schedule.positions_under(*code).is_empty());
    strangers.map(move |code| {
        let subheading = code.subheading().dotted();
        paragraph("note", words.texts.note_replaced(country, &code.dotted(), &subheading))
    })
}

/// The smallest part of the Harmonized System that all candidates lie in, below which they part; `None` if they lie in different chapters.
fn common(basis: &Basis) -> Option<HsCode> {
    let candidates = basis.shipment.candidates();
    let first = candidates.iter().next()?;
    let mut levels = LEVELS.into_iter().rev().map(|level| first.truncated(level));
    levels.find(|common| candidates.iter().all(|code| common.covers(code) && *common != code))
}

fn entry(words: Words, basis: &Basis, common: Option<HsCode>, code: HsCode, spread: &Spread) -> View {
    let texts = words.texts;
    let (path, label) = name(words, basis, common, code);
    // Of one candidate, a figure that does not hold for every line below it is none.
    let known = |figure: fn(&Assessment) -> Option<Span>| {
        let figures = spread.cases.iter().map(|case| figure(&case.assessment));
        let span = figures.reduce(|one, other| Some(one?.hull(other?))).flatten()?;
        Some(words.format.span(span, basis.shipment.value().currency()))
    };
    let duty = |figure| known(figure).unwrap_or_else(|| texts.treatment_unknown().to_owned());
    let without = texts.candidates_without(&duty(|assessment| Some(assessment.baseline_bill()?.duty)));
    let best = texts.candidates_best(&duty(|assessment| Some(assessment.best_bill()?.duty)));
    let saving = known(Assessment::total_saving);
    let saving = saving.map_or_else(|| texts.choose_open().to_owned(), |saving| texts.choose_saves(&saving));
    let (lines, rates) = match spread.single() {
        Some(case) => (String::new(), words.rates(&case.assessment)),
        None => (texts.candidates_lines(&spread.cases.len().to_string()), String::new()),
    };
    let joined = |texts: [String; 3]| joined(texts.into_iter().filter(|text| !text.is_empty()), " · ");
    // Ranges are long: beside the label stands only what is short, so that all fits a phone.
    let settle = element("a")
        .attribute("href", link(basis, code.to_string()))
        .child(classed("span", "label").text(label).view())
        .child(classed("span", "code").text(code.dotted()).view())
        .child(classed("span", "rates").text(joined([without, best, saving])).view())
        .child(classed("span", "code").text(lines).view())
        .child(classed("span", "rates").text(joined([rates, path, String::new()])).view());
    let others = basis.asked.without(code).map(|others| others.to_string()).unwrap_or_default();
    let leave_out = element("a")
        .attribute("href", link(basis, others))
        .attribute("aria-label", texts.candidates_remove(&code.dotted()))
        .text("✕");
    element("li").child(settle.view()).child(leave_out.view()).view()
}

/// What a candidate is called, and what it belongs to below what is common to all.
fn name(words: Words, basis: &Basis, common: Option<HsCode>, code: HsCode) -> (String, String) {
    let shared = common.map_or(0, HsCode::digits);
    let mut path: Vec<String> = LEVELS
        .into_iter()
        .filter(|level| *level > shared && *level <= code.digits())
        .map(|level| basis.names.label(code.truncated(level)).to_owned())
        .collect();
    path.extend(basis.names.line(code).filter(|_| code.digits() > 6).map(|(line, is_inferred)| {
        if is_inferred {
            words.texts.label_to_confirm(line)
        } else {
            line.to_owned()
        }
    }));
    let label = path.pop().unwrap_or_default();
    (joined(path, " › "), label)
}

/// The page with other codes.
fn link(basis: &Basis, hs: String) -> String {
    RawQuery { hs, ..basis.query.clone() }.to_search()
}
