//! The lines a code leaves open: what distinguishes them, and what each saves. Links, so that a choice can be shared and taken back.

use std::sync::Arc;

use duty::{Case, HsCode};

use super::element::{View, changing_by, changing_text, classed, element, nothing};
use super::link::state_link;
use crate::state::{AppState, Ready};
use words::Words;

/// The list of what can still be chosen. It comes with its labels, or the rows would jump when those come.
pub(crate) fn choose_line(state: AppState, words: Words, ready: &Arc<Ready>) -> View {
    let importer = ready.shipment.importer();
    let ready = Arc::clone(ready);
    let list = changing_by(
        move || state.awaits_line_labels(importer).to_string(),
        move || {
            if state.awaits_line_labels(importer) {
                return nothing();
            }
            let entries = ready.spread.cases.iter().map(|case| entry(state, words, &ready, case));
            element("ul").children(entries).view()
        },
    );
    classed("section", "choose")
        .child(element("h2").text(words.texts.choose_title()).view())
        .child(list)
        .view()
}

/// The line that was chosen, and the way back to its siblings.
pub(crate) fn chosen_line(state: AppState, words: Words, ready: &Arc<Ready>) -> View {
    let Some(code) = ready.shipment.candidates().single() else {
        return nothing();
    };
    let subheading = code.subheading();
    let siblings = ready.rates.schedule.choices(subheading).len();
    if code == subheading || siblings < 2 {
        return nothing();
    }
    let back = state_link(state, move |query| query.hs = subheading.to_string());
    classed("p", "chosen")
        .text(words.texts.chosen_line())
        .text(" ")
        .child(element("strong").text(code.dotted()).view())
        .text(" ")
        .child(line_label(state, words, ready, code))
        .text(" · ")
        .child(back.text(words.texts.chosen_change(&siblings.to_string())).view())
        .view()
}

fn entry(state: AppState, words: Words, ready: &Arc<Ready>, case: &Case) -> View {
    let code = case.choice.code;
    let assessment = &case.assessment;
    let figure = match assessment.saving {
        Some(saving) => words.texts.choose_saves(&words.format.span(saving.total, assessment.currency)),
        None => words.texts.choose_open().to_owned(),
    };
    let counted = assessment.unit.map(|unit| format!(" · {}", words.one(unit))).unwrap_or_default();
    let link = state_link(state, move |query| query.hs = code.to_string())
        .child(classed("span", "label").child(line_label(state, words, ready, code)).view())
        .child(classed("span", "code").text(code.dotted()).text(counted).view())
        .child(classed("span", "rates").text(words.rates(assessment)).view())
        .child(classed("span", "figure").text(figure).view());
    element("li").child(link.view()).view()
}

/// What a line is called among its siblings; under a heading also what its subheading is called. Labels may arrive after the answer.
fn line_label(state: AppState, words: Words, ready: &Arc<Ready>, code: HsCode) -> View {
    let importer = ready.shipment.importer();
    let many_subheadings = ready.shipment.candidates().iter().any(|code| code.digits() < 6);
    changing_text(move || {
        let labels = state.labels();
        let subheading = labels
            .as_ref()
            .and_then(|labels| labels.label(code.subheading()))
            .unwrap_or_default();
        let lines = state.line_labels(importer);
        let line = lines.as_ref().and_then(|lines| lines.label(code)).filter(|_| code.digits() > 6);
        let label = match line {
            None => subheading.to_owned(),
            Some(line) if many_subheadings => subheading.to_owned() + ": " + line,
            Some(line) => line.to_owned(),
        };
        let to_confirm = lines.as_ref().is_some_and(|lines| lines.is_inferred(code));
        if to_confirm { words.texts.label_to_confirm(&label) } else { label }
    })
}
