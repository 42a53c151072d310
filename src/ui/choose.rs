//! The lines a code leaves open: what distinguishes them, and what each saves. Links, so that a choice can be shared and taken back.

use std::sync::Arc;

use duty::{Case, HsCode};
use leptos::prelude::*;

use super::link::{StateLink, choose_code};
use crate::app::{expect_state, expect_words};
use crate::state::{AppState, Ready};

/// The list, or the way back to it.
#[component]
pub(crate) fn ChooseLine(ready: Arc<Ready>) -> impl IntoView {
    let words = expect_words();
    let texts = words.texts;
    if ready.spread.single().is_none() {
        let entries = ready
            .spread
            .cases
            .iter()
            .map(|case| view! { <Entry ready=ready.clone() case=case.clone()/> })
            .collect_view();
        return view! {
            <section class="choose">
                <h2>{texts.choose_title()}</h2>
                <ul>{entries}</ul>
            </section>
        }
        .into_any();
    }
    let code = ready.shipment.code();
    let subheading = code.subheading();
    let siblings = ready.rates.schedule.choices(subheading).len();
    if code == subheading || siblings < 2 {
        return ().into_any();
    }
    let label = {
        let ready = ready.clone();
        move || line_label(expect_state(), &ready, code)
    };
    view! {
        <p class="chosen">
            {texts.chosen_line()} " " <strong>{code.dotted()}</strong> " " {label} " · "
            <StateLink change=choose_code to=subheading.to_string()>{texts.chosen_change(&siblings.to_string())}</StateLink>
        </p>
    }
    .into_any()
}

#[component]
fn Entry(ready: Arc<Ready>, case: Case) -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let code = case.choice.code;
    let assessment = &case.assessment;
    let figure = match assessment.saving {
        Some(saving) => words.texts.choose_saves(&words.format.span(saving.total, assessment.currency)),
        None => words.texts.choose_open().to_owned(),
    };
    let rates = {
        let rate = |regime: Option<duty::Regime>| regime.and_then(|regime| assessment.option(regime));
        let shown = [
            rate(assessment.baseline),
            rate(assessment.best.filter(|best| Some(*best) != assessment.baseline)),
        ];
        shown
            .into_iter()
            .flatten()
            .map(|option| format!("{} {}", words.regime(option.regime), words.treatment(&option.treatment)))
            .collect::<Vec<_>>()
            .join(" · ")
    };
    view! {
        <li>
            <StateLink change=choose_code to=code.to_string()>
                <span class="label">{move || line_label(state, &ready, code)}</span>
                <span class="code">{code.dotted()}</span>
                <span class="rates">{rates}</span>
                <span class="figure">{figure}</span>
            </StateLink>
        </li>
    }
}

/// What a line is called among its siblings; under a heading also what its subheading is called.
fn line_label(state: AppState, ready: &Ready, code: HsCode) -> String {
    let words = expect_words();
    let labels = state.labels();
    let subheading = labels
        .as_ref()
        .and_then(|labels| labels.label(code.subheading()))
        .unwrap_or_default();
    if code.digits() <= 6 {
        return subheading.to_owned();
    }
    let lines = state.line_labels(ready.shipment.importer());
    let line = lines.as_ref().and_then(|lines| lines.label(code)).unwrap_or_default();
    let to_confirm = lines.as_ref().is_some_and(|lines| lines.is_inferred(code));
    let mut label = match (ready.shipment.code().digits() < 6, line.is_empty()) {
        (_, true) => subheading.to_owned(),
        (true, false) => format!("{subheading}: {line}"),
        (false, false) => line.to_owned(),
    };
    if to_confirm {
        label = words.texts.label_to_confirm(&label);
    }
    label
}
