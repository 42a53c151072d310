//! The program as a web worker: fetches the words and the tariff, which the browser has kept for the page already, and makes what is asked.

use std::rc::Rc;

use details::{Basis, Question, Subject, make, write_parts};
use pack::Rates;
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Known, Request};

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
    let (words, rates) = files(&subject, language, question.afresh).await?;
    let basis = Basis::of(&subject.search, subject.today, &rates)?;
    Some(write_parts(
        question.parts.into_iter().map(|part| (part, make(part, *words, &basis))),
    ))
}

async fn files(subject: &Subject, language: &'static str, afresh: bool) -> Option<(Rc<Words>, Rc<Rates>)> {
    let known = WORDS.with(|known| known.get(&subject.messages));
    let words = known.ok_or_else(|| Request::new(&subject.messages, afresh));
    let known = RATES.with(|known| known.get(&subject.rates));
    let rates = known.ok_or_else(|| Request::new(&subject.rates, afresh));
    let words = match words {
        Ok(words) => words,
        Err(request) => {
            let texts = Texts::new(pack::read_messages(&request.bytes().await?, EDITION).ok()?);
            WORDS.with(|known| known.keep(&subject.messages, Words::new(texts, Format::new(language))))
        }
    };
    let rates = match rates {
        Ok(rates) => rates,
        Err(request) => {
            let rates = pack::read_rates(&request.bytes().await?).ok()?;
            RATES.with(|known| known.keep(&subject.rates, rates))
        }
    };
    Some((words, rates))
}
