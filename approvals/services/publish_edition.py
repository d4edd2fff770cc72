"""Freeze the draft as an edition: projects opened from now on are planned by it, older ones keep theirs."""

from __future__ import annotations

import json

from sqlalchemy import select

from approvals.events.catalogue import EditionPublished
from approvals.models.edition import EditionRow
from approvals.queries import catalogue as queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.lint import LintFinding, Severity, lint
from approvals.services.write_draft import open_draft
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal, Stale
from concierge.kernel.work import Work, work


class NothingToPublish(Refusal):
    """The draft says what the latest edition says."""

    message = N_("The draft is the same as edition %(number)s. There is nothing to publish.")


class CatalogueUnsound(Refusal):
    """The linter found errors in the draft; it lists them."""

    message = N_("The draft has %(count)s errors that the check lists. Mend them, then publish.")


def errors_in(findings: tuple[LintFinding, ...]) -> int:
    """How many findings stand against publication."""
    return sum(finding.severity is Severity.ERROR for finding in findings)


def publish_edition(note: str, *, draft_digest: str, by: Actor) -> int:
    """Publish the draft; answers the edition's number.

    Shape: ``draft_digest`` is that of the draft the person looked at.
    Raises: Stale, when the draft changed since; NothingToPublish; CatalogueUnsound, on errors of the linter.
    """
    with work(by) as w:
        open_draft(w)
        draft = queries.draft_catalogue(w.session)
        if draft.digest != draft_digest:
            raise Stale
        if errors := errors_in(lint(draft, clock.today())):
            raise CatalogueUnsound(count=errors)
        return freeze_edition(w, draft, note.strip()).number


def freeze_edition(w: Work, catalogue: Catalogue, note: str) -> EditionRow:
    """Write a catalogue as the next edition.

    Raises: NothingToPublish, when the latest edition is the same.
    """
    latest = w.session.execute(
        select(EditionRow.number, EditionRow.digest).order_by(EditionRow.number.desc()).limit(1)
    ).first()
    if latest and latest.digest == catalogue.digest:
        raise NothingToPublish(number=latest.number)
    edition = EditionRow(
        number=latest.number + 1 if latest else 1,
        digest=catalogue.digest,
        body=json.dumps(catalogue.to_body(), ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        published_at=clock.now(),
        published_by=w.by.label,
        publisher_id=w.by.id,
        note=note,
    )
    w.add(edition)
    w.record(
        EditionPublished(
            edition_id=edition.id, number=edition.number, digest=edition.digest, note=edition.note
        )
    )
    return edition
