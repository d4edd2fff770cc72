"""Which results lapse, and when: read from the record and the words of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import PERMIT, START, Catalogue, Matter
from approvals.rules.validity import Holding, Validity, holding, lapses_on, read_validity
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from projects.models.project import Project, ProjectStatus
from projects.queries.works import extended_until


@dataclass(frozen=True, kw_only=True)
class Lapsing:
    """One result that lapses. Units: civil days; ``last_on`` is the last one on which it holds."""

    project_id: int
    project: str
    number: str
    matter: Matter
    result_number: str
    issued_on: date
    last_on: date
    validity: Validity
    holding: Holding


@dataclass(frozen=True)
class Begun:
    """When the works began, and until when the authority let them begin later. Units: civil days."""

    began_on: date | None = None
    put_off_until_on: date | None = None


def lapsing(session: Session, actor: Actor, today: date) -> tuple[Lapsing, ...]:
    """The results of active projects that lapse within the days of watching, or have lapsed; those first.

    Shape: three queries, and one for each edition of the catalogue not read before.
    Source: PR-13; PR-11 for a beginning that was put off.
    """
    editions = session.scalars(select(Project.edition_id).where(within(actor, Project.id)).distinct()).all()
    catalogues = {number: catalogue_queries.catalogue(number, session) for number in editions}
    rows = session.execute(
        select(Step, Project.name, Project.edition_id)
        .join(Project, Project.id == Step.project_id)
        .where(
            within(actor, Project.id),
            Project.status == ProjectStatus.ACTIVE,
            Step.finished_on.is_not(None),
            Step.code.in_({START, *_with_validity(catalogues.values())}),
        )
        .order_by(Step.project_id, Step.number)
    ).all()
    began = {step.project_id: step.finished_on for step, _, _ in rows if step.code == START}
    put_off = extended_until(session, {step.project_id for step, _, _ in rows if step.code == PERMIT})
    found = []
    for step, name, edition in rows:
        matter = catalogues[edition].matter_of.get(step.code)
        if matter is None or not matter.result_validity:
            continue
        begun = Begun(began.get(step.project_id), put_off.get(step.project_id))
        one = result_of(step, name, matter, begun, today)
        if one is not None and one.holding is not Holding.HOLDS:
            found.append(one)
    return tuple(sorted(found, key=lambda one: (one.last_on, one.project_id, one.number)))


def result_of(step: Step, project: str, matter: Matter, begun: Begun, today: date) -> Lapsing | None:
    """The result of one step, if it lapses at all. Source: PR-13, PR-11."""
    validity = _validity(matter.result_validity)
    if validity is None or step.finished_on is None:
        return None
    put_off = begun.put_off_until_on if step.code == PERMIT else None
    last_on = lapses_on(validity, step.finished_on, begun.began_on, put_off)
    if last_on is None:
        return None
    return Lapsing(
        project_id=step.project_id,
        project=project,
        number=step.number,
        matter=matter,
        result_number=step.result_number or "",
        issued_on=step.finished_on,
        last_on=last_on,
        validity=validity,
        holding=holding(last_on, today),
    )


def _with_validity(catalogues: Iterable[Catalogue]) -> set[str]:
    return {matter.code for catalogue in catalogues for matter in catalogue.matters if matter.result_validity}


@lru_cache(maxsize=256)
def _validity(words: str) -> Validity | None:
    return read_validity(words)
