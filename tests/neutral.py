"""The behaviour with every mechanism off that can be: tests of single rules stand on it, whatever the defaults are."""

from __future__ import annotations

from petition_pyramid import scenario

NEUTRAL = scenario("behaviour=neutral").behaviour
