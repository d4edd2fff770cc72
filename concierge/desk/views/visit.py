"""A visit by a department's link: ``concierge.kernel.visits``, bound to the link's handle and key."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from flask import Response, request

from concierge.desk.queries.links import link_at
from concierge.desk.rules.links import DepartmentLink
from concierge.desk.services.reply_for_department import SentForm
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.visits import READS, WRITES, ForeignForm, Mark, Visits, count, missed

__all__ = [
    "READS",
    "WRITES",
    "begin",
    "count",
    "is_visiting",
    "kept_text",
    "missed",
    "new_form",
    "sent_form",
    "visited",
]
VISITS = Visits("visit", "/d/at")
MOST_KEPT_TEXT = 4_000
LONGEST_NAME = 80
NOT_TYPED = frozenset({"key", "seal", "version"})


def begin(response: Response, link: DepartmentLink) -> Response:
    """Let the visit go on for a while from now.

    Effects: sets the cookie, for the pages of this link only.
    """
    return VISITS.begin(response, link.handle, link.seal)


def is_visiting() -> bool:
    """Whether this request has the cookie of a visit to its address; the link itself is not asked."""
    return VISITS.is_begun(str((request.view_args or {}).get("handle", "")))


def visited(handle: str) -> DepartmentLink:
    """The link of this visit.

    Raises: Missing, without a visit, after it ended, or when the link has another key by now; LinkExpired;
        TooManyTries.
    """
    seal = VISITS.seal_of(handle)
    link = link_at(db.session, handle)
    if not hmac.compare_digest(seal, link.seal):
        missed()
        raise Missing
    return link


def new_form(link: DepartmentLink) -> Mark:
    """The number and seal of a form about to be rendered."""
    return VISITS.new_form(link.handle, link.seal)


def sent_form(link: DepartmentLink) -> SentForm:
    """The form that came, if it is one of this link's, signed with the name typed, else the link's.

    Raises: ForeignForm.
    """
    try:
        key = VISITS.check_form(link.handle, link.seal)
    except ForeignForm:
        raise ForeignForm(field="outcome") from None
    sender = request.form.get("received_by", "").strip()[:LONGEST_NAME] or link.recipient
    return SentForm(key=key, link_id=link.id, sender=sender)


def kept_text(form: Mapping[str, str]) -> list[tuple[str, str]]:
    """What somebody typed into a form that can no longer be sent, so that it is not lost."""
    return [
        (name, text.strip()[:MOST_KEPT_TEXT])
        for name, text in form.items()
        if name not in NOT_TYPED and text.strip()
    ]
