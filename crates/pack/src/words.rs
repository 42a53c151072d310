//! Labels and interface messages: text in columns, a line feed between entries.

use duty::HsCode;
use serde::Serialize;

use crate::codes::Codes;
use crate::envelope::{Kind, ReadError, checksum, open, seal};
use crate::unpack::unpack_fields;

/// Lines of text, kept as one string: seven thousand small allocations would cost a phone more than the parsing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Lines {
    text: String,
    starts: Vec<u32>,
}

impl Lines {
    fn new(text: String) -> Result<Self, ReadError> {
        let mut starts = Vec::new();
        if !text.is_empty() {
            starts.push(0);
        }
        for (position, _) in text.match_indices('\n') {
            starts.push(u32::try_from(position + 1).map_err(|_| ReadError::Malformed("the text is too long"))?);
        }
        Ok(Self { text, starts })
    }

    fn join<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
        lines.into_iter().map(|line| line.replace('\n', " ")).collect::<Vec<_>>().join("\n")
    }

    fn get(&self, position: usize) -> Option<&str> {
        let start = usize::try_from(*self.starts.get(position)?).ok()?;
        let rest = self.text.get(start..)?;
        Some(rest.split('\n').next().unwrap_or(rest))
    }

    fn len(&self) -> usize {
        self.starts.len()
    }
}

/// The labels of the Harmonized System in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    codes: Vec<HsCode>,
    labels: Lines,
}

impl Labels {
    /// The codes, rising.
    #[must_use]
    pub fn codes(&self) -> &[HsCode] {
        &self.codes
    }

    /// The label of a code.
    #[must_use]
    pub fn label(&self, code: HsCode) -> Option<&str> {
        self.labels.get(self.codes.binary_search(&code).ok()?)
    }

    /// Codes with their labels, in the order of the tariff.
    pub fn iter(&self) -> impl Iterator<Item = (HsCode, &str)> {
        self.codes
            .iter()
            .enumerate()
            .filter_map(|(position, code)| Some((*code, self.labels.get(position)?)))
    }
}

/// What distinguishes the national lines of one importer from each other, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineLabels {
    labels: Labels,
    /// Lines whose criterion is inferred and must be confirmed with customs.
    inferred: Vec<HsCode>,
}

impl LineLabels {
    /// The label of a line.
    #[must_use]
    pub fn label(&self, code: HsCode) -> Option<&str> {
        self.labels.label(code)
    }

    /// Whether the criterion of a line is inferred and must be confirmed with customs.
    #[must_use]
    pub fn is_inferred(&self, code: HsCode) -> bool {
        self.inferred.binary_search(&code).is_ok()
    }
}

/// The words of the interface in one language, in the order of their keys.
pub type Messages = Vec<String>;

#[derive(Serialize)]
struct LabelsBody {
    codes: Codes,
    labels: String,
    mark: String,
}

unpack_fields!(LabelsBody { codes, labels, mark });

#[derive(Serialize)]
struct LineLabelsBody {
    labels: LabelsBody,
    inferred: Codes,
}

unpack_fields!(LineLabelsBody { labels, inferred });

impl LabelsBody {
    fn write<'a>(mark: &str, entries: impl IntoIterator<Item = (HsCode, &'a str)>) -> Self {
        let (codes, labels): (Vec<HsCode>, Vec<&str>) = entries.into_iter().unzip();
        Self {
            codes: Codes::write(&codes),
            labels: Lines::join(labels),
            mark: mark.to_owned(),
        }
    }

    fn read(self) -> Result<Labels, ReadError> {
        let mut text = self.labels;
        if !self.mark.is_empty() {
            let mut marked = String::new();
            for line in text.split_terminator('\n') {
                marked = marked + line + &self.mark + "\n";
            }
            marked.pop();
            text = marked;
        }
        let labels = Labels {
            codes: self.codes.read()?,
            labels: Lines::new(text)?,
        };
        if labels.codes.len() == labels.labels.len() {
            Ok(labels)
        } else {
            Err(ReadError::Malformed("as many labels as codes expected"))
        }
    }
}

/// Packs labels; codes must rise. `mark` will stand behind each of them: that it is in another language than the page. It is packed once,
/// because behind every label it would be a tenth of the file.
///
/// # Errors
/// [`ReadError::Malformed`] if they cannot be written.
pub fn write_labels<'a>(edition: &str, mark: &str, entries: impl IntoIterator<Item = (HsCode, &'a str)>) -> Result<Vec<u8>, ReadError> {
    seal(Kind::Labels, edition, &LabelsBody::write(mark, entries))
}

/// Reads labels.
///
/// # Errors
/// [`ReadError`].
pub fn read_labels(bytes: &[u8]) -> Result<Labels, ReadError> {
    open::<LabelsBody>(Kind::Labels, bytes)?.1.read()
}

/// Packs line labels like [`write_labels`]. The flag says that the criterion is inferred.
///
/// # Errors
/// [`ReadError::Malformed`] if they cannot be written.
pub fn write_line_labels(edition: &str, mark: &str, entries: &[(HsCode, &str, bool)]) -> Result<Vec<u8>, ReadError> {
    let inferred: Vec<HsCode> = entries
        .iter()
        .filter(|(_, _, inferred)| *inferred)
        .map(|(code, _, _)| *code)
        .collect();
    let labels = LabelsBody::write(mark, entries.iter().map(|(code, label, _)| (*code, *label)));
    seal(
        Kind::LineLabels,
        edition,
        &LineLabelsBody {
            labels,
            inferred: Codes::write(&inferred),
        },
    )
}

/// Reads line labels.
///
/// # Errors
/// [`ReadError`].
pub fn read_line_labels(bytes: &[u8]) -> Result<LineLabels, ReadError> {
    let body: LineLabelsBody = open(Kind::LineLabels, bytes)?.1;
    Ok(LineLabels {
        labels: body.labels.read()?,
        inferred: body.inferred.read()?,
    })
}

/// Names a set of messages: another set of keys has another edition, so that a page never shows the wrong words.
#[must_use]
pub fn messages_edition<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    let algorithm = checksum();
    let mut digest = algorithm.digest();
    for key in keys {
        digest.update(key.as_bytes());
        digest.update(b"\n");
    }
    format!("{:08x}", digest.finalize())
}

/// The names between braces in a message, each once, in the order of appearance.
#[must_use]
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (_, rest) in text.match_indices('{').map(|(position, _)| text.split_at(position + 1)) {
        let name = rest.split('}').next().unwrap_or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A message as it is packed: each placeholder by its number in the English one, because names would be in the program too.
#[must_use]
pub fn numbered(english: &str, text: &str) -> String {
    let names = placeholders(english).into_iter().enumerate();
    names.fold(text.to_owned(), |text, (number, name)| {
        text.replace(&format!("{{{name}}}"), &format!("{{{number}}}"))
    })
}

/// Packs interface messages in the order of their keys; `edition` is that of [`messages_edition`].
///
/// # Errors
/// [`ReadError::Malformed`] if they cannot be written.
pub fn write_messages(edition: &str, messages: &[String]) -> Result<Vec<u8>, ReadError> {
    seal(Kind::Messages, edition, &messages)
}

/// Reads interface messages; they must be of the edition the program was built with.
///
/// # Errors
/// [`ReadError`].
pub fn read_messages(bytes: &[u8], edition: &str) -> Result<Messages, ReadError> {
    let (found, messages): (String, Messages) = open(Kind::Messages, bytes)?;
    if found == edition {
        Ok(messages)
    } else {
        Err(ReadError::Malformed("messages of another version of the page"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> HsCode {
        text.parse().unwrap()
    }

    #[test]
    fn placeholders_are_numbered_as_in_english() {
        let english = "{duty} of {tax}, {duty}";
        assert_eq!(placeholders(english), ["duty", "tax"]);
        assert_eq!(numbered(english, english), "{0} of {1}, {0}");
        assert_eq!(numbered(english, "{tax}: {duty}"), "{1}: {0}");
    }

    #[test]
    fn labels_round_trip() {
        let entries = [(code("08"), "Fruit"), (code("0810"), ""), (code("081060"), "Durians, fresh")];
        let labels = read_labels(&write_labels("2026", "", entries).unwrap()).unwrap();
        assert_eq!(labels.iter().collect::<Vec<_>>(), entries);
        assert_eq!(labels.label(code("081060")), Some("Durians, fresh"));
        assert_eq!(labels.label(code("081061")), None);
    }

    #[test]
    fn line_labels_keep_their_doubt() {
        let entries = [
            (code("26030000"), "Ore", false),
            (code("2603000010"), "Rich", true),
            (code("2603000090"), "Poor", true),
        ];
        let labels = read_line_labels(&write_line_labels("2026", " (EN)", &entries).unwrap()).unwrap();
        assert!(labels.is_inferred(code("2603000090")));
        assert!(!labels.is_inferred(code("26030000")));
        assert_eq!(labels.label(code("2603000010")), Some("Rich (EN)"));
        assert_eq!(labels.label(code("2603000090")), Some("Poor (EN)"));
    }

    #[test]
    fn messages_of_another_page_are_refused() {
        let edition = messages_edition(["greeting"]);
        let bytes = write_messages(&edition, &["Hello".to_owned()]).unwrap();
        assert_eq!(read_messages(&bytes, &edition).unwrap(), ["Hello"]);
        assert!(matches!(
            read_messages(&bytes, &messages_edition(["farewell"])),
            Err(ReadError::Malformed(_))
        ));
    }
}
