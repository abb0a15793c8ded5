"""What ``petition_pyramid`` offers is documented in NumPy's style, every function and method, and the examples run.

The table is ``petition_pyramid.__all__`` itself: nothing that is offered is left out.
"""

from __future__ import annotations

import doctest
import inspect
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from numpydoc.docscrape import get_doc_object
from numpydoc.validate import validate

import petition_pyramid

OURS = ("petition_pyramid", "experiments", "sim")

OF_ALL = {
    "GL03": "one blank line between sections",
    "GL06": "known sections",
    "GL07": "in the usual order",
    "GL08": "a docstring at all",
    "SS01": "a summary",
    "SS02": "that begins with a capital letter",
    "SS03": "ends with a full stop",
    "SS06": "and is one line",
    "PR02": "no other",
    "PR03": "in the order of the signature",
    "PR04": "with its type",
    "PR07": "and what it means",
    "YD01": "what is yielded",
}
"""Checks of ``numpydoc.validate`` that everything has to pass, with what they ask for."""

OF_CALLED = OF_ALL | {
    "PR01": "every parameter",
    "RT01": "what is returned",
    "RT03": "and what it means",
    "EX01": "an example",
}
"""Checks of functions and methods."""

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def is_a_value(thing: Any) -> bool:
    """True for what is looked up and not called."""
    return isinstance(thing, (property, cached_property, type, ModuleType))


def is_documented(thing: Any) -> bool:
    """True for what has a docstring of its own, as constants and fields of a class have not."""
    return is_a_value(thing) or callable(thing) or isinstance(thing, (staticmethod, classmethod))


def members(cls: type) -> dict[str, Any]:
    """Public methods and properties of a class: its own, and those from a class of ours that is not offered itself."""
    offered_classes = [getattr(petition_pyramid, name) for name in petition_pyramid.__all__]
    first: dict[str, tuple[type, Any]] = {}
    for base in cls.__mro__:
        if base.__module__.split(".")[0] in OURS:
            for name, thing in vars(base).items():
                first.setdefault(name, (base, thing))
    return {
        name: thing
        for name, (base, thing) in first.items()
        if not name.startswith("_") and (base is cls or base not in offered_classes)
    }


def offered() -> dict[str, Any]:
    """Everything that ``petition_pyramid`` offers, by name: functions, classes with their methods, modules."""
    found: dict[str, Any] = {}
    for name in getattr(petition_pyramid, "__all__", ()):
        found[name] = thing = getattr(petition_pyramid, name)
        if isinstance(thing, type):
            found |= {f"{name}.{key}": member for key, member in members(thing).items()}
    return {name: thing for name, thing in found.items() if is_documented(thing)}


OFFERED = offered()


def function_of(thing: Any) -> Any:
    """The function behind a property, a class method or a decorator."""
    for inner in ("fget", "func", "__func__", "__wrapped__"):
        thing = getattr(thing, inner, thing)
    return thing


def raised_in(function: Any) -> set[str]:
    """Exceptions that a function raises itself, as its source says."""
    lines = [line.split() for line in inspect.getsource(function).splitlines()]
    return {words[1].partition("(")[0] for words in lines if words[:1] == ["raise"] and words[1:]}


def defects(name: str) -> Iterator[str]:
    """What the docstring of something lacks."""
    thing = OFFERED[name]
    wanted = OF_ALL if is_a_value(thing) else OF_CALLED
    found = validate(f"petition_pyramid.{name}")["errors"]
    yield from (f"{code} {message}" for code, message in found if code in wanted)
    function = function_of(thing)
    if inspect.isfunction(function):
        told = {each.type or each.name for each in get_doc_object(function, "function")["Raises"]}
        yield from (f"Raises: {error} is not documented" for error in sorted(raised_in(function) - told))


def test_something_is_offered() -> None:
    assert OFFERED, "petition_pyramid.__all__ names no function or class"


@pytest.mark.parametrize("name", OFFERED)
def test_a_docstring_says_everything(name: str) -> None:
    found = list(defects(name))
    assert not found, "\n".join([f"the docstring of petition_pyramid.{name} lacks something:", *found])


@pytest.mark.long
@pytest.mark.parametrize("name", OFFERED)
def test_examples_give_what_they_show(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a function or method there is at least one that is not skipped. ``folder`` is one for results."""
    monkeypatch.chdir(tmp_path)
    thing = OFFERED[name]
    names = {"pp": petition_pyramid, "folder": tmp_path / "results"}
    finder = doctest.DocTestFinder(recurse=False, exclude_empty=True)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=FLAGS)
    for test in finder.find(function_of(thing), f"petition_pyramid.{name}", globs=names):
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)
    assert runner.tries or is_a_value(thing), f"the docstring of petition_pyramid.{name} has no example that runs"
