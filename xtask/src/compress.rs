//! Brotli and gzip, as a good web host does it. Which files are worth it is decided by the caller.

use std::io::{Cursor, Write};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Compresses with the strongest setting: the one the size budget counts with.
pub(crate) fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut Cursor::new(bytes), &mut compressed, &parameters).context("cannot compress with brotli")?;
    Ok(compressed)
}

/// Compresses for clients that know no brotli.
pub(crate) fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("cannot compress with gzip")?;
    encoder.finish().context("cannot compress with gzip")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::GzDecoder;

    use super::{brotli, gzip};

    #[test]
    fn gives_back_the_same_bytes() {
        let text = "0810.60.00 durian ".repeat(400);
        let compressed = brotli(text.as_bytes()).unwrap();
        assert!(compressed.len() < 100);
        let mut back = Vec::new();
        ::brotli::BrotliDecompress(&mut compressed.as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());

        let compressed = gzip(text.as_bytes()).unwrap();
        assert!(compressed.len() < 200);
        let mut back = Vec::new();
        GzDecoder::new(compressed.as_slice()).read_to_end(&mut back).unwrap();
        assert_eq!(back, text.as_bytes());
    }
}
