//! What is known of every tariff, counted: the figures of the page about the data. Not the rates themselves.

use duty::{ColumnKind, ColumnSurvey, Grade, Saying, Survey};
use serde::Serialize;

use crate::envelope::{Kind, ReadError, open, seal};
use crate::rates::{SourceBody, position_of};
use crate::unpack::unpack_fields;

#[derive(Serialize)]
struct SurveysBody {
    sources: Vec<SourceBody>,
    surveys: Vec<SurveyBody>,
}

unpack_fields!(SurveysBody { sources, surveys });

#[derive(Serialize)]
struct SurveyBody {
    importer: String,
    lines: u32,
    columns: Vec<ColumnSurveyBody>,
    missing: Vec<String>,
}

unpack_fields!(SurveyBody {
    importer,
    lines,
    columns,
    missing
});

#[derive(Serialize)]
struct ColumnSurveyBody {
    key: String,
    sources: Vec<u8>,
    /// In the order of [`Saying::ALL`].
    says: Vec<u32>,
    /// In the order of [`Grade::ALL`].
    grades: Vec<u32>,
}

unpack_fields!(ColumnSurveyBody {
    key,
    sources,
    says,
    grades
});

/// Packs what is known of all tariffs.
///
/// # Errors
/// [`ReadError::Malformed`] if it cannot be written.
pub fn write_surveys(edition: &str, surveys: &[Survey]) -> Result<Vec<u8>, ReadError> {
    let mut sources = Vec::new();
    let surveys = surveys
        .iter()
        .map(|survey| SurveyBody::write(survey, &mut sources))
        .collect::<Result<_, _>>()?;
    seal(Kind::Surveys, edition, &SurveysBody { sources, surveys })
}

/// Reads what is known of all tariffs.
///
/// # Errors
/// [`ReadError`].
pub fn read_surveys(bytes: &[u8]) -> Result<Vec<Survey>, ReadError> {
    let (_, SurveysBody { sources, surveys }) = open::<SurveysBody>(Kind::Surveys, bytes)?;
    surveys.into_iter().map(|survey| survey.read(&sources)).collect()
}

impl SurveyBody {
    fn write(survey: &Survey, sources: &mut Vec<SourceBody>) -> Result<Self, ReadError> {
        Ok(Self {
            importer: survey.importer.code().to_owned(),
            lines: packed(survey.lines)?,
            columns: survey
                .columns
                .iter()
                .map(|column| ColumnSurveyBody::write(column, sources))
                .collect::<Result<_, _>>()?,
            missing: survey.missing.iter().map(|regime| regime.key().to_owned()).collect(),
        })
    }

    fn read(self, sources: &[SourceBody]) -> Result<Survey, ReadError> {
        Ok(Survey {
            importer: self.importer.parse().map_err(|_| ReadError::Malformed("an unknown importer"))?,
            lines: unpacked(self.lines),
            columns: self
                .columns
                .into_iter()
                .map(|column| column.read(sources))
                .collect::<Result<_, _>>()?,
            missing: self
                .missing
                .iter()
                .map(|regime| regime.parse().map_err(|_| ReadError::Malformed("an unknown regime")))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl ColumnSurveyBody {
    fn write(column: &ColumnSurvey, sources: &mut Vec<SourceBody>) -> Result<Self, ReadError> {
        Ok(Self {
            key: column.kind.key().to_owned(),
            sources: column
                .sources
                .iter()
                .map(|source| position_of(source, sources))
                .collect::<Result<_, _>>()?,
            says: column.says.iter().map(|(_, lines)| packed(*lines)).collect::<Result<_, _>>()?,
            grades: column.grades.iter().map(|(_, lines)| packed(*lines)).collect::<Result<_, _>>()?,
        })
    }

    fn read(self, sources: &[SourceBody]) -> Result<ColumnSurvey, ReadError> {
        let count = |counts: &[u32], position: usize| counts.get(position).copied().map_or(0, unpacked);
        let mut says = Saying::ALL.map(|saying| (saying, 0));
        for (position, (_, lines)) in says.iter_mut().enumerate() {
            *lines = count(&self.says, position);
        }
        let mut grades = Grade::ALL.map(|grade| (grade, 0));
        for (position, (_, lines)) in grades.iter_mut().enumerate() {
            *lines = count(&self.grades, position);
        }
        Ok(ColumnSurvey {
            kind: ColumnKind::from_key(&self.key).ok_or(ReadError::Malformed("an unknown column"))?,
            sources: self
                .sources
                .iter()
                .map(|position| SourceBody::at(sources, *position))
                .collect::<Result<_, _>>()?,
            says,
            grades,
        })
    }
}

fn packed(lines: usize) -> Result<u32, ReadError> {
    u32::try_from(lines).map_err(|_| ReadError::Malformed("more lines than can be counted"))
}

fn unpacked(lines: u32) -> usize {
    usize::try_from(lines).unwrap_or(usize::MAX)
}
