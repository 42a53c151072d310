//! The tariff as a tree of links: sections, chapters, headings, subheadings and national lines, each with what it charges below.

use duty::{Charges, Economy, HsCode, Outline, Refusal, Regime, Remark};
use markup::{View, classed, element, paragraph, term};
use pack::{Labels, LineLabels, Rates};
use time::Date;
use words::Words;

/// The numbers of the sections, the last that of what nations number behind the Harmonized System.
const NUMERALS: &str = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII";

fn numeral(section: usize) -> &'static str {
    NUMERALS.split(' ').nth(section).unwrap_or_default()
}

/// The levels of the tree below the sections: chapter, heading, subheading, and the national lines, which have eight or ten digits.
const LEVELS: [u8; 4] = [2, 4, 6, HsCode::MAX_DIGITS];

/// What the tree is made of.
pub struct Tree<'a> {
    /// The link of the page, in order, with its question mark: what every link in it keeps.
    pub search: &'a str,
    /// The tariff of the importer; none if the link names no importer.
    pub rates: Option<&'a Rates>,
    /// Whose goods; none if the link names no origin.
    pub origin: Option<Economy>,
    /// The day for which the figures are.
    pub on: Date,
    /// What codes mean.
    pub labels: &'a Labels,
    /// The titles of the sections, each by its first chapter.
    pub sections: &'a Labels,
    /// What tells national lines apart, where it is at hand.
    pub lines: Option<&'a LineLabels>,
}

/// Between a place and the next below it.
const NEXT: &str = " › ";

/// A place of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// The whole tariff.
    Root,
    /// A section, by its position.
    Section(usize),
    /// A chapter, heading, subheading or national line.
    Code(HsCode),
}

/// What lies below a place, with what it charges; none if that is asked for no trade of China and ASEAN.
type Row = (HsCode, Option<Outline>);

/// A place of the tree as it is shown.
pub struct Page {
    /// What it is called, as text: for the title of the document.
    pub title: String,
    /// Its markup.
    pub view: View,
}

impl Tree<'_> {
    /// What a link names: a section by its numeral, anything else by its digits. What does not exist is the nearest place above it that
    /// does, at last the whole tariff.
    #[must_use]
    pub fn node(&self, text: &str) -> Node {
        let section = NUMERALS.split(' ').position(|numeral| numeral.eq_ignore_ascii_case(text));
        if let Some(position) = section.filter(|position| !self.chapters_of(*position).is_empty()) {
            return Node::Section(position);
        }
        let written = text
            .chars()
            .take_while(|character| matches!(character, '0'..='9' | '.' | ' ' | '-'));
        let digits: String = written.filter(char::is_ascii_digit).take(usize::from(HsCode::MAX_DIGITS)).collect();
        let beginnings = (2..=digits.len()).rev();
        let mut codes = beginnings.filter_map(|length| digits.get(..length)?.parse::<HsCode>().ok());
        codes.find(|code| self.has(*code)).map_or(Node::Root, Node::Code)
    }

    /// Whether there is such a place: a line of the importer, or a level of the tariff above one.
    fn has(&self, code: HsCode) -> bool {
        let line = self.rates.and_then(|rates| rates.schedule.lines_under(code).next());
        let is_above = |line: HsCode| matches!(code.digits(), 2 | 4 | 6) && code.covers(line);
        self.labels.label(code).is_some() || line.is_some_and(|line| line.code() == code || is_above(line.code()))
    }

    /// The codes of a level, in the order of the tariff: those of the Harmonized System and those of the importer alone.
    fn codes(&self, level: u8, is_wanted: &dyn Fn(HsCode) -> bool) -> Vec<HsCode> {
        let mut codes: Vec<HsCode> = Vec::new();
        let mut add = |code: HsCode| {
            if is_wanted(code)
                && let Err(place) = codes.binary_search(&code)
            {
                codes.insert(place, code);
            }
        };
        for code in self.labels.codes() {
            if code.digits() == level {
                add(*code);
            }
        }
        if let Some(rates) = self.rates {
            for line in rates.schedule.lines() {
                add(line.code().truncated(level));
            }
        }
        codes
    }

    fn chapters_of(&self, section: usize) -> Vec<HsCode> {
        self.codes(2, &|chapter| self.section_of(chapter) == section)
    }

    /// The section of a code: the last that begins before it.
    fn section_of(&self, code: HsCode) -> usize {
        let chapter = code.truncated(2);
        self.sections.codes().partition_point(|first| *first <= chapter).saturating_sub(1)
    }

    fn below(&self, node: Node) -> Vec<HsCode> {
        match node {
            Node::Root => self.codes(2, &|_| true),
            Node::Section(position) => self.chapters_of(position),
            Node::Code(code) => match LEVELS.into_iter().find(|level| *level > code.digits()) {
                Some(level) if code.digits() <= 6 => self.codes(level, &|other| code.covers(other) && other != code),
                _ => Vec::new(),
            },
        }
    }

    fn section_title(&self, position: usize) -> &str {
        let first = self.sections.codes().get(position);
        first.and_then(|first| self.sections.label(*first)).unwrap_or_default()
    }

    /// What a code means among its siblings; empty where nobody wrote it down.
    fn label(&self, words: Words, code: HsCode) -> String {
        if code.digits() <= 6 {
            return self.labels.label(code).unwrap_or_default().to_owned();
        }
        let label = self.lines.and_then(|lines| Some((lines.label(code)?, lines.is_inferred(code))));
        match label {
            Some((label, true)) => words.texts.label_to_confirm(label),
            Some((label, false)) => label.to_owned(),
            // Only where there are several has a line a label of its own.
            None => self.labels.label(code.subheading()).unwrap_or_default().to_owned(),
        }
    }

    /// What a place is called by itself.
    fn name(&self, words: Words, node: Node) -> String {
        match node {
            Node::Root => words.texts.browse_open().to_owned(),
            Node::Section(position) => spaced(numeral(position), self.section_title(position)),
            Node::Code(code) => {
                let own = self.label(words, code);
                let above = self.labels.label(code.subheading()).unwrap_or_default();
                if code.digits() > 6 && own != above {
                    spaced(&code.dotted(), &(above.to_owned() + ": " + &own))
                } else {
                    spaced(&code.dotted(), &own)
                }
            }
        }
    }

    fn outline(&self, code: HsCode) -> Option<Outline> {
        Outline::of(&self.rates?.schedule, self.origin?, self.on, code).ok()
    }

    fn outlines(&self, codes: &[HsCode]) -> Vec<Row> {
        codes.iter().map(|code| (*code, self.outline(*code))).collect()
    }

    /// The link to another place.
    fn address(&self, place: &str) -> String {
        self.link("browse=", place)
    }

    /// The link of the page with one pair in place of what is browsed. Its value is digits or letters, so that nothing has to be escaped.
    fn link(&self, key: &str, value: &str) -> String {
        let mut link = String::new();
        let mut add = |pair: &[&str]| {
            link.push(if link.is_empty() { '?' } else { '&' });
            link.extend(pair.iter().copied());
        };
        let mut pair = Some([key, value]);
        let others = self.search.trim_start_matches('?').split('&');
        for other in others.filter(|other| !other.is_empty() && !other.starts_with("browse=")) {
            // Links are in the order of their keys.
            if other > key
                && let Some(pair) = pair.take()
            {
                add(&pair);
            }
            add(&[other]);
        }
        if let Some(pair) = pair {
            add(&pair);
        }
        link
    }
}

/// Makes a place of the tree: the way to it, what it charges, and what lies below.
#[must_use]
pub fn page(words: Words, tree: &Tree<'_>, node: Node) -> Page {
    let below = tree.outlines(&tree.below(node));
    let whole = match node {
        Node::Code(code) if below.is_empty() => tree.outline(code),
        _ => sum(&below),
    };
    let name = tree.name(words, node);
    let mut section = classed("section", "choose").child(element("h2").text(&name).view());
    if let Some(whole) = &whole {
        section = section.children(head(words, tree, node, whole));
    }
    section = match node {
        Node::Root => section.children(sections(words, tree, &below)),
        _ => section.child(rows(words, tree, &below)),
    };
    Page {
        title: name + " – " + words.texts.title(),
        view: View::several([way(words, tree, node), section.view()]),
    }
}

fn sum(outlines: &[Row]) -> Option<Outline> {
    let mut whole = Outline::default();
    for (_, outline) in outlines {
        whole.add(outline.as_ref()?);
    }
    Some(whole)
}

/// The places above, from the whole tariff down.
fn way(words: Words, tree: &Tree<'_>, node: Node) -> View {
    if node == Node::Root {
        return View::default();
    }
    let link = |place: &str, text: &str| element("a").attribute("href", tree.address(place)).text(text);
    let mut way = classed("p", "small").child(link("", words.texts.browse_tariff()).view());
    if let Node::Code(code) = node {
        let position = tree.section_of(code);
        way = way.text(NEXT).child(link(numeral(position), tree.section_title(position)).view());
        for level in LEVELS.into_iter().filter(|level| *level < code.digits()) {
            let above = code.truncated(level);
            // The digits say enough to whoever sees the title below them.
            let label = classed("span", "unseen").text(" ").text(tree.label(words, above)).view();
            way = way.text(NEXT).child(link(&above.to_string(), &above.dotted()).child(label).view());
        }
    }
    element("nav")
        .attribute("aria-label", words.texts.browse_open())
        .child(way.view())
        .view()
}

/// What is charged on all that lies below, what to know beside it, and the way to an answer.
fn head(words: Words, tree: &Tree<'_>, node: Node, whole: &Outline) -> Vec<View> {
    let texts = words.texts;
    if whole.lines == 0 {
        let code = match node {
            Node::Code(code) => code.dotted(),
            _ => return Vec::new(),
        };
        return vec![paragraph("note", texts.answer_not_in_tariff(&code))];
    }
    let figure = |regime: Regime, explanation: &str, charges: &Charges| {
        let charged = charged(words, regime, charges, whole.lines);
        let explained = term(regime.key(), words.regime(regime), explanation);
        element("p").child(explained).text(" ").text(charged).view()
    };
    let figures = classed("div", "columns")
        .child(figure(Regime::Mfn, texts.explain_mfn(), &whole.without))
        .child(figure(Regime::Acfta, texts.explain_acfta(), &whole.cafta));
    let mut views = vec![figures.view()];
    if let Some(year) = whole.without.year {
        views.push(paragraph("note", texts.note_rates_of_year(&year.to_string())));
    }
    if let Some(year) = whole.cafta.year {
        let doubt = texts.doubt_rate_of_year(&year.to_string());
        views.push(paragraph("note", words.regime(Regime::Acfta).to_owned() + ": " + &doubt));
    }
    if let Node::Code(code) = node
        && code.digits() >= 4
    {
        let label = classed("span", "label").text(texts.browse_use()).view();
        let link = element("a").attribute("href", tree.link("hs=", &code.to_string())).child(label);
        views.push(element("p").child(link.view()).view());
    }
    views
}

/// The sections, each with its chapters folded in it.
fn sections(words: Words, tree: &Tree<'_>, chapters: &[Row]) -> Vec<View> {
    let mut sections = Vec::new();
    for chapters in chapters.chunk_by(|(one, _), (next, _)| tree.section_of(*one) == tree.section_of(*next)) {
        let Some((first, _)) = chapters.first() else { continue };
        let mut summary = element("summary").text(tree.name(words, Node::Section(tree.section_of(*first))));
        if let Some(whole) = sum(chapters).filter(|whole| whole.lines > 0) {
            summary = summary.child(element("span").text(both(words, &whole)).view());
        }
        let section = element("details").child(summary.view()).child(rows(words, tree, chapters));
        sections.push(section.view());
    }
    sections
}

fn rows(words: Words, tree: &Tree<'_>, codes: &[Row]) -> View {
    let mut list = element("ul");
    for (code, outline) in codes {
        let label = tree.label(words, *code);
        let number = code.dotted();
        let mut link = element("a").attribute("href", tree.address(&code.to_string()));
        link = if label.is_empty() {
            link.child(classed("span", "label").text(number).view())
        } else {
            link.child(classed("span", "label").text(label).view())
                .child(classed("span", "code").text(number).view())
        };
        if let Some(outline) = outline.as_ref().filter(|outline| outline.lines > 0) {
            link = link.child(classed("span", "rates").text(both(words, outline)).view());
        }
        list = list.child(element("li").child(link.view()).view());
    }
    list.view()
}

/// Both regimes in a line. An agreement that is not applied to the goods at all is told once, above the rows.
fn both(words: Words, outline: &Outline) -> String {
    let mut text = spaced(
        words.regime(Regime::Mfn),
        &charged(words, Regime::Mfn, &outline.without, outline.lines),
    );
    let is_applied = !matches!(
        outline.cafta.remarks.as_slice(),
        [(Remark::Refused(Refusal::NotAMember(_) | Refusal::NotYet(_)), _)]
    );
    if is_applied {
        text.push_str(" · ");
        text.push_str(words.regime(Regime::Acfta));
        text.push(' ');
        text.push_str(&charged(words, Regime::Acfta, &outline.cafta, outline.lines));
    }
    text
}

/// `0–20%, some by quantity, some not known`. What is no percentage stays a word.
fn charged(words: Words, regime: Regime, charges: &Charges, lines: usize) -> String {
    let (texts, format) = (words.texts, words.format);
    let mut text = match charges.percent {
        None => String::new(),
        Some((least, most)) if least == most => format.percent(most),
        Some((least, most)) if charges.uncertain == lines => texts.treatment_range(&format.percent(least), &format.percent(most)),
        Some((least, most)) => format.number(least.number()) + "–" + &format.percent(most),
    };
    for (remark, count) in &charges.remarks {
        if !text.is_empty() {
            text.push_str(texts.list_then());
        }
        let said = said(words, regime, *remark);
        text.push_str(&if *count < lines { texts.browse_some(&said) } else { said });
    }
    text
}

fn said(words: Words, regime: Regime, remark: Remark) -> String {
    let texts = words.texts;
    let text = match remark {
        Remark::ByQuantity => texts.rate_by_quantity(),
        Remark::InQuota => texts.browse_quota(),
        Remark::Refused(Refusal::NoConcession) => texts.treatment_none(),
        Remark::Refused(Refusal::Excluded) => texts.treatment_excluded(),
        Remark::Refused(Refusal::Unknown) => texts.treatment_unknown(),
        Remark::Refused(Refusal::Prohibited) => texts.treatment_prohibited(),
        Remark::Refused(refusal) => return words.refusal(regime, refusal),
    };
    text.to_owned()
}

/// A number with what it stands for, if somebody wrote that down.
fn spaced(number: &str, label: &str) -> String {
    if label.is_empty() {
        number.to_owned()
    } else {
        number.to_owned() + " " + label
    }
}
