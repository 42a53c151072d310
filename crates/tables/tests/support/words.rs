//! An answer of the engine in the words of `docs/cli.md`, so that tables can hold it.

use duty::{Due, Exchange, Note, QuotaSide, Refusal, RegimeOption, Shortfall, Span, Standing, parse_number};

/// A rate of exchange for duties in another currency: `USD 4010`.
pub(crate) fn exchange(text: &str) -> Option<Exchange> {
    let (currency, rate) = text.split_once(' ')?;
    Some(Exchange {
        currency: currency.parse().unwrap(),
        rate: parse_number(rate).unwrap(),
    })
}

/// The rounded duty, what is missing for it, or why the regime does not apply.
pub(crate) fn duty(option: &RegimeOption, between: &str) -> String {
    match &option.standing {
        Standing::Refused(refusal) => self::refusal(*refusal).to_owned(),
        Standing::Lawful {
            due: Due::Missing(shortfall),
            ..
        } => match shortfall {
            Shortfall::Quantity(unit) => format!("quantity {unit}"),
            Shortfall::Currency(currency) => format!("currency {currency}"),
            Shortfall::Baseline => "baseline".to_owned(),
            Shortfall::Undefined => "undefined".to_owned(),
            Shortfall::Overflow => "overflow".to_owned(),
        },
        Standing::Lawful { bill, .. } => span(bill.as_ref().unwrap().duty, between),
    }
}

/// One amount, or both ends with `between` between them.
pub(crate) fn span(span: Span, between: &str) -> String {
    span.exact()
        .map_or_else(|| format!("{}{between}{}", span.least, span.most), |amount| amount.to_string())
}

/// What to know beside the figures, in order.
pub(crate) fn notes(notes: &[Note]) -> String {
    notes.iter().map(note).collect::<Vec<_>>().join("; ")
}

fn note(note: &Note) -> String {
    match note {
        Note::RatesOfYear(year) => return format!("rates_of_year {year}"),
        Note::Quota(QuotaSide::Inside) => "inside_quota",
        Note::Quota(QuotaSide::Outside) => "outside_quota",
        Note::ExciseNotIncluded => "excise_not_included",
        Note::ExciseByEitherPrice => "excise_by_either_price",
        Note::ExciseUnknown => "excise_unknown",
        Note::VatStandard => "vat_standard",
        Note::VatUnconfirmed => "vat_unconfirmed",
        Note::VatUnknown => "vat_unknown",
    }
    .to_owned()
}

fn refusal(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAMember(_) => "not_a_member",
        Refusal::NotYet(_) => "not_yet",
        Refusal::NoConcession => "no_concession",
        Refusal::Excluded => "excluded",
        Refusal::OutsideQuota => "outside_quota",
        Refusal::ReplacedByProvisional => "replaced_by_provisional",
        Refusal::NoProvisionalRate => "no_provisional_rate",
        Refusal::Prohibited => "prohibited",
        Refusal::Unknown => "unknown",
        Refusal::AlreadyFree => "already_free",
    }
}
