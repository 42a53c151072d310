//! The envelope around every packed file: what it is, which edition, and whether it arrived whole. Knows nothing of the body.
//!
//! ```text
//! offset  bytes  what
//!      0      8  "CAFTAPCK"
//!      8      1  format version
//!      9      1  kind of file
//!     10      4  CRC-32 of everything from offset 18, little endian
//!     14      4  number of bytes from offset 18, little endian
//!     18      1  length n of the edition
//!     19      n  edition in UTF-8, for example "2026"
//!   19+n         body: postcard
//! ```

use crc::{CRC_32_ISO_HDLC, Crc, Table};
use serde::Serialize;

use crate::unpack::{Unpack, unpack};

const MAGIC: &[u8; 8] = b"CAFTAPCK";

/// The version of envelope and bodies together. Raise it with every change of either; older files are then refused by name.
pub const FORMAT_VERSION: u8 = 4;

const HEADER: usize = 18;

/// CRC-32 as in zip and PNG, with one table of a kilobyte: faster variants need sixteen. Not a constant, so that the table, which does not
/// compress, is made where it is used instead of carried there.
#[inline(never)]
pub(crate) fn checksum() -> Crc<u32, Table<1>> {
    Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC)
}

/// What a packed file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The tariff of one importer.
    Rates,
    /// Labels of the Harmonized System in one language.
    Labels,
    /// Labels of one importer's national lines in one language.
    LineLabels,
    /// The words of the interface in one language.
    Messages,
    /// The search index of one language.
    Index,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Rates, Self::Labels, Self::LineLabels, Self::Messages, Self::Index];

    fn byte(self) -> u8 {
        match self {
            Self::Rates => 1,
            Self::Labels => 2,
            Self::LineLabels => 4,
            Self::Messages => 5,
            Self::Index => 6,
        }
    }
}

/// Why bytes are not the packed file they should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Something else altogether, such as an error page.
    #[error("not a packed file of this calculator")]
    NotAPack,
    /// Made by another version of the packer.
    #[error("format version {found}, but this program reads version {FORMAT_VERSION}; run `cargo xtask pack`, or reload the page")]
    Version {
        /// The version in the file.
        found: u8,
    },
    /// A packed file of another kind.
    #[error("a packed file, but not {expected:?}")]
    Kind {
        /// What was asked for.
        expected: Kind,
    },
    /// Fewer bytes than the file says it has.
    #[error("cut off: {found} bytes of {expected}")]
    Truncated {
        /// Bytes there should be.
        expected: usize,
        /// Bytes there are.
        found: usize,
    },
    /// The checksum does not match.
    #[error("damaged: the checksum does not match")]
    Corrupt,
    /// The bytes arrived as they were written, but what was written does not make sense.
    #[error("written wrongly: {0}")]
    Malformed(&'static str),
}

/// Puts a body into an envelope. The same body gives the same bytes.
///
/// # Errors
/// [`ReadError::Malformed`] if the body cannot be written or the edition is longer than 255 bytes.
pub(crate) fn seal(kind: Kind, edition: &str, body: &impl Serialize) -> Result<Vec<u8>, ReadError> {
    let mut sealed = vec![u8::try_from(edition.len()).map_err(|_| ReadError::Malformed("the edition is too long"))?];
    sealed.extend_from_slice(edition.as_bytes());
    sealed.extend(postcard::to_allocvec(body).map_err(|_| ReadError::Malformed("the body cannot be written"))?);
    let length = u32::try_from(sealed.len()).map_err(|_| ReadError::Malformed("the body is too long"))?;
    let mut bytes = Vec::with_capacity(HEADER + sealed.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&[FORMAT_VERSION, kind.byte()]);
    bytes.extend_from_slice(&checksum().checksum(&sealed).to_le_bytes());
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend(sealed);
    Ok(bytes)
}

/// Takes edition and body out of an envelope.
///
/// # Errors
/// [`ReadError`] for anything that is not such a file, whole and of this version.
pub(crate) fn open<T: Unpack>(kind: Kind, bytes: &[u8]) -> Result<(String, T), ReadError> {
    let (edition, body) = unseal(kind, bytes)?;
    let body = unpack(body).ok_or(ReadError::Malformed("the body is not what it should be"))?;
    Ok((edition.to_owned(), body))
}

fn unseal(kind: Kind, bytes: &[u8]) -> Result<(&str, &[u8]), ReadError> {
    let short = || ReadError::Truncated {
        expected: HEADER,
        found: bytes.len(),
    };
    let Some((magic, rest)) = bytes.split_first_chunk::<8>() else {
        return Err(if MAGIC.starts_with(bytes) { short() } else { ReadError::NotAPack });
    };
    if magic != MAGIC {
        return Err(ReadError::NotAPack);
    }
    let ([version, kind_byte], rest) = rest.split_first_chunk::<2>().ok_or_else(short)?;
    if *version != FORMAT_VERSION {
        return Err(ReadError::Version { found: *version });
    }
    if Kind::ALL.into_iter().find(|kind| kind.byte() == *kind_byte) != Some(kind) {
        return Err(ReadError::Kind { expected: kind });
    }
    let (sum, rest) = rest.split_first_chunk::<4>().ok_or_else(short)?;
    let (length, sealed) = rest.split_first_chunk::<4>().ok_or_else(short)?;
    let expected = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| ReadError::Malformed("the body is too long"))?;
    if sealed.len() < expected {
        return Err(ReadError::Truncated {
            expected: HEADER.saturating_add(expected),
            found: bytes.len(),
        });
    }
    if sealed.len() > expected || checksum().checksum(sealed) != u32::from_le_bytes(*sum) {
        return Err(ReadError::Corrupt);
    }
    let (edition_length, rest) = sealed.split_first().ok_or(ReadError::Malformed("no edition"))?;
    let (edition, body) = rest
        .split_at_checked(usize::from(*edition_length))
        .ok_or(ReadError::Malformed("no edition"))?;
    let edition = std::str::from_utf8(edition).map_err(|_| ReadError::Malformed("the edition is not text"))?;
    Ok((edition, body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sealed() -> Vec<u8> {
        seal(Kind::Messages, "2026", &vec!["one".to_owned(), "two".to_owned()]).unwrap()
    }

    fn opened(bytes: &[u8]) -> Result<(String, Vec<String>), ReadError> {
        open(Kind::Messages, bytes)
    }

    #[test]
    fn every_kind_of_damage_has_its_own_name() {
        let whole = sealed();
        assert_eq!(opened(&whole).unwrap().1, ["one", "two"]);
        assert_eq!(opened(b"<!doctype html><title>404</title>"), Err(ReadError::NotAPack));
        assert_eq!(
            opened(&whole[..5]),
            Err(ReadError::Truncated {
                expected: HEADER,
                found: 5
            })
        );
        assert_eq!(
            opened(&whole[..whole.len() - 1]),
            Err(ReadError::Truncated {
                expected: whole.len(),
                found: whole.len() - 1
            })
        );
        let mut old = whole.clone();
        old[8] = 0;
        assert_eq!(opened(&old), Err(ReadError::Version { found: 0 }));
        assert_eq!(
            open::<Vec<String>>(Kind::Labels, &whole),
            Err(ReadError::Kind { expected: Kind::Labels })
        );
        let mut damaged = whole.clone();
        let last = damaged.len() - 1;
        damaged[last] ^= 1;
        assert_eq!(opened(&damaged), Err(ReadError::Corrupt));
        let another_body = seal(Kind::Messages, "2026", &7_u8).unwrap();
        assert!(matches!(opened(&another_body), Err(ReadError::Malformed(_))));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = opened(&bytes);
        }

        #[test]
        fn no_change_of_a_byte_goes_unnoticed(position in 0_usize..40, change in 1_u8..=255) {
            let mut bytes = sealed();
            let length = bytes.len();
            bytes[position % length] ^= change;
            prop_assert!(opened(&bytes).is_err());
        }
    }
}
