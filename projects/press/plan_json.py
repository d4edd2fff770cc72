"""A plan as JSON, as ``run.py plan --json`` prints it; its names are an outside contract."""

from __future__ import annotations

import json
from datetime import date

from approvals.rules.catalogue import Catalogue
from approvals.rules.wording import Translate
from projects.rules.explain import chain_of, render
from projects.rules.project_plan import PlannedStep, ProjectPlan


def plan_as_plain(
    plan: ProjectPlan, catalogue: Catalogue, translate: Translate, lang: str
) -> dict[str, object]:
    """The plan as plain values, days written 2026-04-15.

    Shape: the names of the outside contract first, then additions; days are null in a typical length.
    """
    headline = plan.headline
    return {
        "template": plan.expansion.template.code,
        "start": _day(plan.terms.start_on),
        "permit_on": _day(headline.permit_on),
        "lawful_start_on": _day(headline.lawful_start_on),
        "workdays_to_permit": headline.workdays_to_permit,
        "workdays_to_start": headline.workdays_to_start,
        "critical_path": list(plan.critical_path),
        "steps": [_step(plan, step, catalogue, translate, lang) for step in plan.steps],
        "days": plan.terms.days.value,
        "gates": plan.terms.gates.value,
        "is_provisional": plan.is_provisional,
        "critical_path_to_start": list(plan.critical_path_to_start),
        "lengths": {
            days.value: {"permit": found.workdays_to_permit, "start": found.workdays_to_start}
            for days, found in plan.headlines.items()
        },
        "left_out": [
            {
                "code": item.matter.code,
                "name": item.matter.spoken(lang),
                "why": render(item.because, translate, lang),
            }
            for item in plan.expansion.left_out
        ],
    }


def plan_json(plan: ProjectPlan, catalogue: Catalogue, translate: Translate, lang: str) -> str:
    """The plan as JSON text: the same plan gives the same bytes."""
    return json.dumps(plan_as_plain(plan, catalogue, translate, lang), ensure_ascii=False, indent=2) + "\n"


def _step(
    plan: ProjectPlan, step: PlannedStep, catalogue: Catalogue, translate: Translate, lang: str
) -> dict[str, object]:
    department = catalogue.department_of.get(step.department)
    draft = plan.expansion.step(step.code)
    return {
        "code": step.code,
        "name": step.spoken(lang),
        "department": step.department,
        "start_on": _day(step.start_on),
        "finish_on": _day(step.finish_on),
        "total_float": step.total_float,
        "free_float": step.free_float,
        "critical": step.critical,
        "why": render(chain_of(plan, step.code, catalogue), translate, lang),
        "number": step.number,
        "department_name": department.spoken(lang) if department is not None else step.department,
        "accept_on": _day(step.accept_on),
        "start_workday": step.start,
        "accept_workday": step.accept,
        "finish_workday": step.finish,
        "promised_end_on": _day(step.promised_end_on),
        "statutory_end_on": _day(step.statutory_end_on),
        "is_provisional": step.is_provisional,
        "on_the_list": render(draft.because, translate, lang) if draft is not None else "",
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
