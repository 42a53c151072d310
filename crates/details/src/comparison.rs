//! Every regime in one table: its rate, its duty, how it compares or why it is refused, and how good the evidence is.

use duty::{Assessment, Due, Rank, Refusal, Regime, RegimeOption, Standing};
use markup::{View, classed, element, grade, paragraph, term};
use words::Words;

use crate::Basis;
use crate::crossing::crossing;

/// The table, and what another price would change.
pub(crate) fn comparison(words: Words, basis: &Basis, assessment: &Assessment) -> View {
    let tie = is_tie(assessment).then(|| paragraph("small", words.texts.tie_papers()));
    View::several([
        table(words, assessment, Terms::Explained),
        tie.unwrap_or_default(),
        crossing(words, basis, assessment),
    ])
}

/// Whether CAFTA and RCEP charge the same, nothing is lower, and either needs its paper.
fn is_tie(assessment: &Assessment) -> bool {
    let is_lowest = |regime| {
        let rank = assessment.option(regime).and_then(RegimeOption::rank);
        matches!(rank, Some(Rank::Best | Rank::AsGood))
    };
    assessment.best != assessment.baseline && [Regime::Acfta, Regime::Rcep].into_iter().all(is_lowest)
}

/// Whether customs terms explain themselves at a tap: on paper nothing can be tapped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Terms {
    Explained,
    Plain,
}

/// The best first, then the other lawful regimes, then the refused ones.
pub(crate) fn table(words: Words, assessment: &Assessment, terms: Terms) -> View {
    let texts = words.texts;
    let headings = [
        texts.column_regime(),
        texts.column_rate(),
        texts.column_duty(),
        texts.column_evidence(),
    ];
    let headings = headings.map(|text| element("th").attribute("scope", "col").text(text).view());
    let places: [fn(&RegimeOption) -> bool; 3] = [
        |option| option.rank() == Some(Rank::Best),
        |option| option.rank().is_some_and(|rank| rank != Rank::Best),
        |option| option.rank().is_none(),
    ];
    let rows = places
        .into_iter()
        .flat_map(|place| assessment.options.iter().filter(move |option| place(option)));
    classed("table", "comparison")
        .child(element("thead").child(element("tr").children(headings).view()).view())
        .child(
            element("tbody")
                .children(rows.map(|option| row(words, assessment, option, terms)))
                .view(),
        )
        .view()
}

fn row(words: Words, assessment: &Assessment, option: &RegimeOption, terms: Terms) -> View {
    let key = option.regime.key();
    let (class, why, duty) = match &option.standing {
        Standing::Lawful { due, rank, bill } => {
            let duty = bill.as_ref().map(|bill| words.format.span(bill.duty, assessment.currency));
            let why = match due {
                Due::Missing(shortfall) => words.shortfall(*shortfall),
                Due::Exact(_) | Due::Between(_) => words.rank(*rank, option.regime.is_mfn()).to_owned(),
            };
            (
                if *rank == Rank::Best { "best" } else { "" },
                why,
                duty.unwrap_or_else(|| "?".to_owned()),
            )
        }
        Standing::Refused(refusal) => ("refused", words.refusal(option.regime, *refusal), "–".to_owned()),
    };
    let regime = words.regime(option.regime);
    let regime = match terms {
        Terms::Explained => term(&("regime-".to_owned() + key), regime, words.regime_explained(option.regime)),
        Terms::Plain => element("strong").text(regime).view(),
    };
    let name = element("th")
        .attribute("scope", "row")
        .child(regime)
        .child(classed("span", "why").text(why).view())
        .children(
            option
                .doubts
                .iter()
                .map(|doubt| classed("span", "doubt").text(words.doubt(*doubt)).view()),
        );
    // What others would pay is of no use to this shipment, and a 0 % among the refused would mislead.
    let outside = matches!(option.standing, Standing::Refused(Refusal::NotAMember(_) | Refusal::NotYet(_)));
    let (rate, evidence) = if outside {
        ("–".to_owned(), View::default())
    } else {
        (
            words.treatment(&option.treatment),
            option
                .grade
                .map(|found| match terms {
                    Terms::Explained => grade(&("grade-".to_owned() + key), found.letter(), words.grade(found)),
                    Terms::Plain => element("span").text(found.letter()).view(),
                })
                .unwrap_or_default(),
        )
    };
    classed("tr", class)
        .child(name.view())
        .child(element("td").text(rate).view())
        .child(element("td").text(duty).view())
        .child(element("td").child(evidence).view())
        .view()
}
