"""Keep what an applicant wrote into a merged form, so that no later form asks for it again."""

from __future__ import annotations

from collections.abc import Mapping

from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from documents.events import FormAnswered
from documents.models.form_answer import FormAnswerRow
from documents.queries.form_answers import answers_of
from documents.queries.form_case import form_fields
from documents.rules.merged_form import checked_answers
from projects.models.project import Project


def keep_form_answers(project_id: int, answers: Mapping[str, str], *, source: str, by: Actor) -> int:
    """Keep the answers that are new or changed; answers how many.

    Raises: Missing; AnswerUnknown, AnswerNotOffered, AnswerNoDay, AnswerTooLong.
    Effects: tells ``FormAnswered`` where anything is new.
    Source: AC-6.
    """
    with work(by) as w:
        scope.require(w.session, by, project_id)
        return keep(w, project_id, answers, source=source)


def keep(w: Work, project_id: int, answers: Mapping[str, str], *, source: str) -> int:
    """The same in the caller's transaction."""
    w.get(Project, project_id)
    before = answers_of(w.session, project_id)
    new = {
        field: value
        for field, value in checked_answers(form_fields(), answers).items()
        if value != (before[field].value if field in before else "")
    }
    for field, value in new.items():
        w.add(
            FormAnswerRow(
                project_id=project_id,
                field=field,
                value=value,
                source=source,
                on=clock.today(),
                given_at=clock.now(),
                given_by_id=w.by.id,
                given_by=w.by.label,
            )
        )
    if new:
        w.record(FormAnswered(project_id=project_id, fields=tuple(sorted(new)), on=clock.today()))
    return len(new)
