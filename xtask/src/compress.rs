//! Brotli, as a good web host does it. Which files are worth it is decided by the caller.

use std::io::Cursor;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;

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

#[cfg(test)]
mod tests {
    use super::brotli;

    #[test]
    fn gives_back_the_same_bytes() {
        let text = "0810.60.00 durian ".repeat(400);
        let compressed = brotli(text.as_bytes()).unwrap();
        assert!(compressed.len() < 100);
        let mut back = Vec::new();
        ::brotli::BrotliDecompress(&mut compressed.as_slice(), &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
    }
}
