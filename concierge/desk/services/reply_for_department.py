"""Record what a department answered about its case; a form sent twice does nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from approvals.rules.papers import PaperWay
from approvals.services.take_in_paper import take_in
from concierge.desk.events import DepartmentReplied
from concierge.desk.models.links import SentFormRow
from concierge.desk.rules.reply import MOVES, Outcome, Reply, act_of
from concierge.desk.services.tell_for_department import tell_for_department
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.storage import Stored
from concierge.kernel.work import AlreadyThere, Work, work
from documents.services.receive_package import receive_of_step
from projects.models.project import Project
from projects.queries.standing import expansion_of
from projects.rules.papers import kept_under
from projects.services.log_refused_move import refusals_logged
from projects.services.record_move import record

BY_LINK, BY_LIST = "link", "list"
_NOT_RECEIVED = frozenset({StepState.NOT_STARTED, StepState.PREPARING})


@dataclass(frozen=True, kw_only=True)
class SentForm:
    """One form as it was sent: its number, the link it came by, the file that came along, kept already.

    Shape: ``sender`` is who signs for the department: the name typed, or whom the link was made for.
    """

    key: str
    link_id: int | None = None
    file: Stored | None = None
    sender: str = ""


def reply_for_department(  # noqa: PLR0913  (a form's fields, and who sends it)
    step_id: int,
    reply: Reply,
    form: SentForm,
    *,
    version: int | None,
    how: str = BY_LINK,
    lang: str = "zh",
    by: Actor,
) -> bool:
    """Record an answer; False when this very form was recorded before.

    Shape: ``by`` names the department and the way, such as “生态环境局（链接）”.
    Raises: Missing, Stale; what ``act_of`` and the record of a case refuse.
    Effects: tells ``DepartmentReplied``; the project is planned again; a list of faults becomes the numbered
        one-time notice.
    """
    try:
        with refusals_logged(step_id, MOVES[reply.outcome], reply.on, by=by), work(by) as w:
            return record_reply(w, step_id, reply, form, version=version, how=how, lang=lang)
    except AlreadyThere:  # the same form twice at once: the other one was a moment earlier
        if was_sent_now(form):
            return False
        raise


def record_reply(  # noqa: PLR0913  (as above)
    w: Work, step_id: int, reply: Reply, form: SentForm, *, version: int | None, how: str, lang: str
) -> bool:
    """The same in the caller's work."""
    if was_sent(w, form):
        return False
    step = w.get(Step, step_id, version=version)
    note_sent(w, form, reply.outcome.value)
    receive_of_step(w, step, received_by=form.sender)
    if reply.outcome is not Outcome.RECEIPT or step.state in _NOT_RECEIVED:
        act = act_of(reply, said_by=w.by.label)
        if reply.outcome is Outcome.FAULTS:
            act = replace(act, number=tell_for_department(w, step, reply))
        record(w, step, act, lang=lang)
    if form.file is not None and reply.outcome is Outcome.DONE:
        _take_in_result(w, step, form.file, reply)
    w.record(
        DepartmentReplied(step.project_id, step.id, step.code, step.department, reply.outcome.value, how)
    )
    return True


def was_sent(w: Work, form: SentForm) -> bool:
    """Whether this form was done before."""
    return w.session.scalar(select(SentFormRow.id).where(SentFormRow.key == form.key)) is not None


def was_sent_now(form: SentForm) -> bool:
    """The same, asked in a work of its own."""
    with work(Actor(None, "link")) as w:
        return was_sent(w, form)


def note_sent(w: Work, form: SentForm, act: str) -> None:
    """Keep in mind that this form is done."""
    file = form.file
    w.add(
        SentFormRow(
            link_id=form.link_id,
            key=form.key,
            act=act,
            at=clock.now(),
            file_key=file.key if file else "",
            file_name=file.name if file else "",
        )
    )


def _take_in_result(w: Work, step: Step, file: Stored, reply: Reply) -> None:
    """The file of a result is the paper of every later step that asks for it, and kept where none does.

    Source: AC-6: what one step made, no other asks for again.
    """
    catalogue, expansion = expansion_of(w.session, w.get(Project, step.project_id))
    for material in kept_under(catalogue, expansion, step.code):
        take_in(
            w,
            step.project_id,
            material,
            file,
            source=PaperWay.RESULT,
            on=reply.on,
            step_id=step.id,
            note=reply.number,
        )
