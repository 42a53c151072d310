//! The search index of one language: the parts of `lookup`, so that the page need not read a megabyte of words before the first keystroke
//! is answered.

use lookup::Parts;
use serde::Serialize;

use crate::codes::Codes;
use crate::envelope::{Kind, ReadError, open, seal};
use crate::unpack::unpack_fields;

#[derive(Serialize)]
struct IndexBody {
    codes: Codes,
    words: String,
    stems: Vec<u32>,
    roots: Vec<u32>,
    phrase_counts: Vec<u32>,
    phrases: Vec<u32>,
    stream: Vec<u32>,
}

unpack_fields!(IndexBody {
    codes,
    words,
    stems,
    roots,
    phrase_counts,
    phrases,
    stream
});

/// Packs the parts of an index.
///
/// # Errors
/// [`ReadError::Malformed`] if they cannot be written.
pub fn write_index(edition: &str, parts: &Parts) -> Result<Vec<u8>, ReadError> {
    let body = IndexBody {
        codes: Codes::write(&parts.codes),
        words: parts.words.clone(),
        stems: behind_the_last(&parts.stems),
        roots: behind_the_last(&parts.roots),
        phrase_counts: parts.phrase_counts.clone(),
        phrases: parts.packed_phrases(),
        stream: parts.stream.clone(),
    };
    seal(Kind::Index, edition, &body)
}

/// Reads the parts of an index.
///
/// # Errors
/// [`ReadError`].
pub fn read_index(bytes: &[u8]) -> Result<Parts, ReadError> {
    let body: IndexBody = open(Kind::Index, bytes)?.1;
    let mut parts = Parts::default().with_packed_phrases(body.phrases);
    parts.codes = body.codes.read()?;
    parts.words = body.words;
    parts.stems = from_behind_the_last(body.stems);
    parts.roots = from_behind_the_last(body.roots);
    parts.phrase_counts = body.phrase_counts;
    parts.stream = body.stream;
    Ok(parts)
}

/// Numbers given as they first occur: a new one is 0, one that occurred before is how far it lies behind the next new one.
fn behind_the_last(numbers: &[u32]) -> Vec<u32> {
    let mut next = 0;
    let behind = numbers.iter().map(|number| {
        let behind = u32::saturating_sub(next, *number);
        next = next.max(number.saturating_add(1));
        behind
    });
    behind.collect()
}

fn from_behind_the_last(behind: Vec<u32>) -> Vec<u32> {
    let mut next: u32 = 0;
    let numbers = behind.into_iter().map(|behind| {
        let number = next.saturating_sub(behind);
        next = next.max(number.saturating_add(1));
        number
    });
    numbers.collect()
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
    fn numbers_are_how_far_they_lie_behind() {
        let numbers = [0, 1, 1, 0, 2, 1];
        assert_eq!(behind_the_last(&numbers), [0, 0, 1, 2, 0, 2]);
        assert_eq!(from_behind_the_last(behind_the_last(&numbers)), numbers);
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
