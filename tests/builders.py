"""What a test states only when it matters: projects with everything else as an office would have it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count

from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM, Actor
from projects.rules.identity import credit_code
from projects.services.open_project import NewEnterprise, NewProject, open_project

START = date(2026, 3, 2)
_numbers = count(1)


def a_new_project(
    *,
    template: str = "industrial-start-on-land",
    facts: Mapping[str, object] | None = None,
    start_on: date = START,
    target_on: date | None = None,
    pair: tuple[int, int] | None = None,
    code: str | None = None,
    uscc: str | None = None,
    enterprise: str | None = None,
) -> NewProject:
    """A project as a liaison would type it."""
    number = next(_numbers)
    return NewProject(
        code=code or f"2603-439921-04-01-{number:06d}",
        name=f"第{number}号项目",
        enterprise=NewEnterprise(
            name=enterprise or f"第{number}号企业", uscc=uscc or credit_code(f"91439921MA7{number:06d}")
        ),
        template=template,
        facts=facts or {},
        start_on=start_on,
        target_on=target_on,
        pair=pair,
    )


def a_project(*, by: Actor = SYSTEM, **told: object) -> int:
    """An opened and planned project; answers its number."""
    project_id = open_project(a_new_project(**told), by=by)  # type: ignore[arg-type]
    jobs.run_due()
    return project_id
