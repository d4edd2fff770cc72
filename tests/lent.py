"""Offices lent to tests: the app is made once in a process, its home is new for every test.

Making the app costs a quarter of a second, and every template and question it meets for the first time about
as much; a copy of a home costs a few milliseconds. What an app remembers by itself (settings, calendar, whom
it counted for, what was tried too often) is new for each test as well. And nobody waits for the disk: what a
test wrote need not outlast the machine.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from concierge.kernel import addon, clock, remembered
from concierge.kernel.addon import Addon
from concierge.kernel.app import create_app
from concierge.kernel.config import Settings
from concierge.kernel.counts import Counts
from concierge.kernel.db import db
from concierge.kernel.shell import COUNTS
from tests.kernel.fixtures_office import Office


@dataclass(frozen=True)
class Made:
    """An app as it was made. Shape: ``config`` is a copy."""

    app: Flask
    installed: tuple[Addon, ...]
    config: dict[str, Any]


_made: dict[Settings, Made] = {}


def lent(original: Path, settings: Settings) -> Iterator[Office]:
    """An office on a copy of a home, its app's context open; ``settings`` say everything but the home."""
    home = original.with_name(f"{original.name}-lent")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(original, home)
    before = addon.installed()
    made = _made_for(Settings(**{**vars(settings), "home": home}))
    with made.app.app_context():
        remembered.forget(db.engine)
        yield Office(made.app)
        db.session.remove()
        db.engine.dispose()
    clock.fix(None)
    addon._loaded = before


def _made_for(settings: Settings) -> Made:
    if settings not in _made:
        app = create_app(settings)
        _made[settings] = Made(app, addon.installed(), dict(app.config))
        with app.app_context():
            event.listen(db.engine, "connect", _hurry)
    made = _made[settings]
    made.app.config.clear()
    made.app.config.update(made.config)
    made.app.extensions[COUNTS] = Counts()
    made.app.appbuilder.sm.limiter.enabled = True
    made.app.appbuilder.sm.limiter.reset()
    addon._loaded = made.installed
    clock.fix(settings.today)
    return made


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
