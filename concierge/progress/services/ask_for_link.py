"""Ask for a new link when the old one's time is over: it goes to the address on file, or the office hears."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from flask_babel import gettext
from sqlalchemy import select

from concierge.kernel import clock, letters, tokens
from concierge.kernel.actor import Actor
from concierge.kernel.addresses import address_hint, is_mobile
from concierge.kernel.work import Work, work
from concierge.progress.events import ProgressLinkAsked
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.rules.links import PAUSE, PREFIX, RESENT_DAYS, LinkStanding
from concierge.progress.services.change_link import new_key
from concierge.progress.services.make_link import address_of
from projects.models.project import Project, ProjectStatus

KIND = "progress_link"


def ask_for_link(token: str) -> None:
    """Send a new link to whom the ended one was made for, or tell the office that somebody asks.

    The caller answers the same whatever comes of it: whether a key or an address exists is nobody's business.
    Effects: at most once a minute for one link; a new key for a fortnight, told only in a sealed letter to
        the address on file; without one, tells ``ProgressLinkAsked``.
    Source: PL-4, PL-2: no mail gives access to anybody new.
    """
    if not tokens.is_whole(token, PREFIX):
        return
    wanted = tokens.hashed(token, current_app.config["SECRET_KEY"])
    with work(Actor(None, "link")) as w:
        row = w.session.execute(
            select(ProgressLinkRow).where(ProgressLinkRow.token_hash == wanted).with_for_update()
        ).scalar_one_or_none()
        if row is None or row.standing(clock.today()) is not LinkStanding.EXPIRED or _asked_just_now(row):
            return
        row.asked_again_at = clock.moment()
        w.session.flush()
        address = address_of(row)
        way = "sms" if is_mobile(address) else "mail"
        project = w.get(Project, row.project_id)
        if address and letters.can_carry(way) and project.status is ProjectStatus.ACTIVE:
            _send(w, row, address, way, project.name)
        else:
            w.record(ProgressLinkAsked(row.id, row.project_id, row.recipient))


def _asked_just_now(row: ProgressLinkRow) -> bool:
    return row.asked_again_at is not None and clock.moment() - row.asked_again_at < PAUSE


def _send(w: Work, row: ProgressLinkRow, address: str, way: str, project: str) -> None:
    asked_at = clock.moment()
    minted = new_key(w, row, clock.today() + timedelta(days=RESENT_DAYS), is_sent=True)
    row.asked_again_at = asked_at
    base: str = current_app.config["CONCIERGE"].base_url
    link = f"{base}/p/{minted.token}"
    told = letters.Letter(
        to=address,
        subject=gettext("The progress of %(project)s: your new link", project=project),
        text=gettext(
            "You asked for a new link to the progress of %(project)s. It works until %(day)s:"
            "\n%(link)s\nIf it was not you who asked, tell the concierge office: %(phone)s.",
            project=project,
            day=row.expires_on.isoformat(),
            link=link,
            phone=current_app.config["CONCIERGE"].office_phone,
        ),
        short={**tokens.halves(minted.token), "day": row.expires_on.isoformat()},
    )
    letters.leave(
        w,
        told,
        way=way,
        kind=KIND,
        occasion=f"{KIND}:{row.id}:{minted.handle}",
        hint=address_hint(address),
        project_id=row.project_id,
    )
