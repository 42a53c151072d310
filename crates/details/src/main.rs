//! The program as a web worker: fetches the words and the tariff, which the browser has kept for the page already, and makes what is asked.

use std::rc::Rc;

use details::{Basis, Node, Part, Question, Subject, Tree, make, page, write_parts};
use duty::{Economy, parse_date};
use pack::{FileName, Labels, LineLabels, Rates};
use query::RawQuery;
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Coming, Known};

// By the address of their files, of which there is one for each language or importer.
thread_local! {
    static RATES: Known<Rates> = const { Known::nothing() };
    static WORDS: Known<Words> = const { Known::nothing() };
    static LABELS: Known<Labels> = const { Known::nothing() };
    static LINES: Known<LineLabels> = const { Known::nothing() };
}

fn main() {
    worker::serve(|question| Box::pin(answer(question)));
}

/// What travels to the program.
struct Files<'a> {
    language: &'static str,
    published: &'a str,
    afresh: bool,
}

async fn answer(question: String) -> Option<String> {
    let question = Question::from_message(&question)?;
    let subject = Subject::from_text(&question.subject)?;
    let files = Files {
        language: LANGUAGES.iter().find(|language| **language == subject.language)?,
        published: &subject.files,
        afresh: question.afresh,
    };
    let query = RawQuery::from_search(&subject.search);
    if query.browsed().is_some() {
        return browse(&files, &subject, &query).await;
    }
    let asked = query.parse(subject.today).shipment?;
    // Both travel at once.
    let words = files.words()?;
    let rates = files.rates(asked.importer())?;
    let words = files.read_words(words).await?;
    let rates = read_rates(rates).await?;
    let basis = Basis::of(&asked, &rates)?;
    let make = |part: Part| Some((part, make(part, *words, &basis)?.into()));
    Some(write_parts(question.parts.into_iter().filter_map(make)))
}

/// The place of the tree a query names.
async fn browse(files: &Files<'_>, subject: &Subject, query: &RawQuery) -> Option<String> {
    let asked = query.parse(subject.today);
    // All travel at once.
    let words = files.words()?;
    let labels = files.labels(FileName::Labels(files.language))?;
    let sections = files.labels(FileName::Sections(files.language))?;
    let rates = asked.to.and_then(|importer| files.rates(importer));
    let words = files.read_words(words).await?;
    let labels = read_labels(labels).await?;
    let sections = read_labels(sections).await?;
    let rates = match rates {
        Some(rates) => Some(read_rates(rates).await?),
        None => None,
    };
    let mut tree = Tree {
        query,
        rates: rates.as_deref(),
        origin: asked.from,
        on: parse_date(&query.on_or(subject.today)).unwrap_or(subject.today),
        labels: &labels,
        sections: &sections,
        lines: None,
    };
    let node = tree.node(query.browsed()?);
    let is_deep = matches!(node, Node::Code(code) if code.digits() >= 6);
    let lines = match asked.to.filter(|_| is_deep).and_then(|importer| files.line_labels(importer)) {
        Some(lines) => Some(lines.made(&LINES, |bytes| pack::read_line_labels(bytes).ok()).await?),
        None => None,
    };
    tree.lines = lines.as_deref();
    let page = page(*words, &tree, node);
    Some(write_parts([(Part::Tree, page.view.into()), (Part::Title, page.title)]))
}

impl Files<'_> {
    fn words(&self) -> Option<Coming<Words>> {
        let messages = FileName::Messages(self.language).address(self.published)?;
        Some(Coming::new(&WORDS, messages, self.afresh))
    }

    async fn read_words(&self, words: Coming<Words>) -> Option<Rc<Words>> {
        let read = |bytes: &[u8]| {
            let texts = Texts::new(pack::read_messages(bytes, EDITION).ok()?);
            Some(Words::new(texts, Format::new(self.language)))
        };
        words.made(&WORDS, read).await
    }

    fn rates(&self, importer: Economy) -> Option<Coming<Rates>> {
        let rates = FileName::Rates(importer).address(self.published)?;
        Some(Coming::new(&RATES, rates, self.afresh))
    }

    fn labels(&self, name: FileName<'_>) -> Option<Coming<Labels>> {
        Some(Coming::new(&LABELS, name.address(self.published)?, self.afresh))
    }

    /// Of the importer's lines in the language, or in English where there are none in it.
    fn line_labels(&self, importer: Economy) -> Option<Coming<LineLabels>> {
        let nomenclature = importer.nomenclature()?;
        let names = [self.language, "en"].map(|language| FileName::LineLabels(nomenclature, language));
        let address = names.into_iter().find_map(|name| name.address(self.published))?;
        Some(Coming::new(&LINES, address, self.afresh))
    }
}

async fn read_rates(rates: Coming<Rates>) -> Option<Rc<Rates>> {
    rates.made(&RATES, |bytes| pack::read_rates(bytes).ok()).await
}

async fn read_labels(labels: Coming<Labels>) -> Option<Rc<Labels>> {
    labels.made(&LABELS, |bytes| pack::read_labels(bytes).ok()).await
}
