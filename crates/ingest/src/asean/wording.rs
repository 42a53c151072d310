//! Duties as the tariffs of ASEAN write them, into the duty grammar. Knows the forms they use and refuses all others.
//!
//! ```text
//! 5%   5.00%   zero   Exempted   Free                  a percentage
//! 미양허   N.O.                                         no concession
//! 미확인                                                not established
//! 5%/10%                                               one of these rates: the line does not say which
//! In: 20% Out: 40%   40%(NHN: 80%)                     inside and outside a tariff quota
//! 15%+0.02$/l   5% and RM1.30                          all of these together
//! 5% or 3.75 baht/Kilogram   25% or RM0.15 w.i.t.h     the higher of these
//! 22¢/kg   $250/dal   $16.00 Per Litre of Alcohol   Rp. 14,000,-/liter   RM 26.50 per 100% vol. per litre
//! ```

use duty::{Currency, DutyExpression, Percent, Treatment, Unit};
use rust_decimal::Decimal;

use crate::source_table::Field;

/// What a text may leave out because its tariff takes it for granted.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// The currency behind the dollar sign.
    pub(crate) dollar: Currency,
    /// The unit of an amount that names none.
    pub(crate) unit: Option<Unit>,
}

impl Reading {
    /// For a tariff in which every amount names its unit.
    pub(crate) fn of(dollar: Currency) -> Self {
        Self { dollar, unit: None }
    }

    /// For a line whose amounts are for one of `unit` unless they say otherwise.
    pub(crate) fn per(self, unit: Option<Unit>) -> Self {
        Self { unit, ..self }
    }

    /// What a text of the tariff means; `None` if it has no known form.
    pub(crate) fn treatment(self, text: &str) -> Option<Treatment> {
        let text = text.trim_matches('"').trim();
        word(text)
            .or_else(|| choice_of_rates(text))
            .or_else(|| quota(text))
            .or_else(|| self.duty(text))
    }

    /// The same for a text of a file.
    pub(crate) fn rate(self, field: &Field) -> anyhow::Result<Treatment> {
        field.read(|text| self.treatment(text))
    }

    fn duty(self, text: &str) -> Option<Treatment> {
        let highest = text.strip_suffix("w.i.t.h").unwrap_or(text).trim();
        let duty = match highest.split_once(" or ") {
            Some((one, other)) => format!("max({}, {})", self.sum(one)?, self.sum(other)?),
            None => self.sum(text)?,
        };
        duty.parse().ok()
    }

    /// `15%+0.02$/l`. A leading 0 % before another term is left out: adding nothing changes nothing.
    fn sum(self, text: &str) -> Option<String> {
        let text = text.replace(" and ", "+");
        let mut terms: Vec<String> = text.split('+').map(|term| self.term(term.trim())).collect::<Option<_>>()?;
        if terms.len() > 1 && terms.first().is_some_and(|first| first == "0%") {
            terms.remove(0);
        }
        Some(terms.join(" + "))
    }

    fn term(self, text: &str) -> Option<String> {
        percent(text)
            .map(|percent| percent.to_string())
            .or_else(|| self.amount_per_unit(text))
    }

    /// `RM0.90 per litre`, `3.75 baht/Kilogram`; `RM60.00 each`; without a unit by that of the line.
    fn amount_per_unit(self, text: &str) -> Option<String> {
        let parts = [" Per ", " per ", "/"].into_iter().find_map(|separator| text.split_once(separator));
        let (money, unit, tens) = match (parts, text.strip_suffix(" each")) {
            (Some((money, word)), _) => {
                let (unit, tens) = measure(word.trim())?;
                (money, unit, tens)
            }
            (None, Some(money)) => (money, Unit::Piece, 0),
            (None, None) => (text, self.unit?, 0),
        };
        let (amount, currency, cents) = self.money(money.trim())?;
        let amount = shifted(amount, tens + cents)?;
        Some(format!("{amount} {currency}/{unit}"))
    }

    /// `RM 26.50`, `3.75 baht`, `Rp. 14,000,-`, `$250`, `0.02$`, `22¢`: the number, the currency, and by how many tens it has to be divided.
    fn money(self, text: &str) -> Option<(Decimal, Currency, i8)> {
        let plain = |number: &str| number_of(number.trim());
        if let Some(number) = text.strip_prefix("RM") {
            return Some((plain(number)?, Currency::MYR, 0));
        }
        if let Some(number) = text.strip_prefix("Rp.") {
            return Some((plain(&number.strip_suffix(",-")?.replace(',', ""))?, Currency::IDR, 0));
        }
        if let Some(number) = text.strip_suffix("baht") {
            return Some((plain(number)?, Currency::THB, 0));
        }
        if let Some(number) = text.strip_suffix('¢') {
            return Some((plain(number)?, self.dollar, 2));
        }
        let number = text.strip_prefix('$').or_else(|| text.strip_suffix('$'))?;
        Some((plain(number)?, self.dollar, 0))
    }
}

/// A plain percentage.
pub(crate) fn percent(text: &str) -> Option<Percent> {
    number_of(text.strip_suffix('%')?)?;
    match text.parse().ok()? {
        DutyExpression::AdValorem(percent) => Some(percent),
        _ => None,
    }
}

/// The rates between the lowest and the highest of these.
pub(crate) fn between(rates: impl IntoIterator<Item = Percent>) -> Option<Treatment> {
    let mut rates = rates.into_iter();
    let first = rates.next()?;
    let (least, most) = rates.fold((first, first), |(least, most), rate| (least.min(rate), most.max(rate)));
    Some(if least == most {
        Treatment::Duty(DutyExpression::AdValorem(least))
    } else {
        Treatment::Range { least, most: Some(most) }
    })
}

/// A duty inside a quota and one outside it; one duty if they do not differ.
pub(crate) fn in_and_out(inside: Treatment, outside: Treatment) -> Option<Treatment> {
    match (inside, outside) {
        (Treatment::Duty(inside), Treatment::Duty(outside)) if inside == outside => Some(Treatment::Duty(inside)),
        (Treatment::Duty(inside), Treatment::Duty(outside)) => Some(Treatment::Quota { inside, outside }),
        _ => None,
    }
}

fn word(text: &str) -> Option<Treatment> {
    Some(match text {
        "zero" | "Exempted" | "Free" => Treatment::Duty(DutyExpression::FREE),
        "미양허" | "N.O." => Treatment::NoConcession,
        "미확인" => Treatment::Unknown,
        "Prohibited" => Treatment::Prohibited,
        _ => return None,
    })
}

fn choice_of_rates(text: &str) -> Option<Treatment> {
    let rates: Vec<Percent> = text.split('/').map(|rate| percent(rate.trim())).collect::<Option<_>>()?;
    between(rates)
}

fn quota(text: &str) -> Option<Treatment> {
    let (inside, outside) = match text.strip_prefix("In").and_then(|rest| rest.split_once("Out")) {
        Some((inside, outside)) => (after_colon(inside)?, after_colon(outside)?),
        None => {
            let (inside, outside) = text.strip_suffix(')')?.split_once("(NHN:")?;
            (inside, outside)
        }
    };
    let duty = |text: &str| Some(Treatment::Duty(DutyExpression::AdValorem(percent(text.trim())?)));
    in_and_out(duty(inside)?, duty(outside)?)
}

fn after_colon(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix(':')
}

/// A measure of quantity: our unit, and how many tens of it (10 litres: 1, 100 grams of a kilogram: -1).
fn measure(word: &str) -> Option<(Unit, i8)> {
    Some(match word {
        "kg" | "Kilogram" | "kilogram" | "KGM" => (Unit::Kilogram, 0),
        "100 gram" => (Unit::Kilogram, -1),
        "l" | "liter" | "litre" | "Litre" => (Unit::Litre, 0),
        "dal" | "DAL" => (Unit::Litre, 1),
        "ml" => (Unit::Litre, -3),
        "Litre of Alcohol" | "100% vol. per litre" | "100% vol.per litre" => (Unit::LitreOfAlcohol, 0),
        "Solid Kilogram - not solid litre" => (Unit::KilogramOrLitre, 0),
        "Metre" => (Unit::Metre, 0),
        "menit" => (Unit::Minute, 0),
        "stk" => (Unit::Piece, 0),
        _ => return None,
    })
}

/// The number divided by ten `tens` times, exactly.
fn shifted(number: Decimal, tens: i8) -> Option<Decimal> {
    let times = (0..tens.unsigned_abs()).map(|_| Decimal::TEN);
    let factor: Decimal = times.product();
    if tens < 0 {
        number.checked_mul(factor)
    } else {
        number.checked_div(factor)
    }
    .map(|number| number.normalize())
}

fn number_of(text: &str) -> Option<Decimal> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    digits
        .then(|| Decimal::from_str_exact(text).ok())
        .flatten()
        .map(|number| number.normalize())
}

/// The statistical unit of a line, if the project has a code for it; `None` for a word that is not known. Where goods are counted in
/// several units, the first is taken.
pub(crate) fn unit(words: &str) -> Option<Option<Unit>> {
    Some(match words.split('/').next().unwrap_or_default().trim() {
        "kg" | "Kg" | "KGM" => Some(Unit::Kilogram),
        "l" | "liter" | "LTR" => Some(Unit::Litre),
        "m" | "MTR" => Some(Unit::Metre),
        "m2" | "MTK" => Some(Unit::SquareMetre),
        "u" | "unit" | "NMB" => Some(Unit::Piece),
        "2u" | "pair" => Some(Unit::Pair),
        "100u" | "CEN" => Some(Unit::HundredPieces),
        "set" => Some(Unit::Set),
        "carat" | "CTM" => Some(Unit::Carat),
        "kWh" => Some(Unit::KilowattHour),
        // No unit, or one without a code of ours: cubic metres, tonnes, tens, thousands, ten pairs, rolls, packs, barrels, other energy.
        "" | "-" | "m3" | "MTQ" | "m3 (*)" | "tonne" | "TNE" | "TEN" | "1000u" | "1,000u" | "MIL" | "TPR" | "roll" | "u (pack)"
        | "u(jeu" | "BBL" | "1000 kWh" | "GWH" | "MBTU" => None,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let reading = Reading::of(Currency::SGD).per(Some(Unit::Kilogram));
        reading.treatment(text).map(|treatment| treatment.to_string())
    }

    #[test]
    fn every_form_of_the_tariffs_is_read() {
        for (text, expected) in [
            ("0%", "0%"),
            ("7.00%", "7%"),
            ("zero", "0%"),
            ("Exempted", "0%"),
            ("N.O.", "none"),
            ("미양허", "none"),
            ("미확인", "unknown"),
            ("Prohibited", "prohibited"),
            ("5.6%/4%", "4%..5.6%"),
            ("5% / 10%", "5%..10%"),
            ("5%/10%/0%", "0%..10%"),
            ("In: 15.00% Out: 20.00%", "quota(in: 15%; out: 20%)"),
            ("In : 0% Out : 50%", "quota(in: 0%; out: 50%)"),
            ("40%(NHN: 80%)", "quota(in: 40%; out: 80%)"),
            ("40% (NHN: 40%)", "40%"),
            ("15%+0.02$/l", "15% + 0.02 SGD/L"),
            ("0%+0.04$/l", "0.04 SGD/L"),
            ("22¢/kg", "0.22 SGD/kg"),
            ("22¢/dal", "0.022 SGD/L"),
            ("$250/dal", "25 SGD/L"),
            ("$0.16/dal", "0.016 SGD/L"),
            ("$16.00 Per Litre of Alcohol", "16 SGD/Lalc"),
            ("$446.00 Per KGM", "446 SGD/kg"),
            ("$7.90 Per DAL", "0.79 SGD/L"),
            ("Rp. 450,-/kg", "450 IDR/kg"),
            ("Rp. 14,000,-/liter", "14000 IDR/L"),
            ("Rp. 21,450,-/menit", "21450 IDR/min"),
            ("5% or 3.75 baht/Kilogram", "max(5%, 3.75 THB/kg)"),
            ("10% or 2baht/kilogram", "max(10%, 2 THB/kg)"),
            ("0.3 baht/Solid Kilogram - not solid litre", "0.3 THB/kg-or-L"),
            ("0.5 baht/Metre", "0.5 THB/m"),
            ("RM0.60", "0.6 MYR/kg"),
            ("\"5% and RM0.30 \"", "5% + 0.3 MYR/kg"),
            ("RM1.10 and 15%", "1.1 MYR/kg + 15%"),
            ("RM 26.50 per 100% vol. per litre", "26.5 MYR/Lalc"),
            ("RM22.50 per 100% vol.per litre and 15%", "22.5 MYR/Lalc + 15%"),
            ("RM0.20 per stk", "0.2 MYR/piece"),
            ("RM 0.47 per 100 gram", "4.7 MYR/kg"),
            ("RM0.40 / ml", "400 MYR/L"),
            ("18.0% or RM0.15 w.i.t.h", "max(18%, 0.15 MYR/kg)"),
            ("30% or RM60.00 each w.i.t.h", "max(30%, 60 MYR/piece)"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_has_another_form_is_refused() {
        for text in [
            "",
            "-",
            "5",
            "-5%",
            "5 %",
            "free",
            "5%/",
            "5%/RM0.40 per litre",
            "In: 5%",
            "5%(NHN: 10)",
            "2 baht/KURUT",
            "Rp. 450/kg",
            "1.5 times import tax",
            "$2.00 Per DAL of dutiable diesel fuel",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(
            Reading::of(Currency::USD).treatment("RM0.60").is_none(),
            "no unit in the text and none of the line"
        );
    }

    #[test]
    fn the_first_of_several_units_counts() {
        for (words, expected) in [
            ("kg/m/m2", Some("kg")),
            ("unit/kg", Some("piece")),
            ("2u", Some("pair")),
            ("m3/unit", None),
            ("", None),
        ] {
            assert_eq!(unit(words).unwrap().map(Unit::code), expected, "{words}");
        }
        assert!(unit("bushel").is_none());
    }
}
