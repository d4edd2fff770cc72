"""Decide an appeal: the card is taken down, or stays; either way result and reason stay on record."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.events import AppealDecided
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import AppealRow
from concierge.supervision.queries.cards import card_facts
from concierge.supervision.rules.answering import AppealDecidedAlready, check_decision
from concierge.supervision.rules.card import Ending, Ruling
from concierge.supervision.services.show_cards import end_card


def decide_appeal(
    appeal_id: int, ruling: Ruling, reason: str, *, version: int | None = None, by: Actor
) -> None:
    """Keep the decision on an appeal.

    Raises: Missing, Stale; AppealDecidedAlready, HeldTheCase, SupervisionWordsNeeded.
    Effects: an upheld appeal ends its card if it is live, and takes it out of every count.
    Source: SV-5.
    """
    with work(by) as w:
        appeal = w.get(AppealRow, appeal_id, version=version)
        card = w.get(CardRow, appeal.card_id)
        if appeal.decided_on is not None:
            raise AppealDecidedAlready(day=appeal.decided_on.isoformat(), person=appeal.decided_by)
        why = check_decision(card_facts(w.session, card), reason, by=by.id)
        today = clock.today()
        appeal.ruling, appeal.decision_reason = ruling, why
        appeal.decided_on, appeal.decided_at = today, clock.now()
        appeal.decided_by_id, appeal.decided_by = by.id, by.label
        if ruling is Ruling.UPHELD and card.ended_on is None:
            end_card(w, card, Ending.APPEAL_UPHELD, today)
        w.record(
            AppealDecided(
                appeal_id=appeal.id,
                card_id=card.id,
                project_id=card.project_id,
                department=card.department,
                ruling=ruling.value,
                reason=why,
                on=today,
            )
        )
