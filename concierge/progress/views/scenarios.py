"""Sharing a what-if from the page of questions: its answer is sealed into the form, so it stays as seen."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_appbuilder import expose
from flask_babel import gettext
from itsdangerous import BadData, URLSafeTimedSerializer
from markupsafe import Markup

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.db import db
from concierge.kernel.errors import N_, ConciergeError, Invalid, Missing
from concierge.kernel.qr import qr
from concierge.kernel.web import Page, actor, allowed, may, say
from concierge.progress.queries.scenarios import scenarios_of_project
from concierge.progress.rules.links import LONGEST_NAME
from concierge.progress.rules.scenario import (
    LONGEST_TITLE,
    MOST_MOVES,
    SharedHeadline,
    SharedScenario,
    SharedStep,
    as_json,
    from_json,
)
from concierge.progress.services.share_scenario import NewScenario, share_scenario
from concierge.progress.views.share_sheet import LINK
from concierge.progress.views.words import REPLIES
from projects.queries.project_file import visible_project
from projects.rules.project_plan import ProjectPlan

FORM_SECONDS = 24 * 60 * 60


class QuestionGone(Invalid):
    """A form that was open too long, or was changed on the way."""

    message = N_("This question is a day old or more. Work it out again, then share it.")


class ScenarioPage(Page):
    """Sharing what would follow."""

    route_base = "/projects"
    class_permission_name = LINK
    default_view = "share"
    base_permissions = ("can_make",)

    @expose("/<int:project_id>/scenarios", methods=["POST"])
    @allowed("make")
    def share(self, project_id: int) -> Any:
        """Share it and show the link's key, once."""
        project = visible_project(db.session, project_id, actor())
        form = request.form
        try:
            answer, query = _opened(project_id, form.get("answer", ""))
            new = NewScenario(
                title=form.get("title", ""),
                words=form.get("words", ""),
                recipient=form.get("recipient", ""),
                query=query,
                answer=answer,
            )
            minted = share_scenario(project_id, new, by=actor())
        except Missing:
            raise
        except ConciergeError as error:
            flash(say(error), "error")
            return redirect(_back(project_id, form.get("answer", "")), code=303)
        address = f"{current_app.config['CONCIERGE'].base_url}/p/{minted.token}"
        return self.show(
            "progress/scenario_shared.html",
            project=project,
            title=form.get("title", "").strip(),
            recipient=form.get("recipient", "").strip(),
            address=address,
            drawn=qr(address),
            back=url_for("WhatIfView.one", project_id=project_id),
        )


def what_if_share(page: Any, _reader: Actor) -> Markup:
    """The form for sharing the question a page answers, and what was shared before.

    Shape: ``page`` has ``asked``, ``fault``, ``difference`` and ``query()``, as the page of questions has.
    """
    if not may("make", LINK) or page.fault:
        return Markup()
    project = page.asked.project
    answer = answer_of(page.difference.old, page.difference.new, page.difference, clock.today())
    return Markup(  # noqa: S704  (our own template)
        render_template(
            "progress/what_if_share.html",
            project_id=project.id,
            is_none=answer.is_none,
            sealed=_signer().dumps([project.id, as_json(answer), urlencode(page.query(), doseq=True)]),
            most_title=LONGEST_TITLE,
            most_name=LONGEST_NAME,
            shared=[
                {
                    "title": row.title,
                    "recipient": recipient,
                    "on": clock.local(row.made_at).date(),
                    "reply": gettext(REPLIES[row.reply]) if row.reply is not None else "",
                    "href": f"{url_for('WhatIfView.one', project_id=project.id)}?{row.query}",
                }
                for row, recipient in scenarios_of_project(db.session, project.id)
            ],
        )
    )


def answer_of(old: ProjectPlan, new: ProjectPlan, difference: Any, today: date) -> SharedScenario:
    """What follows, as the enterprise reads it: days and names, no facts of the office's own."""
    came_or_went = {one.code for one in difference.list_change.added}
    came_or_went |= {one.matter.code for one in difference.list_change.removed}
    moves = [one for one in difference.cascade.moves if one.code not in came_or_went]
    return SharedScenario(
        counted_on=today,
        headlines=tuple(
            SharedHeadline(code, before, after, _workdays(new, before, after))
            for code, before, after in (
                ("permit", old.permit_on, new.permit_on),
                ("start", old.lawful_start_on, new.lawful_start_on),
            )
            if before or after
        ),
        added=tuple(
            SharedStep(one.matter.name_zh, one.matter.name_en, None, _day(new.step(one.code).finish_on))
            for one in difference.list_change.added
        ),
        removed=tuple(
            SharedStep(
                one.matter.name_zh, one.matter.name_en, _day(old.step(one.matter.code).finish_on), None
            )
            for one in difference.list_change.removed
        ),
        moved=tuple(
            SharedStep(
                one.name_zh, one.name_en, _day(one.old_finish_on), _day(one.new_finish_on), one.workdays_later
            )
            for one in moves[:MOST_MOVES]
            if one.workdays_later
        ),
    )


def _workdays(plan: ProjectPlan, before: date | None, after: date | None) -> int | None:
    if before is None or after is None or plan.calendar is None:
        return None
    if after >= before:
        return plan.calendar.workdays_between(before, after)
    return -plan.calendar.workdays_between(after, before)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _opened(project_id: int, sealed: str) -> tuple[SharedScenario, str]:
    """The answer a form was made with, and its question. Raises: QuestionGone."""
    try:
        of, answer, query = _signer().loads(sealed, max_age=FORM_SECONDS)
    except BadData:
        raise QuestionGone(field="title") from None
    if of != project_id:
        raise QuestionGone(field="title")
    return from_json(answer), query


def _back(project_id: int, sealed: str) -> str:
    here = url_for("WhatIfView.one", project_id=project_id)
    try:
        return f"{here}?{_opened(project_id, sealed)[1]}"
    except QuestionGone:
        return here


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="sharing a what-if")
