//! The official files, checked against `data/sources.toml` before a byte of them is read. Not their contents.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};
use tables::{SourceFile, Sources};

/// A file with the fingerprint that `sources.toml` names.
pub(crate) struct OfficialFile {
    /// Below the folder of sources.
    pub(crate) path: String,
    /// All of it.
    pub(crate) bytes: Vec<u8>,
}

/// The folder of sources.
pub(crate) struct Official<'a> {
    root: &'a Path,
    known: &'a Sources,
}

impl<'a> Official<'a> {
    pub(crate) fn new(root: &'a Path, known: &'a Sources) -> Self {
        Self { root, known }
    }

    /// All files of a source.
    pub(crate) fn files(&self, id: &str) -> anyhow::Result<Vec<OfficialFile>> {
        let entry = self
            .known
            .entry(id)
            .with_context(|| format!("data/sources.toml has no source {id:?}"))?;
        entry.files.iter().map(|file| self.read(id, file)).collect()
    }

    /// The file of a source that has only one.
    pub(crate) fn only_file(&self, id: &str) -> anyhow::Result<OfficialFile> {
        let mut files = self.files(id)?;
        match (files.pop(), files.is_empty()) {
            (Some(file), true) => Ok(file),
            _ => bail!("data/sources.toml: the source {id:?} must have one file"),
        }
    }

    fn read(&self, id: &str, file: &SourceFile) -> anyhow::Result<OfficialFile> {
        let path = self.root.join(&file.path);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let found = fingerprint(&bytes);
        if found != file.sha256 {
            bail!(
                "{} is not the file that data/sources.toml names: its SHA-256 is {found}, expected {}. \
                 If it is a new edition, update the entry {id:?} first (edition, sha256), then run again",
                path.display(),
                file.sha256,
            );
        }
        Ok(OfficialFile {
            path: file.path.clone(),
            bytes,
        })
    }
}

fn fingerprint(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use tables::Folder;

    fn sources(name: &str, sha256: &str) -> (std::path::PathBuf, Sources) {
        let root = std::env::temp_dir().join(format!("ingest-official-{}-{name}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("book.txt"), "abc").unwrap();
        let text = format!(
            "[[source]]\nid = \"book\"\ntitle = \"\"\nedition = \"\"\nyear = 2026\nfound = \"\"\nnomenclature = \"\"\n\
             [[source.file]]\npath = \"book.txt\"\nsha256 = \"{sha256}\"\n[tariff]\n"
        );
        fs::write(root.join("sources.toml"), text).unwrap();
        let known = Folder::new(&root).sources().unwrap();
        (root, known)
    }

    #[test]
    fn a_file_with_the_fingerprint_is_read() {
        let (root, known) = sources("good", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(Official::new(&root, &known).only_file("book").unwrap().bytes, b"abc");
    }

    #[test]
    fn another_file_under_the_same_name_stops() {
        let (root, known) = sources("changed", "00");
        let message = Official::new(&root, &known).only_file("book").err().unwrap().to_string();
        assert!(
            message.contains("expected 00. If it is a new edition, update the entry \"book\" first"),
            "{message}"
        );
    }
}
