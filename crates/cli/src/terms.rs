//! The words for what the engine decides: a sentence for a person, a key for a machine. Decides nothing itself.

use duty::{Claim, Currency, Doubt, Note, QuotaSide, Rank, Refusal, Regime, Shortfall, Span, Verdict, print_date};

/// What a regime is called.
pub(crate) fn regime(regime: Regime) -> &'static str {
    match regime {
        Regime::Mfn => "MFN",
        Regime::MfnProvisional => "MFN provisional",
        Regime::Acfta => "ACFTA (CAFTA)",
        Regime::Rcep => "RCEP",
        Regime::ChinaCambodia => "China-Cambodia",
        Regime::ChinaSingapore => "China-Singapore",
        Regime::LeastDeveloped => "Least developed",
    }
}

/// An amount as it is collected, or the two it lies between.
pub(crate) fn span(span: Span, currency: Currency) -> String {
    match span.exact() {
        Some(amount) => currency.round(amount).to_string(),
        None => format!("{}..{}", currency.round(span.least), currency.round(span.most)),
    }
}

/// The same, or a dash where it is not known.
pub(crate) fn span_or_dash(amount: Option<Span>, currency: Currency) -> String {
    amount.map_or_else(|| "-".to_owned(), |amount| span(amount, currency))
}

/// Whether the certificate is worth it.
pub(crate) fn claim(claim: Option<Claim>, currency: Currency) -> String {
    let Some(claim) = claim else {
        return "not known, as the saving is not".to_owned();
    };
    let word = match claim.verdict {
        Verdict::Needless => return "needless; the lowest rate needs no certificate".to_owned(),
        Verdict::Pays => "pays",
        Verdict::Loses => "loses",
        Verdict::Open => "open; pays or loses within the range of the saving",
    };
    format!("{word}; net {} {currency}", span(claim.net, currency))
}

/// How a regime compares.
pub(crate) fn rank(rank: Rank) -> (&'static str, &'static str) {
    match rank {
        Rank::Best => ("best", "lowest lawful duty"),
        Rank::AsGood => ("as_good", "same duty as the best"),
        Rank::Higher => ("higher", "higher than the best, or a range from there"),
        Rank::NoBetterThanMfn => ("no_better_than_mfn", "no lower than without a certificate"),
        Rank::WithoutCertificate => ("without_certificate", "paid without a certificate"),
        Rank::MayBeLower => ("may_be_lower", "known only as a range; may be lower than the best"),
        Rank::Undecided => ("undecided", "not known until what is missing is stated"),
    }
}

/// Why a regime does not apply.
pub(crate) fn refusal(refusal: Refusal) -> (&'static str, String) {
    match refusal {
        Refusal::NotAMember(economy) => ("not_a_member", format!("{economy} is not a party or beneficiary")),
        Refusal::NotYet(date) => ("not_yet", format!("applies only from {}", print_date(date))),
        Refusal::NoConcession => ("no_concession", "no rate for this line".to_owned()),
        Refusal::Excluded => ("excluded", "this origin is refused the rate".to_owned()),
        Refusal::OutsideQuota => ("outside_quota", "only for goods within the tariff quota".to_owned()),
        Refusal::ReplacedByProvisional => ("replaced_by_provisional", "the provisional rate stands in its place".to_owned()),
        Refusal::NoProvisionalRate => ("no_provisional_rate", "no provisional rate this year".to_owned()),
        Refusal::Prohibited => ("prohibited", "import is prohibited".to_owned()),
        Refusal::Unknown => ("unknown", "the sources do not say".to_owned()),
        Refusal::AlreadyFree => ("already_free", "nothing to pay without a certificate, whatever the rate".to_owned()),
    }
}

/// What is missing before a duty is known.
pub(crate) fn shortfall(shortfall: Shortfall) -> (&'static str, String) {
    match shortfall {
        Shortfall::Quantity(unit) => ("quantity", format!("state the quantity: --quantity <number>{unit}")),
        Shortfall::Currency(currency) => (
            "currency",
            format!("the duty is fixed in {currency}: state the value with --currency {currency} and --rate"),
        ),
        Shortfall::Baseline => (
            "baseline",
            "at most what is paid without a certificate, which is not known".to_owned(),
        ),
        Shortfall::Undefined => ("undefined", "no rule says what the tax comes to".to_owned()),
        Shortfall::Overflow => ("overflow", "the amount is too large".to_owned()),
    }
}

/// What remains to be confirmed.
pub(crate) fn doubt(doubt: Doubt) -> (&'static str, String) {
    match doubt {
        Doubt::Membership(economy) => ("membership", format!("that {economy} is a member is to be confirmed")),
        Doubt::StatusMayHaveChanged(economy) => ("status_may_have_changed", format!("the status of {economy} may have changed")),
        Doubt::TwoRates => (
            "two_rates",
            "the line prints two rates, and not when which of them applies".to_owned(),
        ),
        Doubt::RateOfYear(year) => ("rate_of_year", format!("the rate is that of {year}")),
    }
}

/// What to know beside the figures.
pub(crate) fn note(note: Note) -> (&'static str, String) {
    match note {
        Note::RatesOfYear(year) => (
            "rates_of_year",
            format!("the rate without a certificate is that of {year}; assumed unchanged"),
        ),
        Note::Quota(QuotaSide::Inside) => (
            "inside_quota",
            "this line is for goods within the tariff quota: a quota certificate is needed".to_owned(),
        ),
        Note::Quota(QuotaSide::Outside) => ("outside_quota", "this line is for goods outside the tariff quota".to_owned()),
        Note::ExciseNotIncluded => (
            "excise_not_included",
            "excise (consumption or special tax) is due too and not included, for want of a quantity or a rule; it raises the VAT".to_owned(),
        ),
        Note::ExciseByEitherPrice => (
            "excise_by_either_price",
            "the excise depends on the price of a unit; whether that is the customs value or the price with the tax in it is to be confirmed: it is \
             between what both say"
                .to_owned(),
        ),
        Note::ExciseUnknown => (
            "excise_unknown",
            "whether excise (consumption or special tax) is due is not known; it is not included".to_owned(),
        ),
        Note::VatStandard => (
            "vat_standard",
            "the VAT rate is the standard one, not read on the line; state another with --vat".to_owned(),
        ),
        Note::VatUnconfirmed => (
            "vat_unconfirmed",
            "the VAT rate is the standard one, and still to be confirmed; state another with --vat".to_owned(),
        ),
        Note::VatUnknown => (
            "vat_unknown",
            "the VAT is not known, for want of its rate or of a quantity, and not included".to_owned(),
        ),
    }
}
