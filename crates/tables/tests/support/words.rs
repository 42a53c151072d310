//! An answer of the engine in the words of `docs/cli.md`, so that tables can hold it.

use duty::{Due, Refusal, RegimeOption, Shortfall, Span, Standing};

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
    }
}
