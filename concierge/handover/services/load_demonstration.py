"""Add handover's part to the demonstration county: who the officers are, and one who is away tomorrow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.rules.handover import HandoverKind
from concierge.handover.services.accept_handover import accept_handover
from concierge.handover.services.give_handover import Remark, give_handover
from concierge.kernel import clock, jobs
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading
from concierge.staff.queries import spoken_name
from concierge.staff.rules.absence import Away
from concierge.staff.services.keep_profile import Profile, Team, keep_profile, keep_team
from concierge.staff.services.record_absence import record_absence

TOLD = Path(__file__).parent.parent / "data" / "demonstration.yaml"
LOADER = Actor(None, "demonstration")


def load_demonstration() -> dict[str, list[str]]:
    """Keep teams and entries, have the liaison's handovers accepted, and let one officer hand over.

    Shape: the address of the handover that waits for acceptance.
    """
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    with reading() as session:
        people = {user.username: Actor(user.id, spoken_name(user)) for user in session.scalars(select(User))}
    _keep(told, people)
    by_id = {person.id: person for person in people.values()}
    for row in _rows(HandoverKind.STAGE):
        with clock.standing_at(row.due_on):
            give_handover(row.id, "", {}, is_chief=False, by=by_id[row.from_id])
            accept_handover(row.id, by=by_id[row.to_id])
    base = current_app.config["CONCIERGE"].base_url
    return {"handovers": [f"{base}/handovers/{row}" for row in _leave(told["absence"], people)]}


def _keep(told: Mapping[str, Any], people: Mapping[str, Actor]) -> None:
    teams = {
        team["name"]: keep_team(
            None,
            Team(
                name=team["name"],
                is_zone_office=team["is_zone_office"],
                lead_id=people[team["lead"]].id,
                grids=team["grids"],
            ),
            by=LOADER,
        )
        for team in told["teams"]
    }
    for username, entry in told["profiles"].items():
        person_id = people[username].id
        if person_id is not None:
            rest = {name: value for name, value in entry.items() if name != "team"}
            keep_profile(person_id, Profile(**rest, team_id=teams[entry["team"]]), by=LOADER)


def _leave(told: Mapping[str, Any], people: Mapping[str, Actor]) -> list[int]:
    """The training: recorded, handed over on time, and not accepted yet."""
    who = people[told["who"]]
    if who.id is None:
        return []
    with clock.standing_at(told["recorded_on"]):
        away = Away(person_id=who.id, first_on=told["first_on"], last_on=told["last_on"])
        record_absence(away, told["reason"], by=who)
        jobs.run_due()
    given = []
    with clock.standing_at(told["given_on"]):
        for row in _rows(HandoverKind.LEAVE):
            remark = Remark(promises=told["promises"], papers=told["papers"])
            give_handover(row.id, told["note"], _remarks(row.id, remark), is_chief=False, by=who)
            given.append(row.id)
        jobs.run_due()
    return given


def _remarks(handover_id: int, remark: Remark) -> dict[int, Remark]:
    with reading() as session:
        asked = select(HandoverItemRow.project_id).where(HandoverItemRow.handover_id == handover_id)
        return dict.fromkeys(session.scalars(asked), remark)


def _rows(kind: HandoverKind) -> list[HandoverRow]:
    with reading() as session:
        asked = select(HandoverRow).where(HandoverRow.kind == kind, HandoverRow.given_at.is_(None))
        return list(session.scalars(asked.order_by(HandoverRow.id)))
