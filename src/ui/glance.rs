//! Three small answers under the hero: what the goods cost at the border, what changes next year, which paper is needed.

use std::sync::Arc;

use duty::{Assessment, Bill, Regime, Span};
use leptos::prelude::*;

use crate::app::expect_words;
use crate::i18n::Words;
use crate::state::Ready;

/// The three.
#[component]
pub(crate) fn Glance(ready: Arc<Ready>, assessment: Arc<Assessment>) -> impl IntoView {
    let words = expect_words();
    view! {
        <div class="glance">
            <AtTheBorder words assessment=assessment.clone()/>
            <NextYear words ready assessment=assessment.clone()/>
            <Paper words best=assessment.best/>
        </div>
    }
}

#[component]
fn AtTheBorder(words: Words, assessment: Arc<Assessment>) -> impl IntoView {
    let texts = words.texts;
    let money = |span: Span| words.format.span(span, assessment.currency);
    let with_value = |bill: &Bill| Span {
        least: assessment.value + bill.total.least,
        most: assessment.value + bill.total.most,
    };
    let best = assessment.best_bill();
    let number = best.map_or_else(|| texts.treatment_unknown().to_owned(), |bill| money(with_value(bill)));
    let small = best.map(|bill| {
        let vat = bill.vat.map_or_else(|| texts.treatment_unknown().to_owned(), money);
        texts.border_parts(&words.format.money(assessment.value, assessment.currency), &money(bill.duty), &vat)
    });
    let without = assessment
        .baseline_bill()
        .filter(|_| assessment.best != assessment.baseline)
        .map(|bill| texts.border_without(&money(with_value(bill))));
    view! {
        <div>
            <h2>{texts.border_title()}</h2>
            <p class="figure">{number}</p>
            <p class="small">{small}</p>
            <p class="small">{without}</p>
        </div>
    }
}

#[component]
fn NextYear(words: Words, ready: Arc<Ready>, assessment: Arc<Assessment>) -> impl IntoView {
    let texts = words.texts;
    let next = ready.next_year.as_ref().and_then(|spread| Some(&spread.single()?.assessment));
    let duty = |assessment: &Assessment| Some(assessment.best_bill()?.duty);
    let change = next.and_then(|next| Some((duty(&assessment)?, duty(next)?, next.best?)));
    let (number, small) = match change {
        Some((now, then, best)) if now != then => {
            let rate = next
                .and_then(|next| next.option(best))
                .map(|option| words.treatment(&option.treatment))
                .unwrap_or_default();
            (
                words.format.span(then, assessment.currency),
                texts.next_year_change(words.regime(best), &rate, &words.format.span(now, assessment.currency)),
            )
        }
        Some(_) => (texts.next_year_same().to_owned(), texts.next_year_same_small().to_owned()),
        None => (texts.treatment_unknown().to_owned(), String::new()),
    };
    view! {
        <div>
            <h2>{texts.next_year_title()}</h2>
            <p class="figure">{number}</p>
            <p class="small">{small}</p>
            <p class="small">{texts.next_year_assumes()}</p>
        </div>
    }
}

#[component]
fn Paper(words: Words, best: Option<Regime>) -> impl IntoView {
    let texts = words.texts;
    let (number, small) = match best.map(|best| words.proof(best)) {
        Some(Some(proof)) => (proof, texts.paper_needed()),
        Some(None) => (texts.paper_none(), texts.paper_none_small()),
        None => (texts.treatment_unknown(), ""),
    };
    view! {
        <div>
            <h2>{texts.paper_title()}</h2>
            <p class="figure">{number}</p>
            <p class="small">{small}</p>
        </div>
    }
}
