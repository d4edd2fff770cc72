"""Facts go into a row as JSON and come out as what they were."""

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from concierge.kernel.facts import plain, rebuild_arguments, rebuild_dataclass


class Gate(enum.StrEnum):
    """A str and an enum at once."""

    ACCEPT = "accept"


@dataclass(frozen=True)
class Move:
    """One moved date."""

    step: str
    old: date | None
    new: date | None


@dataclass(frozen=True, kw_only=True)
class Everything:
    """One field of each kind an event may have."""

    number: int
    share: float
    fee: Decimal
    on: date
    at: datetime
    closes: time
    pause: timedelta
    gate: Gate | None
    moves: tuple[Move, ...]
    span: tuple[date, int]
    codes: frozenset[str]
    by_code: dict[str, Move]
    by_number: dict[int, str]
    note: str | None = None


EVERYTHING = Everything(
    number=7,
    share=0.5,
    fee=Decimal("12.30"),
    on=date(2026, 4, 15),
    at=datetime(2026, 4, 15, 9, 30, tzinfo=UTC),
    closes=time(17, 30),
    pause=timedelta(minutes=5),
    gate=Gate.ACCEPT,
    moves=(Move("07", date(2026, 4, 15), None),),
    span=(date(2026, 4, 15), 3),
    codes=frozenset({"07", "08"}),
    by_code={"07": Move("07", None, date(2026, 5, 1))},
    by_number={1: "one"},
)


def test_every_kind_of_field_comes_back_as_it_was():
    assert rebuild_dataclass(Everything, plain(EVERYTHING)) == EVERYTHING


def test_a_set_is_written_in_the_same_order_every_time():
    assert plain(frozenset({"b", "a", "c"})) == ["a", "b", "c"]


def test_a_fact_the_event_no_longer_has_is_left_out_and_a_new_one_takes_its_default():
    older = plain(EVERYTHING) | {"colour": "red"}
    del older["note"]

    assert rebuild_dataclass(Everything, older) == EVERYTHING


def test_what_cannot_be_rebuilt_is_refused_at_once():
    with pytest.raises(TypeError, match="object cannot be kept as a fact"):
        plain({"thing": object()})


def test_arguments_come_back_as_the_function_says():
    def make_plan(run: object, project_id: int, on: date, gates: tuple[Gate, ...] = ()) -> None:
        """A task."""

    given = {"project_id": 7, "on": date(2026, 4, 15), "gates": (Gate.ACCEPT,)}

    assert rebuild_arguments(make_plan, plain(given)) == given
