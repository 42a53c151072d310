//! What the page knows: the query, what has been loaded for it, and the answer. Components read it and change the query; nothing else
//! holds state.

use std::any::Any;
use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;

use details::Subject;
use duty::{AssessmentError, Case, DutyExpression, Economy, HsCode, RateBasis, Shipment, Spread, Treatment, Unit, assess_all};
use leptos::prelude::*;
use pack::{FileName, Labels, LineLabels, Rates, ReadError};
use query::{Parsed, RawQuery};
use time::{Date, Month};
use words::{EDITION, LANGUAGES, Texts, Words, negotiate};

use crate::data::{Cache, Load, LoadError, Loaded, Loading, fetch, files};
use crate::details::Details;
use crate::finder::Finder;
use crate::listener::follow;

/// The language of the labels and of the interface.
pub type Language = &'static str;

/// Everything the page knows, as long as the page lives. Copied into every component and every listener: as a pointer, because each copy is
/// code.
#[derive(Clone, Copy)]
pub struct AppState(&'static Known);

impl Deref for AppState {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.0
    }
}

/// What [`AppState`] points to.
pub struct Known {
    /// What the person typed.
    pub query: RwSignal<RawQuery>,
    /// The day the page was opened.
    pub today: Date,
    /// The languages the browser prefers.
    preferred: Vec<String>,
    /// The search for products.
    pub finder: Finder,
    /// What is made only when it is asked for.
    pub details: Details,
    files: Cache,
}

/// What there is to show.
#[derive(Clone)]
pub enum Answer {
    /// No product is chosen.
    Nothing,
    /// A field is wrong and says so itself.
    Wrong,
    /// No product is chosen, and the tariff is browsed instead.
    Browsing,
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
pub struct Ready {
    /// Which answer of the page it is, counted.
    number: u32,
    /// What was asked.
    pub shipment: Shipment,
    /// The tariff.
    pub rates: Arc<Rates>,
    /// The answer for every line the candidates leave open.
    pub spread: Spread,
    /// The same on 1 January next year.
    pub next_year: Option<Spread>,
    /// The code that was typed, if the tariff does not have it and its subheading was taken instead.
    pub replaced: Option<HsCode>,
}

impl Ready {
    /// Whether several codes are kept.
    #[must_use]
    pub fn has_several_candidates(&self) -> bool {
        self.shipment.candidates().single().is_none()
    }
}

impl AppState {
    /// The state of a page opened at a link. `preferred` are the browser's languages.
    #[must_use]
    pub fn new(search: &str, preferred: Vec<String>, today: Date) -> Self {
        let query = RwSignal::new(RawQuery::from_search(search));
        let state = Self(Box::leak(Box::new(Known {
            query,
            today,
            preferred,
            finder: Finder::default(),
            details: Details::default(),
            files: Cache,
        })));
        state.load_what_is_needed();
        follow(Box::new(move || {
            if let Some(subject) = state.subject() {
                state.details.ask(&subject);
            }
        }));
        state
    }

    /// Rates and words come first; labels only when the answer stands or nothing is chosen yet, so that they never delay it.
    fn load_what_is_needed(self) {
        let files = self.files;
        follow(Box::new(move || {
            let language = self.language();
            // The larger first, so that both are there for the first picture.
            if let Some(importer) = self.parsed().to {
                files.ensure(FileName::Rates(importer), || load_rates(importer));
            }
            files.ensure(FileName::Messages(language), || load_texts(language));
            let answer = self.answer();
            if matches!(answer, Answer::Loading) || files.ready::<Texts>(FileName::Messages(language)).is_none() {
                return;
            }
            files.ensure(FileName::Labels(language), || load_labels(language));
            if let Some(name) = answer.importer().and_then(|importer| self.line_labels_file(importer)) {
                files.ensure(name, || load(name, pack::read_line_labels));
            }
        }));
    }

    /// The query, understood; tracked. Understood anew each time: that takes microseconds, and a memo a kilobyte.
    #[must_use]
    pub fn parsed(self) -> Parsed {
        let language = self.language();
        self.query.with(|query| query.read_in(language).parse(self.today))
    }

    /// The answer; tracked. Assessed once for each question, whoever asks.
    #[must_use]
    pub fn answer(self) -> Answer {
        let Some(shipment) = self.parsed().shipment else {
            return self.query.with(|query| match query.browsed() {
                Some(_) => Answer::Browsing,
                None if query.hs.is_empty() => Answer::Nothing,
                None => Answer::Wrong,
            });
        };
        let importer = shipment.importer();
        match self.files.get::<Rates>(FileName::Rates(importer)) {
            None | Some(Load::Loading) => Answer::Loading,
            Some(Load::Failed(error)) => Answer::Failed(importer, error),
            Some(Load::Ready(rates)) => LAST.with_borrow_mut(|last| last.answer(shipment, rates)),
        }
    }

    /// The language of the interface.
    #[must_use]
    pub fn language(self) -> Language {
        let chosen = self.query.with(|query| query.language.clone());
        negotiate(
            std::iter::once(chosen.as_str()).chain(self.preferred.iter().map(String::as_str)),
            LANGUAGES,
        )
    }

    /// The words of the interface.
    #[must_use]
    pub fn texts(self) -> Option<Load<Texts>> {
        self.files.get(FileName::Messages(self.language()))
    }

    /// The labels of the language chosen.
    #[must_use]
    pub fn labels(self) -> Option<Arc<Labels>> {
        self.files.ready(FileName::Labels(self.language()))
    }

    /// The labels of an importer's lines in the language chosen.
    #[must_use]
    pub fn line_labels(self, importer: Economy) -> Option<Arc<LineLabels>> {
        self.files.ready(self.line_labels_file(importer)?)
    }

    /// Whether they are still on their way.
    #[must_use]
    pub fn awaits_line_labels(self, importer: Economy) -> bool {
        let name = self.line_labels_file(importer);
        name.is_some_and(|name| matches!(self.files.get::<LineLabels>(name), None | Some(Load::Loading)))
    }

    fn line_labels_file(self, importer: Economy) -> Option<FileName<'static>> {
        Some(FileName::LineLabels(importer.nomenclature()?, self.language()))
    }

    /// What details are about: while a single line is answered, or several candidates are, or the tariff is browsed.
    #[must_use]
    pub fn subject(self) -> Option<String> {
        match self.answer() {
            Answer::Ready(ready) if ready.has_several_candidates() || ready.spread.single().is_some() => {}
            Answer::Browsing => {}
            _ => return None,
        }
        let subject = Subject {
            language: self.language().to_owned(),
            files: files(),
            today: self.today,
            search: self.query.with(RawQuery::to_search),
        };
        Some(subject.to_text())
    }

    /// Tries again to load the rates of an importer.
    pub fn retry_rates(self, importer: Economy) {
        self.files.reload(FileName::Rates(importer), load_rates(importer));
    }

    /// Tries again to load the labels, unless they are there.
    pub fn retry_labels(self) {
        let language = untrack(|| self.language());
        if self.labels().is_none() {
            self.files.reload(FileName::Labels(language), load_labels(language));
        }
    }

    /// Tries again to load the words of the interface.
    pub fn retry_texts(self) {
        let language = untrack(|| self.language());
        self.files.reload(FileName::Messages(language), load_texts(language));
    }
}

/// Fetches a file and reads it.
fn load<T: Any + Send + Sync>(name: FileName<'static>, read: impl FnOnce(&[u8]) -> Result<T, ReadError> + 'static) -> Loading {
    load_erased(name, Box::new(|bytes| Ok(Arc::new(read(bytes)?))))
}

type Read = Box<dyn FnOnce(&[u8]) -> Result<Loaded, ReadError>>;

fn load_erased(name: FileName<'static>, read: Read) -> Loading {
    Box::pin(async move { Ok(read(&fetch(name).await?)?) })
}

fn load_texts(language: Language) -> Loading {
    load(FileName::Messages(language), |bytes| {
        Ok(Texts::new(pack::read_messages(bytes, EDITION)?))
    })
}

fn load_rates(importer: Economy) -> Loading {
    load(FileName::Rates(importer), pack::read_rates)
}

fn load_labels(language: Language) -> Loading {
    load(FileName::Labels(language), pack::read_labels)
}

impl Answer {
    /// Whether a quantity in that unit matters for any duty in it.
    #[must_use]
    pub fn depends_on(&self, unit: Unit) -> bool {
        match self {
            Self::Ready(ready) => ready.spread.cases.iter().any(|case| case.assessment.units.contains(&unit)),
            _ => false,
        }
    }

    /// Whether the general tax of any line in it is not read for that line.
    #[must_use]
    pub fn takes_standard_tax(&self) -> bool {
        let is_standard = |case: &Case| !matches!(case.assessment.vat.basis, RateBasis::Line);
        matches!(self, Self::Ready(ready) if ready.spread.cases.iter().any(is_standard))
    }

    /// The standard rate of the general tax in it as a person would type it; empty if it is no plain percentage.
    #[must_use]
    pub fn standard_tax(&self) -> String {
        let case = match self {
            Self::Ready(ready) => ready.spread.cases.first(),
            _ => None,
        };
        match case.map(|case| &case.assessment.vat.treatment) {
            Some(Treatment::Duty(DutyExpression::AdValorem(rate))) => rate.number().to_string(),
            _ => String::new(),
        }
    }

    /// What the general tax is called in it.
    #[must_use]
    pub fn general_tax(&self, words: Words) -> &'static str {
        match self {
            Self::Ready(ready) => words.general_tax(&ready.rates.schedule),
            _ => words.texts.tax_vat(),
        }
    }

    /// Differs from that of every answer that has something else to show.
    #[must_use]
    pub fn key(&self) -> String {
        let name = match self {
            Self::Nothing => "nothing",
            Self::Wrong => "wrong",
            Self::Browsing => "browsing",
            Self::Loading => "loading",
            Self::Failed(importer, _) => importer.code(),
            Self::NotInTariff(code) => return code.to_string(),
            Self::TooLarge => "large",
            Self::Ready(ready) => return ready.number.to_string() + "th",
        };
        name.to_owned()
    }

    fn importer(&self) -> Option<Economy> {
        match self {
            Self::Ready(ready) => Some(ready.shipment.importer()),
            _ => None,
        }
    }
}

/// The last question, the tariff it was about, and the answer.
#[derive(Default)]
struct Last {
    number: u32,
    asked: Option<(Shipment, Arc<Rates>)>,
    answer: Option<Answer>,
}

thread_local! {
    static LAST: RefCell<Last> = RefCell::default();
}

impl Last {
    fn answer(&mut self, shipment: Shipment, rates: Arc<Rates>) -> Answer {
        let known = self
            .asked
            .as_ref()
            .is_some_and(|(other, of)| *other == shipment && Arc::ptr_eq(of, &rates));
        if let Some(answer) = self.answer.as_ref().filter(|_| known) {
            return answer.clone();
        }
        self.number = self.number.wrapping_add(1);
        let answer = assess(self.number, &shipment, Arc::clone(&rates));
        self.asked = Some((shipment, rates));
        self.answer = Some(answer.clone());
        answer
    }
}

fn assess(number: u32, asked: &Shipment, rates: Arc<Rates>) -> Answer {
    let schedule = &rates.schedule;
    let shipment = asked.known_to(schedule);
    let new_year = Date::from_calendar_date(shipment.on().year() + 1, Month::January, 1).ok();
    match assess_all(schedule, &shipment) {
        Ok(spread) => Answer::Ready(Arc::new(Ready {
            number,
            next_year: new_year.and_then(|date| assess_all(schedule, &shipment.with_date(date)).ok()),
            replaced: asked
                .candidates()
                .single()
                .filter(|code| shipment.candidates().single() != Some(*code)),
            shipment,
            spread,
            rates,
        })),
        Err(AssessmentError::NotInTariff(code)) => Answer::NotInTariff(code),
        // Each case is settled and of this importer, so that nothing else can go wrong.
        Err(_) => Answer::TooLarge,
    }
}
