//! The finder as a web worker: fetches words, labels and search words, builds the indexes of `lookup` from them, answers questions.

use std::rc::Rc;

use duty::HsCode;
use finder::{Answer, Found, MOST_OFFERS, Question, list, searched};
use lookup::{Entry, Index};
use pack::{FileName, Labels};
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Coming, Known};

// By the address of their files, of which there is one for each language.
thread_local! {
    static WORDS: Known<Words> = const { Known::nothing() };
    static LABELS: Known<Labels> = const { Known::nothing() };
    static INDEXES: Known<Index> = const { Known::nothing() };
}

fn main() {
    worker::serve(|question| Box::pin(answer(question)));
}

async fn answer(question: String) -> Option<String> {
    let question = Question::from_message(&question)?;
    let files = question.files.as_str();
    let language = LANGUAGES.iter().find(|language| **language == question.language)?;
    let offered: Vec<&str> = pack::searchable(files).collect();
    let mut searched = searched(language, &question.query, &offered);
    let count = searched.len();
    if !searched.contains(language) {
        searched.push(language);
    }
    // All files travel at once: the words of the interface, its labels, and those of the languages that are searched.
    let words = Coming::new(&WORDS, FileName::Messages(language).address(files)?, question.afresh);
    let mut coming = Vec::new();
    for language in &searched {
        let labels = Coming::new(&LABELS, FileName::Labels(language).address(files)?, question.afresh);
        let keywords = FileName::Keywords(language).address(files).filter(|_| coming.len() < count);
        let index = keywords.map(|keywords| Coming::new(&INDEXES, keywords, question.afresh));
        coming.push((*language == question.language, labels, index));
    }
    let read_words = |bytes: &[u8]| {
        let texts = Texts::new(pack::read_messages(bytes, EDITION).ok()?);
        Some(Words::new(texts, Format::new(language)))
    };
    let words = words.made(&WORDS, read_words).await?;
    let mut indexes = Vec::new();
    let mut shown = None;
    for (is_shown, labels, index) in coming {
        let labels = labels.made(&LABELS, |bytes| pack::read_labels(bytes).ok()).await?;
        if let Some(index) = index {
            indexes.push(index.made(&INDEXES, |bytes| build(bytes, &labels)).await?);
        }
        if is_shown {
            shown = Some(labels);
        }
    }
    let answer = if question.query.is_empty() {
        Answer::default()
    } else {
        list(*words, &*shown?, &find(&indexes, &question.query))
    };
    Some(answer.to_message())
}

fn build(bytes: &[u8], labels: &Labels) -> Option<Index> {
    let keywords = pack::read_keywords(bytes, labels).ok()?;
    let entries = labels.iter().zip(&keywords);
    Some(Index::new(entries.map(|((code, label), keywords)| Entry { code, label, keywords })))
}

fn find(indexes: &[Rc<Index>], query: &str) -> Found {
    // A national line is offered as it was typed, under the label of its subheading.
    if let Some(line) = query.parse::<HsCode>().ok().filter(|code| code.digits() > 6) {
        return Found { codes: vec![line] };
    }
    let hits = indexes.iter().map(|index| index.search(query, MOST_OFFERS));
    let best = hits.into_iter().find(|hits| !hits.is_empty()).unwrap_or_default();
    Found {
        codes: best.into_iter().map(|hit| hit.code).collect(),
    }
}
