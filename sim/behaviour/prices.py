"""What things cost: yuan of 2019, as a county of Gansu would pay them.

Most are moved from figures of other places and years (tag D) or assumed (A); the one read off for Gansu itself is what
a case pays. Staff is paid by kind of post and by the hours it works; a building by the level it stands on, what it
takes to set it up spread over its life.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic.dataclasses import dataclass

from sim.parameters import STRICT, parameter


def _price(what: str, usual: str, tag: str = "A", source: str = "", unit: str = "yuan/year", high: float = 1e6) -> Any:
    """A price: ``usual`` is the range that figures or judgement allow, far inside of what may be set."""
    return parameter(what, unit, 0, high, tag, f"{source or 'assumed'}; {usual} is usual")


@dataclass(config=STRICT)
class Prices:
    """Prices of posts, of buildings and of what villages and platforms have."""

    # Posts
    cost_contract_mediator: Annotated[
        float,
        _price(
            "people's or professional mediator who works full time on a contract, in a centre or a village",
            "26,000–60,000",
        ),
    ] = 36_000
    cost_judicial_mediator: Annotated[
        float,
        _price(
            "judicial mediator: a post of a centre",
            "70,000–120,000",
            "D",
            "mean wage of Gansu's public bodies 2019, with contributions",
        ),
    ] = 90_000
    cost_official: Annotated[
        float,
        _price(
            "administrative mediator, clerk of a department or petition handler",
            "80,000–140,000",
            "D",
            "a county petition office of Hunan (Zhongfang) spent 117,200 a post in 2021; less two years of wages",
        ),
    ] = 105_000
    cost_prelitigation: Annotated[float, _price("pre-litigation mediator", "20,000–60,000")] = 36_000
    cost_enterprise_mediator: Annotated[float, _price("public part of a mediator whom enterprises pay", "0–36,000")] = (
        10_000
    )
    cost_village_mediator: Annotated[
        float,
        _price(
            "allowance of a village mediator who works part time",
            "0–2,400",
            "D",
            "Gaotai (Zhangye) paid about 450 a mediator by the case in 2018, Pingchang (Sichuan) 38 in 2015",
        ),
    ] = 600
    cost_informal_mediator: Annotated[float, _price("informal mediator", "0–1,000")] = 300
    cost_training: Annotated[
        float,
        _price(
            "training that makes up for all missing skill, a mediator who works full time",
            "3,000–9,000",
            "D",
            "20 days at 300",
        ),
    ] = 6_000
    cost_training_part_time: Annotated[
        float, _price("the same, a mediator who works part time", "100–1,500", "D", "4 days at 100")
    ] = 400
    cost_grid_worker: Annotated[
        float,
        _price(
            "grid worker with a working day of eight hours",
            "24,000–45,000",
            "D",
            "wages offered in 2024 and 2025 (Putian, Hohhot) taken back to 2019, with insurance",
        ),
    ] = 32_000
    cost_grid_worker_least: Annotated[float, _price("grid worker, however short the day", "600–6,000")] = 2_400
    cost_overtime: Annotated[
        float,
        _price("overtime of a grid worker", "12–23", "A", "half as much again as the usual hour", "yuan/hour", 200),
    ] = 16
    cost_service_clerk: Annotated[
        float, _price("clerk of a service hall", "36,000–105,000", "D", "contract clerks 50,000, posts 90,000")
    ] = 60_000
    cost_commissar: Annotated[float, _price("commissar of a township, beside a post held anyway", "0–20,000")] = 6_000
    cost_judge_contact_point: Annotated[
        float,
        _price(
            "judge's contact point of a township",
            "5,000–50,000",
            "D",
            "16 days of a judge at what a court of Sichuan (Daying, 2020) spends a day, and a room",
        ),
    ] = 20_000
    # Centres
    cost_centre_township: Annotated[
        float, _price("running a working centre of a township, without staff", "10,000–100,000", high=1e7)
    ] = 40_000
    cost_centre_county: Annotated[
        float,
        _price(
            "running a working centre of a county, without staff",
            "60,000–550,000",
            "D",
            "a county petition office of Hunan (Zhongfang) had 548,000 for all purposes in 2021",
            high=1e7,
        ),
    ] = 180_000
    cost_centre_city: Annotated[
        float,
        _price(
            "running a working centre of a city, without staff",
            "200,000–1,200,000",
            "D",
            "Lu'an (Anhui) paid 690,000 in 2023",
            high=1e7,
        ),
    ] = 500_000
    capital_township: Annotated[
        float, _price("setting up a centre of a township", "50,000–400,000", unit="yuan", high=1e8)
    ] = 150_000
    capital_county: Annotated[
        float,
        _price(
            "setting up a centre of a county",
            "300,000–5,000,000",
            "D",
            "Sihong (Jiangsu) refitted 7,200 m² for 3.0 million in 2014",
            "yuan",
            1e8,
        ),
    ] = 1_500_000
    capital_city: Annotated[
        float,
        _price(
            "setting up a centre of a city",
            "1,000,000–26,000,000",
            "D",
            "a refit; a new building of 6,357 m² cost about 26 million in 2018–20",
            "yuan",
            1e9,
        ),
    ] = 4_000_000
    # Villages and the platform
    cost_womens_team: Annotated[float, _price("women's mediation team of a village", "300–5,000")] = 1_500
    cost_moral_bank: Annotated[
        float, _price("moral bank of a village", "3,000–30,000", "D", "goods that villages reported, 2018–20")
    ] = 8_000
    capital_moral_bank: Annotated[
        float,
        _price(
            "first stock of a village's moral bank",
            "10,000–60,000",
            "D",
            "10,000 to 50,000 in four villages, 2018–20",
            "yuan",
            1e7,
        ),
    ] = 25_000
    cost_praise_meetings: Annotated[float, _price("praise meetings of a village", "500–6,000")] = 2_000
    cost_first_contact: Annotated[
        float, _price("group leaders of a village as first contact", "1,000–20,000", "A", "6 of them at 1,200")
    ] = 7_200
    cost_subsystem: Annotated[
        float,
        _price(
            "a subsystem of the platform, per million residents",
            "1,000–35,000",
            "D",
            "235,000 each in Changzhou in 2014, built once for the province",
        ),
    ] = 2_800
    # What is paid as it happens
    cost_concession: Annotated[
        float,
        _price(
            "concession to a claimant who petitions above the county",
            "5,000–50,000",
            "D",
            "27,200 a case of judicial aid by Gansu's procuratorates, 2022–23",
            "yuan",
        ),
    ] = 20_000
    cost_police_call: Annotated[
        float,
        _price("call to the police about a quarrel", "60–400", "A", "two officers for an hour, at 60", "yuan"),
    ] = 120
    cost_police_passed: Annotated[
        float,
        _price(
            "matter that the police pass on to a township's centre",
            "45–250",
            "A",
            "an hour of an officer and three quarters of one at the centre's register, at 60",
            "yuan",
        ),
    ] = 105
    # What is paid once
    discount_rate: Annotated[
        float, parameter("interest on what is paid once", "share/year", 0, 0.2, "A", "assumed; 0.03–0.08 is usual")
    ] = 0.05
    life: Annotated[
        float,
        parameter("time that what is paid once lasts", "years", 1, 60, "A", "assumed: of a refit; a new building 25"),
    ] = 10

    @property
    def annuity(self) -> float:
        """Yuan a year for every yuan paid once, over its life."""
        if self.discount_rate == 0:
            return 1 / self.life
        return self.discount_rate / (1 - (1 + self.discount_rate) ** -self.life)
