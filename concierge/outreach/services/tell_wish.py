"""Write down what a person wants: a consent, a no, or either taken back; it counts at once."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from sqlalchemy import select, update

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Invalid, Missing
from concierge.kernel.work import Work, work
from concierge.outreach.events import WishTold
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.models.people import ConsentRow, PersonRow, RefusalRow
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.lawful_use import Ground
from concierge.outreach.rules.personal import checked_text
from concierge.outreach.rules.standing import DueState, Road
from concierge.outreach.services.close_due_cases import CLOSING

OPEN = (DueState.ASK, DueState.FOUND, DueState.STARTED)


class Wish(enum.Enum):
    """What a person says about the use of their data."""

    CONSENT = "consent"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"
    ALLOW_AGAIN = "allow_again"


class EvidenceNeeded(Invalid):
    """A consent nobody could show later."""

    message = N_("Say who consented and where the signed paper or the recording is kept.")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was said, by whom, by which road. Shape: an empty ``service`` is every service, for a no only."""

    wish: Wish
    service: str
    road: Road = Road.PAPER
    speaker: str = ""
    evidence: str = ""


def tell_wish(person_id: int, told: Told, *, by: Actor) -> None:
    """Keep what a person said, and follow it at once.

    Raises: Missing, out of charge or an unknown service; EvidenceNeeded; NumberInText.
    Effects: what waited for a consent goes on; what waits for a person who said no is dropped.
    Source: SF-10; S70 (个人信息保护法) arts. 14, 15, 29.
    """
    speaker, evidence = checked_text(told.speaker, "speaker"), checked_text(told.evidence, "evidence")
    if told.wish is Wish.CONSENT and not (speaker and evidence):
        raise EvidenceNeeded(field="speaker" if not speaker else "evidence")
    with work(by) as w:
        asked = select(PersonRow.id).where(PersonRow.id == person_id, in_charge(by, PersonRow.township_id))
        if w.session.scalar(asked.with_for_update()) is None:
            raise Missing
        rules = _rules(w, told)
        _KEEP[told.wish](w, person_id, told)
        for rule in rules:
            _follow(w, person_id, rule, told.wish)
        w.record(WishTold(person_id, told.service, told.wish.value))


def _rules(w: Work, told: Told) -> list[EligibilityRuleRow]:
    asked = select(EligibilityRuleRow)
    if told.service:
        asked = asked.where(EligibilityRuleRow.code == told.service)
    found = list(w.session.scalars(asked))
    if not found or (not told.service and told.wish is Wish.CONSENT):
        raise Missing
    return found


def _consent(w: Work, person_id: int, told: Told) -> None:
    w.add(
        ConsentRow(
            person_id=person_id,
            service=told.service,
            given_on=clock.today(),
            road=told.road,
            speaker=told.speaker.strip(),
            evidence=told.evidence.strip(),
            by_id=w.by.id,
            by=w.by.label,
            at=clock.now(),
        )
    )


def _refuse(w: Work, person_id: int, told: Told) -> None:
    w.add(
        RefusalRow(
            person_id=person_id,
            service=told.service,
            since_on=clock.today(),
            road=told.road,
            by_id=w.by.id,
            by=w.by.label,
            at=clock.now(),
        )
    )


def _withdraw(w: Work, person_id: int, told: Told) -> None:
    asked = select(ConsentRow).where(
        ConsentRow.person_id == person_id,
        ConsentRow.service == told.service,
        ConsentRow.withdrawn_on.is_(None),
    )
    for row in w.session.scalars(asked):
        row.withdrawn_on = clock.today()


def _allow_again(w: Work, person_id: int, told: Told) -> None:
    asked = select(RefusalRow).where(
        RefusalRow.person_id == person_id, RefusalRow.service == told.service, RefusalRow.until_on.is_(None)
    )
    for row in w.session.scalars(asked):
        row.until_on = clock.today()


_KEEP = {
    Wish.CONSENT: _consent,
    Wish.WITHDRAW: _withdraw,
    Wish.REFUSE: _refuse,
    Wish.ALLOW_AGAIN: _allow_again,
}


def _follow(w: Work, person_id: int, rule: EligibilityRuleRow, wish: Wish) -> None:
    """Move what is open for the person and service by what was said."""
    needs_consent = rule.ground is not Ground.DUTY
    before, after = {
        Wish.CONSENT: ((DueState.ASK,), DueState.FOUND),
        Wish.REFUSE: (OPEN, DueState.DECLINED),
        Wish.WITHDRAW: ((DueState.FOUND, DueState.STARTED), DueState.ASK if needs_consent else None),
        Wish.ALLOW_AGAIN: ((DueState.DECLINED,), DueState.ASK if needs_consent else DueState.FOUND),
    }[wish]
    if after is None:
        return
    w.session.execute(
        update(DueRow)
        .where(DueRow.person_id == person_id, DueRow.rule_id == rule.id, DueRow.state.in_(before))
        .values(state=after, state_at=clock.now(), version=DueRow.version + 1)
        .execution_options(synchronize_session=False)
    )
    if after is DueState.DECLINED:
        w.enqueue(CLOSING, rule_id=rule.id, after_id=0)
