//! What can be wrong with a file of `data/`, said so that a person can mend it. Not errors of the duty grammar itself: those are in `duty`.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

/// Why a table cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TablesError {
    /// The file system refused.
    #[error("cannot {action} {path}: {source}", path = path.display())]
    File {
        /// "read" or "write".
        action: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is not a table of that form at all.
    #[error("{path} cannot be read as a table: {detail}", path = path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// What its reader said.
        detail: String,
    },
    /// One text in it is wrong.
    #[error("{path}, {place}: {text:?} is wrong; {expected}", path = path.display())]
    Text {
        /// Which file.
        path: PathBuf,
        /// Row and column, or the key.
        place: String,
        /// What stands there.
        text: String,
        /// What should.
        expected: String,
    },
}

impl TablesError {
    pub(crate) fn reading(path: &Path, source: io::Error) -> Self {
        Self::File {
            action: "read",
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn writing(path: &Path, source: io::Error) -> Self {
        Self::File {
            action: "write",
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn form(path: &Path, detail: impl Display) -> Self {
        Self::Form {
            path: path.to_owned(),
            detail: detail.to_string(),
        }
    }

    pub(crate) fn text(path: &Path, place: impl Into<String>, text: &str, expected: impl Display) -> Self {
        Self::Text {
            path: path.to_owned(),
            place: place.into(),
            text: text.to_owned(),
            expected: expected.to_string(),
        }
    }
}

/// The value that is written as `text`.
pub(crate) fn by_key<T: Copy>(all: &[T], key: impl Fn(T) -> &'static str, text: &str) -> Option<T> {
    all.iter().copied().find(|one| key(*one) == text)
}
