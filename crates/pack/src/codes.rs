//! Tariff codes as they lie in a body: how far each is from the one before, and how many digits it has.

use duty::HsCode;
use serde::{Deserialize, Serialize};

use crate::envelope::ReadError;

#[derive(Serialize, Deserialize)]
pub(crate) struct Codes {
    /// Steps between the codes padded to ten digits, in units of `step`.
    deltas: Vec<u64>,
    /// What all steps can be divided by: 10,000 where no code is longer than six digits.
    step: u64,
    /// Number of digits, with how many codes in a row have it.
    digits: Vec<(u8, u32)>,
}

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
        let overflow = || ReadError::malformed("a code is too large");
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
            codes.push(HsCode::from_padded(padded, length).map_err(ReadError::malformed)?);
        }
        if codes.len() == self.deltas.len() {
            Ok(codes)
        } else {
            Err(ReadError::malformed("codes without a length"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn codes_round_trip(texts in prop::collection::btree_set("[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10}", 0..60)) {
            let mut codes: Vec<HsCode> = texts.iter().map(|text| text.parse().unwrap()).collect();
            codes.sort();
            prop_assert_eq!(Codes::write(&codes).read(), Ok(codes));
        }
    }
}
