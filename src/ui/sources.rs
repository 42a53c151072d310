//! What proves the figures: for each regime the instrument, its edition and nomenclature, where the copy was found, and the facts about
//! the parties. For the tax the same.

use std::sync::Arc;

use duty::{Assessment, ColumnKind, Evidence, Membership, Source, Tax};
use leptos::prelude::*;

use super::comparison::Badge;
use crate::app::expect_words;
use crate::i18n::Words;
use crate::state::Ready;

/// The list.
#[component]
pub(crate) fn Sources(ready: Arc<Ready>, assessment: Arc<Assessment>) -> impl IntoView {
    let words = expect_words();
    let texts = words.texts;
    let schedule = &ready.rates.schedule;
    let regimes = assessment.options.iter().map(|option| {
        let column = schedule
            .column(ColumnKind::Duty(option.regime))
            .map(|column| instrument(words, &column.source));
        let agreement = schedule.agreement(option.regime);
        let members = agreement.into_iter().flat_map(|agreement| {
            [
                agreement.grantor(ready.shipment.importer()),
                agreement.beneficiary(ready.shipment.origin()),
            ]
            .into_iter()
            .flatten()
            .map(|member| membership(words, member))
        });
        view! {
            <li>
                <h3>{words.regime(option.regime)} " " <Badge id=format!("source-grade-{}", option.regime.key()) grade=option.grade/></h3>
                <p>{column}</p>
                <p>{agreement.map(|agreement| agreement.source.clone())}</p>
                {members.map(|text| view! { <p class="small">{text}</p> }).collect_view()}
            </li>
        }
    });
    let regimes = regimes.collect_view();
    let vat = schedule
        .column(ColumnKind::Tax(Tax::Vat))
        .map(|column| view! { <li><h3>{texts.row_vat()}</h3><p>{instrument(words, &column.source)}</p></li> });
    view! {
        <p class="small">{texts.sources_line(&assessment.line.dotted(), &ready.rates.edition)}</p>
        <ul class="sources">{regimes}{vat}</ul>
    }
}

fn instrument(words: Words, source: &Source) -> String {
    words
        .texts
        .sources_instrument(&source.title, &source.edition, &source.nomenclature, &source.found)
}

fn membership(words: Words, member: &Membership) -> String {
    let since = words.format.date(member.since);
    let fact = words.texts.sources_member(words.economy(member.economy), &since, &member.source);
    match member.evidence {
        Evidence::Read => fact,
        Evidence::Derived => format!("{fact} {}", words.texts.evidence_derived()),
        Evidence::Secondary => format!("{fact} {}", words.texts.evidence_secondary()),
        Evidence::Unconfirmed => format!("{fact} {}", words.texts.evidence_unconfirmed()),
    }
}
