//! What the person typed, as text, and as the query of a link. Parsed once into a shipment or an error for each field; invalid text
//! stays as it is beside its message. Knows no browser.

mod claim;
mod form;
mod further;
mod numbers;

use duty::{
    Candidates, CandidatesError, Currency, Economy, Exchange, HsCodeError, Money, NumberError, Percent, Quantities, Quantity, Shipment,
    ShipmentError, Unit, check_pair, parse_date, parse_number, print_date,
};
use time::Date;

pub use claim::ClaimFields;
pub use further::{COSTS, FREIGHT, FURTHER, INSURANCE, KEPT, SAVING, SHIPMENTS, SORT};

/// The fields of the form as typed. The link holds those that are not as in [`RawQuery::default`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawQuery {
    /// Country of origin, two letters.
    pub from: String,
    /// Importing country, two letters.
    pub to: String,
    /// Tariff code, or several with commas between them while it is not certain; empty until a product is chosen.
    pub hs: String,
    /// What is browsed, as it was typed: a chapter, a heading, or empty for the whole tariff. `None` if nothing is; see
    /// [`RawQuery::browsed`].
    pub browse: Option<String>,
    /// Customs value.
    pub value: String,
    /// Currency of the value, three letters; empty for the importer's.
    pub currency: String,
    /// Units of the importer's currency for one unit of `currency`.
    pub rate: String,
    /// The rate of VAT, GST or sales tax in percent; empty for the one in the data.
    pub vat: String,
    /// Day of import; empty for today.
    pub on: String,
    /// Quantities by unit, as far as typed.
    pub quantities: ByUnit<String>,
    /// What only the details ask for, as in the query of a link: see [`RawQuery::further`]. One text, because every copy of a field is code.
    pub further: String,
    /// Language of the interface; empty to negotiate.
    pub language: String,
}

impl Default for RawQuery {
    fn default() -> Self {
        Self {
            from: "TH".to_owned(),
            to: "CN".to_owned(),
            hs: String::new(),
            browse: None,
            value: usual_value(Economy::China.code()).to_owned(),
            currency: String::new(),
            rate: String::new(),
            vat: String::new(),
            on: String::new(),
            quantities: ByUnit::default(),
            further: String::new(),
            language: String::new(),
        }
    }
}

/// The value a person starts from: a round sum in the importer's currency, about the price of a car.
fn usual_value(importer: &str) -> &'static str {
    match importer.parse() {
        Ok(Economy::Brunei | Economy::Singapore | Economy::TimorLeste) => "20,000",
        Ok(Economy::Malaysia) => "60,000",
        Ok(Economy::Thailand) => "500,000",
        Ok(Economy::Philippines) => "800,000",
        Ok(Economy::Myanmar) => "30,000,000",
        Ok(Economy::Cambodia) => "60,000,000",
        Ok(Economy::Indonesia) => "200,000,000",
        Ok(Economy::Laos) => "300,000,000",
        Ok(Economy::VietNam) => "400,000,000",
        Ok(Economy::China) | Err(_) => "100,000",
    }
}

/// More of a field than anybody types, and than the longest candidates that are taken; a longer one comes from a broken link.
const LONGEST: usize = 128;

/// The key of the value, which is usual or not by the importer.
const VALUE: &str = "value";

/// The key of what is browsed, which is there or not, also without a value.
const BROWSE: &str = "browse";

impl RawQuery {
    /// Reads the query of a link, with or without the question mark. Unknown keys are ignored, of a repeated key the last counts.
    #[must_use]
    pub fn from_search(search: &str) -> Self {
        let mut query = Self::default();
        let mut value_is_given = false;
        for (key, value) in form::pairs(search) {
            let value: String = value.chars().take(LONGEST).collect();
            if let Some((_, field)) = query.fields_mut().into_iter().find(|(name, _)| *name == key) {
                *field = value;
                value_is_given |= key == VALUE;
            } else if key == BROWSE {
                query.browse = Some(value);
            } else if let Some(unit) = Unit::ALL.iter().find(|unit| unit.code() == key && !value.is_empty()) {
                query.quantities.set(*unit, value);
            } else {
                query.set_further(&key, &value);
            }
        }
        if !value_is_given {
            usual_value(&query.to).clone_into(&mut query.value);
        }
        query
    }

    /// Sends the goods somewhere else. Goods cannot go from China to China, so the side that is not chosen makes room; a value nobody typed
    /// follows the currency.
    pub fn send_to(&mut self, importer: String) {
        if importer == self.from {
            self.from.clone_from(&self.to);
        }
        if self.value == usual_value(&self.to) {
            usual_value(&importer).clone_into(&mut self.value);
        }
        // Both were said of the other importer.
        self.currency.clear();
        self.rate.clear();
        self.vat.clear();
        self.to = importer;
    }

    /// Takes the goods from somewhere else.
    pub fn take_from(&mut self, origin: String) {
        if origin == self.to {
            let importer = self.from.clone();
            self.from = origin;
            self.send_to(importer);
        } else {
            self.from = origin;
        }
    }

    /// The query of a link to this state: keys in order, defaults left out, empty if there is nothing else.
    #[must_use]
    pub fn to_search(&self) -> String {
        let mut usual = Self::default();
        usual_value(&self.to).clone_into(&mut usual.value);
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for ((name, field), (_, usual)) in self.fields().into_iter().zip(usual.fields()) {
            if field != usual {
                place(&mut pairs, name, field);
            }
        }
        for (unit, text) in self.quantities.iter().filter(|(_, text)| !text.is_empty()) {
            place(&mut pairs, unit.code(), text);
        }
        let further: Vec<(String, String)> = form::pairs(&self.further).collect();
        for (key, text) in &further {
            place(&mut pairs, key, text);
        }
        if let Some(browsed) = self.browsed() {
            place(&mut pairs, BROWSE, browsed);
        }
        let mut search = String::new();
        for (name, value) in pairs {
            form::push(&mut search, name, value);
        }
        search
    }

    /// What is browsed. Whoever has chosen a product browses no more.
    #[must_use]
    #[inline(never)]
    pub fn browsed(&self) -> Option<&str> {
        self.browse.as_deref().filter(|_| self.hs.is_empty())
    }

    /// Turns to the whole tariff, in place of any product.
    pub fn start_browsing(&mut self) {
        self.hs.clear();
        self.browse = Some(String::new());
    }

    fn fields(&self) -> [(&'static str, &str); 9] {
        [
            ("from", &self.from),
            ("to", &self.to),
            ("hs", &self.hs),
            (VALUE, &self.value),
            ("ccy", &self.currency),
            ("rate", &self.rate),
            ("vat", &self.vat),
            ("on", &self.on),
            ("lang", &self.language),
        ]
    }

    /// The same, to write.
    fn fields_mut(&mut self) -> [(&'static str, &mut String); 9] {
        [
            ("from", &mut self.from),
            ("to", &mut self.to),
            ("hs", &mut self.hs),
            (VALUE, &mut self.value),
            ("ccy", &mut self.currency),
            ("rate", &mut self.rate),
            ("vat", &mut self.vat),
            ("on", &mut self.on),
            ("lang", &mut self.language),
        ]
    }

    /// What is asked, or what is wrong with each field.
    #[must_use]
    pub fn parse(&self, today: Date) -> Parsed {
        let mut errors = FieldErrors::default();
        let from: Option<Economy> = keep(self.from.parse(), &mut errors.from, |_| FieldError::Economy);
        let to: Option<Economy> = keep(self.to.parse(), &mut errors.to, |_| FieldError::Economy);
        if let (Some(from), Some(to)) = (from, to) {
            keep(check_pair(from, to), &mut errors.from, FieldError::Pair);
        }
        let candidates = if self.hs.is_empty() {
            None
        } else {
            keep(self.candidates(), &mut errors.product, |error| match error {
                CandidatesError::Code(error) => FieldError::Code(error),
                CandidatesError::TooMany => FieldError::TooManyCodes,
            })
        };
        let on = if self.on.is_empty() {
            Some(today)
        } else {
            keep(parse_date(&self.on), &mut errors.on, |_| FieldError::Date)
        };
        let value = to.and_then(|to| self.customs_value(to, &mut errors));
        let exchange = self.exchange();
        let vat = if self.vat.trim().is_empty() {
            None
        } else {
            keep(self.vat.parse::<Percent>(), &mut errors.vat, FieldError::Number)
        };
        let quantities = self.parse_quantities(&mut errors);
        let shipment = match (from, to, candidates, value, on, quantities) {
            (Some(from), Some(to), Some(candidates), Some(value), Some(on), Some(quantities)) => {
                let shipment = Shipment::new(to, from, candidates, value, quantities, on).ok();
                let shipment = shipment.map(|shipment| match exchange {
                    Some(exchange) => shipment.with_exchange(exchange),
                    None => shipment,
                });
                shipment.map(|shipment| match vat {
                    Some(rate) => shipment.with_vat_rate(rate),
                    None => shipment,
                })
            }
            _ => None,
        };
        Parsed {
            from,
            to,
            candidates,
            shipment: shipment.filter(|_| errors == FieldErrors::default()),
            errors,
        }
    }

    /// The codes; a chapter of two digits says too little about a duty.
    fn candidates(&self) -> Result<Candidates, CandidatesError> {
        let candidates: Candidates = self.hs.parse()?;
        let chapter = candidates.iter().find(|code| code.digits() < 4);
        match chapter {
            Some(chapter) => Err(HsCodeError::Length(usize::from(chapter.digits())).into()),
            None => Ok(candidates),
        }
    }

    fn customs_value(&self, importer: Economy, errors: &mut FieldErrors) -> Option<Money> {
        let currency = if self.currency.is_empty() {
            Some(importer.currency())
        } else {
            keep(self.currency.parse::<Currency>(), &mut errors.value, |_| FieldError::Currency)
        }?;
        let value = Money::parse(&self.value, currency).and_then(|value| self.with_carriage(value));
        let value = keep(value, &mut errors.value, FieldError::Number);
        if currency == importer.currency() {
            return value;
        }
        let rate = keep(parse_number(&self.rate), &mut errors.rate, FieldError::Number);
        keep(value?.exchanged(rate?, importer.currency()), &mut errors.rate, FieldError::Number)
    }

    /// Customs of all importers here values goods with the freight and insurance to the border. What is no number does not count, and is
    /// told beside its field.
    fn with_carriage(&self, mut value: Money) -> Result<Money, NumberError> {
        for key in [FREIGHT, INSURANCE] {
            if let Ok(carriage) = parse_number(&self.further(key)) {
                value = value.with(carriage)?;
            }
        }
        Ok(value)
    }

    /// The letters of the currency the value is stated in.
    #[must_use]
    pub fn value_currency(&self) -> String {
        if !self.currency.is_empty() {
            return self.currency.to_ascii_uppercase();
        }
        let importer = self.to.parse().map(Economy::currency);
        importer.map_or_else(|_| String::new(), |currency| currency.code().to_owned())
    }

    /// The rate of exchange of the value, for duties that are fixed in the same currency.
    fn exchange(&self) -> Option<Exchange> {
        Some(Exchange {
            currency: self.currency.parse().ok()?,
            rate: parse_number(&self.rate).ok()?,
        })
    }

    fn parse_quantities(&self, errors: &mut FieldErrors) -> Option<Quantities> {
        let mut quantities = Quantities::none();
        for (unit, text) in self.quantities.iter().filter(|(_, text)| !text.trim().is_empty()) {
            match Quantity::parse(text, unit) {
                Ok(quantity) => quantities.set(quantity),
                Err(error) => {
                    errors.quantities.set(unit, FieldError::Number(error));
                }
            }
        }
        errors.quantities.is_empty().then_some(quantities)
    }

    /// The day of import, or `today`.
    #[must_use]
    pub fn on_or(&self, today: Date) -> String {
        if self.on.is_empty() { print_date(today) } else { self.on.clone() }
    }
}

/// Puts a pair among others in the order of their keys. One by one: a sort of the library is a kilobyte of the page.
#[inline(never)]
fn place<'a>(pairs: &mut Vec<(&'a str, &'a str)>, key: &'a str, text: &'a str) {
    let before = pairs.iter().take_while(|(other, _)| *other < key).count();
    pairs.insert(before, (key, text));
}

/// One thing for each of a few units, in the order they were set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByUnit<T>(Vec<(Unit, T)>);

impl<T> Default for ByUnit<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> ByUnit<T> {
    /// What is there for a unit.
    #[must_use]
    pub fn get(&self, unit: Unit) -> Option<&T> {
        self.iter().find(|(known, _)| *known == unit).map(|(_, thing)| thing)
    }

    /// Puts something there for a unit, in place of what was.
    pub fn set(&mut self, unit: Unit, thing: T) {
        match self.0.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, there)) => *there = thing,
            None => self.0.push((unit, thing)),
        }
    }

    /// Whether nothing is there at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn iter(&self) -> impl Iterator<Item = (Unit, &T)> {
        self.0.iter().map(|(unit, thing)| (*unit, thing))
    }
}

fn keep<T, E>(result: Result<T, E>, slot: &mut Option<FieldError>, error: impl FnOnce(E) -> FieldError) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(found) => {
            *slot = Some(error(found));
            None
        }
    }
}

/// A query as far as it could be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// Origin.
    pub from: Option<Economy>,
    /// Importer.
    pub to: Option<Economy>,
    /// The codes the product may have; `None` also if none is chosen yet.
    pub candidates: Option<Candidates>,
    /// The shipment, if a product is chosen and every field is right.
    pub shipment: Option<Shipment>,
    /// What is wrong, by field.
    pub errors: FieldErrors,
}

/// What is wrong with each field; shown beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors {
    /// Origin.
    pub from: Option<FieldError>,
    /// Importer.
    pub to: Option<FieldError>,
    /// Product.
    pub product: Option<FieldError>,
    /// Value or its currency.
    pub value: Option<FieldError>,
    /// Exchange rate.
    pub rate: Option<FieldError>,
    /// Rate of the general tax.
    pub vat: Option<FieldError>,
    /// Day of import.
    pub on: Option<FieldError>,
    /// Quantities.
    pub quantities: ByUnit<FieldError>,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// Not China or a member of ASEAN.
    Economy,
    /// Not trade between China and ASEAN.
    Pair(ShipmentError),
    /// Not a tariff code of four digits or more.
    Code(HsCodeError),
    /// More codes than are kept.
    TooManyCodes,
    /// Not a currency.
    Currency,
    /// Not a number, or not one that makes sense here.
    Number(NumberError),
    /// Not a calendar day.
    Date,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn today() -> Date {
        parse_date("2026-11-22").unwrap()
    }

    #[test]
    fn a_link_holds_what_differs_from_the_usual_in_a_fixed_order() {
        assert_eq!(RawQuery::default().to_search(), "");
        let query = RawQuery::from_search("?value=5,000&kg=12&hs=0810.60&utm=x&from=VN&to=CN");
        assert_eq!(query.to_search(), "?from=VN&hs=0810.60&kg=12&value=5,000");
        assert_eq!(query.quantities.get(Unit::Kilogram).map(String::as_str), Some("12"));
    }

    #[test]
    fn a_link_may_browse_until_a_product_is_chosen() {
        assert_eq!(RawQuery::from_search("?from=VN").browsed(), None);
        assert_eq!(RawQuery::from_search("?browse=").browsed(), Some(""));
        assert_eq!(RawQuery::from_search("?browse=").to_search(), "?browse=");
        let mut query = RawQuery::from_search("?from=VN&browse=08");
        assert_eq!(query.to_search(), "?browse=08&from=VN");
        query.hs = "081060".to_owned();
        assert_eq!((query.browsed(), query.to_search().as_str()), (None, "?from=VN&hs=081060"));
        query.start_browsing();
        assert_eq!(query.to_search(), "?browse=&from=VN");
    }

    #[test]
    fn a_complete_query_is_a_shipment() {
        let parsed = RawQuery::from_search("hs=0810.60.00&ccy=USD&rate=7.1&value=1,000.50&kg=20").parse(today());
        assert_eq!(parsed.errors, FieldErrors::default());
        let shipment = parsed.shipment.unwrap();
        assert_eq!(shipment.value().amount(), "7103.55".parse().unwrap());
        assert_eq!(shipment.quantities().get(Unit::Kilogram), Some(20.into()));
        assert_eq!(shipment.on(), today());
    }

    #[test]
    fn each_field_has_its_own_error_and_keeps_its_text() {
        let query = RawQuery::from_search("from=US&hs=durian&value=12,34&on=2026-02-30&kg=-3&ccy=USD&rate=0");
        let Parsed { errors, shipment, .. } = query.parse(today());
        assert_eq!(shipment, None);
        assert_eq!(errors.from, Some(FieldError::Economy));
        assert_eq!(errors.product, Some(FieldError::Code(HsCodeError::NotADigit('d'))));
        assert_eq!(errors.value, Some(FieldError::Number(NumberError::NotANumber)));
        assert_eq!(errors.on, Some(FieldError::Date));
        assert_eq!(
            errors.quantities.get(Unit::Kilogram),
            Some(&FieldError::Number(NumberError::Negative))
        );
        assert!(query.to_search().contains("value=12,34"));
    }

    #[test]
    fn trade_within_asean_and_whole_chapters_are_refused() {
        let errors = |search: &str| RawQuery::from_search(search).parse(today()).errors;
        assert!(matches!(
            errors("to=VN&hs=081060").from,
            Some(FieldError::Pair(ShipmentError::WithinAsean { .. }))
        ));
        assert!(matches!(
            errors("from=CN&hs=081060").from,
            Some(FieldError::Pair(ShipmentError::SameEconomy(Economy::China)))
        ));
        assert_eq!(errors("hs=08").product, Some(FieldError::Code(HsCodeError::Length(2))));
    }

    #[test]
    fn a_value_nobody_typed_follows_the_currency() {
        let mut query = RawQuery::default();
        query.take_from("CN".to_owned());
        assert_eq!(
            (query.from.as_str(), query.to.as_str(), query.value.as_str()),
            ("CN", "TH", "500,000")
        );
        assert_eq!(query.to_search(), "?from=CN&to=TH");
        assert_eq!(RawQuery::from_search("?from=CN&to=TH"), query);
        query.value = "1234".to_owned();
        query.send_to("CN".to_owned());
        assert_eq!((query.from.as_str(), query.to.as_str(), query.value.as_str()), ("TH", "CN", "1234"));
        query.value.clear();
        assert_eq!(RawQuery::from_search(&query.to_search()).value, "", "an emptied field stays empty");
    }

    #[test]
    fn a_link_holds_several_codes() {
        let kept = |hs: &str| {
            let parsed = RawQuery::from_search(&format!("hs={hs}")).parse(today());
            parsed.shipment.map(|shipment| shipment.candidates().to_string())
        };
        assert_eq!(kept("081060,081090").as_deref(), Some("081060,081090"));
        assert_eq!(kept("0810.60%2C+0810.90").as_deref(), Some("081060,081090"));
        assert_eq!(kept("0810600010,0810,081060").as_deref(), Some("0810"));
        let query = RawQuery::from_search("hs=081060,081090");
        assert_eq!(RawQuery::from_search(&query.to_search()), query);
    }

    #[test]
    fn one_wrong_code_is_the_message_of_the_field_and_nothing_is_lost() {
        for (hs, error) in [
            ("081060,0x", FieldError::Code(HsCodeError::NotADigit('x'))),
            ("081060,09", FieldError::Code(HsCodeError::Length(2))),
            (",", FieldError::Code(HsCodeError::Length(0))),
            ("0101,0102,0103,0104,0105,0106", FieldError::TooManyCodes),
            // Cut in the middle, a sixth code of ten digits would be another code.
            (
                "0101210010,0101210090,0101290010,0101290090,0101301010,0101309090",
                FieldError::TooManyCodes,
            ),
        ] {
            let query = RawQuery::from_search(&format!("hs={hs}"));
            let parsed = query.parse(today());
            assert_eq!((parsed.errors.product, parsed.shipment), (Some(error), None), "{hs}");
            assert_eq!(query.hs, hs);
        }
    }

    #[test]
    fn a_rate_of_tax_can_be_stated() {
        let vat = |text: &str| RawQuery::from_search(&format!("hs=081060&vat={text}")).parse(today());
        assert_eq!(vat("7").shipment.unwrap().vat_rate().unwrap().to_string(), "7%");
        assert_eq!(vat("700").errors.vat, Some(FieldError::Number(NumberError::TooLarge)));
        assert_eq!(vat("").shipment.unwrap().vat_rate(), None);
    }

    #[test]
    fn without_a_product_nothing_is_wrong() {
        let parsed = RawQuery::default().parse(today());
        assert_eq!((parsed.errors, parsed.shipment), (FieldErrors::default(), None));
    }

    #[test]
    fn freight_and_insurance_are_part_of_the_customs_value() {
        let value = |search: &str| RawQuery::from_search(search).parse(today()).shipment.unwrap().value().amount();
        assert_eq!(value("hs=081060&value=1000&freight=70.5&insurance=2"), "1072.5".parse().unwrap());
        assert_eq!(value("hs=081060&value=1000&ccy=USD&rate=7&freight=100"), "7700".parse().unwrap());
        assert_eq!(value("hs=081060&value=1000&freight=much"), 1000.into(), "told beside its field");
        let query = RawQuery::from_search("?wage=5&hs=081060&fee=40&insurance=&parrot=1");
        assert_eq!(query.to_search(), "?fee=40&hs=081060&wage=5");
        let errors = RawQuery::from_search("hs=081060&value=1000000000000000&freight=1")
            .parse(today())
            .errors;
        assert_eq!(errors.value, Some(FieldError::Number(NumberError::TooLarge)));
    }

    proptest! {
        #[test]
        fn link_and_query_round_trip(from in "\\PC{0,8}", hs in "[0-9. ]{0,12}", value in "\\PC{0,12}", on in "[0-9-]{0,10}", kilograms in "[0-9,.]{0,8}", language in "[a-z]{0,3}", browse in proptest::option::of("\\PC{0,8}"), fee in "\\PC{0,8}") {
            let browse = browse.filter(|_| hs.is_empty());
            let mut query = RawQuery { from, hs, browse, value, on, language, ..RawQuery::default() };
            if !kilograms.is_empty() {
                query.quantities.set(Unit::Kilogram, kilograms);
            }
            query.set_further("fee", &fee);
            prop_assert_eq!(RawQuery::from_search(&query.to_search()), query);
        }

        #[test]
        fn no_link_panics(search in "\\PC*") {
            let _ = RawQuery::from_search(&search).parse(today());
        }
    }
}
