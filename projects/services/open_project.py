"""Open a project: from a template and its facts to a list of steps, two officers, and a plan to come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.facts import FactValue
from approvals.services.add_steps import NewStep, set_steps
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.work import Work, work
from concierge.staff.services.assign_pair import assign_pair
from concierge.staff.services.open_to import open_to
from projects.events import EnterpriseRegistered, ProjectOpened
from projects.models.project import Enterprise, Project, ProjectStatus
from projects.rules.checked_terms import checked_days
from projects.rules.expand import Expansion, expand
from projects.rules.identity import checked_credit_code, checked_project_code


class CodeTaken(Invalid):
    """Two projects would carry one code."""

    message = N_("The project code %(code)s belongs to “%(name)s” already.")


class NamedTwice(Invalid):
    """One social credit code, two names: one of them is wrong."""

    message = N_("The credit code %(uscc)s is on the books as “%(name)s”. Use that name, or check the code.")


class NothingToDo(Refusal):
    """The facts leave no step at all."""

    message = N_("With these facts no step of the template applies. Look at the facts again.")


class NoEdition(Refusal):
    """Nothing has been published to plan by."""

    message = N_("No edition of the catalogue is published yet. Have the system administrator publish one.")


@dataclass(frozen=True, kw_only=True)
class NewEnterprise:
    """The project owner, as typed."""

    name: str
    uscc: str
    contact: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class NewProject:
    """Everything a project begins with.

    Shape: ``facts`` holds the recorded ones only; ``pair`` is A and B, if named.
    """

    code: str
    name: str
    enterprise: NewEnterprise
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    gates: str = "template"
    days: str = "elapsed"
    start_on: date
    target_on: date | None = None
    pair: tuple[int, int] | None = None


def open_project(new: NewProject, *, by: Actor) -> int:
    """Open a project; answers its number. Its plan follows at once, made by the handler of ``ProjectOpened``.

    Raises: CodeTaken, NamedTwice, NothingToDo, NoEdition, UnknownTemplate, UnknownFact, FactOfWrongType,
        and what the two numbers may be wrong about.
    """
    with work(by) as w:
        edition_id = catalogue_queries.latest_edition_id(w.session)
        if edition_id is None:
            raise NoEdition
        checked_days(new.start_on, new.target_on, catalogue_queries.work_calendar(w.session))
        catalogue = catalogue_queries.catalogue(edition_id, w.session)
        expansion = expand(catalogue, new.template, new.facts)
        if not expansion.steps:
            raise NothingToDo
        project = w.add(
            Project(
                code=_free_code(w, new.code),
                name=new.name.strip(),
                enterprise_id=_register(w, new.enterprise),
                edition_id=edition_id,
                template=new.template,
                facts=json.dumps(dict(new.facts), ensure_ascii=False, sort_keys=True),
                gates=new.gates,
                days=new.days,
                investment_wan=_whole(expansion.value("investment_wan")),
                start_on=new.start_on,
                target_on=new.target_on,
                status=ProjectStatus.ACTIVE,
                liaison_id=by.id,
                revision=1,
                opened_at=clock.now(),
            )
        )
        list_steps(w, project.id, expansion)
        if by.id is not None:
            open_to(w, project.id, by.id)
        if new.pair:
            assign_pair(w, project.id, *new.pair)
        w.record(ProjectOpened(project.id, project.code, project.template))
        return project.id


def list_steps(w: Work, project_id: int, expansion: Expansion) -> None:
    """Put the steps of an expansion on a project's list."""
    set_steps(
        w,
        project_id,
        [NewStep(step.code, step.number, step.matter.lead_department) for step in expansion.steps],
    )


def _free_code(w: Work, typed: str) -> str:
    code = checked_project_code(typed)
    taken = w.session.execute(select(Project.name).where(Project.code == code)).scalar_one_or_none()
    if taken is not None:
        raise CodeTaken(code=code, name=taken, field="code")
    return code


def _register(w: Work, new: NewEnterprise) -> int:
    uscc = checked_credit_code(new.uscc)
    known = w.session.execute(
        select(Enterprise).where(Enterprise.uscc == uscc).with_for_update()
    ).scalar_one_or_none()
    if known is None:
        known = w.add(
            Enterprise(
                name=new.name.strip(),
                uscc=uscc,
                contact=new.contact or None,
                phone=new.phone or None,
                address=new.address or None,
            )
        )
        w.record(EnterpriseRegistered(known.id, known.name))
    elif known.name != new.name.strip():
        raise NamedTwice(uscc=uscc, name=known.name, field="uscc")
    return known.id


def _whole(value: FactValue) -> int:
    """A sum in 10,000 yuan as whole units; a fact that is no number counts as none."""
    return round(value) if isinstance(value, int | float) else 0
