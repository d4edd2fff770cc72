"""Add the ratings' part to the demonstration county: what enterprises said, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading, work
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.queries.who_may import rated_people
from concierge.ratings.rules.rating import Given, Level, Rated, Reason
from concierge.ratings.rules.redress import Finding
from concierge.ratings.services.appeal_rating import appeal_rating
from concierge.ratings.services.follow_negative import Contact, call_back, contact_rater, put_right
from concierge.ratings.services.follow_steps import follow_steps
from concierge.ratings.services.invite_to_rate import invite_to_rate
from concierge.ratings.services.make_rating_link import make_rating_link
from concierge.ratings.services.rate_service import rate_service
from concierge.staff.queries import spoken_name
from projects.models.project import Project
from projects.services.load_demonstration import COUNTY

LOADER = Actor(None, "demonstration")
SAID = Path(__file__).parent.parent / "data" / "demonstration.yaml"
Line = Mapping[str, Any]


def load_demonstration() -> dict[str, list[str]]:
    """Have the county's enterprises rate, and its people answer.

    Shape: the address of a form, for the script that looks at the county.
    """
    base = current_app.config["CONCIERGE"].base_url
    said = yaml.safe_load(SAID.read_text(encoding="utf-8"))
    today = yaml.safe_load(COUNTY.read_text(encoding="utf-8"))["today"]
    with clock.standing_at(today), work(LOADER) as w:
        follow_steps(w)
    with reading() as session:
        occasions = _occasions(session)
    for line in said["ratings"]:
        with clock.standing_at(line["day"]):
            if _key(line) in occasions:
                rate_service(occasions[_key(line)], _given(line), by=LOADER)
    for line in said["followed"]:
        _follow(line)
    for line in said["appealed"]:
        with reading() as session:
            rating_id = _rating(session, line)
        if rating_id is not None:
            with clock.standing_at(line["day"]):
                appeal_rating(rating_id, line["speaker"], line["reason"], by=LOADER)
    with clock.standing_at(today):
        with work(LOADER) as w:
            invite_to_rate(w)
        with reading() as session:
            open_one = _latest_unrated(session)
        if open_one is None:
            return {}
        return {"rating_links": [f"{base}/p/{make_rating_link(open_one, by=LOADER).token}/rate"]}


def _key(line: Line) -> tuple[str, str]:
    return line["project"], line["code"]


def _occasions(session: Session) -> dict[tuple[str, str], int]:
    rows = session.execute(
        select(Project.code, OccasionRow.code, OccasionRow.id)
        .join(Project, Project.id == OccasionRow.project_id)
        .where(OccasionRow.kind == Rated.STEP)
    )
    return {(project, code): occasion_id for project, code, occasion_id in rows}


def _given(line: Line) -> Given:
    return Given(
        level=Level(line["level"]),
        reasons=frozenset(Reason(one) for one in line.get("reasons", ())),
        words=line.get("words", ""),
        is_anonymous="name" not in line,
        name=line.get("name", ""),
        phone=line.get("phone", ""),
    )


def _follow(line: Line) -> None:
    """The way of one negative rating, each act on its day by somebody it is not about."""
    with reading() as session:
        rating_id = _rating(session, line)
        if rating_id is None:
            return
        redress_id = session.scalar(select(RedressRow.id).where(RedressRow.rating_id == rating_id)) or 0
        occasion_id = session.scalar(select(RatingRow.occasion_id).where(RatingRow.id == rating_id)) or 0
        handler = _somebody(session, "Chief", occasion_id)
        caller = _somebody(session, "Supervisor", occasion_id)
    with clock.standing_at(line["contacted_on"]):
        due_on: date | None = line.get("due_on")
        found = Contact(note=line["note"], finding=Finding(line["finding"]), rectify_due_on=due_on)
        contact_rater(redress_id, found, by=handler)
    if "rectified_on" in line:
        with clock.standing_at(line["rectified_on"]):
            put_right(redress_id, line["fault"], line["measure"], line["answer"], by=handler)
    if "called_back_on" in line:
        with clock.standing_at(line["called_back_on"]):
            call_back(redress_id, Level(line["after"]), line["heard"], by=caller)


def _rating(session: Session, line: Line) -> int | None:
    return session.scalar(
        select(RatingRow.id)
        .join(OccasionRow, OccasionRow.id == RatingRow.occasion_id)
        .join(Project, Project.id == OccasionRow.project_id)
        .where(Project.code == line["project"], OccasionRow.code == line["code"])
    )


def _somebody(session: Session, role: str, occasion_id: int) -> Actor:
    rated = rated_people(session, occasion_id)
    people = session.scalars(
        select(User).where(User.active, User.roles.any(Role.name == role)).order_by(User.id)
    )
    return next((Actor(one.id, spoken_name(one)) for one in people if one.id not in rated), LOADER)


def _latest_unrated(session: Session) -> int | None:
    """The latest decision of an enterprise that has not been rated, for a look at the form."""
    return session.scalar(
        select(OccasionRow.id)
        .outerjoin(RatingRow, RatingRow.occasion_id == OccasionRow.id)
        .join(Step, Step.id == OccasionRow.source_id)
        .where(RatingRow.id.is_(None), OccasionRow.withdrawn_at.is_(None), OccasionRow.kind == Rated.STEP)
        .order_by(OccasionRow.closed_on.desc(), OccasionRow.id)
        .limit(1)
    )
