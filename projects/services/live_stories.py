"""What happens in the demonstration county besides moves: papers, promises, opinions, notes, an ending."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.models.joint_review import JointReviewRow
from approvals.models.step import Step
from approvals.rules.deferral import GrantLevel
from approvals.rules.opinions import Opinion, OpinionWay, Stance
from approvals.rules.papers import PaperWay
from approvals.services.convene_review import NewReview, convene_review
from approvals.services.give_opinion import give_opinion
from approvals.services.grant_deferral import Grantor
from approvals.services.note_on_step import note_on_step
from approvals.services.supply_deferral import supply_deferral
from approvals.services.verify_deferral import verify_deferral
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading, work
from projects.models.project import Project
from projects.queries.standing import expansion_of, steps_of
from projects.rules.ending import Ending
from projects.rules.papers import papers_of_step
from projects.services.close_project import close_project
from projects.services.defer_paper import Promise, defer_paper
from projects.services.hand_in_papers import Brought, Receipt, take_all
from projects.services.set_green_channel import set_green_channel


@dataclass(frozen=True)
class Story:
    """One thing that happens on a day, as the file of the demonstration tells it."""

    on: date
    deed: str
    row: Mapping[str, Any]

    @property
    def is_chiefs(self) -> bool:
        """Whether the chief does it, not the officer of the project."""
        return self.deed in ("green", "end")


def stories(told: Mapping[str, Any], begun: Mapping[str, date], today: date) -> list[Story]:
    """What is told of one project, in the order of the days.

    Shape: ``begun`` are the steps that run, with the day their papers came: what only the enterprise brings
        came with them, but for what was promised for later.
    """
    promised: Sequence[Mapping[str, Any]] = told.get("deferrals", ())
    found = [
        Story(day, "papers", {"step": code, "but": [p["material"] for p in promised if p["step"] == code]})
        for code, day in begun.items()
    ]
    for promise in promised:
        found.append(Story(promise["day"], "defer", promise))
        found += [Story(promise[deed], deed, promise) for deed in ("supplied", "verified") if deed in promise]
    for review in told.get("reviews", ()):
        found.append(Story(review["day"], "convene", review))
        found += [Story(one["day"], "opinion", {**review, **one}) for one in review.get("opinions", ())]
    found += [Story(note["day"], "note", note) for note in told.get("notes", ())]
    found += [Story(told[deed]["day"], deed, told[deed]) for deed in ("green", "end") if deed in told]
    return sorted((one for one in found if one.on <= today), key=lambda one: one.on)


def live(project_id: int, story: Story, *, by: Actor) -> None:
    """Let one thing happen, with the services people use."""
    _DEEDS[story.deed](project_id, story, by)


def _papers(project_id: int, story: Story, by: Actor) -> None:
    with work(by) as w:
        project = w.get(Project, project_id)
        step = _step(w.session, project_id, story.row["step"])
        brought = [Brought(code, is_original_here=True) for code in _owners(w.session, project, step, story)]
        receipt = Receipt(way=PaperWay.COUNTER, on=story.on, step=step.number)
        take_all(w, project, brought, receipt)


def _owners(session: Any, project: Project, step: Step, story: Story) -> Sequence[str]:
    """The papers of a step that only the enterprise brings, one of those of which any will do."""
    catalogue, expansion = expansion_of(session, project)
    passed = {one.code for one in steps_of(session, project.id) if one.finished_on is not None}
    late: Collection[str] = story.row["but"]
    groups = papers_of_step(catalogue, expansion, step.code, passed)
    first = (group.papers[0] for group in groups)
    return [paper.material.code for paper in first if paper.is_owners and paper.material.code not in late]


def _defer(project_id: int, story: Story, by: Actor) -> None:
    row = story.row
    promise = Promise(
        material=row["material"],
        form=row["form"],
        due_on=row["due"],
        signed_by=row["signed"],
        signed_on=story.on,
    )
    grantor = Grantor(name=row["granted"], level=GrantLevel(row.get("level", "window")))
    defer_paper(_step_id(project_id, row["step"]), promise, grantor=grantor, by=by)


def _supplied(project_id: int, story: Story, by: Actor) -> None:
    supply_deferral(_deferral_id(project_id, story.row), story.on, by=by)


def _verified(project_id: int, story: Story, by: Actor) -> None:
    verify_deferral(_deferral_id(project_id, story.row), story.row["granted"], by=by)


def _convene(project_id: int, story: Story, by: Actor) -> None:
    row = story.row
    new = NewReview(
        project_id=project_id,
        review_group=row["group"],
        steps=tuple(row["steps"]),
        members=tuple(row["members"]) if "members" in row else None,
        subject=row.get("subject", ""),
    )
    convene_review(new, by=by)


def _opinion(project_id: int, story: Story, by: Actor) -> None:
    row = story.row
    with reading() as session:
        review_id = session.execute(
            select(JointReviewRow.id).where(
                JointReviewRow.project_id == project_id, JointReviewRow.review_group == row["group"]
            )
        ).scalar_one()
    opinion = Opinion(
        stance=Stance(row["stance"]),
        text=row.get("text", ""),
        conditions=tuple(row.get("conditions", ())),
        materials=tuple(row.get("materials", ())),
        given_by=row["by"],
    )
    give_opinion(review_id, row["department"], opinion, way=OpinionWay.LINK, by=by)


def _note(project_id: int, story: Story, by: Actor) -> None:
    note_on_step(_step_id(project_id, story.row["step"]), story.row["text"], by=by)


def _green(project_id: int, story: Story, by: Actor) -> None:
    set_green_channel(project_id, story.row["reason"], by=by)


def _end(project_id: int, story: Story, by: Actor) -> None:
    close_project(project_id, Ending(story.row["how"]), story.row["reason"], by=by)


_DEEDS = {
    "papers": _papers,
    "defer": _defer,
    "supplied": _supplied,
    "verified": _verified,
    "convene": _convene,
    "opinion": _opinion,
    "note": _note,
    "green": _green,
    "end": _end,
}


def _step(session: Any, project_id: int, code: str) -> Step:
    found: Step = session.execute(
        select(Step).where(Step.project_id == project_id, Step.code == code)
    ).scalar_one()
    return found


def _step_id(project_id: int, code: str) -> int:
    with reading() as session:
        return _step(session, project_id, code).id


def _deferral_id(project_id: int, row: Mapping[str, Any]) -> int:
    with reading() as session:
        return session.execute(
            select(DeferralRow.id)
            .join(Step, Step.id == DeferralRow.step_id)
            .where(
                DeferralRow.project_id == project_id,
                DeferralRow.material == row["material"],
                Step.code == row["step"],
            )
        ).scalar_one()
