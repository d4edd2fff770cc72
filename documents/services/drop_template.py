"""Put a version aside that was never published, or have it tried once more."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from documents.events import DocumentTemplateDropped
from documents.models.template import DocumentTemplateRow
from documents.rules.template_life import TemplateCannotBeDropped
from documents.rules.template_state import TemplateState
from documents.services.draft_template import ask_for_trial

_NEVER_USED = (TemplateState.WAITING, TemplateState.FAULTY, TemplateState.READY)


def drop_template(template_id: int, *, version: int | None = None, by: Actor) -> None:
    """Put a version aside; its file and findings stay. Raises: Missing, Stale, TemplateCannotBeDropped."""
    with work(by) as w:
        row = w.get(DocumentTemplateRow, template_id, version=version)
        if row.state not in _NEVER_USED:
            raise TemplateCannotBeDropped(number=row.number)
        row.state = TemplateState.DROPPED
        w.record(DocumentTemplateDropped(template_id=row.id, kind=row.kind, number=row.number))


def try_again(template_id: int, *, version: int | None = None, by: Actor) -> None:
    """Have a version tried once more, with the fields of today's documents and today's printer.

    Raises: Missing, Stale, TemplateCannotBeDropped, for what is published already.
    """
    with work(by) as w:
        row = w.get(DocumentTemplateRow, template_id, version=version)
        if row.state not in _NEVER_USED:
            raise TemplateCannotBeDropped(number=row.number)
        row.state = TemplateState.WAITING
        ask_for_trial(w, row.id)
