//! The program as a web worker: fetches the words and the tariff, which the browser has kept for the page already, and makes what is asked.

use details::{Basis, Names, Part, Question, Subject, make, write_parts};
use duty::Economy;
use pack::{FileName, Labels, LineLabels, Rates};
use query::RawQuery;
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Coming, Known};

thread_local! {
    static RATES: Known<Rates> = const { Known::nothing() };
    /// Their files are one for each language.
    static WORDS: Known<Words> = const { Known::nothing() };
    static LABELS: Known<Labels> = const { Known::nothing() };
    static LINE_LABELS: Known<LineLabels> = const { Known::nothing() };
}

fn main() {
    worker::serve(|question| Box::pin(answer(question)));
}

async fn answer(question: String) -> Option<String> {
    let question = Question::from_message(&question)?;
    let subject = Subject::from_text(&question.subject)?;
    let language = LANGUAGES.iter().find(|language| **language == subject.language)?;
    let query = RawQuery::from_search(&subject.search);
    let asked = query.parse(subject.today).shipment?;
    let messages = FileName::Messages(language).address(&subject.files)?;
    let rates = FileName::Rates(asked.importer()).address(&subject.files)?;
    // All travel at once.
    let messages = Coming::new(&WORDS, messages, question.afresh);
    let rates = Coming::new(&RATES, rates, question.afresh);
    let names = ComingNames::new(&question, &subject, language, asked.importer());
    let words = messages
        .made(&WORDS, |bytes| {
            let texts = Texts::new(pack::read_messages(bytes, EDITION).ok()?);
            Some(Words::new(texts, Format::new(language)))
        })
        .await?;
    let rates = rates.made(&RATES, |bytes| pack::read_rates(bytes).ok()).await?;
    let basis = Basis::of(query, &asked, &rates, names.made().await)?;
    Some(write_parts(
        question.parts.into_iter().map(|part| (part, make(part, *words, &basis))),
    ))
}

/// The labels on their way, if a part needs them. A code without its label is still a code, so that none of them can fail.
struct ComingNames {
    labels: Option<Coming<Labels>>,
    lines: Option<Coming<LineLabels>>,
}

impl ComingNames {
    fn new(question: &Question, subject: &Subject, language: &str, importer: Economy) -> Self {
        let needed = question.parts.contains(&Part::Candidates);
        let labels = FileName::Labels(language).address(&subject.files).filter(|_| needed);
        let nomenclature = importer.nomenclature().filter(|_| needed);
        let mut lines = [language, "en"]
            .into_iter()
            .map(|language| FileName::LineLabels(nomenclature?, language).address(&subject.files));
        Self {
            labels: labels.map(|address| Coming::new(&LABELS, address, question.afresh)),
            lines: lines
                .find_map(|address| address)
                .map(|address| Coming::new(&LINE_LABELS, address, question.afresh)),
        }
    }

    async fn made(self) -> Names {
        let labels = async { self.labels?.made(&LABELS, |bytes| pack::read_labels(bytes).ok()).await };
        let lines = async { self.lines?.made(&LINE_LABELS, |bytes| pack::read_line_labels(bytes).ok()).await };
        Names {
            labels: labels.await,
            lines: lines.await,
        }
    }
}
