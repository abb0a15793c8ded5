"""Values that YAML 1.1 and 1.2 read differently."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.configuration.plain_scalars import ambiguous_part, readings


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("no", ["false", '"no"']),
        ("Yes", ["true", '"Yes"']),
        ("OFF", ["false", '"OFF"']),
        ("010", ["8", "10"]),
        ("-010", ["-8", "-10"]),
        ("+010", ["8", "10"]),
        ("08", ['"08"', "8"]),
        ("0o10", ['"0o10"', "8"]),
        ("0b11", ["3", '"0b11"']),
        ("1_000", ["1000", '"1_000"']),
        ("1:30", ["90", '"1:30"']),
        ("1:30:05", ["5405", '"1:30:05"']),
        ("-0x1F", ["-31", '"-0x1F"']),
        ("0x1_F", ["31", '"0x1_F"']),
        ("1_0.5", ["10.5", '"1_0.5"']),
        ("1:30.5", ["90.5", '"1:30.5"']),
        *((same, []) for same in ("007", "0", "00", "10", "1.5", "1e3", "0x1F", "true", "null", "~", "none", ".nan")),
        *((same, []) for same in ("2019-01-01", "620702", "whistle", "a_b", "1:75", ".5", ".inf", "${a}", "9" * 5000)),
    ],
)  # fmt: skip
def test_what_is_read_in_two_ways_and_what_to_write(text, ways):
    assert readings(text) == ways


@pytest.mark.parametrize(
    ("value", "part"),
    [("010", "010"), ("[1,010]", "010"), ("{a: 010}", "010"), ("range(1,010)", "010"), ("10", None), ("0", None),
     ("2015-01-01", None), ("no", None), ('"010"', None), ("a010", None), ("./010", None), ("007", None)],
)  # fmt: skip
def test_what_is_read_in_two_ways_on_the_command_line(value, part):
    assert ambiguous_part(value) == part


@settings(max_examples=500)
@given(st.text("0123456789" * 2 + "_:.+-eoxbynsYNOf", min_size=1, max_size=8))
def test_what_it_says_to_write_reads_alike(text):
    try:
        event = [each for each in yaml.parse(f"a: {text}") if isinstance(each, yaml.ScalarEvent)][1]
    except (yaml.YAMLError, IndexError):
        return  # no plain value
    for way in [] if event.style else readings(event.value):
        if not way.startswith('"'):
            assert readings(way) == [], (text, way)
