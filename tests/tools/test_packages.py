"""What is built holds what it should, says of which commit it is, and is the same bytes again.

``make packages`` installs it and carries out a study from there; that takes minutes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from experiments.results import commit as commits
from tools import packages
from tools.packages import ADDED, PackageError, build, check_content, check_same, clean_copy, unpacked

BUILT_IN = commits.BUILT_IN


def git(folder: Path, *arguments: str) -> str:
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(["git", *author, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def told_by(wheel: Path) -> dict:
    with zipfile.ZipFile(wheel) as archive:
        return json.loads(archive.read(BUILT_IN))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of a commit of its own, in which nothing is changed."""
    folder = clean_copy(tmp_path_factory.mktemp("packages") / "checkout")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "as it is")
    return folder


@pytest.fixture(scope="module")
def built(source: Path) -> tuple[Path, Path]:
    """Wheel and source distribution."""
    wheel, archive = build(source)
    return wheel, archive


@pytest.mark.long
def test_a_wheel_holds_the_packages_and_their_data_and_nothing_else(built: tuple[Path, Path]) -> None:
    wheel, _ = built
    check_content(wheel)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for file in (
        "experiments/configs/study/configurations.yaml",
        "experiments/report/fonts/NotoSansSC-Regular.ttf",
        "experiments/report/templates/page.html.j2",
        "experiments/whatif/page/page.html",
        "sim/province/shipped/gansu/villages.csv.xz",
        "sim/province/shipped/tiny/villages.csv",
    ):
        assert file in names


def test_wheel_and_source_distribution_name_their_licences_and_hold_the_texts(built: tuple[Path, Path]) -> None:
    texts = {f"LICENSES/{name}.txt" for name in ("OFL-1.1", "MIT", "WTFPL", "CC-BY-4.0")} | {"LICENSE", "DATA.md"}
    with zipfile.ZipFile(built[0]) as archive:
        (described,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        about = archive.read(described).decode().splitlines()
        held = {name.partition(".dist-info/licenses/")[2] for name in archive.namelist()} - {""}
    assert "License-Expression: Apache-2.0 AND OFL-1.1 AND MIT AND WTFPL AND CC-BY-4.0" in about
    assert {line.removeprefix("License-File: ") for line in about if line.startswith("License-File: ")} == texts
    assert held == texts
    with tarfile.open(built[1]) as archive:
        assert texts | {"data/README.md"} <= {name.partition("/")[2] for name in archive.getnames()}


@pytest.mark.parametrize("change", ["lacks", "should not have"])
def test_a_wheel_that_lacks_a_file_or_has_one_too_many_is_told(
    built: tuple[Path, Path], change: str, tmp_path: Path
) -> None:
    wrong = tmp_path / built[0].name
    with zipfile.ZipFile(built[0]) as right, zipfile.ZipFile(wrong, "w") as archive:
        for name in right.namelist():
            if change != "lacks" or name != "sim/province/shipped/tiny/villages.csv":
                archive.writestr(name, right.read(name))
        if change == "should not have":
            archive.writestr("configs/study/configurations.yaml", "")
    file = "sim/province/shipped/tiny/villages.csv" if change == "lacks" else "configs/study/configurations.yaml"
    with pytest.raises(PackageError, match=rf"{change} \['{file}'\]"):
        check_content(wrong)


@pytest.mark.long
def test_builds_are_the_same_bytes_whoever_makes_them_when_and_where(
    source: Path, built: tuple[Path, Path], tmp_path: Path
) -> None:
    """Another folder, other times and permissions of files; and a wheel made from the source distribution."""
    other = tmp_path / "elsewhere"
    shutil.copytree(source, other, ignore=shutil.ignore_patterns("dist"))
    for file in other.rglob("*.py"):
        os.utime(file, (1, 1))
        file.chmod(0o600)
    check_same(built, build(other))
    check_same(built[:1], build(unpacked(built[1], tmp_path / "unpacked"), "wheel"))
    with pytest.raises(PackageError, match="differs between"):
        (other / "dist" / built[0].name).write_bytes(b"")
        check_same(built, sorted((other / "dist").iterdir()))


def test_wheel_and_source_distribution_say_of_which_commit_they_are(source: Path, built: tuple[Path, Path]) -> None:
    expected = {"commit": git(source, "rev-parse", "HEAD"), "dirty": False}
    assert told_by(built[0]) == expected
    with tarfile.open(built[1]) as archive:
        (name,) = (name for name in archive.getnames() if name.endswith(BUILT_IN))
        file = archive.extractfile(name)
        assert file is not None
        assert json.load(file) == expected


def test_the_checkout_stays_as_it_was(source: Path, built: tuple[Path, Path]) -> None:
    assert git(source, "status", "--porcelain") == ""
    assert not (source / BUILT_IN).exists()


def test_a_changed_checkout_is_told(source: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    shutil.copytree(source, changed, ignore=shutil.ignore_patterns("dist"))
    (changed / "sim" / "__init__.py").write_text("")
    (wheel,) = build(changed, "wheel")
    assert told_by(wheel) == {"commit": git(source, "rev-parse", "HEAD"), "dirty": True}


def test_a_folder_of_no_known_commit_says_so(source: Path, tmp_path: Path) -> None:
    """As an archive that a forge makes of a tag has neither history nor a commit built in."""
    plain = tmp_path / "plain"
    shutil.copytree(source, plain, ignore=shutil.ignore_patterns("dist", ".git"))
    (wheel,) = build(plain, "wheel")
    assert told_by(wheel) == {"commit": None, "dirty": None}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"commit": "0123abc", "dirty": False}, {"commit": "0123abc", "dirty": False}),
        (None, {"commit": None, "dirty": None}),
    ],
)
def test_an_installed_package_knows_the_commit_that_was_built_in(
    written: dict | None, expected: dict, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commits, "ROOT", tmp_path)
    if written:
        (tmp_path / BUILT_IN).parent.mkdir()
        (tmp_path / BUILT_IN).write_text(json.dumps(written))
    assert commits.commit() == expected


def test_a_checkout_is_asked_for_its_commit(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "ROOT", source)
    assert commits.commit() == {"commit": git(source, "rev-parse", "HEAD"), "dirty": False}
    monkeypatch.setenv("PATH", "")
    assert commits.commit() == {"commit": None, "dirty": None}


def test_a_clean_copy_has_what_is_tracked_as_it_is_now(source: Path) -> None:
    names = {name for name in packages.tracked_files() if not name.startswith("dist/")}
    assert names == set(packages.tracked_files(source))
    for name in ("pyproject.toml", "experiments/results/commit.py"):
        assert (source / name).read_bytes() == (packages.ROOT / name).read_bytes()
    assert ADDED.isdisjoint(names)


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--all",), 1)])
def test_a_python_that_is_not_there_is_skipped_unless_all_are_needed(
    options: tuple[str, ...], code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packages, "build", lambda *_: [Path("a.whl"), Path("a.tar.gz")])
    for check in ("clean_copy", "unpacked", "check_same", "check_content"):
        monkeypatch.setattr(packages, check, lambda *_: None)
    assert packages.main([*options, "3.99"]) == code
    assert "Python 3.99 is not on this machine: skipped" in capsys.readouterr().out


def test_both_pythons_of_the_package_are_tried() -> None:
    listed = (packages.ROOT / "pyproject.toml").read_text("utf-8")
    assert all(f'"Programming Language :: Python :: {version}"' in listed for version in packages.PYTHONS)
    assert listed.count('"Programming Language :: Python :: 3.') == len(packages.PYTHONS)
