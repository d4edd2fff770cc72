"""Record a department's opinion that came by link, or that it has the submission."""

from __future__ import annotations

from approvals.rules.giving_opinions import AskedOnce
from approvals.rules.opinions import Opinion, OpinionWay
from approvals.services.confirm_receipt import confirm
from approvals.services.give_opinion import give, record_late_paper
from concierge.desk.services.reply_for_department import SentForm, note_sent, was_sent
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from documents.services.receive_package import receive_of_review


def opinion_for_department(
    review_id: int, department: str, opinion: Opinion, form: SentForm, *, lang: str = "zh", by: Actor
) -> bool:
    """Record an opinion; False when this very form was recorded before.

    Raises: Missing; everything ``check_opinion`` refuses.
    Effects: a paper asked for too late is refused and leaves ``LatePaperAsked``.
    """
    try:
        with work(by) as w:
            if was_sent(w, form):
                return False
            note_sent(w, form, "opinion")
            receive_of_review(w, review_id, department, received_by=form.sender)
            give(w, review_id, department, opinion, way=OpinionWay.LINK, lang=lang)
            return True
    except AskedOnce as refused:
        record_late_paper(review_id, department, str(refused.facts["paper"]), by=by)
        raise


def receipt_for_department(
    review_id: int, department: str, form: SentForm, *, lang: str = "zh", by: Actor
) -> bool:
    """Record that a department has the submission; False when this very form was recorded before.

    Raises: Missing, NotAsked, ReviewOver.
    """
    with work(by) as w:
        if was_sent(w, form):
            return False
        note_sent(w, form, "receipt")
        receive_of_review(w, review_id, department, received_by=form.sender)
        confirm(w, review_id, department, way=OpinionWay.LINK, received_by=form.sender, lang=lang)
        return True
