//! The search index of one language: the parts of `lookup`, so that the page need not read a megabyte of words before the first keystroke
//! is answered.

use lookup::Parts;
use serde::Serialize;

use crate::codes::Codes;
use crate::envelope::{Kind, ReadError, open, seal};
use crate::unpack::{Bytes, unpack_fields};

#[derive(Serialize)]
struct IndexBody {
    codes: Codes,
    /// How many bytes each word shares with the one before, then the rest of it and a line feed: a fifth fewer bytes once compressed.
    words: Bytes,
    phrase_counts: Bytes,
    phrases: Bytes,
    /// Two bytes a word: as numbers of one to three bytes they compress worse.
    stream: Bytes,
}

unpack_fields!(IndexBody {
    codes,
    words,
    phrase_counts,
    phrases,
    stream
});

/// Packs the parts of an index.
///
/// # Errors
/// [`ReadError::Malformed`] if they cannot be written.
pub fn write_index(edition: &str, parts: &Parts) -> Result<Vec<u8>, ReadError> {
    let too_many = |_| ReadError::Malformed("more than an index can hold");
    let stream: Result<Vec<u16>, _> = parts.stream.iter().map(|word| u16::try_from(*word).map_err(too_many)).collect();
    let small = |numbers: &[u32]| -> Result<Bytes, ReadError> {
        let bytes: Result<Vec<u8>, _> = numbers.iter().map(|number| u8::try_from(*number).map_err(too_many)).collect();
        Ok(Bytes(bytes?))
    };
    let body = IndexBody {
        codes: Codes::write(&parts.codes),
        words: front_coded(&parts.words),
        phrase_counts: small(&split(&parts.phrase_counts))?,
        phrases: small(&parts.packed_phrases())?,
        stream: Bytes(stream?.into_iter().flat_map(u16::to_le_bytes).collect()),
    };
    seal(Kind::Index, edition, &body)
}

/// Reads the parts of an index.
///
/// # Errors
/// [`ReadError`].
pub fn read_index(bytes: &[u8]) -> Result<Parts, ReadError> {
    let body: IndexBody = open(Kind::Index, bytes)?.1;
    let mut parts = Parts::default().with_packed_phrases(body.phrases.0.iter().map(|phrase| u32::from(*phrase)));
    parts.codes = body.codes.read()?;
    parts.words = whole_words(&body.words.0)?;
    parts.phrase_counts = joined(&body.phrase_counts.0);
    let pairs = body.stream.0.chunks_exact(2).filter_map(|pair| pair.try_into().ok());
    parts.stream = pairs.map(|pair| u32::from(u16::from_le_bytes(pair))).collect();
    Ok(parts)
}

/// Numbers as bytes: 255 stands for 255 and what follows.
fn split(numbers: &[u32]) -> Vec<u32> {
    let mut split = Vec::with_capacity(numbers.len());
    for number in numbers {
        let mut rest = *number;
        while rest >= 255 {
            split.push(255);
            rest -= 255;
        }
        split.push(rest);
    }
    split
}

fn joined(bytes: &[u8]) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(bytes.len());
    let mut sum = 0;
    for byte in bytes {
        sum += u32::from(*byte);
        if *byte < 255 {
            numbers.push(std::mem::take(&mut sum));
        }
    }
    numbers
}

fn front_coded(words: &str) -> Bytes {
    let mut coded = Vec::new();
    let mut before = "";
    for word in words.split_terminator('\n') {
        let alike = word.bytes().zip(before.bytes()).take_while(|(one, other)| one == other).count();
        // A character is shared whole, and a length is a byte.
        let shared = (0..=alike.min(255))
            .rev()
            .find(|shared| word.is_char_boundary(*shared))
            .unwrap_or(0);
        coded.push(u8::try_from(shared).unwrap_or(0));
        coded.extend(word.bytes().skip(shared));
        coded.push(b'\n');
        before = word;
    }
    Bytes(coded)
}

fn whole_words(coded: &[u8]) -> Result<String, ReadError> {
    let malformed = || ReadError::Malformed("a word of an index is not whole");
    let mut words = String::new();
    let mut before = 0;
    let mut rest = coded;
    while let Some((shared, behind)) = rest.split_first() {
        let end = behind.iter().position(|byte| *byte == b'\n').ok_or_else(malformed)?;
        let (own, behind) = behind.split_at_checked(end).ok_or_else(malformed)?;
        let start = words.len();
        let shared = words.get(before..before + usize::from(*shared)).ok_or_else(malformed)?.to_owned();
        words.push_str(&shared);
        words.push_str(str::from_utf8(own).map_err(|_| malformed())?);
        words.push('\n');
        before = start;
        rest = behind.get(1..).unwrap_or_default();
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use lookup::{Entry, Index};

    fn parts() -> Parts {
        let entry = |code: &str, label, keywords| Entry {
            code: code.parse().unwrap(),
            label,
            keywords,
        };
        Parts::of([
            entry("0810", "Fruit, fresh", "soft fruits"),
            entry("081060", "Durians, fresh, other than frozen", "monthong durian, sầu riêng"),
        ])
    }

    #[test]
    fn an_index_round_trips() {
        let parts = parts();
        let bytes = write_index("2026", &parts).unwrap();
        assert_eq!(read_index(&bytes).unwrap(), parts);
        let index = Index::new(read_index(&bytes).unwrap());
        assert_eq!(
            index.search("sau rieng", 1).first().map(|hit| hit.code),
            parts.codes.get(1).copied()
        );
    }

    #[test]
    fn words_share_their_beginnings_by_whole_characters() {
        let words = "sau\nsầu\nsẩu\n榴\n榴莲\n";
        let coded = front_coded(words);
        assert_eq!(whole_words(&coded.0).unwrap(), words);
        assert_eq!(whole_words(&[]).unwrap(), "");
        for wrong in [&[0, b'a'][..], &[1, b'a', b'\n'], &[0, 0xff, b'\n']] {
            assert!(whole_words(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn large_numbers_are_several_bytes() {
        let numbers = [0, 254, 255, 256, 1_000];
        assert_eq!(
            joined(&split(&numbers).iter().map(|number| *number as u8).collect::<Vec<_>>()),
            numbers
        );
    }

    #[test]
    fn a_damaged_index_is_refused() {
        let mut bytes = write_index("2026", &parts()).unwrap();
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
        assert!(read_index(&bytes).is_err());
    }
}
