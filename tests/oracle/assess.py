#!/usr/bin/env python3
"""An independent calculation of what goods of ASEAN pay in China and goods of China in ASEAN, to hold the engine against.

Reads data/tariffs/*.csv, data/agreements/*.toml, data/taxes.toml and data/sources.toml with its own parser and writes, beside itself,
assess_cn.csv and assess_asean.csv: shipments to China and to the members of ASEAN, always the same ones. Written from docs/cli.md,
docs/data-sources.md and the grammar of duties, not from the engine. Not part of the build: crates/tables/tests/oracle.rs compares the
engine with the committed files.

    python3 tests/oracle/assess.py          writes the files
    python3 tests/oracle/assess.py --check  says whether the committed files are what would be written

Python 3.11 or later, standard library only. The rules, one sentence each:

1.  MFN is paid without a certificate; where the year has a provisional rate, that one is paid in its place. What is prohibited there may
    not be imported under any agreement.
2.  An agreement applies if the importer grants and the origin benefits, both since that day or earlier, and the line has a rate in it
    that goods of the origin are not refused. What is granted and in no table is unknown. If nothing is to pay without a certificate, a
    rate that is unknown or a range makes no difference.
3.  The zero rate for least developed countries has no column: all lines, except those outside a tariff quota.
4.  A percentage is taken of the customs value; an amount per unit of the quantity in that unit; an amount of 0 asks for no quantity.
    Litres of alcohol are litres times strength. An amount in another currency is worth the stated rate of exchange.
5.  A sliding duty takes the first step whose bound the price of one unit does not exceed (`<=`) or stays below (`<`), else the last;
    if every bound is 0, that is the last at any price, and no quantity is asked for.
6.  A range stays a range; an end that is `none` is what is paid without a certificate, be it the higher or the lower end. No range of an
    agreement reaches above what is paid without a certificate, unless it begins there: nobody need claim it. A tariff quota is a range
    from the duty inside to the duty outside.
7.  The best regime has the lowest duty, ranges counting with their upper end; of those the one that may be lower; of equals the one
    without a certificate, then the first. There is none while a duty that could be lower is not known: a quantity is not stated, or
    the MFN rate is unknown; nor is MFN the best while a preference that is open to the goods has an unknown rate.
8.  Excise is taken of value and unrounded duty; where data/taxes.toml says so, of value, duty and that excise itself. If it depends on the
    price of a unit, that is either the customs value or what it is taken of, and both are computed; of the latter the highest tier counts
    whose own price is in it or above.
9.  The general tax is taken of value, unrounded duty and unrounded excise, at the rate stated, else that of the line, else the importer's
    standard one. Each line is rounded once, halves up, to 0.01, or to 1 where no smaller coin is in use.
10. The saving is what is paid without a certificate less what the best pays, of rounded amounts; of ranges of duty, the ends crosswise,
    but never less than nothing; of a range of tax, at each of its rates alike, and so of the two prices of a unit.
11. Notes: the year of the MFN rate if it is not that of the shipment; the side of a quota; excise; what the tax rests on.
"""

import csv
import io
import re
import sys
import tomllib
import zlib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AGREEMENTS = ["acfta", "rcep", "china_cambodia", "china_singapore", "least_developed"]
REGIMES = ["mfn", "mfn_provisional", *AGREEMENTS]
MEMBERS = ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"]
CURRENCIES = dict(zip(["CN", *MEMBERS], "CNY BND IDR KHR LAK MMK MYR PHP SGD THB USD VND".split()))
WITHOUT_COIN = {"IDR", "KHR", "LAK", "MMK", "VND"}
WORDS = {"none": "no_concession", "excluded": "excluded", "prohibited": "prohibited", "unknown": "unknown"}
TODAY = "2026-11-22"
DATES = [TODAY] * 12 + ["2027-03-01", "2030-06-30", "2026-01-01", "2025-12-31", "2024-11-30", "2022-06-01", "2022-01-01", "2021-12-31"]
VALUES = ["10000", "1234.56", "0.01", "99999.99", "7.3", "123456789.12", "0.25", "1000.05", "33.33", "2500000", "0.5", "654321.987"]
# In currencies whose smallest unit is worth a fraction of a fen.
LARGE_VALUES = ["25000000", "1234567", "7", "99999999.99", "333", "1000500", "654321987.5", "40000000", "12345678901", "99"]
QUANTITIES = ["1000", "12.5", "0.75", "1", "133.3333", "86400", "7", "3333.3"]


class Missing(Exception):
    """A duty depends on what is not stated: `quantity UNIT` or `currency CURRENCY`."""


class Shipment:
    def __init__(self, importer, row, origin, value, date, quantities=(), exchange=None, vat=None):
        self.importer, self.row, self.origin, self.date = importer, row, origin, date
        self.value = Fraction(value)
        self.quantities = {unit: Fraction(amount) for unit, amount in dict(quantities).items()}
        self.exchange, self.vat = exchange, vat
        self.currency = CURRENCIES[importer.code]
        self.question = {
            "importer": importer.code,
            "code": row["code"],
            "origin": origin,
            "value": value,
            "quantity": " ".join(f"{amount}{unit}" for unit, amount in dict(quantities).items()),
            "exchange": " ".join(exchange or ()),
            "vat": vat or "",
            "date": date,
        }

    @property
    def year(self):
        return int(self.date[:4])

    def quantity(self, unit):
        if unit == "Lalc" and unit not in self.quantities:
            return self.quantity("%vol") * self.quantity("L") / 100
        if unit not in self.quantities:
            raise Missing(f"quantity {unit}")
        return self.quantities[unit]

    def worth(self, currency):
        if currency == self.currency:
            return Fraction(1)
        if self.exchange is None or self.exchange[0] != currency:
            raise Missing(f"currency {currency}")
        return Fraction(self.exchange[1])

    def rounded(self, amount):
        """In coins, halves up: no amount is below nothing."""
        digits = 0 if self.currency in WITHOUT_COIN else 2
        return Decimal((2 * amount * 10**digits + 1) // 2).scaleb(-digits)


# --- the grammar of duties -------------------------------------------------------------------------------------------------------


def split_outside_brackets(text, separator):
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0 and text.startswith(separator, at):
            parts.append(text[start:at])
            at += len(separator)
            start = at
        else:
            at += 1
    return [*parts, text[start:]]


def is_within(price, bound):
    limit = Fraction(bound.lstrip("<="))
    return price < limit or (bound.startswith("<=") and price == limit)


def amount_of(duty, value, shipment):
    """What a duty comes to, straight from its text."""
    terms = split_outside_brackets(duty, " + ")
    if len(terms) > 1:
        return sum((amount_of(term, value, shipment) for term in terms), Fraction(0))
    for word, choose in (("max(", max), ("min(", min)):
        if duty.startswith(word):
            return choose([amount_of(part, value, shipment) for part in split_outside_brackets(duty[4:-1], ", ")])
    if duty.startswith("tiers("):
        head, body = duty[6:-1].split(": ", 1)
        steps = [step.split(": ", 1) for step in split_outside_brackets(body, "; ")]
        if value > 0 and all(Fraction(bound.lstrip("<=")) == 0 for bound, _ in steps[:-1]):
            return amount_of(steps[-1][1], value, shipment)
        quantity = shipment.quantity(head.split("/")[1])
        for bound, then in steps:
            if bound == "else":
                return amount_of(then, value, shipment)
            if is_within(value / quantity, bound):
                return amount_of(then, value, shipment)
        raise ValueError(duty)
    if duty.endswith("%"):
        return value * Fraction(duty[:-1]) / 100
    number, per = duty.split(" ")
    currency, unit = per.split("/")
    if Fraction(number) == 0:
        return Fraction(0)
    return Fraction(number) * shipment.quantity(unit) * shipment.worth(currency)


def is_free(duty):
    """Whether every rate in it is 0."""
    rates = re.findall(r"(\d+(?:\.\d+)?)(?:%| [A-Z]{3}/)", duty)
    return bool(rates) and all(Fraction(rate) == 0 for rate in rates)


def rate_for(cell, origin, year):
    """The part of a cell that holds in a year for an origin, without the grade."""
    text, _, refused = cell.split(" [")[0].partition(" except ")
    if origin in refused.split():
        return "excluded"
    if not (text[:4].isdigit() and text[4:6] == ": "):
        return text
    found = "none"
    for step in split_outside_brackets(text, "; "):
        since, rate = step.split(": ", 1)
        if int(since) <= year:
            found = rate
    return found


# --- what is known of an importer ------------------------------------------------------------------------------------------------


def read_toml(path):
    return tomllib.loads((ROOT / "data" / path).read_text(encoding="utf-8"))


def member(agreement, economy, roles):
    return next((m for m in agreement["member"] if m["economy"] == economy and m["role"] in roles), None)


class Importer:
    agreements = {key: read_toml(f"agreements/{key}.toml") for key in AGREEMENTS}
    sources = read_toml("sources.toml")
    taxes = read_toml("taxes.toml")["tax"]

    def __init__(self, code):
        self.code = code
        with (ROOT / f"data/tariffs/{code}.csv").open(encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.columns = set(self.rows[0])
        source = self.sources["tariff"][code]["columns"]["mfn"]
        first = source if isinstance(source, str) else source[0]
        self.year_of_mfn = next(s["year"] for s in self.sources["source"] if s["id"] == first)
        vat = next((tax for tax in self.taxes if (tax["importer"], tax["tax"]) == (code, "vat")), {})
        self.standard_vat = vat.get("standard")
        excise = next((tax for tax in self.taxes if (tax["importer"], tax["tax"]) == (code, "excise")), {})
        self.excise_is_on_itself = "with_itself" in excise
        self.vat_to_confirm = vat.get("status_to_confirm", False) or vat.get("evidence") == "unconfirmed"
        self.regimes = [r for r in REGIMES if r in ("mfn", "acfta", "rcep") or r in self.columns or self.grants(r)]

    def grants(self, regime):
        agreement = self.agreements.get(regime)
        return bool(agreement) and member(agreement, self.code, ("party", "grantor")) is not None

    def closed(self, regime, origin, date):
        """Why an agreement is not open to goods of an origin on a day; None if it is."""
        agreement = self.agreements.get(regime)
        if agreement is None:
            return None
        sides = member(agreement, self.code, ("party", "grantor")), member(agreement, origin, ("party", "beneficiary"))
        if None in sides:
            return "not_a_member"
        return "not_yet" if date < max(side["since"] for side in sides) else None

    def rate(self, regime, row, origin, year):
        blanket = self.agreements.get(regime, {}).get("blanket")
        if blanket:
            return blanket["rate"]
        return rate_for(row[regime], origin, year) if regime in row else "unknown"


# --- one shipment ----------------------------------------------------------------------------------------------------------------


def refusal_of(regime, rate, shipment, base):
    importer, row = shipment.importer, shipment.row
    if rate_for(row["mfn"], shipment.origin, shipment.year) == "prohibited":
        return "prohibited"
    closed = importer.closed(regime, shipment.origin, shipment.date)
    if closed:
        return closed
    blanket = importer.agreements.get(regime, {}).get("blanket")
    if blanket and row.get("quota") == "out" and not blanket["outside_quota"]:
        return "outside_quota"
    if regime == "mfn_provisional" and rate == "none":
        return "no_provisional_rate"
    if regime == "mfn" and rate_for(row.get("mfn_provisional", "none"), shipment.origin, shipment.year) != "none":
        return "replaced_by_provisional"
    if (rate == "unknown" or ".." in rate) and base and is_free(base):
        return "already_free"
    return WORDS.get(rate)


def duty_under(rate, shipment, base):
    """The two ends of the unrounded duty; `base` is what is paid without a certificate: ends, what is missing for them, or None."""
    value = shipment.value
    if rate.startswith("quota("):
        both = [amount_of(part, value, shipment) for part in re.fullmatch(r"quota\(in: (.*); out: (.*)\)", rate).groups()]
        return min(both), max(both)
    if ".." not in rate:
        return (amount_of(rate, value, shipment),) * 2
    least, most = rate.split("..")
    least = amount_of(least, value, shipment)
    if most == "none":
        if not isinstance(base, tuple):
            raise Missing(base or "baseline")
        return min(least, base[0]), max(least, base[1])
    most = amount_of(most, value, shipment)
    if isinstance(base, tuple) and least < base[1]:
        most = min(most, base[1])
    return least, most


def assess(shipment):
    """Per regime a refusal, what is missing, or the two ends of the unrounded duty; and which is paid without a certificate."""
    duties, baseline, base_rate = {}, None, None
    for regime in shipment.importer.regimes:
        rate = shipment.importer.rate(regime, shipment.row, shipment.origin, shipment.year)
        refusal = refusal_of(regime, rate, shipment, base_rate)
        if refusal:
            duties[regime] = refusal
            continue
        try:
            duties[regime] = duty_under(rate, shipment, duties.get(baseline))
        except Missing as missing:
            duties[regime] = str(missing)
        if regime in ("mfn", "mfn_provisional"):
            baseline, base_rate = regime, rate
    return duties, baseline


def is_open_question(duty):
    return isinstance(duty, str) and (duty.startswith(("quantity ", "currency ")) or duty == "baseline")


def ends(pair):
    return f"{pair[0]:f}" if pair[0] == pair[1] else f"{pair[0]:f}~{pair[1]:f}"


def vat_rate(shipment):
    """The rate, and the note it deserves."""
    if shipment.vat:
        return f"{shipment.vat}%", None
    rate = rate_for(shipment.row.get("vat", "unknown"), shipment.origin, shipment.year)
    if rate != "unknown":
        return rate, None
    if shipment.importer.standard_vat is None:
        return None, "vat_unknown"
    return shipment.importer.standard_vat, "vat_unconfirmed" if shipment.importer.vat_to_confirm else "vat_standard"


def excise_rate(shipment):
    return rate_for(shipment.row.get("excise", "unknown"), shipment.origin, shipment.year)


def excise_on(price, rate, shipment):
    """The excise of one rate on value and duty. If it is on itself too, then excise = share of (price + excise) + fixed; solved for it."""
    fixed = amount_of(rate, Fraction(0), shipment)
    share = amount_of(rate, Fraction(1), shipment) - fixed
    return (share * price + fixed) / (1 - share if shipment.importer.excise_is_on_itself else 1)


def both_excises(duty, shipment):
    """The unrounded excise on a duty, twice: at the lower rate of a range, or the customs value for the price of a unit; at the higher
    rate, or the price it is taken of. None if it is not known, or a quantity is missing."""
    rate, price = excise_rate(shipment), shipment.value + duty
    if rate == "unknown":
        return None
    try:
        if rate == "none":
            return [Fraction(0)] * 2
        if ".." in rate:
            return [excise_on(price, end, shipment) for end in rate.split("..")]
        if not rate.startswith("tiers("):
            return [excise_on(price, rate, shipment)] * 2
        head, body = rate[6:-1].split(": ", 1)
        quantity = shipment.quantity(head.split("/")[1])
        tiers = [step.split(": ", 1) for step in split_outside_brackets(body, "; ")]
        by_value = next(then for bound, then in tiers if bound == "else" or is_within(shipment.value / quantity, bound))
        by_own = None
        for position, (_, then) in enumerate(tiers):
            own = price + (excise_on(price, then, shipment) if shipment.importer.excise_is_on_itself else 0)
            if not any(is_within(own / quantity, bound) for bound, _ in tiers[:position]):
                by_own = then
        return [excise_on(price, then, shipment) for then in (by_value, by_own)]
    except Missing:
        return None


def taxes_on(duty, rate, shipment):
    """Rounded excise and general tax, each as [at the lower rates, at the higher rates] of [the two ends of the duty]; None if unknown."""
    excises = [both_excises(end, shipment) for end in duty]
    known = None not in excises
    excise = [[shipment.rounded(excises[end][which]) for end in (0, 1)] for which in (0, 1)] if known else None
    if rate is None:
        return excise, None
    try:
        rates = [rate.split("..")[0], rate.split("..")[-1]]
        bases = [[shipment.value + duty[end] + (excises[end][which] if known else 0) for end in (0, 1)] for which in (0, 1)]
        return excise, [[shipment.rounded(amount_of(r, base, shipment)) for base in ends] for r, ends in zip(rates, bases)]
    except Missing:
        return excise, None


def hull(pairs):
    flat = [amount for pair in pairs for amount in pair]
    return min(flat), max(flat)


def crosswise(before, after):
    nothing = before[0] - before[0]
    return max(before[0] - after[1], nothing), max(before[1] - after[0], nothing)


def notes_of(shipment, vat_note, excises):
    row, notes = shipment.row, []
    tag = re.search(r" \[[A-D] (\d{4})\]$", row["mfn"])
    year = int(tag[1]) if tag else shipment.importer.year_of_mfn
    if year != shipment.year:
        notes.append(f"rates_of_year {year}")
    if row.get("quota"):
        notes.append({"in": "inside_quota", "out": "outside_quota"}[row["quota"]])
    if excise_rate(shipment) == "unknown":
        notes.append("excise_unknown")
    elif both_excises(Fraction(0), shipment) is None:
        notes.append("excise_not_included")
    elif excise_rate(shipment).startswith("tiers(") and any(by_value != by_own for by_value, by_own in excises):
        notes.append("excise_by_either_price")
    return "; ".join([*notes, *([vat_note] if vat_note else [])])


def answer(shipment):
    duties, baseline = assess(shipment)
    known = [regime for regime in duties if isinstance(duties[regime], tuple)]
    best = min(known, key=lambda r: (duties[r][1], duties[r][0], r != baseline, REGIMES.index(r)), default=None)
    open_questions = baseline is None or any(is_open_question(duty) for duty in duties.values())
    unread = best == baseline and any(duties.get(regime) == "unknown" for regime in AGREEMENTS)
    if best is not None and (open_questions or unread) and duties[best][1] > 0:
        best = None
    rate, vat_note = vat_rate(shipment)
    duty = {regime: tuple(map(shipment.rounded, duties[regime])) for regime in known}
    taxes = {regime: taxes_on(duties[regime], rate, shipment) for regime in known}
    if rate is not None and taxes_on((Fraction(0),) * 2, rate, shipment)[1] is None:
        vat_note = "vat_unknown"
    result = {regime: ends(duty[regime]) if regime in duty else duties.get(regime, "") for regime in REGIMES}
    result |= {"baseline": baseline or "", "best": best or ""}
    for which, tax in enumerate(("excise", "vat")):
        for name, regime in (("baseline", baseline), ("best", best)):
            result[f"{name}_{tax}"] = ends(hull(taxes[regime][which])) if regime in taxes and taxes[regime][which] else ""
    result |= dict.fromkeys(("saving_duty", "saving_excise", "saving_vat", "saving_total"), "")
    if baseline in duty and best in duty:
        lines = {"duty": crosswise(duty[baseline], duty[best])}
        for which, tax in enumerate(("excise", "vat")):
            if taxes[best][which]:
                lines[tax] = hull(crosswise(one, other) for one, other in zip(taxes[baseline][which], taxes[best][which]))
        if baseline == best:
            lines = {name: crosswise(saved, (saved[1],) * 2) for name, saved in lines.items()}
        lines["total"] = tuple(map(sum, zip(*lines.values())))
        result |= {f"saving_{name}": ends(saved) for name, saved in lines.items()}
    return result | {"notes": notes_of(shipment, vat_note, [
        excise for regime, (excise, _) in taxes.items() if excise and duty[regime][0] == duty[regime][1]
    ])}


# --- which shipments -------------------------------------------------------------------------------------------------------------


def pick(choices, *seed):
    """The same choice on every machine and in every year."""
    return choices[zlib.crc32("/".join(map(str, seed)).encode()) % len(choices)]


def units_of(row):
    """The units of every duty and tax on a line, as a person states them."""
    units = []
    for column in ("mfn", "mfn_provisional", "rcep", "excise", "vat"):
        for unit in re.findall(r"[A-Z]{3}/([^:;,) ]+)", row.get(column) or ""):
            units += [u for u in (("L", "%vol") if unit == "Lalc" else (unit,)) if u not in units]
    return units


def to_china():
    importer = Importer("CN")
    for position, row in enumerate(importer.rows):
        code, units = row["code"], units_of(row)

        def shipment(origin, value, quantities, date, row=row):
            return Shipment(importer, row, origin, value, date, quantities)

        if units:
            # Everything that is not a plain percentage: without the quantity, then several prices, among them the bounds of sliding duties.
            yield shipment(pick(MEMBERS, code, 0), "10000", {}, TODAY)
            for turn in range(6):
                value, quantity = pick(VALUES, code, "v", turn), pick(QUANTITIES, code, "q", turn)
                yield shipment(pick(MEMBERS, code, turn), value, {units[0]: quantity}, pick(DATES, code, "d", turn))
            for bound in ("7.5", "9"):
                for more in ("-0.01", "0", "0.01"):
                    if "tiers(CNY/kg" in row["mfn_provisional"]:
                        value = Decimal(bound) * 1000 + Decimal(more)
                        yield shipment(pick(["TH", "VN", "KH"], code, bound, more), f"{value:f}", {"kg": "1000"}, TODAY)
            if row["excise"].startswith("tiers("):
                # On both sides of the bound and in between, where the price with the tax in it is above it and the customs value is not.
                unit, bound = re.match(r"tiers\(CNY/(\w+): <([\d.]+)", row["excise"]).groups()
                for turn, share in enumerate(("0.5", "0.72", "0.8", "0.85", "0.9", "0.99", "1", "1.3")):
                    value = (Decimal(bound) * Decimal(share) * 200).quantize(Decimal("0.01"))
                    yield shipment(pick(MEMBERS, code, "x", turn), f"{value:f}", {unit: "200"}, TODAY)
        elif row["excise"] not in ("0%", "unknown"):
            yield shipment(pick(MEMBERS, code), pick(VALUES, code), {}, pick(DATES, code, "d"))
        elif row["quota"] or "unknown" in row.values():
            for turn in range(4):
                origin = ["VN", "KH", "TL", pick(MEMBERS, code)][turn]
                yield shipment(origin, pick(VALUES, code, turn), {}, TODAY if turn < 3 else pick(DATES, code))
        elif ".." in rate_for(row["rcep"], "", 2026) and position % 4 == 0:
            yield shipment(pick(MEMBERS, code), pick(VALUES, code), {}, pick(DATES, code, "d"))
        elif row["mfn_provisional"] != "none" and position % 8 == 0:
            yield shipment(pick(MEMBERS, code), pick(VALUES, code), {}, pick(DATES, code, "d"))
        elif position % 20 == 7:
            yield shipment(pick(MEMBERS, code), pick(VALUES, code), {row["unit"]: "100"}, pick(DATES, code, "d"))


def every_kind_of_line(importer):
    """A line for each distinct cell of each column, and for each combination of forms: cells without their numbers and economies."""
    chosen, seen = [], set()
    for row in sorted(importer.rows, key=lambda row: zlib.crc32(row["code"].encode())):
        cells = {(column, text) for column, text in row.items() if column not in ("code", "unit")}
        forms = tuple(re.sub(r" (?=[A-Z]{2}\b(?!/))[A-Z ]+", " ", re.sub(r"[1-9][\d.]*", "1", row[c])) for c in row if c not in ("code", "unit"))
        if not cells <= seen or forms not in seen:
            chosen.append(row)
            seen |= cells | {forms}
    return chosen


def to_asean():
    for importer in map(Importer, MEMBERS):
        for row in every_kind_of_line(importer):
            code, units = row["code"], units_of(row)

            def shipment(turn, quantities=(), exchange=None, row=row, code=code):
                value = pick(LARGE_VALUES if CURRENCIES[importer.code] in WITHOUT_COIN else VALUES, code, "v", turn)
                vat = pick(["7.5", "0", "10"], code, turn) if pick(range(12), code, "vat", turn) == 0 else None
                return Shipment(importer, row, "CN", value, pick(DATES, code, "d", turn), quantities, exchange, vat)

            dollar = ("USD", "4010.5") if "USD" in row["mfn"] + row.get("rcep", "") and importer.code == "KH" else None
            yield shipment(0)
            if units:
                for turn in (1, 2, 3):
                    quantities = {unit: "4.8" if unit == "%vol" else pick(QUANTITIES, code, unit, turn) for unit in units}
                    yield shipment(turn, quantities, dollar)
                # Not enough: the last quantity is not stated, or another currency than the duty's.
                yield shipment(4, dict(list(quantities.items())[:-1]), dollar)
                if dollar:
                    yield shipment(5, quantities)
                    yield shipment(6, quantities, ("THB", "120"))
            elif "quota" in row["mfn"] or any(".." in row.get(regime, "") for regime in REGIMES):
                yield shipment(1)
                yield shipment(2)


def table(shipments):
    text = io.StringIO()
    writer = None
    for shipment in shipments:
        row = shipment.question | answer(shipment)
        if writer is None:
            writer = csv.DictWriter(text, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow(row)
    return text.getvalue()


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    for name, shipments in (("assess_cn.csv", to_china()), ("assess_asean.csv", to_asean())):
        target = Path(__file__).with_name(name)
        text = table(shipments)
        if not sys.argv[1:]:
            target.write_bytes(text.encode())
            print(f"{text.count(chr(10)) - 1} shipments in {name}")
        elif target.read_bytes() != text.encode():
            sys.exit(f"{name} is not what the tables give; run {Path(__file__).name} again")


main()
