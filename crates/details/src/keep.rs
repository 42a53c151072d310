//! What can be kept of an answer: a sheet of paper, a table for a spreadsheet, a link. The sheet is seen on paper only.

use duty::{Assessment, Bill, HsCode, RegimeOption, Span, Standing, print_date};
use markup::{View, classed, element, paragraph};
use words::{Words, joined};

use crate::comparison::Terms;
use crate::{Basis, arithmetic, comparison, kept, sources};

/// The ways to keep it, and the sheet.
pub(crate) fn keep(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let texts = words.texts;
    let print = element("button")
        .attribute("type", "button")
        .attribute("data-print", "")
        .text(texts.keep_print());
    let name = [
        "cafta-",
        code(basis, assessment).to_string().as_str(),
        "-",
        basis.shipment.origin().code(),
        "-",
        basis.shipment.importer().code(),
    ]
    .concat();
    let rows = rows(words, basis, assessment);
    let file = |ending: &str, kind: &str, content: &str, text: &str| {
        element("a")
            .attribute("download", [&name, ending].concat())
            .attribute("href", data_address(kind, content))
            .text(text)
            .view()
    };
    let table = file(".csv", "text/csv;charset=utf-8", &csv(&rows), texts.keep_csv());
    let data = file(".json", "application/json", &json(&rows), texts.keep_json());
    let link = kept::link(basis, assessment);
    let link = link
        .iter()
        .map(|link| element("a").attribute("href", link).text(texts.keep_link()).view());
    let ways = [print.view(), table, data].into_iter().chain(link);
    View::several([
        classed("ul", "ways")
            .children(ways.map(|way| element("li").child(way).view()))
            .view(),
        sheet(words, basis, assessment),
    ])
}

/// The line as it was asked for, or the line that answers: lines that do not differ are kept as one.
fn code(basis: &Basis, assessment: &Assessment) -> HsCode {
    let asked = basis.shipment.candidates().single();
    asked
        .filter(|code| code.digits() > assessment.line.digits())
        .unwrap_or(assessment.line)
}

/// One page of paper: the question, the answer, every regime, and what proves it.
fn sheet(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let texts = words.texts;
    let shipment = &basis.shipment;
    let code = code(basis, assessment);
    let label = basis.names.label(code.subheading());
    let line = basis.names.line(code).map(|(line, _)| line).unwrap_or_default();
    let value = words.format.money_exact(assessment.value, assessment.currency);
    let saving = assessment.saving.map_or_else(
        || texts.treatment_unknown().to_owned(),
        |saving| words.format.span(saving.total, assessment.currency),
    );
    let facts = [
        (texts.keep_product(), [label, " ", line].concat()),
        (texts.chosen_line(), code.dotted()),
        (texts.field_from(), words.economy(shipment.origin()).to_owned()),
        (texts.field_to(), words.economy(shipment.importer()).to_owned()),
        (texts.keep_value(), value),
        (texts.field_date(), print_date(shipment.on())),
        (texts.keep_saving(), saving),
        (texts.keep_edition(), [&basis.rates.edition, " · ", duty::VERSION].concat()),
    ];
    let schedule = &basis.rates.schedule;
    let notes = assessment.notes.iter().map(|note| paragraph("small", words.note(*note, schedule)));
    let address = kept::link(basis, assessment).map(|link| paragraph("small", basis.page.clone() + &link));
    let fact = |(name, text): (&str, String)| {
        let name = element("dt").text(name).view();
        element("div").child(name).child(element("dd").text(text).view()).view()
    };
    classed("section", "sheet")
        .child(element("h2").text(texts.title()).view())
        .child(element("dl").children(facts.map(fact)).view())
        .child(comparison::table(words, assessment, Terms::Plain))
        .child(arithmetic::tables(words, basis, assessment))
        .children(notes)
        .children(proofs(words, basis, assessment))
        .children(address)
        .child(paragraph("small", texts.foot_advice()))
        .view()
}

/// What proves the rates, each source once behind the regimes and taxes it proves.
fn proofs(words: Words, basis: &Basis, assessment: &Assessment) -> Vec<View> {
    let schedule = &basis.rates.schedule;
    let mut proofs: Vec<(String, String)> = Vec::new();
    let mut prove = |name: &str, source: String| match proofs.iter_mut().find(|(_, other)| *other == source) {
        Some((names, _)) => names.extend([", ", name]),
        None => proofs.push((name.to_owned(), source)),
    };
    for option in assessment.options.iter().filter(|option| option.grade.is_some()) {
        if let Some(source) = source(words, basis, assessment, option) {
            prove(words.regime(option.regime), source);
        }
    }
    for (tax, rate) in sources::taxes(assessment) {
        for source in sources::of_tax(words, schedule, tax, rate) {
            prove(sources::tax_name(words, schedule, tax), source);
        }
    }
    let proof = |(names, source): (String, String)| {
        let names = element("strong").text(names + ": ").view();
        classed("p", "small").child(names).text(source).view()
    };
    proofs.into_iter().map(proof).collect()
}

/// The source of a regime's rate; that of the agreement where what is granted for all lines stands in no tariff.
fn source(words: Words, basis: &Basis, assessment: &Assessment, option: &RegimeOption) -> Option<String> {
    let schedule = &basis.rates.schedule;
    match schedule.source(option.regime, assessment.line) {
        Some(source) => Some(sources::instrument(words, source)),
        None => schedule.agreement(option.regime).map(|agreement| agreement.source.clone()),
    }
}

/// What the table for a spreadsheet and the file for machines hold of each regime, in the words of `cafta quote`.
const COLUMNS: [&str; 20] = [
    "code",
    "origin",
    "importer",
    "on",
    "value",
    "currency",
    "regime",
    "rate",
    "grade",
    "duty_least",
    "duty_most",
    "excise_least",
    "excise_most",
    "vat_least",
    "vat_most",
    "total_least",
    "total_most",
    "note",
    "source",
    "edition",
];

/// One row a regime, a text for each of [`COLUMNS`].
fn rows(words: Words, basis: &Basis, assessment: &Assessment) -> Vec<Vec<String>> {
    let row = |option: &RegimeOption| {
        let source = source(words, basis, assessment, option);
        let mut row = vec![
            code(basis, assessment).to_string(),
            basis.shipment.origin().to_string(),
            basis.shipment.importer().to_string(),
            print_date(basis.shipment.on()),
            assessment.value.to_string(),
            assessment.currency.to_string(),
            option.regime.key().to_owned(),
            option.treatment.to_string(),
            option.grade.map(|grade| grade.letter().to_owned()).unwrap_or_default(),
        ];
        row.extend(amounts(option.bill()));
        row.extend([note(words, option), source.unwrap_or_default(), basis.rates.edition.clone()]);
        row
    };
    assessment.options.iter().map(row).collect()
}

/// The comparison as comma-separated values.
fn csv(rows: &[Vec<String>]) -> String {
    let mut text = COLUMNS.join(",") + "\r\n";
    for row in rows {
        let fields: Vec<String> = row.iter().map(|field| quoted(field)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

/// The same as JSON: a list of objects. Amounts are texts, so that no reader takes them for binary fractions. Written by hand, because the
/// usual library is 17 kB of the program.
fn json(rows: &[Vec<String>]) -> String {
    let object = |row: &Vec<String>| {
        let pairs = COLUMNS.iter().zip(row).map(|(name, text)| string(name) + ":" + &string(text));
        "{".to_owned() + &joined(pairs, ",") + "}"
    };
    "[".to_owned() + &joined(rows.iter().map(object), ",\n") + "]\n"
}

/// A string of JSON.
fn string(text: &str) -> String {
    let mut string = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' | '\\' => string.extend(['\\', character]),
            control if control < ' ' => string.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => string.push(other),
        }
    }
    string + "\""
}

/// Both ends of duty, excise, general tax and total; empty where they are not known.
fn amounts(bill: Option<&Bill>) -> Vec<String> {
    let spans = [
        bill.map(|bill| bill.duty),
        bill.and_then(|bill| bill.excise),
        bill.and_then(|bill| bill.vat),
        bill.map(|bill| bill.total),
    ];
    let ends = |span: Option<Span>| span.map_or_else(Default::default, |span| [span.least.to_string(), span.most.to_string()]);
    spans.into_iter().flat_map(ends).collect()
}

/// How a regime compares, or why it does not apply.
fn note(words: Words, option: &RegimeOption) -> String {
    match &option.standing {
        Standing::Lawful { rank, .. } => words.rank(*rank, option.regime.is_mfn()).to_owned(),
        Standing::Refused(refusal) => words.refusal(option.regime, *refusal),
    }
}

/// A field as RFC 4180 has it. A spreadsheet would compute what begins like a formula; none of ours does.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        ["\"", &field.replace('"', "\"\""), "\""].concat()
    } else {
        field.to_owned()
    }
}

/// A file as an address.
fn data_address(kind: &str, content: &str) -> String {
    let mut address = ["data:", kind, ","].concat();
    for byte in content.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            other => address.push_str(&format!("%{other:02X}")),
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_hold_any_text() {
        let row = vec!["a \"b\", c\n\\".to_owned()];
        assert_eq!(
            csv(std::slice::from_ref(&row)).lines().skip(1).collect::<Vec<_>>().join("|"),
            "\"a \"\"b\"\", c|\\\""
        );
        assert_eq!(json(&[row]), "[{\"code\":\"a \\\"b\\\", c\\u000a\\\\\"}]\n");
        assert_eq!(data_address("text/csv", "a,é\n"), "data:text/csv,a%2C%C3%A9%0A");
    }
}
