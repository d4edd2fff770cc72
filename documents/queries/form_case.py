"""What the merged forms of a project are filled with before anybody types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from documents.queries.project_case import ProjectCase
from documents.rules.days import short_day
from documents.rules.merged_form import FormField, Known, MergedForm, merged_form, read_fields

AT_OPENING = "项目登记信息"
OWN_SIDE_KINDS = frozenset({"contract", "hearing_or_site_visit"})
UTILITIES = "JR_UTIL"
MOST_NAMED = 2


@cache
def form_fields() -> tuple[FormField, ...]:
    """Every field the matters of the catalogue ask for, as shipped."""
    return read_fields((files("documents") / "data" / "form_fields.csv").read_text(encoding="utf-8"))


def matters_of_stage(case: ProjectCase, stage: str) -> tuple[str, ...]:
    """The matters of one stage an application is made for, in the order of the project's list.

    Shape: contracts, visits and what the enterprise does itself need no application. Of the parallel items
        those of the joint utility service stand on their own form: ``JR_UTIL`` names them.
    Source: PR-1.
    """
    found = []
    for step in case.expansion.steps:
        matter = step.matter
        is_utility = matter.review_group == UTILITIES
        in_stage = is_utility if stage == UTILITIES else matter.stage == stage and not is_utility
        is_service = matter.kind == "public_service" and not is_utility
        own = matter.kind in OWN_SIDE_KINDS or matter.lead_department == "ENT" or is_service
        if in_stage and not own:
            found.append(matter.code)
    return tuple(found)


def known_values(
    case: ProjectCase, fields: Iterable[FormField], answers: Mapping[str, Known]
) -> dict[str, Known]:
    """What is known of each field, by its code: from the records, else from an earlier form.

    Source: AC-6: what an earlier step collected is not asked for again.
    """
    found = {}
    for field in fields:
        known = _from_records(case, field.source) or answers.get(field.code)
        if known is not None and known.value:
            found[field.code] = known
    return found


def form_of(case: ProjectCase, matters: Sequence[str], answers: Mapping[str, Known]) -> MergedForm:
    """The one form of some matters of a project, filled as far as it can be."""
    fields = form_fields()
    return merged_form(fields, matters, known_values(case, fields, answers))


def asked_by_words(case: ProjectCase, matters: Sequence[str], asked_by: Sequence[str]) -> str:
    """Who wants a field: the departments, each once; all of them in three words."""
    if len(asked_by) == len(matters) > 1:
        return "全部事项"
    codes = dict.fromkeys(case.catalogue.matter(code).lead_department for code in asked_by)
    names = [case.department(code).removeprefix(case.county) for code in codes]
    return names[0] + f"等{len(names)}个部门" if len(names) > MOST_NAMED else "、".join(names)


def _from_records(case: ProjectCase, source: str) -> Known | None:
    kind, _, name = source.partition(".")
    read = _READERS.get(kind)
    return read(case, name) if read else None


def _project(case: ProjectCase, name: str) -> Known:
    made = {"code": "项目代码", "uscc": "统一社会信用代码", "owner": "单位名称", "name": "项目名称"}.get(name)
    origin = case.prefilled(made)[0].source if made else AT_OPENING
    return Known(value=str(case.words()[name] or ""), origin=origin)


def _fact(case: ProjectCase, name: str) -> Known | None:
    """A recorded fact; an amount of nothing at all is left to the applicant."""
    value = case.expansion.value(name)
    if value == () or (value == 0 and not isinstance(value, bool)):
        return None
    return Known(value=case.fact(name), origin=AT_OPENING)


def _result(case: ProjectCase, codes: str) -> Known | None:
    for code in codes.split("|"):
        step = case.step(code)
        if step is not None and step.finished_on is not None and step.result_number:
            name = case.catalogue.matter(code).name_zh
            return Known(value=step.result_number, origin=f"{name}，{short_day(step.finished_on)}")
    return None


def _finished(case: ProjectCase, code: str) -> Known | None:
    step = case.step(code)
    if step is None or step.finished_on is None:
        return None
    return Known(value=_day(step.finished_on), origin=case.catalogue.matter(code).name_zh)


def _plan(case: ProjectCase, name: str) -> Known:  # noqa: ARG001  (the start is all a plan tells a form)
    return Known(value=_day(case.project.start_on), origin="项目办理计划")


def _utility(case: ProjectCase, name: str) -> Known:  # noqa: ARG001  (the list is all there is)
    names = [case.catalogue.matter(code).name_zh for code in matters_of_stage(case, UTILITIES)]
    return Known(value="、".join(names[1:] or names), origin="项目事项清单")


def _acceptance(case: ProjectCase, name: str) -> Known:  # noqa: ARG001  (the list is all there is)
    names = [
        step.matter.name_zh
        for step in case.expansion.steps
        if step.matter.review_group == "JR_ACCEPT" and step.code != "joint-acceptance"
    ]
    return Known(value="、".join(names), origin="项目事项清单")


def _day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


_READERS: Mapping[str, Callable[[ProjectCase, str], Known | None]] = {
    "project": _project,
    "fact": _fact,
    "result": _result,
    "step": _finished,
    "plan": _plan,
    "utility": _utility,
    "acceptance": _acceptance,
}
