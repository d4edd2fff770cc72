"""Look at what an enterprise sent of a material: take it among the papers, or say why not."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from approvals.models.deferral import DeferralRow
from approvals.rules.deferral_course import DeferralState
from approvals.rules.papers import PaperWay
from approvals.services.supply_deferral import supply
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work, work
from concierge.progress.models.acts import IncomingRow, UploadRow
from concierge.progress.rules.acts import ActKind, IncomingState, UploadState
from concierge.progress.rules.incoming import NotWhatFollows, check_handling, checked_reply
from concierge.progress.services.answer_incoming import settle
from projects.models.project import Project
from projects.services.hand_in_papers import Brought, Receipt, take_all

WAITED_FOR = (DeferralState.GRANTED, DeferralState.OVERDUE)


def take_upload(
    incoming_id: int, *, answer: str = "", version: int | None = None, lang: str = "zh", by: Actor
) -> int:
    """Take it among the project's papers; answers the version of the paper.

    Units: it counts as come on the day the enterprise sent it, not on the day somebody looked.
    Raises: Missing, Stale; HandledBefore, NotWhatFollows; PaperNotAsked, ComesByItself; what a deferral
        refuses.
    Effects: a promise that waited for it is supplied; whether the paper is fit is looked at next.
    Source: AC-6, DF-10.
    """
    with work(by) as w:
        row, upload = _held(w, incoming_id, version)
        check_handling(row.kind, row.state, IncomingState.TAKEN, who=row.handled_by)
        on = clock.local(row.came_at).date()
        for deferral in _waiting(w, row):
            supply(w, deferral, on)
        brought = Brought(upload.material, (_file(upload),))
        receipt = Receipt(way=PaperWay.ONLINE, on=on, note=row.words)
        paper = take_all(w, w.get(Project, row.project_id), [brought], receipt, lang=lang)[0]
        upload.state, upload.version_id = UploadState.ACCEPTED, paper.id
        settle(w, row, IncomingState.TAKEN, answer=answer.strip(), about_id=paper.id)
        return paper.id


def decline_upload(incoming_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Say why it cannot be taken; the enterprise reads it beside the material, and what it sent is kept.

    Raises: Missing, Stale; HandledBefore, ReplyNeeded.
    """
    with work(by) as w:
        row, upload = _held(w, incoming_id, version)
        words = checked_reply(reason)
        settle(w, row, IncomingState.DECLINED, answer=words)
        upload.state = UploadState.DECLINED


def _held(w: Work, incoming_id: int, version: int | None) -> tuple[IncomingRow, UploadRow]:
    row = w.get(IncomingRow, incoming_id, version=version)
    if row.kind is not ActKind.UPLOAD:
        raise NotWhatFollows
    upload = w.session.scalar(select(UploadRow).where(UploadRow.incoming_id == row.id).with_for_update())
    if upload is None:
        raise Missing
    return row, upload


def _waiting(w: Work, row: IncomingRow) -> Sequence[DeferralRow]:
    asked = select(DeferralRow).where(
        DeferralRow.project_id == row.project_id,
        DeferralRow.material == row.material,
        DeferralRow.state.in_(WAITED_FOR),
    )
    return w.session.scalars(asked.order_by(DeferralRow.id).with_for_update()).all()


def _file(upload: UploadRow) -> Stored:
    return Stored(upload.key, upload.name, upload.media_type, upload.size_bytes, upload.sha256, upload.pages)
