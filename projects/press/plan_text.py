"""A plan as lines of text, for a terminal."""

from __future__ import annotations

from unicodedata import east_asian_width

from approvals.rules.catalogue import Catalogue
from approvals.rules.wording import Translate
from concierge.kernel.errors import N_
from projects.press.charted import owner_name
from projects.rules.explain import chain_of, render
from projects.rules.project_plan import PlannedStep, ProjectPlan

PERMIT = N_("Construction permit: %(day)s (%(days)s working days)")
START = N_("Lawful start of construction: %(day)s (%(days)s working days)")
NO_PERMIT = N_("Construction permit: not needed")
PROVISIONAL = N_("Some days lie in a year whose holidays are not published yet; they are provisional.")
CRITICAL = N_("Critical path: %(path)s")


def plan_text(plan: ProjectPlan, catalogue: Catalogue, translate: Translate, lang: str) -> str:
    """The two headline days, then one line a step; critical steps carry a star."""
    headline = plan.headline
    lines = [plan.expansion.template.spoken(lang)]
    if headline.workdays_to_permit is None:
        lines.append(translate(NO_PERMIT))
    else:
        facts = {"day": headline.permit_on or "-", "days": headline.workdays_to_permit}
        lines.append(translate(PERMIT) % facts)
    if headline.workdays_to_start is not None:
        facts = {"day": headline.lawful_start_on or "-", "days": headline.workdays_to_start}
        lines.append(translate(START) % facts)
    if plan.is_provisional:
        lines.append(translate(PROVISIONAL))
    numbers = " → ".join(plan.step(code).number for code in plan.critical_path)
    lines.append(translate(CRITICAL) % {"path": numbers})
    lines.append("")
    lines += [_line(plan, step, catalogue, translate, lang) for step in plan.steps]
    return "\n".join(lines)


def _line(plan: ProjectPlan, step: PlannedStep, catalogue: Catalogue, translate: Translate, lang: str) -> str:
    owner = owner_name(catalogue.department_of.get(step.department), step.department, lang)
    start = step.start_on.isoformat() if step.start_on else str(step.start)
    finish = step.finish_on.isoformat() if step.finish_on else str(step.finish)
    star = "*" if step.critical else " "
    said = render(chain_of(plan, step.code, catalogue), translate, lang)
    name, owner = _padded(step.spoken(lang), 44), _padded(owner, 24)
    return f"{step.number}{star} {name} {owner} {start:>10} {finish:>10}  {said}"


def _padded(text: str, width: int) -> str:
    """The text filled up to a width in columns; a Chinese sign takes two."""
    return text + " " * max(0, width - sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text))
