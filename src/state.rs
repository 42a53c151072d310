//! What the page knows: the query, what has been loaded for it, and the answer. Components read it and change the query; nothing else
//! holds state.

use std::collections::BTreeSet;
use std::sync::Arc;

use duty::{AssessmentError, Economy, HsCode, Shipment, Spread, assess_all};
use leptos::prelude::*;
use lookup::{Entry, Index};
use pack::{Labels, LineLabels, Rates};
use time::{Date, Month};

use crate::data::{Cache, FileName, Load, LoadError, fetch};
use crate::i18n::{EDITION, LANGUAGES, Texts, negotiate};
use crate::query::{Parsed, RawQuery};

/// The language of the labels and of the interface.
pub type Language = &'static str;

/// Everything the page knows. Copied into every component; the signals live as long as the page.
#[derive(Clone, Copy)]
pub struct AppState {
    /// What the person typed.
    pub query: RwSignal<RawQuery>,
    /// The day the page was opened.
    pub today: Date,
    /// The language of the interface.
    pub language: Memo<Language>,
    /// The query, understood.
    pub parsed: Memo<Parsed>,
    /// The answer.
    pub answer: Memo<Answer>,
    texts: Cache<Language, Texts>,
    rates: Cache<Economy, Rates>,
    labels: Cache<Language, Labels>,
    indexes: Cache<Language, Index>,
    line_labels: Cache<(Economy, Language), LineLabels>,
    /// The languages somebody wants to search in.
    searched: RwSignal<BTreeSet<Language>>,
}

/// What there is to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// No product is chosen, or a field is wrong and says so itself.
    Nothing,
    /// The tariff is on its way.
    Loading,
    /// The tariff could not be loaded.
    Failed(Economy, LoadError),
    /// The tariff has no such code.
    NotInTariff(HsCode),
    /// The amounts are beyond what can be computed exactly.
    TooLarge,
    /// The answer.
    Ready(Arc<Ready>),
}

/// An answer with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    /// What was asked.
    pub shipment: Shipment,
    /// The tariff.
    pub rates: Arc<Rates>,
    /// The answer for every line the code leaves open.
    pub spread: Spread,
    /// The same on 1 January next year.
    pub next_year: Option<Spread>,
    /// The code that was typed, if the tariff does not have it and its subheading was taken instead.
    pub replaced: Option<HsCode>,
}

impl AppState {
    /// The state of a page opened at a link. `preferred` are the browser's languages.
    #[must_use]
    pub fn new(search: &str, preferred: Vec<String>, today: Date) -> Self {
        let query = RwSignal::new(RawQuery::from_search(search));
        let language = Memo::new(move |_| {
            let chosen = query.with(|query| query.language.clone());
            negotiate(std::iter::once(chosen).chain(preferred.iter().cloned()), LANGUAGES)
        });
        let parsed = Memo::new(move |_| query.with(|query| query.parse(today)));
        let rates = Cache::default();
        let answer = Memo::new(move |_| parsed.with(|parsed| answer(parsed, rates)));
        let state = Self {
            query,
            today,
            language,
            parsed,
            answer,
            texts: Cache::default(),
            rates,
            labels: Cache::default(),
            indexes: Cache::default(),
            line_labels: Cache::default(),
            searched: RwSignal::new(BTreeSet::new()),
        };
        state.load_what_is_needed();
        state
    }

    /// Rates and words come first; labels only when the answer stands or nothing is chosen yet, so that they never delay it.
    fn load_what_is_needed(self) {
        Effect::new(move |_| self.load_texts(self.language.get()));
        Effect::new(move |_| {
            if let Some(importer) = self.parsed.with(|parsed| parsed.to) {
                self.load_rates(importer);
            }
        });
        Effect::new(move |_| {
            let language = self.language.get();
            let waiting = self.answer.with(|answer| matches!(answer, Answer::Loading));
            if waiting || self.texts.ready(&language).is_none() {
                return;
            }
            self.load_labels(language);
            if let Some(importer) = self.answer.with(Answer::importer_with_choices) {
                self.load_line_labels(importer, language);
            }
        });
        Effect::new(move |_| {
            for language in self.searched.get() {
                self.load_labels(language);
                if let Some(labels) = self.labels.ready(&language) {
                    self.indexes.ensure(language, || load_index(language, labels));
                }
            }
        });
    }

    /// The words of the interface: those of the language chosen, until they are there those shown before.
    #[must_use]
    pub fn texts(self) -> Option<Load<Texts>> {
        self.texts.get(&self.language.get())
    }

    /// The labels of the language chosen.
    #[must_use]
    pub fn labels(self) -> Option<Arc<Labels>> {
        self.labels.ready(&self.language.get())
    }

    /// How far the labels of the language chosen are.
    #[must_use]
    pub fn labels_load(self) -> Option<Load<Labels>> {
        self.labels.get(&self.language.get())
    }

    /// The labels of an importer's lines in the language chosen.
    #[must_use]
    pub fn line_labels(self, importer: Economy) -> Option<Arc<LineLabels>> {
        self.line_labels.ready(&(importer, self.language.get()))
    }

    /// How far the search in the language of a query is; it needs the labels of that language first.
    #[must_use]
    pub fn index(self, query: &str) -> Load<Index> {
        let language = self.search_language(query);
        match self.labels.get(&language) {
            Some(Load::Failed(error)) => Load::Failed(error),
            _ => self.indexes.get(&language).unwrap_or(Load::Loading),
        }
    }

    /// Chinese words are looked up among Chinese labels, whatever the interface speaks, and the other way round.
    fn search_language(self, query: &str) -> Language {
        let chinese = query.chars().any(|character| ('\u{3400}'..='\u{9fff}').contains(&character));
        let latin = query.chars().any(|character| character.is_ascii_alphabetic());
        match self.language.get() {
            "zh" if latin && !chinese => "en",
            _ if chinese => "zh",
            language => language,
        }
    }

    /// Makes the search for a query ready, if it is not.
    pub fn load_index(self, query: &str) {
        let language = self.search_language(query);
        if self.searched.with_untracked(|searched| !searched.contains(language)) {
            self.searched.update(|searched| _ = searched.insert(language));
        }
    }

    /// Loads the labels of a language once.
    pub fn load_labels(self, language: Language) {
        self.labels.ensure(language, || load_labels(language));
    }

    fn load_line_labels(self, importer: Economy, language: Language) {
        self.line_labels.ensure((importer, language), || async move {
            Ok(pack::read_line_labels(&fetch(FileName::LineLabels(importer, language)).await?)?)
        });
    }

    fn load_texts(self, language: Language) {
        self.texts.ensure(language, || load_texts(language));
    }

    fn load_rates(self, importer: Economy) {
        self.rates.ensure(importer, || load_rates(importer));
    }

    /// Tries again to load the rates of an importer.
    pub fn retry_rates(self, importer: Economy) {
        self.rates.reload(importer, load_rates(importer));
    }

    /// Tries again to load what the search for a query needs.
    pub fn retry_index(self, query: &str) {
        let language = self.search_language(query);
        match self.labels.ready(&language) {
            Some(labels) => self.indexes.reload(language, load_index(language, labels)),
            None => self.labels.reload(language, load_labels(language)),
        }
    }

    /// Tries again to load the words of the interface.
    pub fn retry_texts(self) {
        let language = self.language.get_untracked();
        self.texts.reload(language, load_texts(language));
    }
}

async fn load_texts(language: Language) -> Result<Texts, LoadError> {
    Ok(Texts::new(pack::read_messages(
        &fetch(FileName::Messages(language)).await?,
        EDITION,
    )?))
}

async fn load_rates(importer: Economy) -> Result<Rates, LoadError> {
    Ok(pack::read_rates(&fetch(FileName::Rates(importer)).await?)?)
}

async fn load_labels(language: Language) -> Result<Labels, LoadError> {
    Ok(pack::read_labels(&fetch(FileName::Labels(language)).await?)?)
}

async fn load_index(language: Language, labels: Arc<Labels>) -> Result<Index, LoadError> {
    let keywords = pack::read_keywords(&fetch(FileName::Keywords(language)).await?, &labels)?;
    let entries = labels
        .iter()
        .zip(&keywords)
        .map(|((code, label), keywords)| Entry { code, label, keywords });
    Ok(Index::new(entries))
}

impl Answer {
    /// The importer, if there is an answer in which lines are to choose or to name.
    fn importer_with_choices(&self) -> Option<Economy> {
        match self {
            Self::Ready(ready) => Some(ready.shipment.importer()),
            _ => None,
        }
    }
}

fn answer(parsed: &Parsed, rates: Cache<Economy, Rates>) -> Answer {
    let Some(shipment) = &parsed.shipment else { return Answer::Nothing };
    let importer = shipment.importer();
    match rates.get(&importer) {
        None | Some(Load::Loading) => Answer::Loading,
        Some(Load::Failed(error)) => Answer::Failed(importer, error),
        Some(Load::Ready(rates)) => assess(shipment, rates),
    }
}

fn assess(asked: &Shipment, rates: Arc<Rates>) -> Answer {
    let schedule = &rates.schedule;
    let unknown = schedule.positions_under(asked.code()).is_empty();
    // Exporters often have the code of their own tariff; its first six digits are common to all.
    let shipment = if unknown {
        asked.with_code(asked.code().subheading())
    } else {
        asked.clone()
    };
    let new_year = Date::from_calendar_date(shipment.on().year() + 1, Month::January, 1).ok();
    match assess_all(schedule, &shipment) {
        Ok(spread) => Answer::Ready(Arc::new(Ready {
            next_year: new_year.and_then(|date| assess_all(schedule, &shipment.with_date(date)).ok()),
            replaced: unknown.then(|| asked.code()),
            shipment,
            spread,
            rates,
        })),
        Err(AssessmentError::Overflow) => Answer::TooLarge,
        Err(_) => Answer::NotInTariff(asked.code()),
    }
}
