//! Whether the certificate is worth it: what the person says it costs, against what it saves.

use duty::{Assessment, Claim, Span, Verdict};
use markup::{View, classed, element, paragraph};
use query::{COSTS, ClaimFields, SHIPMENTS};
use rust_decimal::Decimal;
use words::Words;

use crate::Basis;
use crate::form::number_field;

/// The fields, the verdict, and the sum.
pub(crate) fn claim(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let texts = words.texts;
    let fields = basis.query.claim(basis.shipment.importer());
    let currency = basis.query.value_currency();
    let labels = [
        texts.claim_fee(),
        texts.claim_hours(),
        texts.claim_wage(),
        texts.claim_courier(),
        texts.claim_delay(),
        texts.claim_shipments(),
    ];
    let asked = COSTS.into_iter().chain([SHIPMENTS]).zip(labels);
    let asked = asked.flat_map(|(key, label)| {
        let error = fields.errors.iter().find(|(wrong, _)| *wrong == key);
        number_field(key, &currency, label, error.map_or("", |(_, error)| words.number_error(*error)))
    });
    let parts = [paragraph("asks", texts.claim_lead(&currency))].into_iter().chain(asked).chain([
        classed("div", "outcome")
            .children(outcome(words, basis, assessment, &fields))
            .view(),
        paragraph("small", texts.claim_orientation()),
    ]);
    View::several(parts)
}

fn outcome(words: Words, basis: &Basis, assessment: &Assessment, fields: &ClaimFields) -> Vec<View> {
    let texts = words.texts;
    // A cost that is not understood is not nothing.
    if !fields.errors.is_empty() {
        return Vec::new();
    }
    let money = |span: Span| words.format.span(span, assessment.currency);
    let claim = match Claim::of(assessment, &fields.cost, fields.shipments) {
        Ok(Some(claim)) => claim,
        Ok(None) => return vec![paragraph("", texts.claim_unknown())],
        Err(_) => return vec![paragraph("", texts.error_number_large())],
    };
    let verdict = match claim.verdict {
        Verdict::Needless => return vec![paragraph("verdict", texts.claim_needless())],
        _ if !fields.is_stated => texts.claim_unstated(&money(claim.saving)),
        Verdict::Pays => texts.claim_pays(&money(claim.net)),
        Verdict::Loses => texts.claim_loses(&money(Span::exactly(claim.cost)), &money(claim.saving)),
        Verdict::Open => texts.claim_open(&money(claim.net)),
    };
    let mut rows = Vec::new();
    if let Some(saving) = assessment.saving {
        let schedule = &basis.rates.schedule;
        rows.push((texts.claim_row_duty().to_owned(), money(saving.duty)));
        let taxes = [(words.excise(schedule), saving.excise), (words.general_tax(schedule), saving.vat)];
        let taxes = taxes.into_iter().filter(|(_, saved)| *saved != Some(Span::exactly(Decimal::ZERO)));
        let known = |saved: Option<Span>| saved.map_or_else(|| texts.treatment_unknown().to_owned(), money);
        rows.extend(taxes.map(|(tax, saved)| (texts.claim_row_tax(tax), known(saved))));
    }
    rows.push((texts.claim_row_cost().to_owned(), money(Span::exactly(claim.cost))));
    rows.push((texts.claim_row_net().to_owned(), money(claim.net)));
    if let (Some(yearly), Some(shipments)) = (claim.yearly, fields.shipments) {
        rows.push((texts.claim_row_year(&words.format.number(shipments)), money(yearly)));
    }
    rows.extend(claim.break_even.map(|value| (texts.claim_row_even().to_owned(), money(value))));
    let row = |(name, amount): (String, String)| {
        let name = element("th").attribute("scope", "row").text(name).view();
        element("tr").child(name).child(element("td").text(amount).view()).view()
    };
    let table = classed("table", "sums")
        .children(assessment.best.map(|best| element("caption").text(words.regime(best)).view()))
        .child(element("tbody").children(rows.into_iter().map(row)).view());
    vec![paragraph("verdict", verdict), table.view()]
}
