"""Write down what people say, give it to a department, answer it, tell the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from approvals.queries import catalogue as catalogue_queries
from concierge.escalation.events import VoiceAnswered, VoiceRouted
from concierge.escalation.models.learning import VoiceRow
from concierge.escalation.queries.learning import voices_in_sight
from concierge.escalation.rules.learning import written
from concierge.escalation.rules.report import VoiceState, VoiceTopic
from concierge.escalation.rules.telling import DepartmentNeeded, checked_phone
from concierge.escalation.rules.voices import check_voice_step
from concierge.kernel import clock, scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.work import Work, work

VOICE_WORKDAYS = 5  # until a department has answered what people say; a default of this office


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What somebody said, as an officer writes it down; the speaker may stay unnamed."""

    topic: VoiceTopic
    text: str
    heard_on: date
    speaker: str = ""
    phone: str = ""
    place: str = ""
    project_id: int | None = None


def hear_voice(voice: Voice, *, by: Actor) -> int:
    """Write down what people say; answers its row.

    Raises: Missing; UnclearWords, PhoneNeeded.
    Source: SF-18.
    """
    with work(by) as w:
        if voice.project_id is not None:
            scope.require(w.session, by, voice.project_id)
        phone = checked_phone(voice.phone, "phone") if voice.phone.strip() else ""
        return w.add(
            VoiceRow(
                project_id=voice.project_id,
                topic=voice.topic,
                text=written(voice.text, "text"),
                speaker=voice.speaker.strip(),
                phone=phone,
                place=voice.place.strip(),
                heard_on=min(voice.heard_on, clock.today()),
                heard_at=clock.now(),
                by_id=by.id,
                by=by.label,
                state=VoiceState.HEARD,
            )
        ).id


def route_voice(voice_id: int, department: str, *, by: Actor) -> None:
    """Give it to a department to answer. Raises: Missing; DepartmentNeeded, VoiceOver. Source: SF-18."""
    with work(by) as w:
        row = _voice(w, voice_id)
        check_voice_step(row.state, VoiceState.ROUTED)
        if not department:
            raise DepartmentNeeded(field="department")
        due_on = catalogue_queries.work_calendar(w.session).add_workdays(clock.today(), VOICE_WORKDAYS)
        row.department, row.state, row.due_on = department, VoiceState.ROUTED, due_on
        w.record(
            VoiceRouted(voice_id=row.id, project_id=row.project_id, department=department, due_on=due_on)
        )


def answer_voice(voice_id: int, answer: str, *, by: Actor) -> None:
    """Write down the answer. Raises: Missing; UnclearWords, VoiceOver. Source: SF-18."""
    with work(by) as w:
        row = _voice(w, voice_id)
        check_voice_step(row.state, VoiceState.ANSWERED)
        row.answer, row.state = written(answer, "answer"), VoiceState.ANSWERED
        row.answered_on, row.answered_by = clock.today(), by.label
        w.record(
            VoiceAnswered(
                voice_id=row.id, project_id=row.project_id, department=row.department, on=row.answered_on
            )
        )


def tell_back(voice_id: int, *, by: Actor) -> None:
    """The person was told the answer. Raises: Missing; VoiceOver. Source: SF-18."""
    with work(by) as w:
        row = _voice(w, voice_id)
        check_voice_step(row.state, VoiceState.TOLD)
        row.state, row.told_on = VoiceState.TOLD, clock.today()


def _voice(w: Work, voice_id: int) -> VoiceRow:
    asked = select(VoiceRow).where(VoiceRow.id == voice_id, voices_in_sight(w.by)).with_for_update()
    row = w.session.scalar(asked)
    if row is None:
        raise Missing
    return row
