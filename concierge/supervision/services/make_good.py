"""End the card of a violation that was put right: the fee paid back, the second list withdrawn."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.models.card import CardRow
from concierge.supervision.rules.answering import check_made_good
from concierge.supervision.rules.card import Ending
from concierge.supervision.services.show_cards import end_card


def make_good(card_id: int, *, version: int | None = None, by: Actor) -> None:
    """End a card that no clock ends; it stays on record.

    Raises: Missing, Stale; CardOver, EndsByItself.
    """
    with work(by) as w:
        card = w.get(CardRow, card_id, version=version)
        check_made_good(card.cause, card.ended_on)
        end_card(w, card, Ending.MADE_GOOD, clock.today())
