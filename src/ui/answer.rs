//! The answer to the sentence, in whatever state it is.

use std::sync::Arc;

use details::Part;
use duty::Economy;
use leptos::prelude::*;

use super::ask::ask;
use super::bars::bars;
use super::choose::{choose_line, chosen_line};
use super::details::details;
use super::element::{View, changing_by, changing_text, classed, element, nothing, paragraph, several};
use super::fold::fold;
use super::glance::glance;
use super::hero::{hero, spoken};
use super::link::state_link;
use super::trouble::trouble;
use crate::state::{Answer, AppState, Ready};
use query::KEPT;
use words::Words;

/// Products to try, one from each corner of the tariffs: fruit, a quota, a sliding duty, a spice; the other way shoes and a yarn whose CAFTA
/// rate is refused to China.
const EXAMPLES: [(Economy, Economy, &str); 6] = [
    (Economy::Thailand, Economy::China, "081060"),
    (Economy::VietNam, Economy::China, "1006302090"),
    (Economy::Thailand, Economy::China, "400122"),
    (Economy::Cambodia, Economy::China, "0904110090"),
    (Economy::China, Economy::Philippines, "640319"),
    (Economy::China, Economy::VietNam, "540233"),
];

/// What is below the answer, made by the program of the details. Lives outside the answer, so that typing does not close it.
struct Folds {
    /// Folded, in the order in which people ask.
    folded: Vec<(Part, View)>,
    /// Not folded, but made there as well: most answers have none.
    candidates: View,
    changed: View,
}

/// The folded parts.
const FOLDED: [Part; 7] = [
    Part::Claim,
    Part::Comparison,
    Part::Partners,
    Part::Arithmetic,
    Part::Outlook,
    Part::Sources,
    Part::Keep,
];

/// The calculator: the sentence, and the answer below it.
pub(crate) fn calculator(state: AppState, words: Words) -> Vec<View> {
    let place = |part| details(state, words, part);
    let folds = Folds {
        folded: FOLDED.map(|part| (part, place(part))).into(),
        candidates: place(Part::Candidates),
        changed: place(Part::Changed),
    };
    let texts = words.texts;
    let message = |text: String| {
        classed("section", "card")
            .child(element("p").attribute("role", "alert").text(text).view())
            .view()
    };
    let answer = changing_by(
        move || state.answer().key() + &state.query.with(|query| query.further(KEPT)),
        move || {
            let answer = state.answer();
            state.details.set_open(Part::Tree, matches!(answer, Answer::Browsing));
            state
                .details
                .set_open(Part::Changed, state.query.with(|query| !query.further(KEPT).is_empty()));
            // A place of the tariff that is browsed has its own title.
            document().set_title(texts.title());
            match answer {
                Answer::Nothing => examples(state, words),
                Answer::Wrong => nothing(),
                Answer::Browsing => details(state, words, Part::Tree),
                Answer::Loading => classed("section", "card waiting")
                    .attribute("role", "status")
                    .child(paragraph("", texts.answer_loading()))
                    .view(),
                Answer::Failed(importer, error) => trouble(&error, Some(words), move || state.retry_rates(importer)),
                Answer::NotInTariff(code) => message(texts.answer_not_in_tariff(&code.dotted())),
                Answer::TooLarge => message(texts.error_number_large().to_owned()),
                Answer::Ready(ready) => answered(state, words, &ready, &folds),
            }
        },
    );
    // What a screen reader says when the answer changes: the sentence of the hero, from a place that itself stays.
    let spoken = changing_text(move || match state.answer() {
        Answer::Ready(ready) => spoken(words, &ready),
        _ => String::new(),
    });
    vec![
        ask(state, words),
        classed("p", "unseen").attribute("role", "status").child(spoken).view(),
        element("div")
            .attribute("id", "answer")
            .attribute("tabindex", "-1")
            .child(answer)
            .view(),
    ]
}

/// Before a product is chosen: what can be asked.
fn examples(state: AppState, words: Words) -> View {
    let example = |(from, to, hs): (Economy, Economy, &'static str)| {
        let label = changing_text(move || {
            let code: Option<duty::HsCode> = hs.parse().ok();
            let label = code.and_then(|code| Some(state.labels()?.label(code.subheading())?.to_owned()));
            label.or(code.map(duty::HsCode::dotted)).unwrap_or_default()
        });
        let link = state_link(state, move |query| {
            query.send_to(to.code().to_owned());
            query.take_from(from.code().to_owned());
            hs.clone_into(&mut query.hs);
        });
        // The label comes last, because it may come late.
        let link = link
            .text(words.economy(from))
            .text(" → ")
            .text(words.economy(to))
            .text(" · ")
            .child(label);
        element("li").child(link.view()).view()
    };
    classed("section", "card examples")
        .child(paragraph("lead", words.texts.examples_lead()))
        .child(element("h2").text(words.texts.examples_title()).view())
        .child(element("ul").children(EXAMPLES.into_iter().map(example)).view())
        .view()
}

fn answered(state: AppState, words: Words, ready: &Arc<Ready>, folds: &Folds) -> View {
    let texts = words.texts;
    let mut parts = Vec::new();
    if let Some(code) = ready.replaced {
        let country = words.economy(ready.shipment.importer());
        let note = texts.note_replaced(country, &code.dotted(), &code.subheading().dotted());
        parts.push(classed("p", "note").attribute("role", "status").text(note).view());
    }
    let card = classed("section", "card answer").child(hero(words, ready));
    let has_candidates = ready.has_several_candidates();
    state.details.set_open(Part::Candidates, has_candidates);
    let Some(case) = ready.spread.single() else {
        let choice = if has_candidates {
            folds.candidates.clone()
        } else {
            choose_line(state, words, ready)
        };
        parts.extend([card.view(), choice]);
        return several(parts);
    };
    let assessment = &case.assessment;
    let mut card = card.child(bars(words, assessment));
    if assessment.best.is_some() {
        card = card.child(glance(words, ready, assessment));
    }
    if state.details.is_open(Part::Changed) {
        parts.push(folds.changed.clone());
    }
    parts.extend([card.view(), chosen_line(state, words, ready)]);
    for (part, content) in &folds.folded {
        let (title, hint) = match part {
            Part::Claim => (texts.claim_title(), texts.claim_hint()),
            Part::Comparison => (texts.why_title(), texts.why_hint()),
            Part::Partners => (texts.partners_title(), texts.partners_hint()),
            Part::Arithmetic => (texts.arithmetic_title(), texts.arithmetic_hint()),
            Part::Outlook => (texts.outlook_title(), texts.outlook_hint()),
            Part::Sources => (texts.sources_title(), texts.sources_hint()),
            _ => (texts.keep_title(), texts.keep_hint()),
        };
        parts.push(fold(state, *part, title, hint, content));
    }
    several(parts)
}
