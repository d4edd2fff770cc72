"""What the tests of outreach share: a township with a window, a grid, and people in the ledger."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from concierge.kernel.actor import SYSTEM
from concierge.outreach.models.people import PersonRow
from concierge.outreach.models.place import GridRow, TownshipRow
from concierge.outreach.rules.personal import check_sign
from concierge.outreach.services.take_in_ledger import take_in_ledger
from tests.documents.kinds.conftest import told as told

HEADS = ("姓名", "身份证号", "乡镇", "网格", "电话", "残疾等级", "身份证到期日", "已办")


@dataclass
class Village:
    """One township with one grid."""

    county: object
    township_id: int
    grid_id: int

    def knows(self, *lines):
        """Take people in: name, birth date as eight figures, and the rest of the line."""
        rows = [
            (name, a_number(born, n), "云岭镇", "云岭一网格", *rest, *[""] * (4 - len(rest)))
            for n, (name, born, *rest) in enumerate(lines, 1)
        ]
        return take_in_ledger([HEADS, *rows], by=SYSTEM)

    def person(self, called):
        """The person a list calls so."""
        from sqlalchemy import select

        return self.county.asked(select(PersonRow).where(PersonRow.called == called))[0]


def a_number(born: str, serial: int = 1) -> str:
    """A sound identity number with this birth date."""
    body = f"430725{born}{serial:03d}"
    return body + check_sign(body)


@pytest.fixture
def village(county):
    """A township whose window nobody holds yet, and one grid of it."""
    (township_id,) = county.keeps(TownshipRow(code="001", name="云岭镇", window="云岭镇便民服务中心"))
    (grid_id,) = county.keeps(GridRow(code="001-01", name="云岭一网格", township_id=township_id))
    return Village(county, township_id, grid_id)
