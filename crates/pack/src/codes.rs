//! Tariff codes as they lie in a body.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use duty::HsCode;
use serde::Serialize;

use crate::envelope::ReadError;
use crate::unpack::unpack_fields;

/// Any codes: how far each is from the one before, and how many digits it has.
#[derive(Serialize)]
pub(crate) struct Codes {
    /// Steps between the codes padded to ten digits, in units of `step`.
    deltas: Vec<u64>,
    /// What all steps can be divided by: 10,000 where no code is longer than six digits.
    step: u64,
    /// Number of digits, with how many codes in a row have it.
    digits: Vec<(u8, u32)>,
}

unpack_fields!(Codes { deltas, step, digits });

impl Codes {
    /// Codes must rise.
    pub(crate) fn write(codes: &[HsCode]) -> Self {
        let longest = codes.iter().map(|code| code.digits()).max().unwrap_or(HsCode::MAX_DIGITS);
        let step = 10_u64.pow(u32::from(HsCode::MAX_DIGITS - longest.min(HsCode::MAX_DIGITS)));
        let mut previous = 0;
        let mut deltas = Vec::with_capacity(codes.len());
        let mut digits: Vec<(u8, u32)> = Vec::new();
        for code in codes {
            deltas.push((code.padded() - previous) / step);
            previous = code.padded();
            match digits.last_mut() {
                Some((length, count)) if *length == code.digits() => *count += 1,
                _ => digits.push((code.digits(), 1)),
            }
        }
        Self { deltas, step, digits }
    }

    pub(crate) fn read(&self) -> Result<Vec<HsCode>, ReadError> {
        let overflow = || ReadError::Malformed("a code is too large");
        let lengths = self
            .digits
            .iter()
            .flat_map(|(length, count)| std::iter::repeat_n(*length, usize::try_from(*count).unwrap_or(usize::MAX)));
        let mut padded = 0_u64;
        let mut codes = Vec::with_capacity(self.deltas.len());
        for (delta, length) in self.deltas.iter().zip(lengths) {
            padded = delta
                .checked_mul(self.step)
                .and_then(|delta| padded.checked_add(delta))
                .ok_or_else(overflow)?;
            codes.push(HsCode::from_padded(padded, length).map_err(|_| ReadError::Malformed("a code of a wrong length"))?);
        }
        if codes.len() == self.deltas.len() {
            Ok(codes)
        } else {
            Err(ReadError::Malformed("codes without a length"))
        }
    }
}

/// The codes of national lines: below each subheading a family of two-digit endings, below each of those another. Few families occur,
/// so that naming them takes two thirds of what the steps between the codes would.
#[derive(Serialize)]
pub(crate) struct LineCodes {
    /// Steps between the subheadings, as numbers of six digits.
    subheadings: Vec<u64>,
    eighth: Families,
    tenth: Families,
    /// Number of digits, with how many codes in a row have it.
    digits: Vec<(u8, u32)>,
}

unpack_fields!(LineCodes {
    subheadings,
    eighth,
    tenth,
    digits
});

#[derive(Default, Serialize)]
struct Families {
    /// The endings of a family, rising; the most frequent family first.
    families: Vec<Vec<u8>>,
    /// For each parent the position of its family.
    index: Vec<u16>,
}

unpack_fields!(Families { families, index });

impl Families {
    fn write(groups: &[Vec<u8>]) -> Result<Self, ReadError> {
        let mut counts: BTreeMap<&[u8], usize> = BTreeMap::new();
        for group in groups {
            *counts.entry(group).or_default() += 1;
        }
        let mut families: Vec<&[u8]> = counts.keys().copied().collect();
        families.sort_by_key(|family| (Reverse(counts.get(family).copied()), *family));
        let position = |group: &Vec<u8>| {
            families
                .iter()
                .position(|family| family == group)
                .and_then(|position| u16::try_from(position).ok())
        };
        let index: Option<Vec<u16>> = groups.iter().map(position).collect();
        Ok(Self {
            index: index.ok_or(ReadError::Malformed("too many families of codes"))?,
            families: families.into_iter().map(<[u8]>::to_vec).collect(),
        })
    }

    fn of(&self, parent: usize) -> Result<&[u8], ReadError> {
        let family = self.index.get(parent).and_then(|family| self.families.get(usize::from(*family)));
        family.map(Vec::as_slice).ok_or(ReadError::Malformed("a code without a family"))
    }
}

impl LineCodes {
    /// Codes must rise.
    pub(crate) fn write(codes: &[HsCode]) -> Result<Self, ReadError> {
        let padded: Vec<u64> = codes.iter().map(|code| code.padded()).collect();
        let (eights, tenth) = families_below(&padded)?;
        let (sixes, eighth) = families_below(&eights)?;
        let mut previous = 0;
        let subheadings = sixes.iter().map(|six| *six - std::mem::replace(&mut previous, *six)).collect();
        Ok(Self {
            subheadings,
            eighth,
            tenth,
            digits: Codes::write(codes).digits,
        })
    }

    pub(crate) fn read(&self) -> Result<Vec<HsCode>, ReadError> {
        let overflow = ReadError::Malformed("a code is too large");
        let mut lengths = self
            .digits
            .iter()
            .flat_map(|(length, count)| std::iter::repeat_n(*length, usize::try_from(*count).unwrap_or(usize::MAX)));
        let mut codes = Vec::new();
        let mut parents = 0..;
        let mut subheading = 0_u64;
        for (position, delta) in self.subheadings.iter().enumerate() {
            subheading = subheading
                .checked_add(*delta)
                .filter(|code| *code < 1_000_000)
                .ok_or(overflow.clone())?;
            for eighth in self.eighth.of(position)? {
                for tenth in self.tenth.of(parents.next().unwrap_or_default())? {
                    let padded = (subheading * 100 + u64::from(*eighth)) * 100 + u64::from(*tenth);
                    let length = lengths.next().ok_or(ReadError::Malformed("codes without a length"))?;
                    codes.push(HsCode::from_padded(padded, length).map_err(|_| ReadError::Malformed("a code of a wrong length"))?);
                }
            }
        }
        Ok(codes)
    }
}

/// The numbers without their last two digits, each once, and the families of those digits.
fn families_below(numbers: &[u64]) -> Result<(Vec<u64>, Families), ReadError> {
    let mut parents: Vec<u64> = Vec::new();
    let mut groups: Vec<Vec<u8>> = Vec::new();
    for number in numbers {
        let ending = u8::try_from(number % 100).unwrap_or_default();
        match groups.last_mut().filter(|_| parents.last() == Some(&(number / 100))) {
            Some(group) => group.push(ending),
            None => {
                parents.push(number / 100);
                groups.push(vec![ending]);
            }
        }
    }
    Ok((parents, Families::write(&groups)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn codes_of_lines_round_trip(texts in prop::collection::btree_set("[0-9]{6}(00|10|90)(00|10|90)?", 0..60)) {
            let mut codes: Vec<HsCode> = texts.iter().map(|text| text.parse().unwrap()).collect();
            codes.sort();
            codes.dedup_by_key(|code| code.padded());
            prop_assert_eq!(LineCodes::write(&codes).unwrap().read(), Ok(codes));
        }

        #[test]
        fn codes_round_trip(texts in prop::collection::btree_set("[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10}", 0..60)) {
            let mut codes: Vec<HsCode> = texts.iter().map(|text| text.parse().unwrap()).collect();
            codes.sort();
            prop_assert_eq!(Codes::write(&codes).read(), Ok(codes));
        }
    }
}
