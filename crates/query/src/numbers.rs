//! Numbers as the language of the page writes them. Everything behind this module has the point before decimals.

use duty::parse_number;

use crate::{BROWSE, FREIGHT, INSURANCE, RawQuery, VALUE, form};

/// Languages that write the comma before decimals, and the point between thousands.
const COMMA: [&str; 2] = ["id", "vi"];

/// The fields that are amounts of money.
const AMOUNTS: [&str; 7] = [VALUE, "fee", "wage", "courier", "delay", FREIGHT, INSURANCE];

impl RawQuery {
    /// The query with its numbers as they are read in a language of the page. So it stands in links: who opens one may read another
    /// language.
    ///
    /// Where people write the comma before decimals they meet, and type, both signs both ways. So a number there is read both ways: where
    /// both make sense, money has thousands, because no currency here has a third decimal; anything else becomes what is no number.
    #[must_use]
    #[inline(never)]
    pub fn read_in(&self, language: &str) -> Self {
        if !COMMA.contains(&language) {
            return self.clone();
        }
        let mut read = String::new();
        for (key, text) in form::pairs(&self.to_search()) {
            // In a code both signs mean other things; any other field that is no number is none either way.
            let is_code = key == "hs" || key == BROWSE;
            let text = if is_code {
                text
            } else {
                pointed(&text, AMOUNTS.contains(&key.as_str()))
            };
            form::push(&mut read, &key, &text);
        }
        Self::from_search(&read)
    }
}

/// A number with the point before its decimals; any other text as it is.
#[inline(never)]
fn pointed(text: &str, is_money: bool) -> String {
    let exchange = |byte| match byte {
        b'.' => b',',
        b',' => b'.',
        other => other,
    };
    // One sign of ASCII for another: it stays text.
    let exchanged = String::from_utf8(text.bytes().map(exchange).collect()).unwrap_or_default();
    match (parse_number(text), parse_number(&exchanged)) {
        (Ok(point), Ok(comma)) if point != comma && !is_money => exchanged + "?",
        (Ok(point), Ok(comma)) if comma > point => exchanged,
        (Err(_), Ok(_)) => exchanged,
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use duty::{NumberError, Unit, parse_date};

    use super::*;
    use crate::FieldError;

    #[test]
    fn money_is_read_both_ways() {
        for (typed, read) in [
            ("10.000", "10,000"),
            ("10,000", "10,000"),
            ("400,000,000", "400,000,000"),
            ("400.000.000", "400,000,000"),
            ("10.000,50", "10,000.50"),
            ("10,000.50", "10,000.50"),
            ("10,5", "10.5"),
            ("10.5", "10.5"),
            ("0,500", "0.500"),
            ("10000", "10000"),
            ("mười", "mười"),
            ("", ""),
        ] {
            assert_eq!(pointed(typed, true), read, "{typed}");
        }
    }

    #[test]
    fn what_may_be_thousands_or_decimals_is_refused_where_either_makes_sense() {
        let parse = |search: &str, language: &str| {
            let query = RawQuery::from_search(search);
            query.read_in(language).parse(parse_date("2026-11-22").unwrap())
        };
        let unclear = Some(FieldError::Number(NumberError::NotANumber));
        let rate = "hs=081060&ccy=USD&rate=24.500";
        assert_eq!(parse(rate, "vi").errors.rate, unclear);
        assert!(parse(rate, "en").shipment.is_some());
        assert_eq!(
            parse("hs=081060&kg=1,500", "id").errors.quantities.get(Unit::Kilogram),
            unclear.as_ref()
        );
        let shipment = parse("hs=081060&ccy=USD&rate=7,1&value=1.000&kg=1500,5&freight=10.000", "id")
            .shipment
            .unwrap();
        assert_eq!(shipment.value().amount(), "78100".parse().unwrap());
        assert_eq!(shipment.quantities().get(Unit::Kilogram), Some("1500.5".parse().unwrap()));
    }

    #[test]
    fn a_link_is_read_alike_in_every_language() {
        let query = RawQuery::from_search("?value=10.000&fee=1.500&hs=081060&ccy=USD&rate=7,1&kg=1.000");
        let link = query.read_in("vi");
        assert_eq!(link.to_search(), "?ccy=USD&fee=1,500&hs=081060&kg=1,000%3F&rate=7.1&value=10,000");
        for language in ["en", "id", "th", "vi"] {
            assert_eq!(link.read_in(language), link, "{language}");
        }
        let codes = RawQuery::from_search("?hs=847.130,8471&on=2026-11-22&lang=vi&kept=2026.x_1_2.000");
        assert_eq!(codes.read_in("vi"), codes);
    }
}
