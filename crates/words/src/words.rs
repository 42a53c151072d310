//! The domain in words: regimes, countries, units, duties, reasons. One place, so that a thing has one name on the whole page.

use std::ops::Deref;

use duty::{
    Assessment, Currency, Doubt, DutyExpression, Economy, Grade, Note, NumberError, QuotaSide, Rank, Refusal, Regime, Schedule, Shortfall,
    Span, Tax, TaxName, Treatment, Unit,
};

use super::format::Format;
use super::texts::Texts;

/// Words and numbers of one language. Copied wherever something is said: as a pointer, because each copy is code.
#[derive(Clone, Copy)]
pub struct Words(&'static Language);

impl Deref for Words {
    type Target = Language;

    fn deref(&self) -> &Language {
        self.0
    }
}

/// What [`Words`] point to.
pub struct Language {
    /// The words.
    pub texts: Texts,
    /// The numbers.
    pub format: Format,
}

impl Words {
    /// Kept for good: a language, once loaded, stays loaded.
    #[must_use]
    pub fn new(texts: Texts, format: Format) -> Self {
        Self(Box::leak(Box::new(Language { texts, format })))
    }

    /// The short name of a regime.
    #[must_use]
    pub fn regime(self, regime: Regime) -> &'static str {
        let texts = self.texts;
        match regime {
            Regime::Mfn => texts.regime_mfn(),
            Regime::MfnProvisional => texts.regime_mfn_provisional(),
            Regime::Acfta => texts.regime_acfta(),
            Regime::Rcep => texts.regime_rcep(),
            Regime::ChinaCambodia => texts.regime_china_cambodia(),
            Regime::ChinaSingapore => texts.regime_china_singapore(),
            Regime::LeastDeveloped => texts.regime_least_developed(),
        }
    }

    /// What a regime is, in a sentence or two.
    #[must_use]
    pub fn regime_explained(self, regime: Regime) -> &'static str {
        let texts = self.texts;
        match regime {
            Regime::Mfn => texts.explain_mfn(),
            Regime::MfnProvisional => texts.explain_mfn_provisional(),
            Regime::Acfta => texts.explain_acfta(),
            Regime::Rcep => texts.explain_rcep(),
            Regime::ChinaCambodia => texts.explain_china_cambodia(),
            Regime::ChinaSingapore => texts.explain_china_singapore(),
            Regime::LeastDeveloped => texts.explain_least_developed(),
        }
    }

    /// The paper that proves origin under a regime; `None` where none is needed.
    #[must_use]
    pub fn proof(self, regime: Regime) -> Option<&'static str> {
        let texts = self.texts;
        match regime {
            Regime::Mfn | Regime::MfnProvisional => None,
            Regime::Acfta => Some(texts.proof_acfta()),
            Regime::Rcep => Some(texts.proof_rcep()),
            Regime::ChinaCambodia | Regime::ChinaSingapore | Regime::LeastDeveloped => Some(texts.proof_other()),
        }
    }

    /// The rates of what is paid without a certificate and of the best regime, each behind its name.
    #[must_use]
    pub fn rates(self, assessment: &Assessment) -> String {
        let regimes = assessment
            .baseline
            .into_iter()
            .chain(assessment.best.filter(|best| Some(*best) != assessment.baseline));
        let rates = regimes
            .filter_map(|regime| assessment.option(regime))
            .map(|option| self.regime(option.regime).to_owned() + " " + &self.treatment(&option.treatment));
        joined(rates, " · ")
    }

    /// What the importer calls its general tax at import.
    #[must_use]
    pub fn general_tax(self, schedule: &Schedule) -> &'static str {
        self.tax_name(
            schedule
                .national_tax(Tax::Vat)
                .map_or(TaxName::ValueAddedTax, |national| national.name),
        )
    }

    /// What the importer calls its excise.
    #[must_use]
    pub fn excise(self, schedule: &Schedule) -> &'static str {
        self.tax_name(schedule.national_tax(Tax::Excise).map_or(TaxName::Excise, |national| national.name))
    }

    /// Duty and taxes on it, as the parts of a sum. There is no word of an excise where there is none.
    #[must_use]
    pub fn parts(self, schedule: &Schedule, currency: Currency, duty: Span, excise: Option<Span>, vat: Option<Span>) -> String {
        let money = |span| self.format.span(span, currency);
        let mut parts = self.texts.part_duty(&money(duty));
        if let Some(excise) = excise.filter(|excise| !excise.most.is_zero()) {
            parts = parts + " + " + &self.texts.part_tax(self.excise(schedule), &money(excise));
        }
        let vat = vat.map_or_else(|| self.texts.treatment_unknown().to_owned(), money);
        parts + " + " + &self.texts.part_tax(self.general_tax(schedule), &vat)
    }

    /// What a tax is called.
    #[must_use]
    pub fn tax_name(self, name: TaxName) -> &'static str {
        let texts = self.texts;
        match name {
            TaxName::ValueAddedTax => texts.tax_vat(),
            TaxName::GoodsAndServicesTax => texts.tax_gst(),
            TaxName::SalesTax => texts.tax_sales(),
            TaxName::CommercialTax => texts.tax_commercial(),
            TaxName::Excise => texts.tax_excise(),
            TaxName::SpecialTax => texts.tax_special(),
            TaxName::ConsumptionTax => texts.tax_consumption(),
        }
    }

    /// The name of an economy.
    #[must_use]
    pub fn economy(self, economy: Economy) -> &'static str {
        let texts = self.texts;
        match economy {
            Economy::Brunei => texts.economy_bn(),
            Economy::China => texts.economy_cn(),
            Economy::Indonesia => texts.economy_id(),
            Economy::Cambodia => texts.economy_kh(),
            Economy::Laos => texts.economy_la(),
            Economy::Myanmar => texts.economy_mm(),
            Economy::Malaysia => texts.economy_my(),
            Economy::Philippines => texts.economy_ph(),
            Economy::Singapore => texts.economy_sg(),
            Economy::Thailand => texts.economy_th(),
            Economy::TimorLeste => texts.economy_tl(),
            Economy::VietNam => texts.economy_vn(),
        }
    }

    /// The name of a unit, as after a number of them.
    #[must_use]
    pub fn unit(self, unit: Unit) -> &'static str {
        let name = self.unit_names(unit);
        name.split_once('|').map_or(name, |(_, many)| many)
    }

    /// The name of one unit, as after "per".
    #[must_use]
    pub fn one(self, unit: Unit) -> &'static str {
        let name = self.unit_names(unit);
        name.split_once('|').map_or(name, |(one, _)| one)
    }

    /// `litre|litres`, or one name for both.
    fn unit_names(self, unit: Unit) -> &'static str {
        let texts = self.texts;
        match unit {
            Unit::Kilogram => texts.unit_kilogram(),
            Unit::Gram => texts.unit_gram(),
            Unit::Carat => texts.unit_carat(),
            Unit::Litre => texts.unit_litre(),
            Unit::Kilolitre => texts.unit_kilolitre(),
            Unit::Metre => texts.unit_metre(),
            Unit::SquareMetre => texts.unit_square_metre(),
            Unit::Piece => texts.unit_piece(),
            Unit::HundredPieces => texts.unit_hundred_pieces(),
            Unit::Pair => texts.unit_pair(),
            Unit::Set => texts.unit_set(),
            Unit::KilowattHour => texts.unit_kilowatt_hour(),
            Unit::Minute => texts.unit_minute(),
            Unit::KilogramOrLitre => texts.unit_kilogram_or_litre(),
            Unit::LitreOfAlcohol => texts.unit_litre_of_alcohol(),
            Unit::PercentByVolume => texts.unit_percent_by_volume(),
        }
    }

    /// A duty in words: `20%`, `¥21 per m²`, `20% up to a price of ¥7.50 per kg, above it ¥1.50 per kg`.
    #[must_use]
    pub fn duty(self, duty: &DutyExpression) -> String {
        let (texts, format) = (self.texts, self.format);
        let list = |terms: &[DutyExpression], separator: &str| joined(terms.iter().map(|term| self.duty(term)), separator);
        match duty {
            DutyExpression::AdValorem(percent) => format.percent(*percent),
            DutyExpression::Specific(rate) => texts.duty_per_unit(&format.money_rate(rate.amount, rate.currency), self.one(rate.unit)),
            DutyExpression::Sum(terms) => list(terms, " + "),
            DutyExpression::Highest(terms) => texts.duty_highest(&list(terms, texts.list_or())),
            DutyExpression::Lowest(terms) => texts.duty_lowest(&list(terms, texts.list_or())),
            DutyExpression::Tiers(tiers) => {
                let price = |amount| texts.duty_per_unit(&format.money_rate(amount, tiers.currency), self.one(tiers.unit));
                let mut words: Vec<String> = Vec::new();
                for step in &tiers.steps {
                    let bound = price(step.bound);
                    let duty = self.duty(&step.duty);
                    words.push(if step.inclusive {
                        texts.duty_up_to(&duty, &bound)
                    } else {
                        texts.duty_below(&duty, &bound)
                    });
                }
                words.push(texts.duty_otherwise(&self.duty(&tiers.otherwise)));
                joined(words, texts.list_then())
            }
        }
    }

    /// What a column says, in words. A word that is not a duty never looks like one.
    #[must_use]
    pub fn treatment(self, treatment: &Treatment) -> String {
        let (texts, format) = (self.texts, self.format);
        match treatment {
            Treatment::Duty(duty) => self.duty(duty),
            Treatment::Range { least, most: Some(most) } => texts.treatment_range(&format.percent(*least), &format.percent(*most)),
            Treatment::Range { least, most: None } => texts.treatment_range_or_none(&format.percent(*least)),
            Treatment::Quota { inside, outside } => texts.treatment_quota(&self.duty(inside), &self.duty(outside)),
            Treatment::NoConcession => texts.treatment_none().to_owned(),
            Treatment::Excluded => texts.treatment_excluded().to_owned(),
            Treatment::Unknown => texts.treatment_unknown().to_owned(),
            Treatment::Prohibited => texts.treatment_prohibited().to_owned(),
        }
    }

    /// Why a regime does not apply.
    #[must_use]
    pub fn refusal(self, regime: Regime, refusal: Refusal) -> String {
        let texts = self.texts;
        match refusal {
            Refusal::NotAMember(Economy::TimorLeste) => texts.refusal_timor_leste().to_owned(),
            Refusal::NotAMember(economy) => texts.refusal_not_a_member(self.economy(economy)),
            Refusal::NotYet(date) => texts.refusal_not_yet(&self.format.date(date)),
            Refusal::NoConcession => texts.refusal_no_concession(self.regime(regime)),
            Refusal::Excluded => texts.refusal_excluded().to_owned(),
            Refusal::OutsideQuota => texts.refusal_outside_quota().to_owned(),
            Refusal::ReplacedByProvisional => texts.refusal_replaced_by_provisional().to_owned(),
            Refusal::NoProvisionalRate => texts.refusal_no_provisional_rate().to_owned(),
            Refusal::Prohibited => texts.refusal_prohibited().to_owned(),
            Refusal::Unknown => texts.refusal_unknown().to_owned(),
            Refusal::AlreadyFree => texts.refusal_already_free().to_owned(),
        }
    }

    /// How a lawful regime compares.
    #[must_use]
    pub fn rank(self, rank: Rank, is_mfn: bool) -> &'static str {
        let texts = self.texts;
        match rank {
            Rank::Best if is_mfn => texts.rank_best_mfn(),
            Rank::Best => texts.rank_best(),
            Rank::AsGood => texts.rank_as_good(),
            Rank::Higher => texts.rank_higher(),
            Rank::NoBetterThanMfn => texts.rank_no_better_than_mfn(),
            Rank::WithoutCertificate => texts.rank_without_certificate(),
            Rank::MayBeLower => texts.rank_may_be_lower(),
            Rank::Undecided => texts.rank_undecided(),
        }
    }

    /// What a grade of evidence means.
    #[must_use]
    pub fn grade(self, grade: Grade) -> &'static str {
        let texts = self.texts;
        match grade {
            Grade::A => texts.grade_a(),
            Grade::B => texts.grade_b(),
            Grade::C => texts.grade_c(),
            Grade::D => texts.grade_d(),
        }
    }

    /// What remains to be confirmed about a regime.
    #[must_use]
    pub fn doubt(self, doubt: Doubt) -> String {
        match doubt {
            Doubt::Membership(economy) => self.texts.doubt_membership(self.economy(economy)),
            Doubt::StatusMayHaveChanged(economy) => self.texts.doubt_status(self.economy(economy)),
            Doubt::TwoRates => self.texts.doubt_two_rates().to_owned(),
            Doubt::RateOfYear(year) => self.texts.doubt_rate_of_year(&year.to_string()),
        }
    }

    /// What the reader must know beside the figures.
    #[must_use]
    pub fn note(self, note: Note, schedule: &Schedule) -> String {
        let texts = self.texts;
        let excise = || self.excise(schedule);
        let general = || self.general_tax(schedule);
        match note {
            Note::RatesOfYear(year) => texts.note_rates_of_year(&year.to_string()),
            Note::Quota(QuotaSide::Inside) => texts.note_quota_inside().to_owned(),
            Note::Quota(QuotaSide::Outside) => texts.note_quota_outside().to_owned(),
            Note::ExciseNotIncluded => texts.note_excise(excise(), general()),
            Note::ExciseByEitherPrice => texts.note_excise_price(excise()),
            Note::ExciseUnknown => texts.note_excise_unknown(excise()),
            Note::VatStandard => texts.note_vat_standard(general()),
            Note::VatUnconfirmed => texts.note_vat_unconfirmed(general()),
            Note::VatUnknown => texts.note_vat_unknown(general()),
        }
    }

    /// What is wrong with a number.
    #[must_use]
    pub fn number_error(self, error: NumberError) -> &'static str {
        let texts = self.texts;
        match error {
            NumberError::Empty => texts.error_number_empty(),
            NumberError::NotANumber => texts.error_number(),
            NumberError::Negative => texts.error_number_negative(),
            NumberError::Zero => texts.error_number_zero(),
            NumberError::TooLarge => texts.error_number_large(),
        }
    }

    /// What a duty is waiting for.
    #[must_use]
    pub fn shortfall(self, shortfall: Shortfall) -> String {
        match shortfall {
            Shortfall::Quantity(unit) => self.texts.shortfall_quantity(self.unit(unit)),
            Shortfall::Currency(currency) => self.texts.shortfall_currency(currency.code()),
            Shortfall::Baseline | Shortfall::Undefined | Shortfall::Overflow => self.texts.treatment_unknown().to_owned(),
        }
    }
}

/// One text of several. What the standard library has for this takes half a kilobyte for each kind of text.
#[must_use]
pub fn joined(texts: impl IntoIterator<Item = String>, separator: &str) -> String {
    let mut whole = String::new();
    for text in texts {
        if !whole.is_empty() {
            whole.push_str(separator);
        }
        whole.push_str(&text);
    }
    whole
}
