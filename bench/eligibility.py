"""A county's ledger of people matched with the rules of entitlement: the elderly cards of Taoyuan.

189,048 people are made up, sent as tables, matched with every rule that is on, watched again a month later,
and their cards issued with one key. What is found for the card is compared with a plain count that shares no
code with the rules. `python -m bench.eligibility` prints the table; the service's own way, SQLite in a file.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bench.event_service import TODAY, office
from bench.table import Table
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.rules.personal import check_sign
from concierge.outreach.rules.serving import Deed
from concierge.outreach.rules.standing import DueState
from concierge.outreach.services.find_due import find_due
from concierge.outreach.services.serve_due import serve_due
from concierge.outreach.services.take_in_ledger import take_in_ledger

PEOPLE = 189_048
TOWNSHIPS = 28
PART = 20_000
OLDEST, YOUNGEST = 45, 100
LATER = TODAY + timedelta(days=31)
HEADS = ("姓名", "身份证号", "乡镇", "本地户籍", "残疾等级", "救助类别", "身份证到期日", "已办")
CARD, AGE, AHEAD = "elderly-card", 60, timedelta(days=30)


class Disagrees(Exception):
    """The rules found others than a plain count does."""


@dataclass(frozen=True)
class Madeup:
    """One made-up person: the line sent, and what the plain count needs."""

    line: tuple[str, ...]
    born_on: date
    has_card: bool
    is_registered: bool


def measure() -> Table:
    """Time each stage once, after drawing the people."""
    people = list(_people(PEOPLE))
    rows = []
    with office():
        _townships()
        rows.append(_timed("taking the ledger in, sealed", PEOPLE, lambda: _take_in(people)))
        rows.append(_timed("matching all of it for the first time", PEOPLE, lambda: _agree(people, TODAY)))
        rows.append(_timed("watching again on the same day", PEOPLE, find_due))
        with clock.standing_at(LATER):
            rows.append(_timed("watching 31 days later", PEOPLE, lambda: _agree(people, LATER)))
            cards = _count(LATER, held=True)
            rows.append(_timed("issuing the cards that are due, one key", cards, _issue))
    return Table(
        f"{PEOPLE:,} people matched with the rules of entitlement",
        "Six rules as shipped; seconds for the whole stage, once. “CPU” is this process's, “wall” what a\n"
        "clock on the wall says on this machine, its disk included. The people found for the elderly card\n"
        "are compared with a plain count, on both days.",
        ("stage", "people", "CPU s", "wall s"),
        rows,
    )


def _timed(stage: str, count: int, way: Callable[[], object]) -> tuple[str, ...]:
    cpu, wall = time.process_time(), time.perf_counter()
    way()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return (stage, f"{count:,}", f"{cpu:.1f}", f"{wall:.1f}")


def _people(count: int) -> Iterator[Madeup]:
    drawn = random.Random(7)  # noqa: S311  (a bench, no secret)
    first, last = date(TODAY.year - YOUNGEST, 1, 1).toordinal(), date(TODAY.year - OLDEST, 12, 31).toordinal()
    for number in range(count):
        born_on = date.fromordinal(drawn.randint(first, last))
        body = f"430{number // 1000:03d}{born_on:%Y%m%d}{number % 1000:03d}"
        has_card, is_registered = drawn.random() < 0.3, drawn.random() < 0.97
        ends_on = TODAY + timedelta(days=drawn.randint(-200, 3650))
        line = (
            "测试人",
            body + check_sign(body),
            f"第{drawn.randint(1, TOWNSHIPS)}镇",
            "是" if is_registered else "否",
            str(drawn.randint(1, 4)) if drawn.random() < 0.06 else "",
            "三无" if drawn.random() < 0.01 else "",
            ends_on.isoformat(),
            f"{CARD}:2024-01-01" if has_card else "",
        )
        yield Madeup(line, born_on, has_card, is_registered)


def _townships() -> None:
    with work(SYSTEM) as w:
        for number in range(1, TOWNSHIPS + 1):
            w.add(TownshipRow(code=f"{number:03d}", name=f"第{number}镇"))


def _take_in(people: list[Madeup]) -> None:
    for first in range(0, len(people), PART):
        taken = take_in_ledger([HEADS, *(one.line for one in people[first : first + PART])], by=SYSTEM)
        if taken.faulty:
            raise Disagrees(taken.faulty[:3])


def _agree(people: list[Madeup], today: date) -> None:
    """Look at the ledger, and compare the cards found with a plain count."""
    find_due()
    wanted = sum(_is_due(one, today) for one in people)
    found = _count(today, held=False)
    if wanted != found:
        raise Disagrees(f"{found} found for the card, {wanted} by a plain count")


def _is_due(one: Madeup, today: date) -> bool:
    soon = today + AHEAD
    age = soon.year - one.born_on.year - ((soon.month, soon.day) < (one.born_on.month, one.born_on.day))
    return age >= AGE and one.is_registered and not one.has_card


def _count(today: date, *, held: bool) -> int:
    """How many are found for the card; with ``held`` only those whose day has come."""
    asked = (
        select(func.count(DueRow.id))
        .join(EligibilityRuleRow, EligibilityRuleRow.id == DueRow.rule_id)
        .where(EligibilityRuleRow.code == CARD, DueRow.state == DueState.FOUND)
    )
    if held:
        asked = asked.where(DueRow.since_on <= today)
    with Session(db.engine) as session:
        return session.scalar(asked) or 0


def _issue() -> None:
    with Session(db.engine) as session:
        rule_id = session.scalars(select(EligibilityRuleRow.id).where(EligibilityRuleRow.code == CARD)).one()
    serve_due(Deed.ISSUE, rule_id, by=SYSTEM)


if __name__ == "__main__":
    sys.stdout.write(measure().as_markdown() + "\n")
