"""The cases of a department as its page lists them: to be confirmed, in progress, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext

from concierge.desk.queries.department_cases import DepartmentCase
from concierge.desk.queries.inbox import Place
from concierge.desk.views.package_sheet import STATES
from concierge.kernel import clock
from concierge.kernel.errors import N_
from concierge.kernel.web import language

PLACES: Mapping[Place, str] = {
    Place.WAITING: N_("Receipt not confirmed"),
    Place.RUNNING: N_("In progress"),
    Place.ANSWERED: N_("Closed cases"),
}


def case_groups(cases: Iterable[DepartmentCase]) -> list[dict[str, Any]]:
    """The cases by where they stand, in the order of work; a group without any is left out."""
    found: dict[Place, list[dict[str, Any]]] = {}
    for case in cases:
        found.setdefault(case.place, []).append(_row(case))
    return [
        {"id": place.value, "name": gettext(words), "rows": found[place], "is_over": place is Place.ANSWERED}
        for place, words in PLACES.items()
        if place in found
    ]


def _row(case: DepartmentCase) -> dict[str, Any]:
    return {
        "code": case.project_code,
        "number": case.number,
        "project": case.project_name,
        "enterprise": case.enterprise,
        "name": case.name_en if language() == "en" else case.name_zh,
        "package": case.package,
        "look": STATES[case.state][0],
        "state": gettext(STATES[case.state][1]),
        "accepted_on": case.accepted_on,
        "due_on": case.due_on,
        "ended_on": case.ended_on,
        "is_late": case.ended_on is None and case.due_on is not None and case.due_on < clock.today(),
    }
