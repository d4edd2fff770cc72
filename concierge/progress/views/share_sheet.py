"""The page of a project's links as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import gettext, ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel import clock
from concierge.kernel.addresses import address_hint, mobile_of
from concierge.kernel.errors import N_
from concierge.progress.models.certificates import CertificateTakenRow
from concierge.progress.models.links import ProgressLinkRow, ProgressOpeningRow, QueryCodeRow
from concierge.progress.queries.certificates import taken_by_link
from concierge.progress.queries.links import links_of_project, openings
from concierge.progress.rules.links import LinkStanding, RecipientKind, is_ending
from concierge.progress.services.make_link import address_of
from projects.models.project import Project

LINK = "ProgressLink"
KINDS: Mapping[RecipientKind, str] = {
    RecipientKind.OWNER: N_("Head of the enterprise"),
    RecipientKind.CONTACT: N_("Contact of the enterprise"),
    RecipientKind.DESIGNER: N_("Design institute"),
    RecipientKind.AGENCY: N_("Agency or consultant"),
    RecipientKind.BANK: N_("Bank"),
    RecipientKind.OTHER: N_("Somebody else"),
}
STANDINGS: Mapping[LinkStanding, tuple[str, str]] = {
    LinkStanding.OPEN: ("running", N_("Works")),
    LinkStanding.EXPIRED: ("todo", N_("Time is over")),
    LinkStanding.REVOKED: ("todo", N_("Taken back")),
}


@dataclass(frozen=True)
class ShareSheet:
    """The links of one project for one reader of the office."""

    session: Session
    project: Project

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """Every link, the newest first."""
        return link_rows(self.session, links_of_project(self.session, self.project.id))

    @property
    def open_count(self) -> int:
        """How many of them open today."""
        return sum(one["is_open"] for one in self.rows)

    @property
    def mobile(self) -> str:
        """The number of the enterprise's contact, where it is one a message can go to."""
        return mobile_of(self.project.enterprise.phone or "")

    @cached_property
    def code(self) -> dict[str, Any] | None:
        """The query code that works, by its last signs; None without one."""
        row = self.session.scalar(
            select(QueryCodeRow).where(
                QueryCodeRow.project_id == self.project.id, QueryCodeRow.revoked_at.is_(None)
            )
        )
        if row is None:
            return None
        return {"hint": row.hint, "made_on": clock.local(row.made_at).date(), "made_by": row.made_by}


def link_rows(session: Session, rows: Sequence[ProgressLinkRow]) -> list[dict[str, Any]]:
    """Links as a list shows them."""
    link_ids = [row.id for row in rows]
    opened, taken = openings(session, link_ids), taken_by_link(session, link_ids)
    return [_row(row, opened[row.id]) | {"taken": _taken(taken[row.id])} for row in rows]


def _taken(rows: Sequence[CertificateTakenRow]) -> list[dict[str, str]]:
    return [
        {"at": clock.local(one.taken_at).strftime("%Y-%m-%d %H:%M"), "name": one.name, "client": one.client}
        for one in rows
    ]


def _row(row: ProgressLinkRow, opened: Sequence[ProgressOpeningRow]) -> dict[str, Any]:
    today = clock.today()
    where = row.standing(today)
    look, word = STANDINGS[where]
    return {
        "id": row.id,
        "version": row.version,
        "recipient": row.recipient,
        "kind": gettext(KINDS[row.kind]),
        "address": address_hint(address_of(row)),
        "hint": row.hint,
        "scopes": _scopes(row),
        "look": look,
        "state": gettext(word),
        "is_open": where is LinkStanding.OPEN,
        "is_revoked": where is LinkStanding.REVOKED,
        "is_ending": where is LinkStanding.OPEN and is_ending(row.expires_on, today),
        "is_asked_for": row.asked_again_at is not None and where is LinkStanding.EXPIRED,
        "has_new_device": any(one.is_new_device for one in opened),
        "expires_on": row.expires_on,
        "made_on": clock.local(row.made_at).date(),
        "made_by": row.made_by,
        "opened": _opened(row, opened),
        "openings": [
            {
                "at": clock.local(one.at).strftime("%Y-%m-%d %H:%M"),
                "client": one.client,
                "is_new": one.is_new_device,
            }
            for one in opened
        ],
    }


def _scopes(row: ProgressLinkRow) -> str:
    words = [gettext("see")]
    if row.may_upload:
        words.append(gettext("send materials"))
    if row.may_rate:
        words.append(gettext("rate"))
    if row.asks_tail:
        words.append(gettext("asks for the last four digits"))
    return gettext(", ").join(words)


def _opened(row: ProgressLinkRow, opened: Sequence[ProgressOpeningRow]) -> str:
    if row.last_opened_at is None:
        return gettext("never opened")
    return ngettext(
        "opened %(num)s time, last %(last)s with %(client)s",
        "opened %(num)s times, last %(last)s with %(client)s",
        row.opened_count,
        last=clock.local(row.last_opened_at).strftime("%m-%d %H:%M"),
        client=opened[0].client if opened else "",
    )
