"""Write down that a department speaks against a card; the card keeps its colour until somebody decides."""

from __future__ import annotations

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.events import AppealMade
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import AppealRow
from concierge.supervision.queries.cards import card_facts
from concierge.supervision.rules.answering import check_appeal, checked_name


def appeal_card(card_id: int, reason: str, speaker: str, *, by: Actor) -> int:
    """Keep an appeal; answers its number.

    Shape: ``speaker`` is who spoke for the department, ``by`` the officer who writes it down.
    Raises: Missing; AppealedAlready, AppealTooLate, SupervisionWordsNeeded, NameNeeded.
    Source: SV-5.
    """
    with work(by) as w:
        card = w.get(CardRow, card_id)
        today = clock.today()
        calendar = catalogue_queries.work_calendar(w.session)
        why = check_appeal(card_facts(w.session, card), reason, calendar, today=today)
        row = w.add(
            AppealRow(
                project_id=card.project_id,
                card_id=card.id,
                by_id=by.id,
                by=by.label,
                speaker=checked_name(speaker, "speaker"),
                made_on=today,
                made_at=clock.now(),
                reason=why,
            )
        )
        w.record(
            AppealMade(
                appeal_id=row.id,
                card_id=card.id,
                project_id=card.project_id,
                department=card.department,
                on=today,
            )
        )
        return row.id
