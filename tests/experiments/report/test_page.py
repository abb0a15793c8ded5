"""The page: self-contained, accessible, complete, and the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest
from pypdf import PdfReader

from experiments.report import numbers
from experiments.report.answer import LINES
from experiments.report.compare.figures import FIGURES
from experiments.report.write import write_report
from sim.errors import InputError
from sim.measures.smallest_effect import SHARE
from tests.experiments.pages import Reader, numbers_in

LANGUAGES = ("en", "zh")


@pytest.mark.long
@pytest.mark.parametrize(
    ("case", "language"),
    [("compare", "en"), ("compare", "zh"), ("simulate", "zh"), ("simulate", "en"), ("single", "en"), ("placebo", "en")],
)
def test_every_number_of_the_answer_stands_in_a_table(drawn, case, language):
    page = Reader(drawn(case).page(language))
    assert 2 <= len(page.answer) <= LINES
    told = [number.lstrip("+−") for line in page.answer for number in numbers_in(line)]
    assert len(told) >= 3
    printed = {number.lstrip("+−") for cell in page.cells for number in numbers_in(cell)}
    too_small = numbers.plain(100 * SHARE, 1)  # stands in the caption of the first figure
    assert [number for number in told if number not in {*printed, too_small}] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_asks_nothing_of_the_network(drawn, language):
    report = drawn("compare")
    page = report.page(language)
    assert "http:" not in page and "https:" not in page
    reader = Reader(page)
    assert not [tag for tag, _ in reader.tags if tag in ("script", "link", "img", "iframe", "object")]
    assert not re.search(r"url\((?!#|data:font/woff;base64,)", page) and "@import" not in page
    ids = {attributes["id"] for _, attributes in reader.tags if "id" in attributes}
    for tag, attributes in reader.tags:
        target = attributes.get("href") or attributes.get("xlink:href")
        if tag == "a" and target and not target.startswith("#"):
            relative = report.results.path / "report" / target
            assert relative.exists() or relative.suffix == ".png", target
        elif target:
            assert target[1:] in ids, target


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_can_be_read_without_eyes(drawn, language):
    page = drawn("compare").page(language)
    reader = Reader(page)
    html = next(attributes for tag, attributes in reader.tags if tag == "html")
    assert html["lang"] == {"en": "en", "zh": "zh-Hans"}[language]
    ids = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    drawings = [attributes for tag, attributes in reader.tags if tag == "svg"]
    assert len(drawings) == len(FIGURES) - 2  # behaviours need an ensemble, parts worlds of their own
    assert all(svg["role"] == "img" and len(svg["aria-label"]) > 20 for svg in drawings)
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.count("<details") >= len(drawings)
    other = {"en": "zh", "zh": "en"}[language]
    assert f'href="report.{other}.html"' in page


def test_the_answer_names_what_settles_most_and_says_what_the_ratio_does(drawn):
    first, second = Reader(drawn("compare").page("en")).answer[:2]
    assert first.startswith("“Grid first” settles most: durable settlement per grievance, 56.")
    begins = (
        "Under “Grid first” petitions registered (in batches, all channels, repeats counted) at province, city and "
    )
    assert second.startswith(begins) and "and their ratio stays at 1" in second
    chinese = Reader(drawn("compare").page("zh")).answer
    assert chinese[0].startswith("“网格先行”化解最多") and "省∶市∶县仍为1" in chinese[1]


def test_answer_of_a_placebo_is_zero_and_says_so(drawn):
    answer = Reader(drawn("placebo").page("en")).answer
    assert answer[0].startswith("“Placebo” does not move durable settlement per grievance by an amount that matters")
    assert "stays at 1" in answer[1]
    assert "the province they change by 0.0\u00a0% [0.0\u00a0to\u00a00.0], at all levels by 0.0" in answer[1]


def test_one_replicate_has_no_interval_and_says_so(drawn):
    page = drawn("single").page("en")
    assert "One replicate: no interval can be given." in page
    assert not re.search(r"\bnan\b", page.lower())
    assert "[" not in "".join(Reader(page).answer)


def test_totals_stand_beside_the_ratio_when_they_rise(drawn):
    sentence = Reader(drawn("simulate").page("en")).answer[1]
    assert sentence.startswith("Under “Gansu 2019” petitions registered (in batches, all channels, repeats counted)")
    assert ", their ratio from 1" in sentence
    assert "the province they change by −3" in sentence and "at all levels by +" in sentence


def test_other_counting_bases_are_told_beside_the_first(drawn):
    page = drawn("compare").page("en")
    table = page[page.index('<details class="bases">') :]
    cells = Reader(table[: table.index("</details>")]).cells
    rows = [[cell.strip() for cell in cells[start : start + 8]] for start in range(0, len(cells), 8)]
    columns = ("province : city : county", "ratio", "all levels")
    assert rows[0] == [
        "Counted",
        "Policy",
        *(f"{what}: {each}" for what in ("Registered", "Presented") for each in columns),
    ]
    assert len(rows) == 1 + 4 * 4 and rows[1][0] == "Batches: all channels, repeats counted"
    assert rows[5][0] == "Batches: visits in person, repeats counted"
    # visits are 60 % of the province's petitions and half of the others': the ratio is 5/6 of that of all channels
    ratio, visits = rows[1][3].split("\u00a0:\u00a0"), rows[5][3].split("\u00a0:\u00a0")
    assert float(visits[1]) == pytest.approx(float(ratio[1]) * 5 / 6, abs=0.01)


def test_report_speaks_of_its_arithmetic_and_limits(drawn):
    page = drawn("compare").page("en")
    for text in ("6 × 0.641 = 3.846", "26.0\u00a0%", "rises by 92\u00a0%", "Counting basis", "not a forecast"):
        assert text in page


@pytest.mark.long
def test_limits_say_whether_assumptions_were_varied(drawn, results_of):
    people = {"name": "people.csv", "members": 2, "sha256": "0", "uncertainties": ["patience"]}
    varied = write_report(results_of(("status_quo", "grid_first"), replicates=2, ensemble=people), "en", formats=())[0]
    for page, told, untold in (
        (drawn("compare").page("en"), "hold the assumed parameters fixed", "Assumed parameters are varied"),
        (varied.read_text("utf-8"), "Assumed parameters are varied", "hold the assumed parameters fixed"),
    ):
        assert told in page and untold not in page


@pytest.mark.long
def test_same_results_give_the_same_bytes_in_another_process(drawn, tmp_path):
    report = drawn("compare")
    before = {path: path.read_bytes() for path in report.paths}
    script = (
        "import sys; from experiments.report.write import write_report; "
        "from experiments.report.kinds import open_results; "
        "print(len(write_report(open_results(sys.argv[1]), formats=('svg',))))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    arguments = [sys.executable, "-c", script, str(report.results.path)]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(before)
    assert [path.name for path, content in before.items() if path.read_bytes() != content] == []


def test_figures_can_be_redrawn_alone(drawn):
    report = drawn("compare")
    path = report.results.path / "report" / "figures" / "ratios.en.svg"
    before, page = path.read_bytes(), report.page("en")
    path.unlink()
    assert write_report(report.results, language="en", figures=("ratios",), formats=("svg",)) == [path]
    assert path.read_bytes() == before
    assert report.page("en") == page


def test_png_is_the_same_every_time_and_carries_its_provenance(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=2)
    first, second = (
        write_report(results, language="zh", figures=("together",), formats=("png",))[0].read_bytes() for _ in range(2)
    )
    assert first == second
    assert b"0123abcd" in first and b"Software" not in first


def test_a_figure_as_pdf_is_the_same_every_time_and_has_letters_of_its_own(results_of):
    results = results_of(("status_quo", "grid_first"), replicates=2)
    [path] = write_report(results, language="zh", figures=("pyramid",), formats=("pdf",))
    first = path.read_bytes()
    assert write_report(results, language="zh", figures=("pyramid",), formats=("pdf",))[0].read_bytes() == first
    assert path.name == "pyramid.zh.pdf" and first.startswith(b"%PDF-") and b"CreationDate" not in first
    page = PdfReader(path).pages[0]
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert fonts and all("NotoSansSC" in name for name in fonts)
    assert "改革前" in page.extract_text() or "网格先行" in page.extract_text()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"language": "fr"}, "language='fr' is not one of en, zh, both"),
        ({"figures": ("ratio",)}, "figure='ratio' is not one of .*did you mean ratios"),
        ({"formats": ("eps",)}, "format='eps' is not one of png, svg, pdf"),
    ],
)
def test_bad_wishes_are_named(drawn, options, message):
    with pytest.raises(InputError, match=message):
        write_report(drawn("compare").results, **options)
