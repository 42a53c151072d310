//! The program as a web worker: fetches the words and the tariff, which the browser has kept for the page already, and makes what is asked.

use details::{Basis, Question, Subject, make, write_parts};
use pack::{FileName, Rates};
use query::RawQuery;
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Coming, Known};

thread_local! {
    static RATES: Known<Rates> = const { Known::nothing() };
    /// Their files are one for each language.
    static WORDS: Known<Words> = const { Known::nothing() };
}

fn main() {
    worker::serve(|question| Box::pin(answer(question)));
}

async fn answer(question: String) -> Option<String> {
    let question = Question::from_message(&question)?;
    let subject = Subject::from_text(&question.subject)?;
    let language = LANGUAGES.iter().find(|language| **language == subject.language)?;
    let asked = RawQuery::from_search(&subject.search).parse(subject.today).shipment?;
    let messages = FileName::Messages(language).address(&subject.files)?;
    let rates = FileName::Rates(asked.importer()).address(&subject.files)?;
    // Both travel at once.
    let messages = Coming::new(&WORDS, messages, question.afresh);
    let rates = Coming::new(&RATES, rates, question.afresh);
    let words = messages
        .made(&WORDS, |bytes| {
            let texts = Texts::new(pack::read_messages(bytes, EDITION).ok()?);
            Some(Words::new(texts, Format::new(language)))
        })
        .await?;
    let rates = rates.made(&RATES, |bytes| pack::read_rates(bytes).ok()).await?;
    let basis = Basis::of(&asked, &rates)?;
    Some(write_parts(
        question.parts.into_iter().map(|part| (part, make(part, *words, &basis))),
    ))
}
