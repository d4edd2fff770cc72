"""Write down beside a step what was said or agreed: a call, a visit, a promise. It moves nothing."""

from __future__ import annotations

from approvals.events.case import StepNoted
from approvals.models.step import Step
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid
from concierge.kernel.work import work

LONGEST_NOTE = 500


class NoteEmpty(Invalid):
    """There is nothing to keep."""

    message = N_("Write what happened, in a sentence.")


class NoteTooLong(Invalid):
    """A note is a sentence or two; more belongs in a paper."""

    message = N_("A note has %(most)s characters at the most; this one has %(length)s. Shorten it.")


def note_on_step(step_id: int, text: str, *, by: Actor) -> None:
    """Keep a note with a step, in the words of whoever writes it.

    Raises: Missing; NoteEmpty, NoteTooLong.
    """
    said = " ".join(text.split())
    if not said:
        raise NoteEmpty(field="noted")
    if len(said) > LONGEST_NOTE:
        raise NoteTooLong(most=LONGEST_NOTE, length=len(said), field="noted")
    with work(by) as w:
        step = w.get(Step, step_id)
        w.record(StepNoted(step_id=step.id, project_id=step.project_id, code=step.code, text=said))
