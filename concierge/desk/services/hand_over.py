"""Hand one message over to its channel, and tell what came of it. Nothing is written here."""

from __future__ import annotations

import secrets
import time
from datetime import date

from flask import current_app

from approvals.rules.catalogue import Catalogue
from concierge.desk.channels.installed import installed
from concierge.desk.channels.outgoing import AddressRefused, NotTaken, Outgoing, Sender
from concierge.desk.press.letters import Letter, Line, Task, Written, code_letter, written
from concierge.desk.press.substitution_letter import substitution_letter
from concierge.desk.queries.messages import ToSend
from concierge.desk.queries.notices import Notice
from concierge.desk.rules.channels import Channel, MessageKind, TryOutcome
from concierge.desk.services.settle_message import Attempt
from concierge.kernel.config import Settings

CODES = 1_000_000


def hand_over(message: ToSend, catalogue: Catalogue | None) -> Attempt:
    """Send one message, outside any work: it may take seconds.

    Effects: leaves the house.
    """
    settings: Settings = current_app.config["CONCIERGE"]
    code = f"{secrets.randbelow(CODES):06d}" if message.kind is MessageKind.CODE else ""
    words = _worded(message, code, settings.base_url, catalogue)
    outgoing = Outgoing(
        kind=message.kind,
        to=message.to,
        key=message.key,
        subject=words.subject,
        text=words.text,
        short=words.short,
    )
    began = time.monotonic()
    outcome, reference, why = TryOutcome.TAKEN, "", ""
    try:
        reference = _sender(message.channel, settings).send(outgoing)
    except AddressRefused as error:
        outcome, why = TryOutcome.REFUSED, str(error.facts["why"])
    except NotTaken as error:
        outcome, why = TryOutcome.LATER, str(error.facts["why"])
    return Attempt(
        number=message.number,
        outcome=outcome,
        took_ms=int((time.monotonic() - began) * 1000),
        reference=reference,
        why=why,
        code=code,
    )


def _sender(channel: Channel, settings: Settings) -> Sender:
    sender = installed(settings).get(channel)
    if sender is None:
        raise NotTaken(why="this channel is not set up any more")
    return sender


def _worded(message: ToSend, code: str, base: str, catalogue: Catalogue | None) -> Written:
    if message.kind is MessageKind.CODE:
        return code_letter(code)
    if message.letter is not None:
        return Written(
            subject=message.letter.subject, text=message.letter.text, short=message.letter.short or {}
        )
    if message.kind is MessageKind.SUBSTITUTION:
        return substitution_letter(message.facts)
    letter = Letter(
        lines=tuple(_line(one) for one in message.notices),
        tasks=tuple(_task(one) for one in message.facts.get("tasks", ())),
        base=base,
        catalogue=catalogue,
        is_morning=message.kind is MessageKind.DIGEST,
    )
    return written(letter, message.channel)


def _line(notice: Notice) -> Line:
    return Line(
        text=notice.text,
        facts=notice.facts,
        code=notice.code,
        number=notice.number,
        project=notice.project_name,
        project_code=notice.project_code,
        path=f"/notices/{notice.id}",
        is_acting=notice.is_acting,
    )


def _task(facts: dict[str, str | None]) -> Task:
    due = facts.get("due_on")
    return Task(
        text=facts.get("text") or "",
        due_on=date.fromisoformat(due) if due else None,
        project=facts.get("project") or "",
        project_code=facts.get("project_code") or "",
    )
