"""Add outreach's part to the demonstration county: places, people, a batch, visits, bookings and duty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading
from concierge.outreach.models.entitlement import EligibilityRuleRow
from concierge.outreach.models.people import PersonRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.rules.off_hours import Turn
from concierge.outreach.rules.personal import check_sign
from concierge.outreach.rules.serving import Deed
from concierge.outreach.rules.standing import Road
from concierge.outreach.rules.visits import Heard, PlannedVisit
from concierge.outreach.services.book_service import NewBooking, book_service
from concierge.outreach.services.collect_applications import collect_applications
from concierge.outreach.services.find_due import find_due
from concierge.outreach.services.keep_places import keep_grid, keep_township
from concierge.outreach.services.open_batch import open_batch
from concierge.outreach.services.plan_duty import plan_duty
from concierge.outreach.services.plan_visit import NewVisit, plan_visit
from concierge.outreach.services.report_visit import report_visit
from concierge.outreach.services.sealer import sealer
from concierge.outreach.services.serve_due import serve_due
from concierge.outreach.services.take_in_ledger import take_in_ledger
from concierge.outreach.services.tell_wish import Told, Wish, tell_wish
from concierge.staff.queries import spoken_name
from projects.models.project import Project
from projects.services.load_demonstration import COUNTY

PART = Path(__file__).parents[1] / "data" / "demonstration.yaml"
LOADER = Actor(None, "demonstration")
REGION = "439921"
LEDGER = (
    "姓名",
    "身份证号",
    "电话",
    "乡镇",
    "网格",
    "本地户籍",
    "残疾等级",
    "救助类别",
    "身份证到期日",
    "已办",
)
LINES = ("姓名", "身份证号", "电话", "小区", "方式")
ASIDE = ("registered", "disability", "support", "id_card", "holds")


@dataclass(frozen=True)
class Known:
    """The numbers of what stands in the county already, by name or code."""

    people: Mapping[str, Actor]
    projects: Mapping[str, int]


def load_demonstration() -> dict[str, list[str]]:
    """Load it all by its own services. Shape: the addresses of the front and of the batch."""
    told = yaml.safe_load(PART.read_text(encoding="utf-8"))
    known = _known()
    if not all(place["agent"] in known.people for place in told["townships"]):
        return {}
    base = current_app.config["CONCIERGE"].base_url
    with clock.standing_at(yaml.safe_load(COUNTY.read_text(encoding="utf-8"))["today"]):
        grids = _places(told, known)
        take_in_ledger([LEDGER, *_people(told["people"])], by=LOADER)
        find_due(by=LOADER)
        _wishes(told)
        _begin(told["begun"])
        batch_id = _batch(told["batch"], grids)
        for visit in told["visits"]:
            _visit(visit, grids, known)
        _hours(told, known)
    return {"outreach": [f"{base}/outreach/", f"{base}/outreach/batches/{batch_id}"]}


def _known() -> Known:
    with reading() as session:
        people = {
            row.username: Actor(row.id, spoken_name(row)) for row in session.scalars(select(User)).all()
        }
        projects = dict(session.execute(select(Project.code, Project.id)).tuples().all())
    return Known(people, projects)


def _places(told: Mapping[str, Any], known: Known) -> dict[str, int]:
    numbers = {}
    for place in told["townships"]:
        agent = str(known.people[place["agent"]].id)
        numbers[place["name"]] = keep_township({**place, "agent": agent}, by=LOADER)
    grids = {}
    for place in told["grids"]:
        keeper = str(known.people[place["keeper_id"]].id) if "keeper_id" in place else ""
        asked = {**place, "township": str(numbers[place["township"]]), "keeper_id": keeper}
        grids[place["name"]] = keep_grid(asked, by=LOADER)
    return grids


def _number(born: str, serial: int) -> str:
    body = f"{REGION}{born}{serial:03d}"
    return body + check_sign(body)


def _people(told: list[list[Any]]) -> list[tuple[str, ...]]:
    return [
        (name, _number(born, n), phone, township, grid, *(str(rest.get(one, "")) for one in ASIDE))
        for n, (name, born, phone, township, grid, rest) in enumerate(told, 1)
    ]


def _wishes(told: Mapping[str, Any]) -> None:
    born = {name: (day, n) for n, (name, day, *_) in enumerate(told["people"], 1)}
    for said in told["said"]:
        found_by = sealer().found_by(_number(*born[said["person"]]))
        with reading() as session:
            person_id = session.scalars(select(PersonRow.id).where(PersonRow.id_hash == found_by)).one()
        wish = Told(
            wish=Wish.CONSENT,
            service=said["service"],
            road=Road(said["road"]),
            speaker=said["speaker"],
            evidence=said["evidence"],
        )
        tell_wish(person_id, wish, by=LOADER)


def _begin(told: Mapping[str, str]) -> None:
    with reading() as session:
        rule = select(EligibilityRuleRow.id).where(EligibilityRuleRow.code == told["service"])
        place = select(TownshipRow.id).where(TownshipRow.name == told["township"])
        rule_id, township_id = session.scalars(rule).one(), session.scalars(place).one()
    serve_due(Deed.START, rule_id, by=LOADER, township_id=township_id)


def _batch(told: Mapping[str, Any], grids: Mapping[str, int]) -> int:
    batch_id = open_batch(
        grids[told["grid"]], told["title"], told["department"], told["collect_until_on"], by=LOADER
    )
    rows = [
        (name, _number(born, n) if len(born) == 8 else born, phone, compound, road)
        for n, (name, born, phone, compound, road) in enumerate(told["lines"], 1)
    ]
    collect_applications(batch_id, [LINES, *rows], by=LOADER)
    return batch_id


def _visit(told: Mapping[str, Any], grids: Mapping[str, int], known: Known) -> None:
    visitor = known.people[told["visitor"]]
    new = NewVisit(
        plan=PlannedVisit(
            place=told["place"],
            to_whom=told["to_whom"],
            purpose=told["purpose"],
            planned_on=told["day"],
            minutes=60,
        ),
        visitor_id=visitor.id or 0,
        planned_at=time.fromisoformat(told["at"]) if "at" in told else None,
        project_id=known.projects.get(told.get("project", "")),
        grid_id=grids.get(told.get("grid", "")),
    )
    with clock.standing_at(min(told["day"], clock.today())):
        visit_id = plan_visit(new, by=LOADER)
        if "note" in told:
            heard = [
                Heard(one["what"], known.people[one["holder"]].id or 0, one["due"])
                for one in told["problems"]
            ]
            report_visit(visit_id, told["note"], heard, by=visitor)


def _hours(told: Mapping[str, Any], known: Known) -> None:
    with reading() as session:
        places = dict(session.execute(select(TownshipRow.name, TownshipRow.id)).tuples().all())
    for one in told["duties"]:
        person_id = known.people[one["person"]].id or 0
        place = places.get(one.get("township", ""), 0)
        plan_duty(Turn(one["day"], _time(one["begins"]), _time(one["ends"]), place, person_id), by=LOADER)
    for one in told["bookings"]:
        book_service(_booking(one, places), by=LOADER)


def _booking(told: Mapping[str, Any], places: Mapping[str, int]) -> NewBooking:
    on: date = told["day"]
    return NewBooking(
        on=on,
        begins=_time(told["begins"]),
        minutes=told["minutes"],
        what=told["what"],
        name=told["name"],
        phone=told["phone"],
        road=Road(told["road"]),
        township_id=places.get(told.get("township", "")),
    )


def _time(typed: str) -> time:
    return time.fromisoformat(typed)
