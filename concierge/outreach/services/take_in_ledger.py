"""Take in lines of the ledger: add who is new, renew who is known, name every line that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.outreach.events import LedgerTold
from concierge.outreach.models.people import HoldingRow, PersonRow
from concierge.outreach.models.place import GridRow, TownshipRow
from concierge.outreach.press.personal_data import Sealer
from concierge.outreach.rules.lines import Column, Fault, LedgerLine, headed, ledger_line
from concierge.outreach.rules.personal import called
from concierge.outreach.services.sealer import sealer

SLICE = 1_000
PEOPLE = PersonRow.metadata.tables[PersonRow.__tablename__]
RENEWING = update(PEOPLE).where(PEOPLE.c.id == bindparam("number"))
NEEDED = (Column.NAME, Column.ID_NUMBER, Column.TOWNSHIP)


@dataclass(frozen=True)
class TakenIn:
    """What became of a table. Shape: ``faulty`` are the numbers of lines with everything wrong in each."""

    new: int
    changed: int
    faulty: tuple[tuple[int, tuple[Fault, ...]], ...]


@dataclass(frozen=True)
class Places:
    """The numbers of townships and grids by name."""

    townships: dict[str, int]
    grids: dict[str, int]


def take_in_ledger(rows: Iterable[Sequence[str]], *, by: Actor) -> TakenIn:
    """Take in the sound lines of a table; a person is known again by the identity number.

    Raises: HeadsMissing, NoLines, TooManyLines.
    Effects: each thousand lines is one transaction; the next look at the ledger matches them.
    Source: SF-7, one bad line never holds the others; SF-9, SF-10.
    """
    with work(by) as w:
        places = _places(w)
    sound: list[LedgerLine] = []
    faulty: list[tuple[int, tuple[Fault, ...]]] = []
    for number, cells in headed(rows, NEEDED):
        line = ledger_line(cells, places.townships, places.grids)
        if isinstance(line, LedgerLine):
            sound.append(line)
        else:
            faulty.append((number, tuple(line)))
    new = 0
    for first in range(0, len(sound), SLICE):
        with work(by) as w:
            new += _take_in(w, sound[first : first + SLICE], places)
    with work(by) as w:
        w.record(LedgerTold(new, len(sound) - new, len(faulty)))
    return TakenIn(new, len(sound) - new, tuple(faulty))


def _places(w: Work) -> Places:
    townships = {row.name: row.id for row in w.session.scalars(select(TownshipRow))}
    return Places(townships, {row.name: row.id for row in w.session.scalars(select(GridRow))})


def _take_in(w: Work, lines: Sequence[LedgerLine], places: Places) -> int:
    """Add or renew these people; answers how many are new. The last line about a person counts."""
    hand = sealer()
    told = {hand.found_by(line.personal.id_number): line for line in lines}
    asked = select(PersonRow.id_hash, PersonRow.id).where(PersonRow.id_hash.in_(told))
    known = {row[0]: row[1] for row in w.session.execute(asked)}
    fresh = [_values(key, line, places, hand) for key, line in told.items() if key not in known]
    renewed = [
        {"number": known[key], **_values(key, line, places, hand)}
        for key, line in told.items()
        if key in known
    ]
    if fresh:
        w.session.connection().execute(insert(PEOPLE), [{**one, "version": 1} for one in fresh])
    if renewed:
        w.session.connection().execute(RENEWING, renewed)
    _hold(w, told)
    return len(fresh)


def _values(key: str, line: LedgerLine, places: Places, hand: Sealer) -> dict[str, Any]:
    return {
        "id_hash": key,
        "called": called(line.personal.name),
        "sealed": hand.seal(line.personal),
        "born_on": line.born_on,
        "died_on": line.died_on,
        "is_registered": line.is_registered,
        "township_id": places.townships[line.township],
        "grid_id": places.grids.get(line.grid),
        "disability_grade": line.disability_grade,
        "support": line.support,
        "id_card_ends_on": line.id_card_ends_on,
        "told_on": clock.today(),
    }


def _hold(w: Work, told: dict[str, LedgerLine]) -> None:
    """Keep what they hold already; what is kept stays."""
    if not any(line.holds for line in told.values()):
        return
    asked = select(PersonRow.id_hash, PersonRow.id).where(PersonRow.id_hash.in_(told))
    numbers = {row[0]: row[1] for row in w.session.execute(asked)}
    held = select(HoldingRow.person_id, HoldingRow.service, HoldingRow.issued_on)
    kept = {tuple(row) for row in w.session.execute(held.where(HoldingRow.person_id.in_(numbers.values())))}
    fresh = {
        (numbers[key], service, issued_on): ends_on
        for key, line in told.items()
        for service, issued_on, ends_on in line.holds
        if (numbers[key], service, issued_on) not in kept
    }
    rows = [
        {"person_id": person_id, "service": service, "issued_on": issued_on, "ends_on": ends_on}
        for (person_id, service, issued_on), ends_on in fresh.items()
    ]
    if rows:
        w.session.execute(insert(HoldingRow), rows)
