//! The answer in one number and one sentence: what the buyer saves, and why.

use duty::{Assessment, Doubt, Regime};

use super::element::{View, classed, paragraph};
use crate::state::Ready;
use markup::term;
use words::{Words, joined};

/// What the hero says.
struct Message {
    lead: &'static str,
    number: String,
    sentence: String,
    /// The regime the sentence is about, to explain at one tap.
    regime: Option<Regime>,
}

/// The hero in plain words, for screen readers.
pub(crate) fn spoken(words: Words, ready: &Ready) -> String {
    let Message {
        lead, number, sentence, ..
    } = message(words, ready);
    lead.to_owned() + " " + &number + ". " + &sentence
}

fn message(words: Words, ready: &Ready) -> Message {
    match ready.spread.single() {
        Some(case) => one_line(words, ready, &case.assessment),
        None => several_lines(words, ready),
    }
}

/// The hero.
pub(crate) fn hero(words: Words, ready: &Ready) -> View {
    let assessment = ready.spread.single().map(|case| &case.assessment);
    let message = message(words, ready);
    let mut sentence = classed("p", "sentence").text(message.sentence);
    if let Some(regime) = message.regime {
        sentence = sentence.text(" ").markup(&term(
            "hero-term",
            &words.texts.what_is(words.regime(regime)),
            words.regime_explained(regime),
        ));
    }
    let notes = assessment.map(|assessment| notes(words, ready, assessment)).unwrap_or_default();
    let best = assessment.and_then(|assessment| assessment.best);
    // Amounts of rupiah and dong are long, and an amount must not break.
    let size = if message.number.chars().count() > 10 {
        "number long"
    } else {
        "number"
    };
    classed("div", "hero")
        // What a frame may tell the page around it.
        .attribute("data-best", best.map(Regime::key).unwrap_or_default())
        .child(paragraph("lead", message.lead))
        .child(paragraph(size, message.number))
        .child(sentence.view())
        .children(notes.into_iter().map(|note| paragraph("note", note)))
        .view()
}

/// What must be known beside the number, from the whole answer and from the regime that wins. What concerns the tax stands beside the tax,
/// and of which year a rate is, beside the rate.
fn notes(words: Words, ready: &Ready, assessment: &Assessment) -> Vec<String> {
    let best = assessment.best.and_then(|best| assessment.option(best));
    let doubts = best.into_iter().flat_map(|option| &option.doubts);
    let doubts = doubts
        .filter(|doubt| !matches!(doubt, Doubt::RateOfYear(_)))
        .map(|doubt| words.doubt(*doubt));
    let schedule = &ready.rates.schedule;
    let notes = assessment.notes.iter().filter(|note| !note.is_about_tax());
    notes.map(|note| words.note(*note, schedule)).chain(doubts).collect()
}

fn one_line(words: Words, ready: &Ready, assessment: &Assessment) -> Message {
    let texts = words.texts;
    let rate = |regime| {
        assessment
            .option(regime)
            .map(|option| words.treatment(&option.treatment))
            .unwrap_or_default()
    };
    let missing = assessment.missing_units();
    let (Some(baseline), Some(best), Some(saving)) = (assessment.baseline, assessment.best, assessment.saving) else {
        let importer = assessment.currency.code();
        return match (missing.first(), assessment.missing_currency()) {
            _ if assessment.is_prohibited() => Message {
                lead: texts.hero_prohibited_lead(),
                number: words.economy(ready.shipment.importer()).to_owned(),
                sentence: texts.hero_prohibited_sentence().to_owned(),
                regime: None,
            },
            (Some(unit), _) => Message {
                lead: texts.hero_quantity_lead(),
                number: texts.hero_quantity_number(words.unit(*unit)),
                sentence: texts.hero_quantity_sentence().to_owned(),
                regime: None,
            },
            (None, Some(currency)) => Message {
                lead: texts.hero_currency_lead(),
                number: texts.hero_currency_number(importer, currency.code()),
                sentence: texts.hero_currency_sentence(currency.code()),
                regime: None,
            },
            (None, None) if assessment.baseline.is_some() => Message {
                lead: texts.hero_unknown_lead(),
                number: "?".to_owned(),
                sentence: texts.hero_unread_sentence(&unread(words, assessment), &assessment.baseline.map(rate).unwrap_or_default()),
                regime: None,
            },
            (None, None) => Message {
                lead: texts.hero_unknown_lead(),
                number: "?".to_owned(),
                sentence: texts.hero_unknown_sentence().to_owned(),
                regime: None,
            },
        };
    };
    if best == baseline {
        let free = assessment.best_bill().is_some_and(|bill| bill.duty.most.is_zero());
        return Message {
            lead: texts.hero_nothing_lead(),
            number: words.format.span(saving.total, assessment.currency),
            sentence: if free {
                texts.hero_free_sentence().to_owned()
            } else {
                texts.hero_nothing_sentence(&rate(best))
            },
            regime: Some(baseline),
        };
    }
    let parts = words.parts(&ready.rates.schedule, assessment.currency, saving.duty, saving.excise, saving.vat);
    let sentence = texts.hero_cut_sentence(words.regime(best), &rate(baseline), &rate(best)) + " " + &texts.hero_parts(&parts);
    Message {
        lead: if saving.total.exact().is_some() {
            texts.hero_saves_lead()
        } else {
            texts.hero_saves_between_lead()
        },
        number: words.format.span(saving.total, assessment.currency),
        sentence,
        regime: Some(best),
    }
}

/// The preferences whose rates no source at hand has.
fn unread(words: Words, assessment: &Assessment) -> String {
    let unread = assessment.options.iter().filter(|option| option.is_unread_preference());
    joined(unread.map(|option| words.regime(option.regime).to_owned()), ", ")
}

fn several_lines(words: Words, ready: &Ready) -> Message {
    let texts = words.texts;
    let count = ready.spread.cases.len().to_string();
    let currency = ready.shipment.value().currency();
    let number = match ready.spread.saving {
        Some(saving) => words.format.span(saving, currency),
        None => "?".to_owned(),
    };
    let is_complete = ready.spread.is_complete();
    let mut lead = texts.hero_choose_lead();
    let sentence = if ready.has_several_candidates() {
        if ready.spread.is_same_duty() {
            lead = texts.hero_saves_lead();
            texts.hero_candidates_same()
        } else if is_complete {
            texts.hero_candidates_sentence()
        } else {
            texts.hero_candidates_incomplete()
        }
        .to_owned()
    } else if is_complete || ready.spread.saving.is_none() {
        texts.hero_choose_sentence(&count)
    } else {
        texts.hero_choose_incomplete_sentence(&count)
    };
    Message {
        lead,
        number,
        sentence,
        regime: None,
    }
}
