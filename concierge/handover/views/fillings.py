"""What handover puts into the project page: who acts today, who acted when, and the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from concierge.handover.queries.handovers import of_project
from concierge.handover.queries.posts import ProjectPosts, posts_of_project
from concierge.handover.views.handover_list import days_of, number_of
from concierge.handover.views.words import STAGES
from concierge.kernel import clock, spoken
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.web import may
from concierge.staff import queries as staff_queries
from concierge.staff.queries import spoken_name
from concierge.staff.rules.minutes import DAY, day_of, minute_of, time_of
from concierge.staff.rules.presence import Stretch
from concierge.staff.rules.stages import Stage

if TYPE_CHECKING:
    from projects.queries.project_file import ProjectFile

MOST_SHOWN = 12


def project_posts(file: ProjectFile, reader: Actor) -> Markup | str:
    """Who acts today and who acted when, with the handovers of the project."""
    today = clock.today()
    posts = posts_of_project(db.session, file.project.id, today)
    may_move = may("oversee", "Handover") and posts.stage is Stage.CONSTRUCTION
    mine = {reader.id} if not may("oversee", "Handover") else None
    return Markup(  # noqa: S704  (the template escapes)
        render_template(
            "handover/project_posts.html",
            project_id=file.project.id,
            is_open=file.project.ended_on is None,
            stage=gettext(STAGES[posts.stage]),
            now=_now(posts),
            lines=[_stretch(one, posts.names, minute_of(today)) for one in reversed(posts.acted)][
                :MOST_SHOWN
            ],
            handovers=[
                {
                    "number": number_of(row),
                    "href": url_for("HandoverView.one", handover_id=row.id)
                    if mine is None or mine & {row.from_id, row.to_id}
                    else "",
                    "text": gettext(
                        "%(giver)s to %(taker)s, %(days)s",
                        giver=spoken_name(row.giver),
                        taker=spoken_name(row.taker),
                        days=days_of(row),
                    ),
                    "is_open": row.accepted_at is None,
                }
                for row in of_project(db.session, file.project.id)[:5]
            ],
            residents=[
                {"value": one.id, "text": spoken_name(one)} for one in staff_queries.residents(db.session)
            ]
            if may_move
            else [],
            may_move=may_move,
        )
    )


def _now(posts: ProjectPosts) -> dict[str, Any] | None:
    if posts.now is None:
        return None
    return {"name": posts.names.get(posts.now.person_id or 0, ""), "post": posts.now.post}


def _stretch(one: Stretch, names: dict[int, str], today: int) -> dict[str, Any]:
    return {
        "name": names.get(one.person_id or 0, ""),
        "post": one.post,
        "days": gettext("%(first)s to %(last)s", first=_edge(one.begin), last=_edge(one.end, is_end=True)),
        "is_now": one.begin <= today < one.end,
        "is_coming": one.begin > today,
    }


def _edge(minute: int, *, is_end: bool = False) -> str:
    if minute % DAY == 0:
        return spoken.day(day_of(minute - 1 if is_end else minute))
    return f"{spoken.day(day_of(minute))} {time_of(minute):%H:%M}"
