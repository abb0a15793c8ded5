"""Uncertainties about convenience and government service: what becomes of a request at one try, and of the unmet."""

from __future__ import annotations

from typing import Annotated

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


@dataclass(config=STRICT)
class ServiceOutcomes:
    """How a request ends at one try, by its channel, and what people do whose request is not met.

    With the defaults half of all tries meet their request under the status quo. No figure says how it is by channel.
    """

    online_success: Annotated[float, parameter("requests made online that are met at a try", "share", 0, 1)] = 0.85
    call_success: Annotated[float, parameter("requests made by call that are met at a try", "share", 0, 1)] = 0.80
    door_success: Annotated[
        float, parameter("windows that do their part of a request made in person", "share", 0, 1)
    ] = 0.72
    service_retry: Annotated[
        float, parameter("people with an unmet request who come again the next day", "share", 0, 0.9)
    ] = 0.6
    service_grievance: Annotated[
        float, parameter("grievances that a request refused for good raises", "ratio", 0, 0.1)
    ] = 0.024
