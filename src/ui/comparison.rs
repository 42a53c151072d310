//! Every regime in one table: its rate, its duty, how it compares or why it is refused, and how good the evidence is.

use std::sync::Arc;

use duty::{Assessment, Due, Grade, Rank, RegimeOption, Standing};
use leptos::prelude::*;

use super::term::Term;
use crate::app::expect_words;
use crate::i18n::Words;

/// The table. Lawful regimes first, lowest duty first; then the refused ones.
#[component]
pub(crate) fn Comparison(assessment: Arc<Assessment>) -> impl IntoView {
    let words = expect_words();
    let mut options: Vec<&RegimeOption> = assessment.options.iter().collect();
    options.sort_by_key(|option| match &option.standing {
        Standing::Lawful { rank: Rank::Best, .. } => (0, None),
        Standing::Lawful { .. } => (1, option.bill().map(|bill| bill.duty.most)),
        Standing::Refused(_) => (2, None),
    });
    let rows = options.into_iter().map(|option| row(words, &assessment, option)).collect_view();
    let texts = words.texts;
    view! {
        <table class="comparison">
            <thead>
                <tr>
                    <th scope="col">{texts.column_regime()}</th>
                    <th scope="col">{texts.column_rate()}</th>
                    <th scope="col">{texts.column_duty()}</th>
                    <th scope="col">{texts.column_evidence()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(words: Words, assessment: &Assessment, option: &RegimeOption) -> impl IntoView + use<> {
    let key = option.regime.key();
    let (class, why, duty) = match &option.standing {
        Standing::Lawful { due, rank, bill } => {
            let duty = bill.as_ref().map(|bill| words.format.span(bill.duty, assessment.currency));
            let why = match due {
                Due::Missing(shortfall) => words.shortfall(*shortfall),
                Due::Exact(_) | Due::Between(_) => words.rank(*rank, option.regime.is_mfn()).to_owned(),
            };
            (
                if *rank == Rank::Best { "best" } else { "" },
                why,
                duty.unwrap_or_else(|| "?".to_owned()),
            )
        }
        Standing::Refused(refusal) => ("refused", words.refusal(option.regime, *refusal), "–".to_owned()),
    };
    let doubts = option
        .doubts
        .iter()
        .map(|doubt| view! { <span class="doubt">{words.doubt(*doubt)}</span> })
        .collect_view();
    view! {
        <tr class=class>
            <th scope="row">
                <Term id=format!("regime-{key}") word=words.regime(option.regime) explanation=words.regime_explained(option.regime)/>
                <span class="why">{why}</span>
                {doubts}
            </th>
            <td>{words.treatment(&option.treatment)}</td>
            <td>{duty}</td>
            <td><Badge id=format!("grade-{key}") grade=option.grade/></td>
        </tr>
    }
}

/// The letter of a grade of evidence; what it means at one tap.
#[component]
pub(crate) fn Badge(id: String, grade: Grade) -> impl IntoView {
    let words = expect_words();
    view! { <span class="grade"><Term id word=grade.letter() explanation=words.grade(grade)/></span> }
}
