//! A link that is kept remembers what its answer was and on which edition of the data it rested, so that it can say later what changed.

use crc::{CRC_32_ISCSI, Crc, NoTable};
use duty::{Assessment, Span, plain_decimal};
use markup::{View, paragraph};
use query::{KEPT, RawQuery};
use words::Words;

use crate::Basis;

/// Between the parts of what is remembered; none of them holds it.
const MARK: char = '~';

/// What a link remembers of its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Memory {
    edition: String,
    /// The version of the engine that computed it.
    version: String,
    saving: Span,
}

/// The query of a link to the present answer that remembers it; `None` while there is no saving to remember.
pub(crate) fn link(basis: &Basis, assessment: &Assessment) -> Option<String> {
    let saving = assessment.total_saving()?;
    let mut query = basis.query.clone();
    query.on = query.on_or(basis.shipment.on());
    let parts = [
        basis.rates.edition.clone(),
        duty::VERSION.to_owned(),
        saving.least.to_string(),
        saving.most.to_string(),
        digest(&query),
    ];
    query.set_further(KEPT, &parts.join(&MARK.to_string()));
    Some(query.to_search())
}

/// What is remembered by the present link; `None` if nothing is, or if something else is asked by now.
fn memory(query: &RawQuery) -> Option<Memory> {
    let kept = query.further(KEPT);
    let mut parts = kept.split(MARK);
    let memory = Memory {
        edition: parts.next()?.to_owned(),
        version: parts.next()?.to_owned(),
        saving: Span {
            least: plain_decimal(parts.next()?)?,
            most: plain_decimal(parts.next()?)?,
        },
    };
    (parts.next() == Some(digest(query).as_str())).then_some(memory)
}

/// Tells one question from another; the language is no part of it.
fn digest(query: &RawQuery) -> String {
    let mut question = query.clone();
    question.set_further(KEPT, "");
    question.language.clear();
    // A checksum without a table is a few bytes of program.
    let crc = Crc::<u32, NoTable>::new(&CRC_32_ISCSI);
    format!("{:08x}", crc.checksum(question.to_search().as_bytes()))
}

/// What changed since the link was kept; nothing if the present link is none.
pub(crate) fn changed(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let Some(memory) = memory(&basis.query) else {
        return View::default();
    };
    let texts = words.texts;
    let money = |span| words.format.span(span, assessment.currency);
    let then = [&memory.edition, " (", &memory.version, ")"].concat();
    let now = [&basis.rates.edition, " (", duty::VERSION, ")"].concat();
    let saving = assessment.total_saving();
    let text = if saving == Some(memory.saving) {
        texts.kept_same(&then, &now)
    } else {
        let today = saving.map_or_else(|| texts.treatment_unknown().to_owned(), money);
        texts.kept_changed(&then, &money(memory.saving), &now, &today)
    };
    paragraph("note", text)
}
