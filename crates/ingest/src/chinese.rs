//! Duties as China's tariff writes them, into the duty grammar. Knows the few forms the tariff uses and refuses all others.
//!
//! ```text
//! 20%                                                                       20%
//! 21元/平方米                                                                21 CNY/m2
//! 20%+0.912元/升                                                             20% + 0.912 CNY/L
//! 完税价不高于7.5元/千克：20%，完税价高于7.5元/千克：0%+1.5元/千克。          tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)
//! 完税价大于等于10000元：15%，完税价小于10000元：0。                          tiers(CNY/kg: <10000: 0%; else: 15%)
//! ```
//! 完税价 is the customs value of one unit.

use duty::{DutyExpression, Unit};

/// A duty; `None` if the text has no known form. `priced_by` is the unit meant where a price names none.
pub(crate) fn duty(text: &str, priced_by: Unit) -> Option<DutyExpression> {
    terms(text).or_else(|| up_to(text)).or_else(|| from(text, priced_by))?.parse().ok()
}

/// The unit a quantity is declared in; `None` for a word that is not known.
pub(crate) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "千克" => Unit::Kilogram,
        "克" => Unit::Gram,
        "克拉" => Unit::Carat,
        "升" => Unit::Litre,
        "千升" => Unit::Kilolitre,
        "米" => Unit::Metre,
        "平方米" => Unit::SquareMetre,
        "千瓦时" => Unit::KilowattHour,
        "双" => Unit::Pair,
        "套" | "副" => Unit::Set,
        "百个" => Unit::HundredPieces,
        "台" | "个" | "辆" | "件" | "只" | "条" | "架" | "艘" | "株" | "支" | "张" | "幅" | "盘" | "片" | "把" | "座" | "块" | "根" => {
            Unit::Piece
        }
        _ => return None,
    })
}

/// `20%+0.912元/升`. A leading `0%` before another term is left out: adding nothing changes nothing.
fn terms(text: &str) -> Option<String> {
    let mut terms: Vec<String> = text.split('+').map(term).collect::<Option<_>>()?;
    if terms.len() > 1 && terms.first().is_some_and(|first| first == "0%") {
        terms.remove(0);
    }
    Some(terms.join(" + "))
}

fn term(text: &str) -> Option<String> {
    if let Some(percent) = text.strip_suffix('%') {
        return Some(format!("{}%", number(percent)?));
    }
    let (amount, per) = yuan_per_unit(text)?;
    Some(format!("{amount} CNY/{per}"))
}

/// `7.5元/千克`.
fn yuan_per_unit(text: &str) -> Option<(&str, Unit)> {
    let (amount, word) = text.split_once("元/")?;
    Some((number(amount)?, unit(word)?))
}

fn number(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')).then_some(text)
}

/// `完税价不高于7.5元/千克：20%，完税价高于7.5元/千克：…。`: one duty up to a price and another above it.
fn up_to(text: &str) -> Option<String> {
    let ((low, below), (high, above)) = two_cases(text)?;
    let bound = low.strip_prefix("完税价不高于")?;
    if high.strip_prefix("完税价高于")? != bound {
        return None;
    }
    let (price, per) = yuan_per_unit(bound)?;
    Some(format!("tiers(CNY/{per}: <={price}: {}; else: {})", terms(below)?, terms(above)?))
}

/// `完税价大于等于10000元：15%，完税价小于10000元：0。`: one duty from a price on and another below it.
fn from(text: &str, priced_by: Unit) -> Option<String> {
    let ((high, above), (low, below)) = two_cases(text)?;
    let bound = high.strip_prefix("完税价大于等于")?;
    if low.strip_prefix("完税价小于")? != bound {
        return None;
    }
    let price = number(bound.strip_suffix('元')?)?;
    let below = if below == "0" { "0%".to_owned() } else { terms(below)? };
    Some(format!("tiers(CNY/{priced_by}: <{price}: {below}; else: {})", terms(above)?))
}

/// A condition on the price and the duty under it.
type Case<'a> = (&'a str, &'a str);

/// `condition：duty，condition：duty。`
fn two_cases(text: &str) -> Option<(Case<'_>, Case<'_>)> {
    let (one, other) = text.strip_suffix('。')?.split_once('，')?;
    Some((one.split_once('：')?, other.split_once('：')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        duty(text, Unit::Kilogram).map(|duty| duty.to_string())
    }

    #[test]
    fn every_form_of_the_tariff_is_read() {
        for (text, expected) in [
            ("0%", "0%"),
            ("6.5%", "6.5%"),
            ("21元/平方米", "21 CNY/m2"),
            ("0元/升", "0 CNY/L"),
            ("20%+0.912元/升", "20% + 0.912 CNY/L"),
            ("10%+0元/平方米", "10% + 0 CNY/m2"),
            ("0%+1.5元/千克", "1.5 CNY/kg"),
            (
                "完税价不高于7.5元/千克：20%，完税价高于7.5元/千克：0%+1.5元/千克。",
                "tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)",
            ),
            (
                "完税价不高于0元/平方米：0%，完税价高于0元/平方米：10%+0元/平方米。",
                "tiers(CNY/m2: <=0: 0%; else: 10% + 0 CNY/m2)",
            ),
            (
                "完税价大于等于10000元：15%，完税价小于10000元：0。",
                "tiers(CNY/kg: <10000: 0%; else: 15%)",
            ),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        let beer = duty(
            "完税价大于等于2.64295885元：0.253元/升，完税价小于2.64295885元：0.2227元/升。",
            Unit::Litre,
        )
        .unwrap();
        assert_eq!(beer.to_string(), "tiers(CNY/L: <2.64295885: 0.2227 CNY/L; else: 0.253 CNY/L)");
    }

    #[test]
    fn what_has_another_form_is_refused() {
        for text in [
            "",
            "0",
            "免税",
            "5%-7%",
            "21元/箱",
            "1.2.3%",
            "-5%",
            "完税价不高于7元/千克：20%，完税价高于8元/千克：5%。",
            "完税价大于等于10000元：15%，完税价小于9000元：0。",
            "完税价不高于7元/千克：20%",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
