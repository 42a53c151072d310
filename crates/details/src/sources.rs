//! What proves the figures: for each regime the instrument, its edition and nomenclature, where the copy was found, and the facts about
//! the parties. For the tax the same.

use duty::{Assessment, ColumnKind, Evidence, Membership, RateBasis, RegimeOption, Source, Tax};
use markup::{View, classed, element, paragraph};
use words::Words;

use crate::Basis;

/// The list.
pub(crate) fn sources(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let regimes = assessment.options.iter().map(|option| regime(words, basis, assessment, option));
    View::several([
        paragraph("small", words.texts.sources_line(&assessment.line.dotted(), &basis.rates.edition)),
        classed("ul", "sources")
            .children(regimes)
            .child(general_tax(words, basis, assessment))
            .view(),
    ])
}

/// What the rate of the general tax rests on: the tariff, the importer's standard rate, or the person.
fn general_tax(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let schedule = &basis.rates.schedule;
    let entry = element("li").child(element("h3").text(words.general_tax(schedule)).view());
    match assessment.vat.basis {
        RateBasis::Line => {
            let column = schedule.column(ColumnKind::Tax(Tax::Vat)).into_iter();
            entry.children(
                column
                    .flat_map(|column| &column.sources)
                    .map(|source| paragraph("", instrument(words, source))),
            )
        }
        RateBasis::Standard => {
            let national = schedule.national_tax(Tax::Vat).into_iter();
            entry.children(national.map(|national| paragraph("", marked(words, national.source.clone(), national.evidence))))
        }
        RateBasis::Stated => entry.child(paragraph("", words.texts.sources_stated())),
        RateBasis::Nothing => entry.child(paragraph("", words.texts.treatment_unknown())),
    }
    .view()
}

fn regime(words: Words, basis: &Basis, assessment: &Assessment, option: &RegimeOption) -> View {
    let schedule = &basis.rates.schedule;
    let column = schedule
        .source(option.regime, assessment.line)
        .map(|source| paragraph("", instrument(words, source)));
    let agreement = schedule.agreement(option.regime);
    let members = agreement.into_iter().flat_map(|agreement| {
        let sides = [
            agreement.grantor(basis.shipment.importer()),
            agreement.beneficiary(basis.shipment.origin()),
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
        .children(option.grade.map(|grade| markup::grade(&id, grade.letter(), words.grade(grade))));
    element("li")
        .child(title.view())
        .children(column)
        .children(agreement.map(|agreement| paragraph("", agreement.source.clone())))
        .children(members)
        .view()
}

pub(crate) fn instrument(words: Words, source: &Source) -> String {
    words
        .texts
        .sources_instrument(&source.title, &source.edition, &source.nomenclature, &source.found)
}

fn membership(words: Words, member: &Membership) -> String {
    let fact = words
        .texts
        .sources_member(words.economy(member.economy), &words.format.date(member.since), &member.source);
    marked(words, fact, member.evidence)
}

/// A fact with how it was established, where it was not read in the source itself.
fn marked(words: Words, fact: String, evidence: Evidence) -> String {
    let mark = match evidence {
        Evidence::Read => return fact,
        Evidence::Derived => words.texts.evidence_derived(),
        Evidence::Secondary => words.texts.evidence_secondary(),
        Evidence::Unconfirmed => words.texts.evidence_unconfirmed(),
    };
    format!("{fact} {mark}")
}
