"""What strangers hand over – results, provinces, journals, a cache – runs nothing and writes nowhere else."""

from __future__ import annotations

import ast
import io
import json
import os
import stat
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from experiments.cli.main import main
from experiments.report.compare import page as compared
from experiments.report.compare.figures import FIGURES
from experiments.report.kinds import open_results
from experiments.report.write import write_report
from experiments.results.folder import RunRow, write_atomically
from experiments.runs.record import RunRecord
from sim.compilation import cache as compilation
from sim.errors import InputError
from sim.province import folder_of, load_province, table, tables
from tests.experiments.report.conftest import make_results, record
from tests.experiments.stand_ins import write_results

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("sim", "experiments") for path in (ROOT / folder).rglob("*.py")]

FORBIDDEN = {
    "eval", "exec", "compile", "__import__", "pickle.load", "pickle.loads", "marshal.loads", "shelve.open", "yaml.load",
    "yaml.unsafe_load", "yaml.full_load", "os.system", "os.popen", "joblib.load", "importlib.import_module",
    "hydra.utils.instantiate", "hydra.utils.get_object", "pd.read_pickle", "pd.read_hdf", "pd.eval",
}  # fmt: skip


def names_in(reader: PdfReader) -> set[str]:
    """Every name in the objects of a PDF, as a key or as a value; what a stream holds is no name."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, DictionaryObject):
            found.update(value)
            for each in value.values():
                look(each)
        elif isinstance(value, ArrayObject):
            for each in value:
                look(each)
        elif isinstance(value, NameObject):
            found.add(value)

    for number in range(1, int(reader.trailer["/Size"])):
        look(reader.get_object(number))
    return found


def calls_of(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call in a file by the dotted name of what is called."""
    tree = ast.parse(path.read_text("utf-8"))
    return [(ast.unparse(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.long
def test_the_sources_read_no_pickles_and_run_no_text():
    loads = 0
    own_code = (ROOT / "sim/compilation/cache.py", "pickle.loads")  # from a directory that nobody else can write to
    assert [(path, name) for path in SOURCES for name, _ in calls_of(path)].count(own_code) == 1
    for path in SOURCES:
        for name, call in calls_of(path):
            assert name not in FORBIDDEN or (path, name) == own_code, f"{path}:{call.lineno} calls {name}"
            assert not any(word.arg == "shell" for word in call.keywords), f"{path}:{call.lineno}"
            if name == "np.load":
                loads += 1
                given = {word.arg: ast.unparse(word.value) for word in call.keywords}
                assert given.get("allow_pickle") == "False", f"{path}:{call.lineno}"
    assert loads >= 1


class Evil:
    """Runs something when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_a_record_with_a_pickle_in_it_is_refused_and_not_run(tmp_path: Path):
    mark, buffer = tmp_path / "ran", io.BytesIO()
    np.savez(buffer, after_names=np.array([Evil(mark)], dtype=object), after=np.zeros(1))
    assert np.load(io.BytesIO(buffer.getvalue()), allow_pickle=True)["after_names"] is not None
    assert mark.exists()  # so it would run
    mark.unlink()
    with pytest.raises(ValueError, match="not the record of a run"):
        RunRecord.from_bytes(buffer.getvalue())
    assert not mark.exists()


SCRIPT = "<script>alert(1)</script>"
EVIL = (
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "--><script>alert(2)</script><!--",
    "]]></svg><script>alert(3)</script>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "javascript:alert(4)",
    "$\\frac{1}{0}$",
    "{0.__class__}%s",
)


class Page(HTMLParser):
    """Everything in a page that could run or fetch something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attributes):
        """Looks at an element and its attributes."""
        if tag in ("script", "img", "iframe", "object", "embed", "link", "base", "form", "foreignobject", "animate"):
            self.found.append(tag)
        for name, value in attributes:
            if name.startswith("on") or (name in ("src", "srcdoc", "action", "formaction", "style") and tag != "path"):
                self.found += [f"{tag} {name}={value}"] if name != "style" or "url(" in (value or "") else []
            if name in ("href", "xlink:href") and not (value or "").startswith(("#", "figures/", "report.")):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data):
        """Keeps what is read."""
        self.text += data


@pytest.fixture
def two_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two figures that write the names of worlds into themselves; all others are drawn by the same means."""
    few = {name: figure for name, figure in FIGURES.items() if name in ("ratios", "forest")}
    monkeypatch.setattr(compared, "PARTS", replace(compared.PARTS, figures=few))


@pytest.mark.long
@pytest.mark.usefixtures("two_figures")
def test_nothing_that_strangers_write_runs_in_the_page(tmp_path: Path):
    """Every text of a folder of results is treacherous: all of it stands in the page as text."""
    worlds = {f"{text} {number}"[:100]: name for number, (text, name) in enumerate(zip(EVIL, EVIL, strict=True))}
    folder = tmp_path / "results"
    runs = [RunRow(label, "id", seed, record("grid_first", seed)) for label in worlds for seed in range(2)]
    study = {
        "name": SCRIPT,
        "question": {"en": "".join(EVIL)},
        "worlds": {label: {"after": text, "stress": text, "acting": {}} for label, text in worlds.items()},
        "reference": next(iter(worlds)),
        "province": {"source": SCRIPT},
        "calendar": {"start": "2015-01-01", "end": "2019-12-31", "reform": "2019-01-01", "measures": "2018-01-01"},
        SCRIPT: SCRIPT,
    }
    row = {key: SCRIPT for key in ("name", "value", "unit", "tag", "source", "meaning")}
    parameters = [{**row, "group": "behaviour", "scenario": None, "low": 0, "high": 1, "choices": [SCRIPT]}]
    manifest = {"model_version": SCRIPT, "git": {SCRIPT: SCRIPT}, SCRIPT: [SCRIPT], "command": "".join(EVIL)}
    write_results(folder, study, manifest, {}, runs, parameters, {SCRIPT: SCRIPT})
    pages = [path for path in write_report(open_results(folder), "en", formats=("svg",))]
    page = Page()
    page.feed(pages[0].read_text("utf-8"))
    assert page.found == []
    assert SCRIPT in page.text and "{{ 7 * 7 }}" in page.text and "49" not in page.text.split("{{")[0][-20:]
    for path in pages[1:]:
        if path.suffix == ".pdf":  # Typst sets every word as text; no script may be in it
            names = names_in(PdfReader(path))
            assert "/Catalog" in names
            assert names.isdisjoint({"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/URI", "/OpenAction", "/AA"})
            continue
        figure = Page()
        figure.feed(path.read_text("utf-8"))
        assert figure.found == []


def test_a_script_in_a_pdf_would_be_noticed(tmp_path):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.write(tmp_path / "script.pdf")
    assert {"/Catalog", "/OpenAction", "/JavaScript", "/JS"} <= names_in(PdfReader(tmp_path / "script.pdf"))


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A sound folder of results."""
    make_results(tmp_path / "results", ("status_quo", "grid_first"), replicates=2)
    return tmp_path / "results"


ONE_FIGURE = ("language=en", "figure=ratios", "format=svg")


@pytest.mark.parametrize("place", ["report", "report/figures"])
def test_a_report_is_not_written_through_a_link(place: str, sound: Path, tmp_path: Path, capsys):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (sound / place).parent.mkdir(exist_ok=True)
    (sound / place).symlink_to(elsewhere)
    assert main(["report", str(sound), *ONE_FIGURE]) == 2
    assert f"{sound / place} is a link: nothing is written through it" in capsys.readouterr().err
    assert list(elsewhere.iterdir()) == []


def test_a_file_that_is_a_link_is_replaced_and_not_followed(sound: Path, tmp_path: Path):
    precious = tmp_path / "precious"
    precious.write_text("mine")
    figures = sound / "report" / "figures"
    figures.mkdir(parents=True)
    (figures / "ratios.en.svg").symlink_to(precious)
    (figures / f".ratios.en.svg.{os.getpid()}.partial").symlink_to(precious)
    assert main(["report", str(sound), *ONE_FIGURE]) == 0
    assert precious.read_text() == "mine"
    assert not (figures / "ratios.en.svg").is_symlink()
    assert [path.name for path in figures.iterdir()] == ["ratios.en.svg"]


def test_files_are_written_all_or_none(tmp_path: Path):
    old = {tmp_path / name: name.encode() for name in ("a", "b")}
    write_atomically(old)
    with pytest.raises(FileNotFoundError):
        write_atomically({tmp_path / "a": b"new", tmp_path / "no" / "c": b"new"})
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == old


@pytest.mark.parametrize("kind", ["pipe", "endless", "huge"])
def test_a_table_that_never_ends_is_not_read(kind: str, tmp_path: Path, monkeypatch):
    for name in tables.FILES:
        (tmp_path / name).write_bytes((folder_of("tiny") / name).read_bytes())
    victim = tmp_path / "villages.csv"
    if kind == "huge":
        monkeypatch.setattr(table, "LARGEST_TABLE", 300)
    else:
        victim.unlink()
        os.mkfifo(victim) if kind == "pipe" else victim.symlink_to("/dev/zero")
    reason = r"it has [0-9,]+ bytes, at most 300" if kind == "huge" else "it is no file"
    with pytest.raises(InputError, match=f"csv: cannot be read: {reason}"):
        load_province(tmp_path)


def test_a_stranger_cannot_fill_the_cache_of_compiled_code(tmp_path: Path, monkeypatch):
    """Numba keeps compiled code as pickles: a cache in a directory for all must be this user's alone."""
    monkeypatch.setattr(compilation.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(compilation.tempfile, "tempdir", str(tmp_path))
    ours = compilation._of_this_user_alone()
    assert ours == tmp_path / f"petition-pyramid-{os.getuid()}"
    assert stat.S_IMODE(ours.stat().st_mode) == 0o700
    assert compilation._of_this_user_alone() == ours
    ours.chmod(0o777)  # anybody may have put something there
    assert compilation._of_this_user_alone() not in (ours, tmp_path)
    ours.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ours.symlink_to(elsewhere)
    assert compilation._of_this_user_alone() not in (ours, elsewhere)
    if os.getuid() == 0:
        ours.unlink()
        ours.mkdir(mode=0o700)
        os.chown(ours, 12345, -1)
        assert compilation._of_this_user_alone() != ours


def test_the_manifest_names_no_file_outside(sound: Path):
    manifest = json.loads((sound / "manifest.json").read_bytes())
    secret = sound.parent / "secret"
    secret.write_text("secret")
    manifest["files"]["../secret"] = "0" * 64
    (sound / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match=r"files names '\.\./secret'"):
        open_results(sound)
