//! The finder as a web worker: fetches labels and search words, builds the index of `lookup` from them, answers questions.

use finder::{Question, write_codes};
use lookup::{Entry, Index};
use worker::{Known, Request};

thread_local! {
    /// By the address of their labels.
    static INDEXES: Known<Index> = const { Known::nothing() };
}

fn main() {
    worker::serve(|question| Box::pin(answer(question)));
}

async fn answer(question: String) -> Option<String> {
    let question = Question::from_message(&question)?;
    let index = match INDEXES.with(|known| known.get(&question.labels)) {
        Some(index) => index,
        None => {
            let index = build(&question).await?;
            INDEXES.with(|known| known.keep(&question.labels, index))
        }
    };
    let hits = index.search(&question.query, question.limit);
    Some(write_codes(hits.into_iter().map(|hit| hit.code)))
}

async fn build(question: &Question) -> Option<Index> {
    let labels = Request::new(&question.labels, question.afresh);
    let keywords = Request::new(&question.keywords, question.afresh);
    let labels = pack::read_labels(&labels.bytes().await?).ok()?;
    let keywords = pack::read_keywords(&keywords.bytes().await?, &labels).ok()?;
    let entries = labels.iter().zip(&keywords);
    Some(Index::new(entries.map(|((code, label), keywords)| Entry { code, label, keywords })))
}
