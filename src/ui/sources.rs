//! What proves the figures: for each regime the instrument, its edition and nomenclature, where the copy was found, and the facts about
//! the parties. For the tax the same.

use duty::{Assessment, ColumnKind, Evidence, Membership, RegimeOption, Source, Tax};

use super::comparison::badge;
use super::element::{View, classed, element, paragraph};
use crate::i18n::Words;
use crate::state::Ready;

/// The list.
pub(crate) fn sources(words: Words, ready: &Ready, assessment: &Assessment) -> Vec<View> {
    let schedule = &ready.rates.schedule;
    let vat = schedule.column(ColumnKind::Tax(Tax::Vat)).map(|column| {
        let title = element("h3").text(words.general_tax(schedule)).view();
        element("li")
            .child(title)
            .children(column.sources.iter().map(|source| paragraph("", instrument(words, source))))
            .view()
    });
    let regimes = assessment.options.iter().map(|option| regime(words, ready, assessment, option));
    vec![
        paragraph("small", words.texts.sources_line(&assessment.line.dotted(), &ready.rates.edition)),
        classed("ul", "sources").children(regimes).children(vat).view(),
    ]
}

fn regime(words: Words, ready: &Ready, assessment: &Assessment, option: &RegimeOption) -> View {
    let schedule = &ready.rates.schedule;
    let column = schedule
        .source(option.regime, assessment.line)
        .map(|source| paragraph("", instrument(words, source)));
    let agreement = schedule.agreement(option.regime);
    let members = agreement.into_iter().flat_map(|agreement| {
        let sides = [
            agreement.grantor(ready.shipment.importer()),
            agreement.beneficiary(ready.shipment.origin()),
        ];
        sides
            .into_iter()
            .flatten()
            .map(|member| paragraph("small", membership(words, member)))
    });
    let id = format!("source-{}", option.regime.key());
    let title = element("h3")
        .text(words.regime(option.regime))
        .text(" ")
        .children(option.grade.map(|grade| badge(words, &id, grade)));
    element("li")
        .child(title.view())
        .children(column)
        .children(agreement.map(|agreement| paragraph("", agreement.source.clone())))
        .children(members)
        .view()
}

fn instrument(words: Words, source: &Source) -> String {
    words
        .texts
        .sources_instrument(&source.title, &source.edition, &source.nomenclature, &source.found)
}

fn membership(words: Words, member: &Membership) -> String {
    let fact = words
        .texts
        .sources_member(words.economy(member.economy), &words.format.date(member.since), &member.source);
    let mark = match member.evidence {
        Evidence::Read => return fact,
        Evidence::Derived => words.texts.evidence_derived(),
        Evidence::Secondary => words.texts.evidence_secondary(),
        Evidence::Unconfirmed => words.texts.evidence_unconfirmed(),
    };
    format!("{fact} {mark}")
}
