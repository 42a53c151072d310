//! Why there is no answer, in one line that says what to do. Not the reasons why a regime does not apply: those are an answer.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use duty::{AssessmentError, Economy};
use tables::{Folder, TablesError};

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The question is fine, but the tables hold no answer.
    #[error("{0}")]
    NotFound(String),
    /// The question is not one.
    #[error("{0}")]
    Usage(String),
    /// The engine has no answer.
    #[error("{0}")]
    Assessment(#[from] AssessmentError),
    /// The folder `data/` cannot be read.
    #[error("{0}")]
    Tables(#[from] TablesError),
    /// The queries cannot be read.
    #[error("cannot read standard input: {0}")]
    Input(#[from] io::Error),
    /// The answer cannot be written down.
    #[error("cannot write the answer: {0}")]
    Format(#[from] serde_json::Error),
    /// The table cannot be written down.
    #[error("cannot write the table: {0}")]
    Csv(#[from] csv::Error),
}

impl Failure {
    /// A flag with a value that does not do, and what would.
    pub(crate) fn flag(flag: &str, problem: impl std::fmt::Display) -> Self {
        Self::Usage(format!("{flag}: {problem}"))
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

/// The tariff of `importer`; that it is not there is said in other words than that it cannot be read.
pub(crate) fn schedule(folder: &Folder, root: &Path, importer: Economy) -> Result<duty::Schedule, Failure> {
    folder.schedule(importer).map_err(|error| match error {
        TablesError::File { path, source, .. } if source.kind() == io::ErrorKind::NotFound && path.ends_with(format!("{importer}.csv")) => {
            Failure::NotFound(format!(
                "the tariff of {importer} is not in {}; ask another importer, or name another folder with --data",
                root.display()
            ))
        }
        other => Failure::Tables(other),
    })
}
