"""Tell those who subscribed what was decided: each milestone to each of them once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import current_app
from flask_babel import force_locale, gettext
from sqlalchemy import select

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock, letters, spoken
from concierge.kernel.work import Work
from concierge.progress.models.acts import MilestoneToldRow, SubscriptionRow
from concierge.progress.queries.shown import decisions
from concierge.progress.queries.subscriptions import listeners_of
from concierge.progress.rules.acts import TellingWay
from concierge.progress.rules.query_codes import written
from concierge.progress.rules.shown import ItemKind
from concierge.progress.services.query_code import standing_code
from concierge.progress.services.subscribe import stop_address
from projects.models.project import Project

MILESTONE = "milestone"
CODE_SIGNS = 4


@dataclass(frozen=True)
class Decided:
    """What a milestone says. Shape: ``code_tail`` names the project, ``query`` is its query code."""

    step: str
    on: date
    code_tail: str
    query: str

    def short(self, on: str) -> dict[str, str]:
        """What an SMS template is given."""
        return {"what": self.step, "on": on, "code": self.code_tail, "query": written(self.query)}


def tell_decided(w: Work, step_id: int, attempt: int) -> int:
    """Tell that a step is decided; answers how many were told.

    Shape: a step staff hide from the enterprise is told to nobody; the project is named by its code's end.
    Effects: leaves a letter for each confirmed way, with the query code: a message is how people come back.
    Source: PL-8, PL-12, PL-13.
    """
    step = w.session.get(Step, step_id)
    if step is None or step.finished_on is None:
        return 0
    if not decisions(w.session, step.project_id).is_shown(ItemKind.STEP, step.id):
        return 0
    project = w.session.get(Project, step.project_id)
    listeners = listeners_of(w.session, step.project_id)
    if project is None or not listeners:
        return 0
    matter = catalogue_queries.catalogue(project.edition_id, w.session).matter_of.get(step.code)
    query = standing_code(w, project.id)
    told = 0
    for one in listeners:
        name = matter.spoken(one.language) if matter is not None else step.number
        decided = Decided(name, step.finished_on, project.code[-CODE_SIGNS:], query)
        told += _tell(w, one, f"step:{step.id}:{attempt}", decided)
    return told


def _tell(w: Work, row: SubscriptionRow, occasion: str, decided: Decided) -> int:
    known = select(MilestoneToldRow.id).where(
        MilestoneToldRow.subscription_id == row.id, MilestoneToldRow.occasion == occasion
    )
    if w.session.scalar(known) is not None or row.sealed is None:
        return 0
    w.add(MilestoneToldRow(subscription_id=row.id, occasion=occasion, told_at=clock.now()))
    with force_locale(row.language):
        letter = _letter(row, decided)
    letters.leave(
        w,
        letter,
        way=row.way.value,
        kind=MILESTONE,
        occasion=f"milestone:{row.id}:{occasion}",
        hint=row.hint,
        project_id=row.project_id,
    )
    return 1


def _letter(row: SubscriptionRow, decided: Decided) -> letters.Letter:
    on = spoken.day(decided.on)
    to = letters.open_text(row.sealed or b"")
    if row.way is TellingWay.SMS:
        return letters.Letter(to=to, short=decided.short(on))
    return letters.Letter(
        to=to,
        subject=gettext("Done: %(step)s", step=decided.step),
        text=gettext(
            "Project …%(code)s: “%(step)s” was decided on %(day)s. What is next stands on your progress"
            " page; where the project stands, without the page: %(query)s\n\nNo more of these mails, with one"
            " tap: %(stop)s",
            code=decided.code_tail,
            step=decided.step,
            day=on,
            query=f"{current_app.config['CONCIERGE'].base_url}/q/{decided.query}",
            stop=stop_address(row.handle),
        ),
    )
