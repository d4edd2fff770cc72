"""Load the demonstration county: its people, its projects, and what has happened to them so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.lifecycle import StopKind
from approvals.rules.periods import DaysMode
from approvals.rules.progress import Move
from approvals.services.load_review_room import load_review_room
from concierge.kernel import addon, clock, jobs
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.security.accounts import open_account
from concierge.kernel.security.passwords import one_time
from concierge.kernel.work import reading, work
from projects.models.project import Project
from projects.rules.demonstration import Happening, Procedure, Told, happenings
from projects.rules.expand import expand
from projects.rules.identity import credit_code
from projects.rules.planning import plan
from projects.rules.terms import GatesMode, PlanTerms, WhatIf
from projects.services.accept_by_silence import accept_by_silence
from projects.services.adopt_portfolio_plan import adopt_portfolio_plan
from projects.services.ask_portfolio_plan import ask_portfolio_plan
from projects.services.live_stories import Story, live, stories
from projects.services.open_project import NewEnterprise, NewProject, open_project
from projects.services.record_move import record

COUNTY = Path(__file__).parents[1] / "data" / "demonstration.yaml"
MOST_JOBS = 20_000
AT_NIGHT = "projects.tasks:propose_at_night"
LOADER = Actor(None, "demonstration")


class AlreadyLoaded(Refusal):
    """The county is there; loading it again would make every project twice."""

    message = N_(
        "This database holds projects already. `python run.py demo --reset` empties it and starts over."
    )


@dataclass(frozen=True)
class Account:
    """Somebody who can log in to the demonstration."""

    user_id: int
    username: str
    name: str
    role: str
    password: str


@dataclass(frozen=True)
class Life:
    """One project of the county: as it is opened, who acts for it, and what happens to it."""

    new: NewProject
    officer: Account
    happenings: tuple[Happening, ...]
    stories: tuple[Story, ...]

    @property
    def days(self) -> set[date]:
        """The days on which something happens to it."""
        return {self.new.start_on, *(h.on for h in self.happenings), *(s.on for s in self.stories)}

    def on(self, day: date) -> list[Happening]:
        """What happens to it on one day."""
        return [happening for happening in self.happenings if happening.on == day]


def load_demonstration() -> list[Account]:
    """Load the county; answers the accounts with their passwords.

    Raises: AlreadyLoaded.
    Effects: opens accounts; then lives through the days up to the demonstration day: opens the projects
        that start, records what happens to their steps, takes in papers, promises, opinions and notes, gives
        the green channel, closes a project, loads
        the review room, does what a morning does, and adopts a plan of all projects.
    """
    county = yaml.safe_load(COUNTY.read_text(encoding="utf-8"))
    with reading() as session:
        if session.execute(select(Project.id).limit(1)).first():
            raise AlreadyLoaded
    people = {account.username: account for account in _people(county["people"])}
    today: date = county["today"]
    lives = [_life(told, people, county) for told in county["projects"]]
    liaison, chief = (_who_is(people, role) for role in ("Liaison", "Chief"))
    opened: dict[str, int] = {}
    days = {today}.union(*(life.days for life in lives))
    for day in sorted(days):
        with clock.standing_at(day):
            for life in lives:
                _live(life, opened, day, liaison, chief)
            if day == today:
                load_review_room(by=LOADER)
                _morning()
            jobs.run_due(MOST_JOBS)
            if day == today:
                _plan_together(chief)
    return list(people.values())


def _who_is(people: Mapping[str, Account], role: str) -> Actor:
    """The one person with a role."""
    person = next(one for one in people.values() if one.role == role)
    return Actor(person.user_id, person.name)


def _live(life: Life, opened: dict[str, int], day: date, liaison: Actor, chief: Actor) -> None:
    """One day of one project: opened, its steps moved, and what else happened."""
    if life.new.start_on == day:
        opened[life.new.code] = open_project(life.new, by=liaison)
    if life.on(day):
        _record(opened[life.new.code], life, day)
    for story in life.stories:
        if story.on == day:
            officer = Actor(life.officer.user_id, life.officer.name)
            live(opened[life.new.code], story, by=chief if story.is_chiefs else officer)


def _record(project_id: int, life: Life, day: date) -> None:
    with work(Actor(life.officer.user_id, life.officer.name)) as w:
        rows = w.session.execute(select(Step).where(Step.project_id == project_id)).scalars()
        steps = {step.code: step for step in rows}
        for happening in life.on(day):
            step = steps[happening.code]
            if happening.is_silence:
                accept_by_silence(w, step.id)
            else:
                record(w, step, happening.act)


def _morning() -> None:
    """The daily jobs of the demonstration day, but for the one that waits for the night."""
    with work(LOADER) as w:
        for one in addon.installed():
            for task in one.tasks:
                if task.daily and task.run != AT_NIGHT and one.name != addon.KERNEL:
                    w.enqueue(task.run)


def _plan_together(chief: Actor) -> None:
    """The chief asks for a plan of all projects and adopts it: what the departments expect from then on."""
    number = ask_portfolio_plan("Asked", by=chief)
    jobs.run_due(MOST_JOBS)
    adopt_portfolio_plan(number, by=chief)
    jobs.run_due(MOST_JOBS)


def _people(told: list[Mapping[str, str]]) -> Iterator[Account]:
    for person in told:
        password = one_time()
        user_id, _ = open_account(
            person["username"], person["name"], [person["role"]], by=LOADER, password=password
        )
        yield Account(user_id, person["username"], person["name"], person["role"], password)


def _life(told: Mapping[str, Any], people: Mapping[str, Account], county: Mapping[str, Any]) -> Life:
    new = _new_project(told, people)
    happened = _happenings(new, told, county)
    over = {h.code for h in happened if h.act.move in (Move.PASS, Move.REFUSE)}
    told_of = {promise["step"] for promise in told.get("deferrals", ())}
    begun = {h.code: h.on for h in happened if h.act.move is Move.ACCEPT and h.code not in over - told_of}
    besides = stories(told, begun, county["today"])
    return Life(new, people[told["a"]], tuple(happened), tuple(besides))


def _new_project(told: Mapping[str, Any], people: Mapping[str, Account]) -> NewProject:
    firm = dict(told["enterprise"])
    return NewProject(
        code=told["code"],
        name=told["name"],
        enterprise=NewEnterprise(uscc=credit_code(firm.pop("uscc17")), **firm),
        template=told["template"],
        facts=told["facts"],
        start_on=told["start_on"],
        target_on=told["target_on"],
        pair=(people[told["a"]].user_id, people[told["b"]].user_id),
    )


def _happenings(new: NewProject, told: Mapping[str, Any], county: Mapping[str, Any]) -> list[Happening]:
    """What has happened by today if everything runs as first planned, but for what is told of it."""
    with reading() as session:
        catalogue = catalogue_queries.published_catalogue(session)
        calendar = catalogue_queries.work_calendar(session)
    terms = PlanTerms(
        start_on=new.start_on, days=DaysMode(new.days), gates=GatesMode(new.gates), today=new.start_on
    )
    expansion = expand(catalogue, new.template, new.facts)
    lived = plan(expansion, terms, calendar=calendar, what_if=WhatIf(delays=told.get("late", {})))
    procedures = {
        code: Procedure(kind=StopKind(one["kind"]), decided_by=one.get("by", ""))
        for code, one in county["procedures"].items()
    }
    besides = Told(instead=told.get("instead", {}), besides=told.get("besides", {}))
    last = min(county["today"], told["end"]["day"]) if "end" in told else county["today"]
    return happenings(lived, besides, procedures, catalogue, last)
