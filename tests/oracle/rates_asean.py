#!/usr/bin/env python3
"""An independent check of data/tariffs/{BN,ID,KH,LA,MM,MY,PH,SG,TH,TL,VN}.csv against the files they were made from. Reads them its own way.

    python3 -m venv target/oracle && target/oracle/bin/pip install openpyxl==3.1.5
    target/oracle/bin/python tests/oracle/rates_asean.py SOURCES_DIR

SOURCES_DIR is laid out as data/sources.toml says. The files are not in the repository, so this is not part of the gates; run it after
every new import. Checked: every line is there and no other; every cell, its grade, its year and the Parties refused; units. Then the
sources are compared with one another where two of them state the same rate: those differences are counted and shown, not errors.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[2]
CURRENCY = {"BN": "BND", "SG": "SGD", "KH": "USD"}
UNITS = {"kg": "kg", "Kg": "kg", "KGM": "kg", "l": "L", "LTR": "L", "liter": "L", "m": "m", "MTR": "m", "m2": "m2", "MTK": "m2", "u": "piece",
         "unit": "piece", "NMB": "piece", "2u": "pair", "pair": "pair", "100u": "hundred", "CEN": "hundred", "set": "set", "carat": "carat",
         "CTM": "carat", "kWh": "kWh"}  # all others have no code
WORDS = {"zero": "0%", "Exempted": "0%", "Free": "0%", "미양허": "none", "N.O.": "none", "미확인": "unknown", "Prohibited": "prohibited"}


def plain(number):
    """A number without superfluous zeros."""
    number = Decimal(number).normalize()
    return f"{number:f}"


def rate(number):
    return plain(number) + "%"


def spread(numbers):
    numbers = sorted(Decimal(number) for number in numbers)
    return rate(numbers[0]) if numbers[0] == numbers[-1] else f"{rate(numbers[0])}..{rate(numbers[-1])}"


N = r"(\d+(?:\.\d+)?)"


def read(text, importer, unit=None):
    """A text of a tariff in the duty grammar. Whole texts by regular expression: no parts are taken apart and put together."""
    text = text.strip('"').strip()
    dollar = CURRENCY.get(importer)
    if text in WORDS:
        return WORDS[text]
    if re.fullmatch(rf"{N}%(?: ?/ ?{N}%)*", text):
        return spread(re.findall(N, text))
    if match := re.fullmatch(rf"In ?: {N}% Out ?: {N}%", text) or re.fullmatch(rf"{N}% ?\(NHN: {N}%\)", text):
        inside, outside = rate(match[1]), rate(match[2])
        return inside if inside == outside else f"quota(in: {inside}; out: {outside})"
    rules = [
        (rf"{N}¢/kg", lambda m: f"{plain(Decimal(m[1]) / 100)} {dollar}/kg"),
        (rf"{N}¢/dal", lambda m: f"{plain(Decimal(m[1]) / 1000)} {dollar}/L"),
        (rf"\${N}/kg", lambda m: f"{plain(m[1])} {dollar}/kg"),
        (rf"\${N}/dal", lambda m: f"{plain(Decimal(m[1]) / 10)} {dollar}/L"),
        (rf"\${N} Per KGM", lambda m: f"{plain(m[1])} {dollar}/kg"),
        (rf"\${N} Per DAL", lambda m: f"{plain(Decimal(m[1]) / 10)} {dollar}/L"),
        (rf"\${N} Per Litre of Alcohol", lambda m: f"{plain(m[1])} {dollar}/Lalc"),
        (rf"{N}\$/l", lambda m: f"{plain(m[1])} {dollar}/L"),
        (rf"0%\+{N}\$/l", lambda m: f"{plain(m[1])} {dollar}/L"),
        (rf"{N}%\+{N}\$/l", lambda m: f"{rate(m[1])} + {plain(m[2])} {dollar}/L"),
        (r"Rp\. ([\d,]+),-/(kg|liter|menit)", lambda m: f"{m[1].replace(',', '')} IDR/{ {'kg': 'kg', 'liter': 'L', 'menit': 'min'}[m[2]] }"),
        (rf"{N} baht/(.*)", lambda m: f"{plain(m[1])} THB/{thai(m[2])}"),
        (rf"{N}% or {N} ?baht/(.*)", lambda m: f"max({rate(m[1])}, {plain(m[2])} THB/{thai(m[3])})"),
        (rf"RM ?{N} per 100% vol\. ?per litre", lambda m: f"{plain(m[1])} MYR/Lalc"),
        (rf"RM ?{N} per 100% vol\. ?per litre and {N}%", lambda m: f"{plain(m[1])} MYR/Lalc + {rate(m[2])}"),
        (rf"RM ?{N} per stk", lambda m: f"{plain(m[1])} MYR/piece"),
        (rf"RM ?{N} per litre", lambda m: f"{plain(m[1])} MYR/L"),
        (rf"RM ?{N} per kg", lambda m: f"{plain(m[1])} MYR/kg"),
        (rf"RM ?{N} per 100 gram", lambda m: f"{plain(Decimal(m[1]) * 10)} MYR/kg"),
        (rf"RM ?{N} / ml", lambda m: f"{plain(Decimal(m[1]) * 1000)} MYR/L"),
        (rf"RM ?{N}", lambda m: f"{plain(m[1])} MYR/{unit}"),
        (rf"RM ?{N} and {N}%", lambda m: f"{plain(m[1])} MYR/{unit} + {rate(m[2])}"),
        (rf"{N}% and RM ?{N}", lambda m: f"{rate(m[1])} + {plain(m[2])} MYR/{unit}"),
        (rf"{N}% or RM ?{N} w\.i\.t\.h", lambda m: f"max({rate(m[1])}, {plain(m[2])} MYR/{unit})"),
        (rf"{N}% or RM ?{N} each w\.i\.t\.h", lambda m: f"max({rate(m[1])}, {plain(m[2])} MYR/piece)"),
    ]
    for pattern, told in rules:
        if match := re.fullmatch(pattern, text):
            return told(match)
    raise ValueError(f"{importer}: {text!r}")


def thai(unit):
    return {"kilogram": "kg", "litre": "L", "metre": "m", "solid kilogram - not solid litre": "kg-or-L"}[unit.lower()]


def sheet(sources, importer):
    """The rows of a workbook as dictionaries, by the first line of each title; blanks are empty."""
    book = openpyxl.load_workbook(sources / f"kcs-2025/{importer.lower()}.xlsx", read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    titles = [str(title or "").split("\n")[0] for title in next(rows)]
    for row in rows:
        cells = {title: re.sub(r"\s+", " ", str(cell or "")).strip() for title, cell in zip(titles, row)}
        if len(cells["세번"]) > 6:
            yield cells


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def concordance(sources, edition):
    older = defaultdict(set)
    for row in table(sources / f"concordance/hs2022_{edition}_correlation.csv"):
        older[row["hs2022"]].add(row[edition])
    return older


class Reported:
    """ACFTA rates as TRAINS has them."""

    def __init__(self, sources):
        self.rows = defaultdict(dict)
        for row in table(sources / "trains-preferential/trains_acfta_china156_hs6_latest.csv"):
            self.rows[row["reporter"]][row["hs6"]] = row
        self.older = concordance(sources, "hs2017")

    def told(self, importer, code):
        behind = [code[:6]] if importer in ("ID", "PH", "TH") else sorted(self.older[code[:6]])
        rows = [self.rows[importer].get(one) for one in behind]
        found = [row for row in rows if row and row["na_lines"] == "0"]
        if not found:
            return "unknown [C]"
        least, most = min(Decimal(row["min_rate"]) for row in found), max(Decimal(row["max_rate"]) for row in found)
        if len(found) < len(rows):
            return f"{rate(least)}..none [C]"
        same = least == most and all(row["mfn_lines"] == "0" for row in found)
        return spread([least, most]) + (" [B]" if same else " [C]")


class Lists:
    """The ceilings of the Sensitive and Highly Sensitive Lists."""

    def __init__(self, sources, importer):
        self.older = concordance(sources, "hs2002")
        self.top = defaultdict(Decimal)
        moved = {("MY", "870223"): ["870323"], ("KH", "400910"): ["400911", "400912"], ("KH", "400920"): ["400921", "400922"]}
        for row in table(sources / "acfta-sensitive-lists/acfta_2006_sensitive_lists_hs2002.csv"):
            if row["party"] == importer:
                for code in moved.get((importer, row["hs6"]), [row["hs6"]]):
                    self.top[code] = max(self.top[code], Decimal({"SL": 5, "HSL": 50}[row["list"]]))

    def told(self, code, mfn):
        top = max(self.top[one] for one in self.older[code[:6]])
        if match := re.fullmatch(rf"{N}%", mfn):
            top = min(top, Decimal(match[1]))
        return spread([0, top]) + " [D]"


def simple(sources, importer, columns, acfta):
    """Tariffs in which every row is a line; `columns` are titles for the columns after ACFTA."""
    mfn_title = "기본세율"
    for row in sheet(sources, importer):
        mfn = row[mfn_title]
        if not mfn:
            continue  # stands above its parts
        mfn = read(mfn, importer)
        yield row["세번"], {"mfn": mfn, "acfta": acfta(row["세번"], mfn), "unit": UNITS.get(row.get("단위", ""), "")} | {
            column: read(row[title], importer) for column, title in columns.items()}


def singapore(sources, acfta):
    for row in sheet(sources, "SG"):
        text = row["소비세율"]
        whole = re.fullmatch(r"\$[\d.]+ Per (KGM|DAL|Litre of Alcohol)|[\d.]+%", text)
        excise = read(text, "SG") if whole else "unknown" if text else "0%"
        yield row["세번"], {"mfn": read(row["기본세율"], "SG"), "acfta": acfta(row["세번"], ""), "rcep": "0% [B]", "excise": excise,
                          "unit": UNITS.get(row["단위"], "")}


def malaysia(sources, lists):
    rows = {row["세번"]: row for row in sheet(sources, "MY")}
    lines = {code: row for code, row in rows.items() if row["기본세율"] or row["관세할당"]}
    parts = defaultdict(list)
    for code, row in rows.items():
        if code not in lines and len(code) == 10:
            parts[code[:8]].append(row["RCEP"])
    for code, row in lines.items():
        unit = UNITS.get(row["단위"], "")
        mfn = read(row["기본세율"] or row["관세할당"], "MY", unit)
        if row["RCEP"]:
            rcep = read(row["RCEP"], "MY", unit)
        elif parts[code[:8]] and all(re.fullmatch(r"[\d.]+%", text) for text in parts[code[:8]]):
            rcep = spread(text[:-1] for text in parts[code[:8]])
            rcep += " [C]" if ".." in rcep else " [B]"
        else:
            rcep = "unknown"
        odd = "tobacco content" in row["소비세율"]
        sales = row["부가세율"]
        acfta = "0%..none [D]" if row["ATIGA"] == "N.O." else lists.told(code, mfn)
        yield code, {"mfn": mfn, "acfta": acfta, "rcep": rcep, "unit": unit,
                     "excise": "unknown" if odd else read(row["소비세율"], "MY", unit) if row["소비세율"] else "0%",
                     "vat": "unknown" if not sales or "%/RM" in sales else read(sales, "MY", unit)}


def philippines(sources, acfta):
    families = defaultdict(list)
    for row in sheet(sources, "PH"):
        if row["최혜국"]:
            families[row["세번"][:8]].append(row)
    for code, rows in families.items():
        sides = [re.search(r"(In|Out)-Quota$", row["영문품명"]) for row in rows]
        if not any(sides):
            for row in rows:
                yield row["세번"][:10], {"mfn": read(row["최혜국"], "PH"), "acfta": acfta(code, "")}
            continue
        assert [side[1] for side in sides] == ["In", "Out"] * (len(rows) // 2), code
        for inside, outside in zip(rows[::2], rows[1::2]):
            line = code if len(rows) == 2 else inside["세번"][:10]
            yield line, {"mfn": read(f"In: {inside['최혜국']} Out: {outside['최혜국']}", "PH"), "acfta": acfta(code, "")}


def thailand(sources, acfta):
    rows = {row["세번"]: row for row in sheet(sources, "TH")}
    for old in [code for code in rows if code.startswith("39072090")]:
        rows["39072990" + old[8:]] = rows.pop(old)
    families = defaultdict(dict)
    for code, row in rows.items():
        families[code[:8]][code] = row
    for code, parts in families.items():
        own = parts.pop(code, None)
        if own is None:
            assert code in ("38231910", "72111992", "72111993"), code
            continue
        rcep = read(own["RECP"], "TH") + " [B]" if own["RECP"] else None
        if rcep is None:
            rates = [read(row["RECP"], "TH") for row in parts.values() if row["RECP"]]
            rcep = spread(text.rstrip("%") for text in rates) if rates else "unknown"
            rcep += " [C]" if ".." in rcep else " [B]"
        lines = {part: read(row["기본세율"], "TH") for part, row in parts.items() if row["기본세율"]}
        if not lines:
            lines = {code: read(own["기본세율"], "TH") if own["기본세율"] else "0%" if own["상한세율"] == "Free" else "unknown"}
        for line, mfn in lines.items():
            yield line, {"mfn": mfn, "acfta": acfta(line, ""), "rcep": rcep}


def refusable(text):
    """Rate and Parties of `0%(-KH, CN)`, with or without the percent sign."""
    match = re.fullmatch(rf"{N}%? ?(?:\(-([A-Z, ]+)\))?", text)
    return (rate(match[1]), frozenset(re.findall("[A-Z]+", match[2] or ""))) if match else ("none", frozenset())


def told(rate_, parties, tag):
    return rate_ + ("".join([" except", *(f" {party}" for party in sorted(parties))]) if parties else "") + tag


def viet_nam(sources):
    now = {row["hs8"]: row for row in table(sources / "vn-tariff-2026/vn_bieu_thue_2026_hs8_partial.csv")}
    rows = {("98491900" if row["세번"] == "9849190" else row["세번"]): row for row in sheet(sources, "VN")}
    split = {code[:8] for code in rows if len(code) == 10}

    def vat(text):
        return spread(0 if part == "*" else part for part in text.split("/")) if text else "unknown"

    for code, row in rows.items():
        if code in split:
            continue
        current = now.get(code[:8])
        units = (row if len(code) == 8 else rows[code[:8]])["단위"]
        rcep = read(row["RCEP_CHN"], "VN") if row["RCEP_CHN"] else "none"
        if current is None:
            mfn = "unknown" if row["MFN"].startswith("According") else read(row["MFN"], "VN")
            cells = {"mfn": mfn + " [A 2025]", "acfta": told(*refusable(row["ACFTA"]), " [A 2025]"), "vat": "unknown"}
        else:
            choices = [refusable(part) for part in re.split(r"/", current["acfta_raw"])]
            if len(choices) > 1:
                choices = [choice for choice in choices if choice[0] == refusable(row["ACFTA"])[0]]
            parties = frozenset().union(*(parties for _, parties in choices))
            tag = "" if len({"CN" in refused for _, refused in choices}) == 1 else " [C]"
            mfn = re.sub(rf"^{N}", r"\1%", current["mfn"])
            cells = {"mfn": read(re.sub(rf"NHN: {N}", r"NHN: \1%", mfn), "VN"), "acfta": told(choices[0][0], parties, tag),
                     "vat": vat(current["vat_raw"])}
        yield code, cells | {"rcep": rcep, "unit": UNITS.get(units.split("/")[0].strip(), "")}
    for code in set(now) - {code[:8] for code in rows}:
        yield code, {"mfn": rate(now[code]["mfn"]), "acfta": "none", "rcep": "none", "vat": vat(now[code]["vat_raw"]), "unit": ""}


def timor_leste(sources):
    rules = json.loads((sources / "taxes/flat_and_rules.json").read_text(encoding="utf-8"))["TL"]
    excise = {heading: "1 USD/kg" for heading in range(1701, 1705)} | {2202: "3 USD/L", 2203: "unknown", 2204: "4.5 USD/L", 2205: "4.5 USD/L"}
    excise |= {2206: "4.5 USD/L", 2207: "8.9 USD/L", 2208: "8.9 USD/L", 2401: "100 USD/kg", 2402: "100 USD/kg", 2403: "100 USD/kg"}
    excise |= {2710: "0.06 USD/L", 8703: "0%..30%"} | {heading: "200%" for heading in range(9301, 9308)}
    with (ROOT / "data/labels/en.tsv").open(encoding="utf-8") as file:
        codes = [line.split("\t")[0] for line in file]
    for code in codes:
        if re.fullmatch(r"\d{6}", code):
            yield code, {"mfn": rate(rules["mfn_flat_pct"]), "excise": excise.get(int(code[:4]), "0%")}


def compare(importer, expected):
    """Every cell of the committed table against what was read here."""
    rows = {row["code"]: row for row in table(ROOT / f"data/tariffs/{importer}.csv")}
    expected = dict(expected)
    wrong = [f"{importer} {code}: in one of the two only" for code in sorted(set(rows) ^ set(expected))]
    cells = 0
    for code in rows.keys() & expected.keys():
        columns = set(rows[code]) - {"code"} | {column for column, text in expected[code].items() if text}
        for column in sorted(columns):
            cells += 1
            if rows[code].get(column) != expected[code].get(column):
                wrong.append(f"{importer} {code} {column}: {rows[code].get(column)!r} instead of {expected[code].get(column)!r}")
    print(f"{importer}: {len(rows):6,} lines, {cells:7,} cells, {len(wrong)} differences")
    return wrong


def copies(sources):
    """Where two sources state the same rate."""
    indonesia = {row["세번"]: row["기본세율"] for row in sheet(sources, "ID")}
    btki = {row["hs8"]: row for row in table(sources / "id-btki-2022/id_btki2022_hs8_clean.csv")}
    count = Counter("one only" for _ in set(indonesia) ^ set(btki))
    for code in indonesia.keys() & btki.keys():
        other = btki[code]["bm_mfn_raw"]
        # The book prints amounts without the name of the currency, and a point between thousands.
        kinds = [re.sub(r"Rp|\W", "", text) for text in (indonesia[code], other)]
        same = indonesia[code] == f"{plain(other)}%" if re.fullmatch(N, other) else kinds[0] == kinds[1]
        count["the same" if same else f"{indonesia[code]} and {other}"] += 1
    print("Indonesia, MFN, workbook of 2025 and BTKI of 2022:", dict(count))

    now = {row["hs8"]: row for row in table(sources / "vn-tariff-2026/vn_bieu_thue_2026_hs8_partial.csv")}
    rows = {row["세번"]: row for row in sheet(sources, "VN")}
    split = {code[:8] for code in rows if len(code) == 10}
    mfn, acfta = Counter(), Counter()
    for code, row in rows.items():
        current = now.get(code[:8])
        if code in split or current is None:
            continue
        one, other = [re.findall(N, text) for text in (row["MFN"], current["mfn"])]
        if [Decimal(n) for n in one] == [Decimal(n) for n in other]:
            mfn["the same"] += 1
        elif len(other) > len(one):
            mfn["only 2026 names the rate outside the quota"] += 1
        else:
            mfn["lower in 2026" if Decimal(other[0]) < Decimal(one[0]) else "higher in 2026"] += 1
        choices = [refusable(part) for part in current["acfta_raw"].split("/")]
        if len(choices) > 1:
            found = refusable(row["ACFTA"])
            acfta["split: the same" if set(choices) == {found} else "split: one of the rates of 2026" if found[0] in {c[0] for c in choices} else "differ"] += 1
        else:
            acfta["the same" if refusable(row["ACFTA"]) == choices[0] else "differ"] += 1
    print("Viet Nam, MFN, workbook of 2025 and table of 2026:", dict(mfn))
    print("Viet Nam, ACFTA, the same two:", dict(acfta))

    trains = defaultdict(dict)
    for row in table(sources / "trains-preferential/trains_rcep_hs6_latest.csv"):
        if row["reporter"] == "TH" and row["na_lines"] == "0":
            trains[row["year"]][row["hs6"]] = (Decimal(row["min_rate"]), Decimal(row["max_rate"]))
    thai_rates = defaultdict(set)
    for row in table(ROOT / "data/tariffs/TH.csv"):
        if match := re.fullmatch(rf"{N}%(?:\.\.{N}%)? \[[BC]\]", row["rcep"]):
            thai_rates[row["code"][:6]] |= {Decimal(n) for n in match.groups() if n}
        else:
            thai_rates[row["code"][:6]].add(None)
    for year, reported in sorted(trains.items()):
        count = Counter()
        for code, (least, most) in reported.items():
            rates = thai_rates.get(code)
            if rates is None or None in rates:
                count["no plain rate in the workbook"] += 1
                continue
            ours = (min(rates), max(rates))
            count["the same" if ours == (least, most) else "lower in the workbook" if ours[0] <= least and ours[1] <= most
                  else "higher in the workbook" if ours[0] >= least and ours[1] >= most else "neither"] += 1
        print(f"Thailand, RCEP by subheading, workbook of 2025 and TRAINS of {year}:", dict(count))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sources = Path(sys.argv[1])
    reported = Reported(sources)
    applied = lambda importer: lambda code, mfn: reported.told(importer, code)
    wrong = []
    wrong += compare("BN", simple(sources, "BN", {"rcep": "RCEP"}, applied("BN")))
    wrong += compare("ID", simple(sources, "ID", {}, applied("ID")))
    wrong += compare("KH", simple(sources, "KH", {"rcep": "RCEP", "excise": "특별세", "vat": "부가세"}, Lists(sources, "KH").told))
    wrong += compare("LA", simple(sources, "LA", {"rcep": "RCEP"}, applied("LA")))
    wrong += compare("MM", simple(sources, "MM", {}, applied("MM")))
    wrong += compare("MY", malaysia(sources, Lists(sources, "MY")))
    wrong += compare("PH", philippines(sources, applied("PH")))
    wrong += compare("SG", singapore(sources, applied("SG")))
    wrong += compare("TH", thailand(sources, applied("TH")))
    wrong += compare("TL", timor_leste(sources))
    wrong += compare("VN", viet_nam(sources))
    copies(sources)
    print(*wrong[:40], sep="\n")
    sys.exit(f"{len(wrong)} differences" if wrong else 0)


main()
