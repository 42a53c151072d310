//! The finder as a web worker: fetches words, labels and indexes, answers questions.

use std::cell::RefCell;
use std::rc::Rc;

use duty::HsCode;
use finder::{Answer, MOST_OFFERS, Offers, Question, list};
use js_sys::Promise;
use lookup::{Index, Marks, Parts, search, searched};
use pack::{FileName, Labels};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Coming, Known};

// By the address of their files, of which there is one for each language.
thread_local! {
    static WORDS: Known<Words> = const { Known::nothing() };
    static LABELS: Known<Labels> = const { Known::nothing() };
    static PARTS: Known<Language> = const { Known::nothing() };
    /// By the address of the further words.
    static WHOLE: Known<Language> = const { Known::nothing() };
    /// Further words on their way, by their address, the last attempt of each last.
    static COMING: RefCell<Vec<(String, Promise)>> = const { RefCell::new(Vec::new()) };
}

/// One language, ready to be searched.
struct Language {
    /// What its index was made of, for as long as words may join it.
    parts: Parts,
    index: Index,
}

impl Language {
    fn read(bytes: &[u8]) -> Option<Self> {
        let parts = pack::read_index(bytes).ok()?;
        Some(Self {
            index: Index::new(parts.clone()),
            parts,
        })
    }
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
    let words = Coming::new(&WORDS, &FileName::Messages(language).address(files)?, question.afresh);
    let labels = Coming::new(&LABELS, &FileName::Labels(language).address(files)?, question.afresh);
    let mut coming = Vec::new();
    for language in searched(language, &question.query, &offered) {
        let further = FileName::Words(language).address(files);
        let usual = Coming::new(&PARTS, &FileName::Index(language).address(files)?, question.afresh);
        coming.push((further.unwrap_or_default(), usual));
    }
    let read_words = |bytes: &[u8]| {
        let texts = Texts::new(pack::read_messages(bytes, EDITION).ok()?);
        Some(Words::new(texts, Format::new(language)))
    };
    let words = words.made(&WORDS, read_words).await?;
    let labels = labels.made(&LABELS, |bytes| pack::read_labels(bytes).ok()).await?;
    let mut indexes = Vec::new();
    for (further, usual) in coming {
        let usual = usual.made(&PARTS, Language::read).await?;
        indexes.push(whole(&usual, &further, &question).await?);
    }
    let indexes: Vec<&Index> = indexes.iter().map(|language| &language.index).collect();
    Some(offer(*words, &labels, &indexes, &question).to_message())
}

/// A language with all its words, once they are there. Until then with the usual ones, if a query needs no others: the further words are
/// three times as many bytes, and no first keystroke shall wait for them.
async fn whole(usual: &Rc<Language>, further: &str, question: &Question) -> Option<Rc<Language>> {
    if further.is_empty() {
        return Some(Rc::clone(usual));
    }
    if let Some(whole) = WHOLE.with(|known| known.get(further)) {
        return Some(whole);
    }
    let under_way = COMING.with_borrow_mut(|coming| match coming.iter().rev().find(|(address, _)| address == further) {
        Some((_, under_way)) if !question.afresh => under_way.clone(),
        _ => {
            let promise = future_to_promise(join(Rc::clone(usual), further.to_owned(), question.afresh));
            coming.push((further.to_owned(), promise.clone()));
            promise
        }
    });
    if usual.index.knows(&question.query) {
        return Some(Rc::clone(usual));
    }
    JsFuture::from(under_way).await.ok()?;
    WHOLE.with(|known| known.get(further))
}

/// Fetches the further words of a language and joins them to the usual ones. If they do not arrive, they are not there afterwards: a promise
/// that fails would be reported to the console where nobody waits for it.
async fn join(usual: Rc<Language>, further: String, afresh: bool) -> Result<JsValue, JsValue> {
    let coming = Coming::new(&WHOLE, &further, afresh);
    let joined = coming.made(&WHOLE, |bytes| {
        let parts = usual.parts.clone().with(&pack::read_index(bytes).ok()?);
        Some(Language {
            parts: Parts::default(),
            index: Index::new(parts),
        })
    });
    let _ = joined.await;
    Ok(JsValue::UNDEFINED)
}

/// The list for a question.
fn offer(words: Words, labels: &Labels, indexes: &[&Index], question: &Question) -> Answer {
    let query = question.query.as_str();
    if query.trim().is_empty() {
        let recent = question.recent.split_whitespace().filter_map(|code| code.parse().ok());
        let recent: Vec<HsCode> = recent.collect();
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
        Offers::Suggestions(
            indexes.iter().flat_map(|index| index.suggestions(query)).collect(),
            &question.search,
        )
    } else {
        // The first index is that of the labels shown, unless the query is in another script: then nothing of them is meant.
        Offers::Codes(&codes, indexes.first().map(|index| Marks::of(index, query)))
    };
    list(words, labels, query, &offers)
}
