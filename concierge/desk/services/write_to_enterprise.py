"""Write to an enterprise's contact who looks after its project now, and keep that it was told."""

from __future__ import annotations

import json

from sqlalchemy import select

from concierge.desk.models.messages import MessageRow
from concierge.desk.rules.channels import Channel, Hours, MessageKind
from concierge.desk.services.post_notices import send_at
from concierge.handover.events import SubstitutionToTell
from concierge.handover.rules.handover import HandedOverAlready, TellingWay
from concierge.handover.services.tell_enterprise import tell
from concierge.kernel import clock, letters
from concierge.kernel.addresses import address_hint
from concierge.kernel.errors import Missing
from concierge.kernel.facts import plain
from concierge.kernel.work import Work
from projects.models.project import Enterprise, Project


def write_to_enterprise(w: Work, event: SubstitutionToTell) -> bool:
    """Have an SMS go to the enterprise's contact; False where a person has to tell it.

    Shape: a person tells it where SMS is not set up for it, the enterprise has no mobile number on file, or
        nobody knows the officer's telephone.
    Effects: one message for each handover and project, however often the event comes.
    Source: AB-8, the same day.
    """
    project = w.session.execute(
        select(Project.code, Enterprise.phone)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(Project.id == event.project_id)
    ).one()
    number = letters.sms_number(project.phone or "", MessageKind.SUBSTITUTION.value)
    if not (number and event.phone):
        return False
    occasion = f"substitution:{event.handover_id}:{event.project_id}"
    if w.session.scalar(select(MessageRow.id).where(MessageRow.occasion == occasion)) is not None:
        return True
    facts = {
        "handover_id": event.handover_id,
        "first_on": event.first_on,
        "last_on": event.last_on,
        "who": event.name,
        "phone": event.phone,
        "code": project.code,
    }
    message = w.add(
        MessageRow(
            project_id=event.project_id,
            channel=Channel.SMS,
            kind=MessageKind.SUBSTITUTION,
            occasion=occasion,
            hint=address_hint(number),
            facts=json.dumps(plain(facts), ensure_ascii=False, sort_keys=True),
            not_before_at=Hours().first_moment(clock.now()),
            made_at=clock.now(),
            attempts=0,
        )
    )
    send_at(w, message)
    return True


def keep_told(w: Work, message: MessageRow) -> None:
    """Keep that the enterprise was told by this message, unless somebody was faster.

    Effects: tells ``SubstitutionTold``.
    """
    if message.project_id is None:
        return
    handover_id = int(json.loads(message.facts)["handover_id"])
    try:
        tell(w, handover_id, message.project_id, TellingWay.MESSAGE, message.hint)
    except (HandedOverAlready, Missing):  # told by telephone meanwhile, or no longer to be told
        return
