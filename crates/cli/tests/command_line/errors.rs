//! What goes wrong, in one line on standard error and an exit code.

use crate::run::complaint;

const QUOTE: [&str; 9] = ["quote", "--from", "TH", "--to", "CN", "--hs", "0810600000", "--value", "10000"];

/// The quote above with one flag set otherwise.
fn quote_with(flag: &'static str, value: &'static str) -> Vec<&'static str> {
    let mut arguments = QUOTE.to_vec();
    match arguments.iter().position(|argument| *argument == flag) {
        Some(position) => arguments[position + 1] = value,
        None => arguments.extend([flag, value]),
    }
    arguments
}

#[test]
fn a_wrong_flag_is_named_with_what_to_write() {
    for (flag, value, advice) in [
        ("--from", "US", "a two-letter code such as TH or CN"),
        ("--from", "CN", "do not cross a border"),
        ("--to", "MY", "trade within ASEAN"),
        ("--hs", "durian", "written in digits"),
        ("--hs", "081", "2 digits or 4 to 10"),
        ("--value", "-1", "must not be negative"),
        ("--value", "10.000,50", "write 10000 or 10,000.50"),
        ("--freight", "-1", "must not be negative"),
        ("--freight", "1000000000000000", "too large"),
        ("--insurance", "some", "write 10000 or 10,000.50"),
        ("--currency", "dollars", "three letters such as CNY or USD"),
        ("--currency", "USD", "--rate 7.1"),
        ("--rate", "7.1", "in CNY already"),
        ("--quantity", "1000 stones", "use one of kg"),
        ("--on", "22.11.2026", "write it as 2026-11-22"),
        ("--on", "2026-02-30", "write it as 2026-11-22"),
    ] {
        let (code, message) = complaint(&quote_with(flag, value));
        assert_eq!(code, 2, "{message}");
        assert!(message.contains(flag) || message.contains("--rate"), "{message}");
        assert!(message.contains(advice), "{message}");
    }
    for (flag, value, advice) in [
        ("--shipments", "12", "--fee"),
        ("--hours", "3", "--wage"),
        ("--wage", "50", "--hours"),
        ("--fee", "-40", "must not be negative"),
        ("--courier", "much", "write 10000 or 10,000.50"),
    ] {
        let (code, message) = complaint(&quote_with(flag, value));
        assert_eq!(code, 2, "{message}");
        assert!(message.contains(advice), "{message}");
    }
    let mut zero = quote_with("--currency", "USD");
    zero.extend(["--rate", "0"]);
    assert_eq!(complaint(&zero), (2, "--rate: must be more than zero".to_owned()));
}

#[test]
fn missing_and_unknown_words_are_usage_errors() {
    for arguments in [
        &["quote", "--to", "CN"][..],
        &["frobnicate"],
        &[],
        &["search"],
        &["rates", "--to", "CN", "--format", "xml"],
        &["search", "rice", "--limit", "0"],
    ] {
        assert_eq!(complaint(arguments).0, 2, "{arguments:?}");
    }
    let (code, message) = complaint(&["search", "rice", "--lang", "xx"]);
    assert_eq!(code, 2);
    assert!(message.starts_with("--lang: \"xx\" has no labels; use one of en"), "{message}");
}

#[test]
fn what_is_not_there_is_not_a_usage_error() {
    assert_eq!(
        complaint(&quote_with("--hs", "0810609999")),
        (
            1,
            "0810609999 is not in the tariff of CN; see `cafta lines 0810 --to CN`".to_owned()
        )
    );
    assert_eq!(complaint(&quote_with("--hs", "9999")).0, 1);
    assert_eq!(complaint(&["lines", "9999", "--to", "CN"]).0, 1);
    assert_eq!(
        complaint(&["search", "zzzzzz"]),
        (1, "nothing found for \"zzzzzz\"; try fewer or other words".to_owned())
    );
    let (code, message) = complaint(&["rates", "--to", "CN", "--data", "/nowhere"]);
    assert_eq!(code, 1);
    assert!(message.contains("/nowhere") && message.contains("--data"), "{message}");
}

#[test]
fn amounts_beyond_measure_do_not_panic() {
    assert_eq!(complaint(&quote_with("--value", "99999999999999999999999999999999")).0, 2);
    let mut huge = quote_with("--value", "999999999999999");
    huge.extend(["--currency", "USD", "--rate", "999999999999999"]);
    assert_eq!(complaint(&huge), (2, "--rate: too large or too many digits".to_owned()));
    let fee = [&QUOTE[..], &["--currency", "USD", "--rate", "7", "--fee", "999999999999999"]].concat();
    assert_eq!(complaint(&fee), (2, "--fee: too large or too many digits".to_owned()));
    let work = [&QUOTE[..], &["--hours", "999999999999999", "--wage", "999999999999999"]].concat();
    assert_eq!(complaint(&work), (1, "the amount is too large".to_owned()));
}
