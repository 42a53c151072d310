//! The program as a web worker: fetches the words and the tariff, which the browser has kept for the page already, and makes what is asked.

use std::rc::Rc;

use details::{Basis, Question, Subject, make, write_parts};
use pack::Rates;
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Known, Request};

thread_local! {
    static RATES: Known<Rates> = const { Known::nothing() };
    static TEXTS: Known<Texts> = const { Known::nothing() };
}

fn main() {
    worker::serve(|question| Box::pin(answer(question)));
}

async fn answer(question: String) -> Option<String> {
    let question = Question::from_message(&question)?;
    let subject = Subject::from_text(&question.subject)?;
    let language = LANGUAGES.iter().find(|language| **language == subject.language)?;
    let (texts, rates) = files(&subject, question.afresh).await?;
    let words = Words {
        texts: *texts,
        format: Format::new(language),
    };
    let basis = Basis::of(&subject.search, subject.today, &rates)?;
    Some(write_parts(
        question.parts.into_iter().map(|part| (part, make(part, words, &basis))),
    ))
}

async fn files(subject: &Subject, afresh: bool) -> Option<(Rc<Texts>, Rc<Rates>)> {
    let known = TEXTS.with(|known| known.get(&subject.messages));
    let texts = known.ok_or_else(|| Request::new(&subject.messages, afresh));
    let known = RATES.with(|known| known.get(&subject.rates));
    let rates = known.ok_or_else(|| Request::new(&subject.rates, afresh));
    let texts = match texts {
        Ok(texts) => texts,
        Err(request) => {
            let texts = Texts::new(pack::read_messages(&request.bytes().await?, EDITION).ok()?);
            TEXTS.with(|known| known.keep(&subject.messages, texts))
        }
    };
    let rates = match rates {
        Ok(rates) => rates,
        Err(request) => {
            let rates = pack::read_rates(&request.bytes().await?).ok()?;
            RATES.with(|known| known.keep(&subject.rates, rates))
        }
    };
    Some((texts, rates))
}
