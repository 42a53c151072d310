//! The finder as a web worker: fetches words, labels and indexes, answers questions.

use duty::HsCode;
use finder::{Answer, MOST_OFFERS, Offers, Question, list};
use lookup::{Index, Marks, search, searched};
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
    // All files travel at once: the words of the interface, its labels, and the indexes that are searched.
    let words = Coming::new(&WORDS, FileName::Messages(language).address(files)?, question.afresh);
    let labels = Coming::new(&LABELS, FileName::Labels(language).address(files)?, question.afresh);
    let mut coming = Vec::new();
    for language in searched(language, &question.query, &offered) {
        coming.push(Coming::new(&INDEXES, FileName::Index(language).address(files)?, question.afresh));
    }
    let read_words = |bytes: &[u8]| {
        let texts = Texts::new(pack::read_messages(bytes, EDITION).ok()?);
        Some(Words::new(texts, Format::new(language)))
    };
    let words = words.made(&WORDS, read_words).await?;
    let labels = labels.made(&LABELS, |bytes| pack::read_labels(bytes).ok()).await?;
    let mut indexes = Vec::new();
    for index in coming {
        indexes.push(index.made(&INDEXES, |bytes| pack::read_index(bytes).ok().map(Index::new)).await?);
    }
    let indexes: Vec<&Index> = indexes.iter().map(|index| &**index).collect();
    Some(offer(*words, &labels, &indexes, &question).to_message())
}

/// The list for a question.
fn offer(words: Words, labels: &Labels, indexes: &[&Index], question: &Question) -> Answer {
    let query = question.query.as_str();
    if query.trim().is_empty() {
        let recent: Vec<HsCode> = question.recent.split_whitespace().filter_map(|code| code.parse().ok()).collect();
        return if recent.is_empty() {
            Answer::default()
        } else {
            list(words, labels, query, &Offers::Recent(&recent))
        };
    }
    // A national line is offered as it was typed, under the label of its subheading.
    if let Some(line) = query.parse::<HsCode>().ok().filter(|code| code.digits() > 6) {
        return list(words, labels, query, &Offers::Codes(&[line], None));
    }
    let found = search(indexes, query, MOST_OFFERS);
    let codes: Vec<HsCode> = found.hits.iter().map(|hit| hit.code).collect();
    let offers = if !found.families.is_empty() {
        Offers::Families(&found.families)
    } else if codes.is_empty() {
        Offers::Suggestions(indexes.iter().flat_map(|index| index.suggestions(query)).collect())
    } else {
        // The first index is that of the labels shown, unless the query is in another script: then nothing of them is meant.
        Offers::Codes(&codes, indexes.first().map(|index| Marks::of(index, query)))
    };
    list(words, labels, query, &offers)
}
