//! The calculator: the sentence, then the answer to it, in whatever state it is.

use std::sync::Arc;

use leptos::prelude::*;

use super::arithmetic::Arithmetic;
use super::ask::Ask;
use super::bars::Bars;
use super::choose::ChooseLine;
use super::comparison::Comparison;
use super::fold::Fold;
use super::glance::Glance;
use super::hero::Hero;
use super::link::{StateLink, choose_code};
use super::sources::Sources;
use super::trouble::Trouble;
use crate::app::{expect_state, expect_words};
use crate::state::{Answer, Ready};

/// Products to try, one from each corner of the tariff: fruit, a quota, a sliding duty, yarn, a spice.
const EXAMPLES: [(&str, &str); 5] = [
    ("TH", "081060"),
    ("VN", "1006302090"),
    ("TH", "400122"),
    ("VN", "5402339000"),
    ("KH", "0904110090"),
];

/// Which details are open. Lives outside the answer, so that typing does not close them.
#[derive(Clone, Copy)]
struct Folds {
    why: RwSignal<bool>,
    arithmetic: RwSignal<bool>,
    sources: RwSignal<bool>,
}

/// The calculator.
#[component]
pub(crate) fn Calculator() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let folds = Folds {
        why: RwSignal::new(true),
        arithmetic: RwSignal::new(false),
        sources: RwSignal::new(false),
    };
    let texts = words.texts;
    view! {
        <h1 class="unseen">{texts.title()}</h1>
        <Ask/>
        {move || match state.answer.get() {
            Answer::Nothing => view! { <Examples/> }.into_any(),
            Answer::Loading => view! { <section class="card waiting" role="status"><p>{texts.answer_loading()}</p></section> }.into_any(),
            Answer::Failed(importer, error) => {
                view! { <Trouble error words=Some(words) retry=Callback::new(move |()| state.retry_rates(importer))/> }.into_any()
            }
            Answer::NotInTariff(code) => view! { <section class="card"><p role="alert">{texts.answer_not_in_tariff(&code.dotted())}</p></section> }.into_any(),
            Answer::TooLarge => view! { <section class="card"><p role="alert">{texts.error_number_large()}</p></section> }.into_any(),
            Answer::Ready(ready) => view! { <Answered ready folds/> }.into_any(),
        }}
    }
}

/// Before a product is chosen: what can be asked.
#[component]
fn Examples() -> impl IntoView {
    let (state, words) = (expect_state(), expect_words());
    let nothing_typed = move || state.query.with(|query| query.hs.is_empty());
    let example = move |(from, code): (&'static str, &'static str)| {
        let label = move || {
            let code: Option<duty::HsCode> = code.parse().ok();
            let label = code.and_then(|code| Some(state.labels()?.label(code.subheading())?.to_owned()));
            label.unwrap_or_else(|| code.map_or_else(String::new, duty::HsCode::dotted))
        };
        let origin = from.parse().map(|economy| words.economy(economy)).unwrap_or_default();
        view! { <li><StateLink change=choose_example to=format!("{from} {code}")>{label} " · " {origin}</StateLink></li> }
    };
    view! {
        <section class="card examples" hidden=move || !nothing_typed()>
            <p class="lead">{words.texts.examples_lead()}</p>
            <h2>{words.texts.examples_title()}</h2>
            <ul>{EXAMPLES.into_iter().map(example).collect_view()}</ul>
        </section>
    }
}

fn choose_example(query: &mut crate::query::RawQuery, to: &str) {
    let (from, code) = to.split_once(' ').unwrap_or(("TH", to));
    from.clone_into(&mut query.from);
    choose_code(query, code);
}

#[component]
fn Answered(ready: Arc<Ready>, folds: Folds) -> impl IntoView {
    let words = expect_words();
    let texts = words.texts;
    let replaced = ready.replaced.map(|code| {
        view! { <p class="note" role="status">{texts.note_replaced(&code.dotted(), words.economy(ready.shipment.importer()), &ready.shipment.code().dotted())}</p> }
    });
    let Some(case) = ready.spread.single().cloned() else {
        return view! {
            {replaced}
            <section class="card answer" aria-live="polite"><Hero ready=ready.clone()/></section>
            <ChooseLine ready/>
        }
        .into_any();
    };
    let assessment = Arc::new(case.assessment);
    let lawful = assessment.options.iter().filter(|option| option.rank().is_some()).count();
    let refused = assessment.options.len() - lawful;
    let details = Details {
        ready: ready.clone(),
        assessment: assessment.clone(),
    };
    let (why, arithmetic, sources) = (details.clone(), details.clone(), details);
    view! {
        {replaced}
        <section class="card answer" aria-live="polite">
            <Hero ready=ready.clone()/>
            <Bars assessment=assessment.clone()/>
            <Glance ready=ready.clone() assessment/>
        </section>
        <ChooseLine ready/>
        <Fold open=folds.why title=texts.why_title() hint=texts.why_hint(&lawful.to_string(), &refused.to_string())>
            <Comparison assessment=why.assessment/>
        </Fold>
        <Fold open=folds.arithmetic title=texts.arithmetic_title() hint=texts.arithmetic_hint()>
            <Arithmetic ready=arithmetic.ready assessment=arithmetic.assessment/>
        </Fold>
        <Fold open=folds.sources title=texts.sources_title() hint=texts.sources_hint()>
            <Sources ready=sources.ready assessment=sources.assessment/>
        </Fold>
    }
    .into_any()
}

/// What each fold prints from.
#[derive(Clone)]
struct Details {
    ready: Arc<Ready>,
    assessment: Arc<duty::Assessment>,
}
