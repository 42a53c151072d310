//! The program as a web worker: fetches what the browser has kept for the page already, and makes what is asked.

use std::rc::Rc;

use details::{Basis, Names, Part, Question, Subject, Tree, make, page, write_parts};
use duty::{Economy, parse_date};
use js_sys::Reflect;
use pack::{FileName, Labels, LineLabels, Rates};
use query::{Parsed, RawQuery};
use wasm_bindgen::JsValue;
use words::{EDITION, Format, LANGUAGES, Texts, Words};
use worker::{Coming, Known};

/// What a file is read into. One type for all of them, because the waiting for a file is compiled for each type.
enum Thing {
    Words(Words),
    Rates(Rc<Rates>),
    Labels(Rc<Labels>),
    Sections(Labels),
    Lines(Rc<LineLabels>),
}

thread_local! {
    static THINGS: Known<Thing> = const { Known::nothing() };
}

fn main() {
    worker::serve(|question| Box::pin(answer(question)));
}

async fn answer(question: String) -> Option<String> {
    let question = Question::from_message(&question)?;
    let subject = Subject::from_text(&question.subject)?;
    let query = RawQuery::from_search(&subject.search).read_in(&subject.language);
    let asked = query.parse(subject.today);
    let mut coming = Vec::new();
    // All travel at once.
    for name in needed(&question, &subject, &query, &asked)? {
        coming.push((name, Coming::new(&THINGS, &name.address(&subject.files)?, question.afresh)));
    }
    let mut things = Vec::new();
    for (name, coming) in coming {
        let made = coming.made(&THINGS, |bytes| read(name, bytes)).await;
        // A code without its label is still a code, and an importer without its tariff is told as such among the others.
        let can_be_missed = match name {
            FileName::Labels(_) | FileName::LineLabels(..) => true,
            FileName::Rates(importer) => asked.to != Some(importer),
            _ => false,
        };
        if made.is_none() && !can_be_missed {
            return None;
        }
        things.extend(made);
    }
    answered(&question, &subject, query, asked, &things)
}

/// The files a question needs.
fn needed(question: &Question, subject: &Subject, query: &RawQuery, asked: &Parsed) -> Option<Vec<FileName<'static>>> {
    let language: &'static str = LANGUAGES.iter().find(|language| **language == subject.language)?;
    let mut names = vec![FileName::Messages(language)];
    names.extend(asked.to.map(FileName::Rates));
    let place = query.browsed();
    // Into China it is one tariff for all origins, from China one for each importer.
    if place.is_none() && asked.to.is_some_and(Economy::is_asean) && question.parts.contains(&Part::Partners) {
        let others = Economy::China.partners().filter(|importer| asked.to != Some(*importer));
        let published = others.map(FileName::Rates).filter(|name| name.address(&subject.files).is_some());
        names.extend(published);
    }
    let names_codes = question.parts.iter().any(|part| matches!(part, Part::Candidates | Part::Keep));
    if place.is_some() || names_codes {
        names.push(FileName::Labels(language));
    }
    if place.is_some() {
        names.push(FileName::Sections(language));
    }
    // National lines are below the six digits of a subheading.
    if names_codes || place.is_some_and(|place| place.len() >= 6) {
        let nomenclature = asked.to.and_then(Economy::nomenclature);
        names.extend(nomenclature.map(|nomenclature| FileName::LineLabels(nomenclature, language)));
    }
    Some(names)
}

fn read(name: FileName<'static>, bytes: &[u8]) -> Option<Thing> {
    Some(match name {
        FileName::Messages(language) => {
            let texts = Texts::new(pack::read_messages(bytes, EDITION).ok()?);
            Thing::Words(Words::new(texts, Format::new(language)))
        }
        FileName::Rates(_) => Thing::Rates(Rc::new(pack::read_rates(bytes).ok()?)),
        FileName::Labels(_) => Thing::Labels(Rc::new(pack::read_labels(bytes).ok()?)),
        FileName::Sections(_) => Thing::Sections(pack::read_labels(bytes).ok()?),
        FileName::LineLabels(..) => Thing::Lines(Rc::new(pack::read_line_labels(bytes).ok()?)),
        FileName::Index(_) | FileName::Words(_) => return None,
    })
}

fn answered(question: &Question, subject: &Subject, query: RawQuery, asked: Parsed, things: &[Rc<Thing>]) -> Option<String> {
    let (mut words, mut rates, mut labels, mut sections, mut lines) = (None, None, None, None, None);
    let mut others = Vec::new();
    for thing in things {
        match &**thing {
            Thing::Words(thing) => words = Some(*thing),
            Thing::Rates(thing) if asked.to == Some(thing.schedule.importer()) => rates = Some(thing),
            Thing::Rates(thing) => others.push(Rc::clone(thing)),
            Thing::Labels(thing) => labels = Some(thing),
            Thing::Sections(thing) => sections = Some(thing),
            Thing::Lines(thing) => lines = Some(thing),
        }
    }
    let words = words?;
    let Some(place) = query.browsed() else {
        let names = Names {
            labels: labels.cloned(),
            lines: lines.cloned(),
        };
        let basis = Basis::of(page_address(), query, &asked.shipment?, rates?, names)?.with_others(others);
        let make = |part: Part| Some((part, make(part, words, &basis)?.into()));
        return Some(write_parts(question.parts.iter().copied().filter_map(make).collect()));
    };
    let tree = Tree {
        search: &subject.search,
        rates: rates.map(Rc::as_ref),
        origin: asked.from,
        on: parse_date(&query.on_or(subject.today)).unwrap_or(subject.today),
        labels: labels?,
        sections: sections?,
        lines: lines.map(Rc::as_ref),
    };
    let page = page(words, &tree, tree.node(place));
    Some(write_parts(vec![(Part::Tree, page.view.into()), (Part::Title, page.title)]))
}

/// The address of the page: the program lies beside it.
fn page_address() -> String {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &JsValue::from_str(name)).unwrap_or_default();
    let program = get(&get(&js_sys::global(), "location"), "href").as_string().unwrap_or_default();
    let folder = program.rfind('/').and_then(|last| program.get(..=last));
    folder.unwrap_or_default().to_owned()
}
