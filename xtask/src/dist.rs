//! The names of the finished files: which are named by their content, and what they are called without the hash.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// All files below `folder`, relative to it, sorted.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(relative) = open.pop() {
        let path = folder.join(&relative);
        for entry in fs::read_dir(&path).with_context(|| format!("cannot read the folder {path:?}"))? {
            let entry = entry?;
            let name = relative.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(name)
            } else {
                found.push(name)
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether the name holds a hash of the content, so that the content under this name never changes.
pub(crate) fn is_named_by_content(name: &str) -> bool {
    name.split(['-', '_', '.']).any(is_hash)
}

/// The name without its hash and without `.pack`: `rates.CN.1a2b3c4d.pack` is `rates.CN`. `None` for any other kind of file.
pub(crate) fn logical_name(name: &str) -> Option<&str> {
    let (logical, hash) = name.strip_suffix(".pack")?.rsplit_once('.')?;
    is_hash(hash).then_some(logical)
}

/// Trunk writes 16 hexadecimal digits but drops leading zeros; the packer writes eight.
fn is_hash(part: &str) -> bool {
    (8..=16).contains(&part.len()) && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::{is_named_by_content, logical_name};

    #[test]
    fn knows_names_with_a_hash() {
        for name in [
            "cafta-calculator-4e8e4ae2cf9a1ea4_bg.wasm",
            "base-0f1e2d3c4b5a6978.css",
            "rates.CN.1a2b3c4d.pack",
        ] {
            assert!(is_named_by_content(name), "{name}");
        }
        for name in ["index.html", "embed.js", "site.webmanifest", "cafta-calculator.js", "icon-512.png"] {
            assert!(!is_named_by_content(name), "{name}");
        }
    }

    #[test]
    fn takes_the_hash_off_a_packed_file() {
        assert_eq!(logical_name("rates.CN.1a2b3c4d.pack"), Some("rates.CN"));
        assert_eq!(logical_name("labels.hs2022.en.00aa11bb.pack"), Some("labels.hs2022.en"));
        assert_eq!(logical_name("rates.CN.pack"), None);
        assert_eq!(logical_name("embed.js"), None);
    }
}
