"""What the documents of a project and of its steps are made from, read in few questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import current_app, has_app_context
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from approvals.models.step import Step
from approvals.queries import cases
from approvals.rules.catalogue import Catalogue, Matter
from approvals.rules.journal import Line, standing_lines
from approvals.rules.progress import Move
from concierge.kernel.errors import Missing
from concierge.staff.models import Pairing
from concierge.staff.queries import pairings, spoken_name
from documents.rules.facts import MissingFact, Prefilled, Value
from documents.rules.office_names import official_name
from documents.rules.origins import origins_of
from documents.rules.wording import with_chinese_brackets
from projects.models.project import Project
from projects.queries.standing import expansion_of, steps_of
from projects.rules.expand import Expansion

COUNTY = "本县"
"""How a document calls the county where nobody set its name."""


def county_name() -> str:
    """The county's full name, as the settings have it."""
    return str(current_app.config["CONCIERGE"].county_name) if has_app_context() else COUNTY


@dataclass(frozen=True, kw_only=True)
class ProjectCase:
    """One project with its enterprise, its catalogue and its list of steps."""

    project: Project
    catalogue: Catalogue
    expansion: Expansion
    steps: Sequence[Step]
    pairing: Pairing | None
    county: str

    @property
    def page(self) -> str:
        """Where a person writes what is missing of the enterprise."""
        return f"/enterprises/edit/{self.project.enterprise_id}"

    @cached_property
    def passed(self) -> frozenset[str]:
        """The steps that have their result."""
        return frozenset(step.code for step in self.steps if step.finished_on is not None)

    def step(self, code: str) -> Step | None:
        """The step of one matter, where the list has it."""
        return next((step for step in self.steps if step.code == code), None)

    def department(self, code: str) -> str:
        """A department in full; the enterprise itself where the step is its own."""
        if code == "ENT":
            return self.project.enterprise.name
        return official_name(self.catalogue.department_of.get(code), code, self.county)

    def officers(self) -> dict[str, Value]:
        """The officers A and B, empty where nobody was named yet."""
        if self.pairing is None:
            return {"a": "", "b": ""}
        return {"a": spoken_name(self.pairing.a), "b": spoken_name(self.pairing.b)}

    def fact(self, name: str) -> str:
        """One recorded fact as a document says it, with its unit."""
        attribute = self.catalogue.attribute_of.get(name)
        return attribute.spoken_value(self.expansion.value(name), "zh") if attribute else ""

    def words(self) -> dict[str, Value]:
        """The project and its owner as every document names them."""
        enterprise = self.project.enterprise
        return {
            "name": self.project.name,
            "code": self.project.code,
            "owner": enterprise.name,
            "uscc": enterprise.uscc,
            "contact": enterprise.contact or "",
            "phone": enterprise.phone or "",
            "address": enterprise.address or "",
            "kind": self.expansion.template.name_zh,
        }

    def prefilled(self, *fields: str) -> tuple[Prefilled, ...]:
        """Where these fields came from: the step whose result they are, or the record of the opening.

        Source: AC-6: what an earlier step collected is not asked for again, and the document says so.
        """
        found = []
        for field in fields:
            made = (self.step(code) for code in origins_of(field))
            by = next((step for step in made if step is not None and step.finished_on is not None), None)
            if by is None:
                found.append(Prefilled(field=field, source="项目登记信息"))
                continue
            matter = with_chinese_brackets(self.catalogue.matter(by.code).name_zh)
            source = f"{matter}（{by.result_number}）" if by.result_number else matter
            found.append(Prefilled(field=field, source=source, on=by.finished_on))
        return tuple(found)

    def missing_of_owner(self, *names: str) -> tuple[MissingFact, ...]:
        """What a document cannot do without and the enterprise's record does not hold."""
        told = {"联系人": "contact", "联系电话": "phone", "地址": "address"}
        enterprise = self.project.enterprise
        return tuple(
            MissingFact(name=f"项目单位{name}", page=self.page)
            for name in names
            if not getattr(enterprise, told[name])
        )


@dataclass(frozen=True, kw_only=True)
class StepCase:
    """One step with its project and what happened to it."""

    of: ProjectCase
    step: Step
    lines: tuple[Line, ...]

    @property
    def page(self) -> str:
        """Where a person records what is missing of the step."""
        return f"/projects/{self.step.project_id}/steps/{self.step.number}"

    @property
    def matter(self) -> Matter:
        """The matter of the project's own edition."""
        return self.of.catalogue.matter(self.step.code)

    @property
    def department(self) -> str:
        """The department in charge, in full."""
        return self.of.department(self.step.department)

    def line(self, *moves: Move) -> Line | None:
        """The last of these moves in this attempt that still counts."""
        found = (line for line in standing_lines(self.lines) if line.attempt == self.step.attempt)
        return next((line for line in reversed(tuple(found)) if line.move in moves), None)

    def basis(self, on: date) -> str:
        """The citation of the matter in force on a day. Source: R-LAW-1."""
        return with_chinese_brackets(self.of.catalogue.citation_on(self.step.code, on))

    def words(self, on: date) -> dict[str, Value]:
        """The step as its documents name it."""
        return {
            "name": with_chinese_brackets(self.matter.name_zh),
            "number": self.step.number,
            "department": self.department,
            "result": self.matter.result_document,
            "basis": self.basis(on),
            "received_on": self.step.received_on,
            "accepted_on": self.step.accepted_on,
            "promised_end_on": self.step.promised_end_on,
            "statutory_end_on": self.step.statutory_end_on,
        }


def project_case(session: Session, project_id: int) -> ProjectCase:
    """One project. Shape: three queries, the catalogue read once a process. Raises: Missing."""
    project = session.scalar(
        select(Project)
        .where(Project.id == project_id)
        .options(joinedload(Project.enterprise), joinedload(Project.liaison))
    )
    if project is None:
        raise Missing
    catalogue, expansion = expansion_of(session, project)
    return ProjectCase(
        project=project,
        catalogue=catalogue,
        expansion=expansion,
        steps=steps_of(session, project_id),
        pairing=pairings(session, [project_id]).get(project_id),
        county=county_name(),
    )


def step_case(session: Session, step_id: int) -> StepCase:
    """One step. Shape: five queries. Raises: Missing."""
    step = session.get(Step, step_id)
    if step is None:
        raise Missing
    return StepCase(
        of=project_case(session, step.project_id), step=step, lines=cases.journal(session, step_id)
    )


def material_names(case: ProjectCase, step: str) -> Mapping[str, str]:
    """What the papers of a step are called."""
    return {one.code: one.name_zh for one in case.catalogue.materials_of.get(step, ())}
