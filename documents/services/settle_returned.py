"""Decide on a form that came back, field by field; what is taken over reaches the record it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import select

from approvals.models.joint_review import ReviewMemberRow
from approvals.rules.opinions import OpinionWay, Stance
from approvals.services.give_opinion import give
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work
from documents.events import FormSettled as FormSettledEvent
from documents.kinds.words import STANCE_WORDS
from documents.models.document import DocumentRow
from documents.models.returned import ReturnedFieldRow, ReturnedFormRow
from documents.queries.form_case import form_fields
from documents.rules.returned import FieldDecision, FormSettled, ReturnState, opinion_of
from documents.services.keep_form_answers import keep

OPINION_SHEET = "opinion-sheet"
MERGED = ("stage-form-", "parallel-form", "utility-form", "own-part-form", "service-one-form")
STANCES: Mapping[str, Stance] = {STANCE_WORDS[one]: one for one in Stance if one is not Stance.SILENT}
Values = Mapping[str, str]


def settle_returned(
    returned_id: int, taken: Collection[str], *, version: int | None = None, lang: str = "zh", by: Actor
) -> int:
    """Take over these fields of a returned form and leave the others; answers how many were taken over.

    Shape: ``taken`` are names of fields that differ; an opinion sheet becomes the department's opinion, a
        merged form the project's answers, and of any other form what was taken over stays with the form.
    Raises: Missing, Stale, FormSettled; StanceUnread and what an opinion or an answer must be.
    Effects: tells ``FormSettled``.
    Source: PR-4; AC-6, what is known is not asked for again.
    """
    with work(by) as w:
        row = w.get(ReturnedFormRow, returned_id, version=version)
        if row.state is not ReturnState.OPEN:
            raise FormSettled
        fields = fields_of(w, row.id)
        chosen = [field for field in fields if field.decision is FieldDecision.OPEN and field.name in taken]
        for field in fields:
            if field.decision is FieldDecision.OPEN:
                field.decision = FieldDecision.TAKEN if field in chosen else FieldDecision.LEFT
        if chosen:
            _apply(w, row, fields, lang)
        row.state = ReturnState.TAKEN if chosen else ReturnState.LEFT
        row.settled_at, row.settled_by_id, row.settled_by = clock.now(), w.by.id, w.by.label
        names = tuple(field.name for field in chosen)
        w.record(FormSettledEvent(row.id, row.project_id, row.kind, names))
        return len(chosen)


def fields_of(w: Work, returned_id: int) -> list[ReturnedFieldRow]:
    """The fields of a returned form, in their order."""
    asked = select(ReturnedFieldRow).where(ReturnedFieldRow.returned_id == returned_id)
    return list(w.session.scalars(asked.order_by(ReturnedFieldRow.position)))


def _apply(w: Work, row: ReturnedFormRow, fields: Collection[ReturnedFieldRow], lang: str) -> None:
    target = target_of(row.kind)
    if target is not None:
        target(w, row, fields, lang)


Target = Callable[[Work, ReturnedFormRow, Collection[ReturnedFieldRow], str], None]


def target_of(kind: str) -> Target | None:
    """What the fields of a kind of form become; None where they stay with the form."""
    if kind == OPINION_SHEET:
        return _as_opinion
    return _as_answers if kind.startswith(MERGED) else None


def _as_opinion(w: Work, row: ReturnedFormRow, fields: Collection[ReturnedFieldRow], lang: str) -> None:
    """The department's opinion: what was taken over, and beside it what stood there. Source: PR-4."""
    member = w.session.get(ReviewMemberRow, row.about_id)
    if member is None:
        raise Missing
    values = {field.name: field.said if _counts(field) else field.before for field in fields}
    opinion = opinion_of(values, STANCES, file_key=row.key, name=row.name)
    give(w, member.review_id, member.department, opinion, way=OpinionWay.DOCUMENT, lang=lang)


def _counts(field: ReturnedFieldRow) -> bool:
    return field.decision in (FieldDecision.TAKEN, FieldDecision.SAME)


def _as_answers(w: Work, row: ReturnedFormRow, fields: Collection[ReturnedFieldRow], _lang: str) -> None:
    """The project's answers, printed again wherever a form asks the same. Source: AC-6."""
    known = {field.code for field in form_fields()}
    said = {
        field.name: field.said
        for field in fields
        if field.decision is FieldDecision.TAKEN and field.name in known
    }
    number = w.session.scalar(select(DocumentRow.number).where(DocumentRow.id == row.document_id)) or row.name
    keep(w, row.project_id, said, source=number)
