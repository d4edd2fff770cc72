"""Find what nobody reported: limits long past, orders without an answer, people still dissatisfied."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import yaml

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.rules.report import ReportWay
from concierge.escalation.rules.telling import LONGEST_TITLE, Told
from concierge.escalation.services.report_problem import register_report
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import OrderRow
from concierge.supervision.rules.order_number import order_number
from projects.models.project import Project
from projects.rules.owner import owner_label

FOUND = Path(__file__).parents[1] / "data" / "found.yaml"


@cache
def found_words() -> dict[str, dict[str, str]]:
    """What a report says that the platform makes, as the county's paper has it."""
    words: dict[str, dict[str, str]] = yaml.safe_load(FOUND.read_text(encoding="utf-8"))
    return words


def find_overdue_card(w: Work, card: CardRow) -> int | None:
    """Report a live card of a limit that reached the supervision office; None where nothing is to report.

    Source: ES-1 (not accepted, answered or closed in time), SV-4.
    """
    if card.ended_on is not None or not card.cause.is_limit:
        return None
    return _report(w, "overdue_card", f"card:{card.id}", card.step_id, card.department, card.limit_on)


def find_unanswered_order(w: Work, order: OrderRow) -> int | None:
    """Report a supervision order whose answer is overdue; None where it came.

    Source: ES-1.
    """
    card = w.session.get(CardRow, order.card_id)
    if order.answered_on is not None or card is None or order.answer_due_on >= clock.today():
        return None
    number = order_number(order.year, order.serial)
    occasion = f"order:{order.id}"
    return _report(
        w, "unanswered_order", occasion, card.step_id, order.department, order.answer_due_on, number=number
    )


def find_dissatisfied(
    w: Work, redress_id: int, project_id: int | None, code: str, department: str
) -> int | None:
    """Report that a call-back found somebody still dissatisfied; the window calls the person, named or not.

    Source: ES-1, ES-7.
    """
    return _register(
        w,
        "call_back",
        f"redress:{redress_id}",
        {"step": _matter(w, project_id, code), "department": department},
        project_id=project_id,
        step_id=None,
    )


def _report(  # noqa: PLR0913  (what a finding says)
    w: Work, words: str, occasion: str, step_id: int, department: str, limit_on: date, *, number: str = ""
) -> int | None:
    step = w.session.get(Step, step_id)
    if step is None:
        return None
    facts = {
        "step": _matter(w, step.project_id, step.code),
        "department": department,
        "limit": limit_on.isoformat(),
        "number": number,
    }
    return _register(w, words, occasion, facts, project_id=step.project_id, step_id=step.id)


def _register(
    w: Work,
    words: str,
    occasion: str,
    facts: dict[str, str],
    *,
    project_id: int | None,
    step_id: int | None,
) -> int:
    named = catalogue_queries.published_catalogue(w.session).department_of.get(facts["department"])
    said = {**facts, "department": owner_label(named, facts["department"]).zh}
    way = ReportWay.CALL_BACK if words == "call_back" else ReportWay.PLATFORM
    return register_report(
        w,
        Told(
            way=way,
            title=(found_words()[words]["title"] % said)[:LONGEST_TITLE],
            text=found_words()[words]["text"] % said,
            department=facts["department"],
            reported_at=clock.now(),
            project_id=project_id,
            step_id=step_id,
            occasion=occasion,
        ),
    )


def _matter(w: Work, project_id: int | None, code: str) -> str:
    """The name of a matter in Chinese; its code where no edition knows it."""
    project = w.session.get(Project, project_id) if project_id else None
    edition_id = project.edition_id if project else catalogue_queries.latest_edition_id(w.session) or 0
    matter = catalogue_queries.catalogue(edition_id, w.session).matter_of.get(code)
    return matter.name_zh if matter else code
