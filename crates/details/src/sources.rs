//! What proves the figures: for each regime the instrument, its edition and nomenclature, where the copy was found, and the facts about
//! the parties. For the tax the same.

use duty::{Assessment, ColumnKind, Evidence, Membership, NationalTax, RateBasis, RegimeOption, Schedule, Source, Tax, TaxRate, Treatment};
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
            .children(taxes(assessment).map(|(kind, rate)| tax(words, basis, kind, rate)))
            .view(),
    ])
}

/// The taxes there are: no word of an excise where there is none.
pub(crate) fn taxes(assessment: &Assessment) -> impl Iterator<Item = (Tax, &TaxRate)> {
    let is_free = matches!(&assessment.excise.treatment, Treatment::Duty(rate) if rate.is_free());
    let excise = (!is_free).then_some((Tax::Excise, &assessment.excise));
    excise.into_iter().chain([(Tax::Vat, &assessment.vat)])
}

/// What the importer calls a tax.
pub(crate) fn tax_name(words: Words, schedule: &Schedule, tax: Tax) -> &'static str {
    match tax {
        Tax::Excise => words.excise(schedule),
        Tax::Vat => words.general_tax(schedule),
    }
}

/// A tax: the tariff, the importer's standard rate, or the person; and whether it is part of its own price.
fn tax(words: Words, basis: &Basis, tax: Tax, rate: &TaxRate) -> View {
    let schedule = &basis.rates.schedule;
    let with_itself = schedule.national_tax(tax).and_then(|national| national.with_itself.as_ref());
    let with_itself = with_itself.map(|found| paragraph("small", marked(words, found.source.clone(), found.evidence)));
    element("li")
        .child(element("h3").text(tax_name(words, schedule, tax)).view())
        .children(of_tax(words, schedule, tax, rate).into_iter().map(|source| paragraph("", source)))
        .children(with_itself)
        .view()
}

/// What the rate of a tax rests on, in a sentence each.
pub(crate) fn of_tax(words: Words, schedule: &Schedule, tax: Tax, rate: &TaxRate) -> Vec<String> {
    match rate.basis {
        RateBasis::Line => {
            let column = schedule.column(ColumnKind::Tax(tax)).into_iter();
            let sources = column.flat_map(|column| &column.sources);
            sources.map(|source| instrument(words, source)).collect()
        }
        RateBasis::Standard => {
            let national = schedule.national_tax(tax).into_iter();
            let marked = |national: &NationalTax| marked(words, national.source.clone(), national.evidence);
            national.map(marked).collect()
        }
        RateBasis::Stated => vec![words.texts.sources_stated().to_owned()],
        RateBasis::Nothing => vec![words.texts.treatment_unknown().to_owned()],
    }
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
