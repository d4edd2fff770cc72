"""What the sixteen points are put to: this system, Radicale, and a file of TaskJuggler."""

from __future__ import annotations

import base64
import contextvars
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from flask import Flask
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from werkzeug.test import Client, TestResponse

from approvals.models.catalogue import DepartmentRow
from approvals.models.review import RoomRow, SittingRow
from approvals.rules.sittings import Half, SittingState
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting
from approvals.services.keep_room import keep_room
from approvals.services.withdraw_sitting import withdraw_sitting
from bench.feed_checker import read
from bench.feed_points import Answer, Cannot
from concierge.desk.rules.channels import near_until
from concierge.feeds.rules.feed import Component, Detail, FeedTerms, Purpose
from concierge.feeds.services.make_feed import make_feed
from concierge.feeds.services.replace_key import replace_key
from concierge.kernel import addon, clock, jobs
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.security.accounts import open_account
from concierge.kernel.work import reading, work
from concierge.staff.queries import spoken_name
from projects.models.project import Project
from projects.rules.identity import credit_code
from projects.services.change_terms import change_terms, terms_of_row
from projects.services.open_project import NewEnterprise, NewProject, open_project

LONG_NAME = "🏭青禾县高端装备制造产业园" + "精密铸造与智能加工一体化" * 25
SCHEME, GROUP = "design-scheme-review", "JR_SCHEME"
WEEK = timedelta(days=7)
PASSWORD = "green-wheat-horse"  # noqa: S105  (nobody's but the bench's)


class Ours:
    """This system: two officers, two projects, two sittings; asked by HTTP, changed by its own services."""

    name = "Concierge"

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._numbers: dict[str, int] = {}
        with reading() as session:
            known = {
                user.username: Actor(user.id, spoken_name(user))
                for user in session.scalars(select(User).where(User.username.in_(("feeda", "feedb"))))
            }
            self.projects = list(session.scalars(select(Project.id).order_by(Project.id)))
        if not known:
            known = {name: _officer(name, called) for name, called in (("feeda", "甲一"), ("feedb", "乙二"))}
            self.projects = _something_to_do(known["feeda"], known["feedb"])
        self.a, self.b = known["feeda"], known["feedb"]

    def feed(self, purpose: str = "all", **settings: object) -> str:
        """A new address with these settings."""
        wanted = Purpose(purpose)
        target = {
            Purpose.PROJECT: str(self.projects[0]),
            Purpose.ENTERPRISE: str(self._enterprise()),
            Purpose.DEPARTMENT: self._department(),
        }.get(wanted, "")
        terms = FeedTerms(
            purpose=wanted,
            device="bench",
            target=target,
            detail=Detail(settings.get("detail", "full")),
            component=Component(settings.get("component", "events")),
            has_alarms=bool(settings.get("has_alarms")),
        )
        feed_id, minted = make_feed(terms, by=self.a)
        address = f"/feeds/{minted.token}.ics"
        self._numbers[address] = feed_id
        return address

    def get(self, address: str, **headers: str) -> Answer:
        """Ask as a calendar program does."""
        browser = self._app.test_client()
        told = {name.replace("_", "-"): text for name, text in headers.items()}
        return _answer(contextvars.Context().run(browser.get, address, headers=told))

    def change(self) -> None:
        """The second project begins three weeks from now."""
        with reading() as session:
            project = session.get_one(Project, self.projects[1])
            before = terms_of_row(project)
        later = replace(before, start_on=clock.today() + 3 * WEEK)
        change_terms(self.projects[1], later, by=SYSTEM)
        jobs.run_due()

    def call_off(self) -> None:
        """A sitting is called off."""
        standing = select(SittingRow.id).where(SittingRow.state == SittingState.ANNOUNCED)
        with reading() as session:
            sitting_id = session.scalars(standing.order_by(SittingRow.id).limit(1)).one()
        withdraw_sitting(sitting_id, "材料未到", by=SYSTEM)
        jobs.run_due()

    @contextmanager
    def later(self, days: int) -> Iterator[None]:
        """So many days on."""
        with clock.standing_at(clock.today() + timedelta(days=days)):
            yield

    def replace_key(self, address: str) -> str:
        """Another key for the same calendar."""
        feed_id = self._numbers[address]
        minted = replace_key(feed_id, version=1, by=self.a)
        return f"/feeds/{minted.token}.ics"

    def kept(self) -> bytes:
        """Everything the database file holds."""
        home = self._app.config["CONCIERGE"].home
        return b"".join(path.read_bytes() for path in sorted(home.glob("concierge.sqlite*")))

    def sends_messages(self) -> bool:
        """Whether what is due within 48 hours goes by message too, every working day."""
        today = clock.today()
        desk = next(one for one in addon.installed() if one.name == "concierge.desk")
        is_sent = any(task.daily or task.every_seconds for task in desk.tasks)
        return is_sent and near_until(today, today + timedelta(days=1)) >= today + timedelta(days=2)

    def _enterprise(self) -> int:
        with reading() as session:
            return session.get_one(Project, self.projects[0]).enterprise_id

    def _department(self) -> str:
        with reading() as session:
            return session.scalars(select(DepartmentRow.code).order_by(DepartmentRow.position).limit(1)).one()


def _officer(username: str, name: str) -> Actor:
    user_id, _ = open_account(username, name, ["Concierge"], by=SYSTEM, password=PASSWORD)
    return Actor(user_id, name)


def _something_to_do(a: Actor, b: Actor) -> list[int]:
    """Two projects of a pair, each with a sitting in a fortnight."""
    names = enumerate((LONG_NAME, "禾川新材"), 1)
    projects = [_project(number, name, (a.id or 0, b.id or 0)) for number, name in names]
    with work(SYSTEM) as w:
        row = RoomRow(name="政务大厅3楼302", places=40)
        keep_room(w, row)
        w.session.flush()
        room = row.id
    for place, project_id in enumerate(projects):
        on = clock.today() + timedelta(days=12 + place)
        steps = (ListedStep(project_id, SCHEME),)
        new = NewSitting(review_group=GROUP, on=on, half=Half.AFTERNOON, steps=steps, room_id=room)
        announce_sitting(new, by=SYSTEM)
    jobs.run_due()
    return projects


def _project(number: int, name: str, pair: tuple[int, int]) -> int:
    project_id = open_project(
        NewProject(
            code=f"2604-439921-04-01-{number:06d}",
            name=name,
            enterprise=NewEnterprise(name=f"企业{number}", uscc=credit_code(f"91439921MA9{number:06d}")),
            template="private-building",
            facts={},
            start_on=clock.today() - timedelta(days=30),
            target_on=None,
            pair=pair,
        ),
        by=SYSTEM,
    )
    jobs.run_due()
    return project_id


class Radicale:
    """A calendar server people use, with our own calendar put into it: the best it could be given."""

    name = "Radicale"

    def __init__(self, body: bytes) -> None:
        import radicale.app
        import radicale.config

        self._folder = tempfile.TemporaryDirectory()
        settings = radicale.config.load()
        settings.update(
            {
                "auth": {"type": "none"},
                "rights": {"type": "authenticated"},
                "storage": {"filesystem_folder": self._folder.name},
                "logging": {"level": "critical"},
            },
            "the probe",
        )
        self._client = Client(radicale.app.Application(settings))
        self._login = {"Authorization": "Basic " + base64.b64encode(b"probe:probe").decode()}
        self._address = "/probe/calendar.ics"
        self._put(f"{self._address}/", body)

    def feed(self, purpose: str = "all", **settings: object) -> str:  # noqa: ARG002  (asked of all alike)
        """The one calendar: what is on it, and how it is worded, is for its clients to say."""
        if any(settings.get(name) not in (None, "full", "events") for name in settings):
            raise Cannot("one calendar with one wording")
        return self._address

    def get(self, address: str, **headers: str) -> Answer:
        """Ask with a login: it has no keys."""
        told = {name.replace("_", "-"): text for name, text in headers.items()}
        return _answer(self._client.get(address, headers=self._login | told))

    def change(self) -> None:
        """A client moves the first entry by a week, and says so as it should."""
        body = self.get(self._address).body
        first = read(body).entries[0]
        uid, start = first.value("UID"), first.value("DTSTART")[:8]
        on = datetime.strptime(start, "%Y%m%d").replace(tzinfo=UTC).date()
        old = _block(body, uid)
        new = old.replace(start.encode(), (on + WEEK).strftime("%Y%m%d").encode())
        new = new.replace(b"SEQUENCE:0", b"SEQUENCE:1")
        self._put(f"{self._address}/{uid}.ics", b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + new)

    def call_off(self) -> None:
        """A client deletes an entry."""
        body = self.get(self._address).body
        uid = read(body).entries[0].value("UID")
        self._client.delete(f"{self._address}/{uid}.ics", headers=self._login)

    def later(self, days: int) -> AbstractContextManager[None]:  # noqa: ARG002  (asked of all alike)
        """It knows no days."""
        return nullcontext()

    def replace_key(self, address: str) -> str:  # noqa: ARG002  (asked of all alike)
        """It has logins."""
        raise Cannot("a login for all calendars, no key for one")

    def kept(self) -> bytes:
        """What is on disk."""
        return b"".join(path.read_bytes() for path in Path(self._folder.name).rglob("*") if path.is_file())

    def sends_messages(self) -> bool:
        """It sends mail for invitations only."""
        return False

    def _put(self, address: str, body: bytes) -> None:
        answer = self._client.put(
            address, data=body, headers=self._login | {"Content-Type": "text/calendar; charset=utf-8"}
        )
        if answer.status_code >= 300:
            raise Cannot(f"it does not take the calendar: {answer.status_code}")


class TaskJuggler:
    """The calendar TaskJuggler writes for a project, behind a web server that tells a file's date."""

    name = "TaskJuggler"

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._start = date(2026, 4, 15)
        self._tasks = 3
        self._write()

    def feed(self, purpose: str = "all", **settings: object) -> str:  # noqa: ARG002  (asked of all alike)
        """The one file."""
        if any(settings.get(name) not in (None, "full", "events") for name in settings):
            raise Cannot("one file with one wording")
        return "/plan.ics"

    def get(self, address: str, **headers: str) -> Answer:
        """The file, as a plain web server gives it: with its date."""
        if address != "/plan.ics":
            return Answer(404, {}, b"")
        path = Path(self._folder.name) / "plan.ics"
        at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
        told = {"last-modified": format_datetime(at, usegmt=True), "content-type": "text/calendar"}
        try:
            since = parsedate_to_datetime(headers.get("If_Modified_Since", ""))
        except (TypeError, ValueError):
            since = None
        is_known = since is not None and "If_None_Match" not in headers and at <= since
        return Answer(304, told, b"") if is_known else Answer(200, told, path.read_bytes())

    def change(self) -> None:
        """The project begins a week later."""
        self._start += WEEK
        self._write()

    def call_off(self) -> None:
        """A task is taken out."""
        self._tasks -= 1
        self._write()

    @contextmanager
    def later(self, days: int) -> Iterator[None]:  # noqa: ARG002  (asked of all alike)
        """The file is written anew, as a timer would."""
        self._write()
        yield

    def replace_key(self, address: str) -> str:  # noqa: ARG002  (asked of all alike)
        """A file has no key."""
        raise Cannot("a file has no key")

    def kept(self) -> bytes:
        """The file."""
        return self.get("/plan.ics").body

    def sends_messages(self) -> bool:
        """It does not."""
        return False

    def _write(self) -> None:
        program = shutil.which("tj3")
        if program is None:
            raise Cannot("tj3 is not installed")
        names = (LONG_NAME, "施工许可证核发", "竣工联合验收")[: self._tasks]
        tasks = "\n".join(f'task t{n} "{name}" {{ duration {n + 2}d }}' for n, name in enumerate(names))
        text = f'project p "P" {self._start} +3m {{ }}\n{tasks}\nicalreport "plan" {{ }}\n'
        folder = Path(self._folder.name)
        (folder / "p.tjp").write_text(text, encoding="utf-8")
        command = [program, "--silent", "--no-color", "p.tjp"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)  # noqa: S603  (a fixed command)


def _answer(response: TestResponse) -> Answer:
    headers = {name.lower(): text for name, text in response.headers.items()}
    return Answer(response.status_code, headers, response.data)


def _block(body: bytes, uid: str) -> bytes:
    """One entry of a file, to the end of its calendar."""
    for block in body.split(b"BEGIN:VEVENT\r\n")[1:]:
        if uid.encode() in block:
            return b"BEGIN:VEVENT\r\n" + block.split(b"END:VEVENT")[0] + b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    raise Cannot("no such entry")
