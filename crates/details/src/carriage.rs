//! The freight and the insurance of goods that were sold without them, which customs adds to their price.

use duty::{NumberError, parse_number};
use markup::{View, paragraph};
use query::{FREIGHT, INSURANCE};
use words::Words;

use crate::Basis;
use crate::form::number_field;

/// The two fields, and what the customs value is then made of.
pub(crate) fn carriage(words: Words, basis: &Basis) -> View {
    let texts = words.texts;
    let currency = basis.query.value_currency();
    let labels = [
        (FREIGHT, texts.carriage_freight(&currency)),
        (INSURANCE, texts.carriage_insurance(&currency)),
    ];
    let fields = labels.into_iter().flat_map(|(key, label)| {
        let error = match parse_number(&basis.query.further(key)) {
            Ok(_) | Err(NumberError::Empty) => "",
            Err(error) => words.number_error(error),
        };
        number_field(key, &currency, &label, error)
    });
    View::several([paragraph("asks", texts.carriage_lead())].into_iter().chain(fields))
}
