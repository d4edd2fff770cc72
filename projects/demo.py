"""``run.py demo``: load the demonstration county, and say how to open it."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from concierge.kernel import addon, schema, setup
from concierge.kernel.config import Settings
from concierge.kernel.db import db, loading
from concierge.kernel.errors import N_, Refusal
from concierge.kernel.work import reading
from projects.models.project import Plan, Project
from projects.services.load_demonstration import AlreadyLoaded, load_demonstration

KEPT = "demo.json"


class NotOverARealOffice(Refusal):
    """A reset would destroy an office's own work."""

    message = N_(
        "`demo --reset` empties the database, so it works only on the embedded default or with "
        "CONCIERGE_ALLOW_TIME_TRAVEL=1."
    )


def main(arguments: Sequence[str]) -> int:
    """Load the county; ``--reset`` empties the database first, ``--json`` prints what a script needs."""
    parser = argparse.ArgumentParser(prog="run.py demo", description="Load the demonstration county.")
    parser.add_argument("--reset", action="store_true", help="empty the database and start over")
    parser.add_argument("--json", action="store_true", help="print accounts, projects and addresses as JSON")
    asked = parser.parse_args(list(arguments))
    settings: Settings = current_app.config["CONCIERGE"]
    if asked.reset:
        _empty(settings)
    try:
        with loading(db.engine):
            accounts = [
                {"role": one.role, "username": one.username, "password": one.password, "name": one.name}
                for one in load_demonstration()
            ]
            _keep(settings, accounts, _parts())
    except AlreadyLoaded:
        if not asked.json or not (settings.home / KEPT).exists():
            raise
    if asked.json:
        print(json.dumps(_told(settings), ensure_ascii=False, indent=2))  # noqa: T201  (what the verb is for)
    return 0


def _empty(settings: Settings) -> None:
    if not settings.is_embedded and not settings.allow_time_travel:
        raise NotOverARealOffice
    db.session.remove()
    schema.downgrade(db.engine, "base")
    setup.set_up(current_app)


def _parts() -> dict[str, list[str]]:
    """What the installed addons add to the county, and what a script is told of it."""
    told: dict[str, list[str]] = {}
    for installed in addon.installed():
        if installed.demonstration:
            told |= addon.resolve(installed.demonstration, of=installed.name)()
    return told


def _keep(settings: Settings, accounts: list[dict[str, str]], parts: dict[str, list[str]]) -> None:
    """Keep accounts and links for whoever starts the demonstration; readable by its owner only."""
    path = Path(settings.home) / KEPT
    path.unlink(missing_ok=True)
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w", encoding="utf-8") as target:
        json.dump({"accounts": accounts, "parts": parts}, target, ensure_ascii=False, indent=2)


def _told(settings: Settings) -> dict[str, Any]:
    """Everything a script needs. Links, feeds and query codes come with their addons."""
    kept = json.loads((settings.home / KEPT).read_text(encoding="utf-8"))
    accounts = kept["accounts"]
    with reading() as session:
        rows = session.execute(
            select(Project.id, Project.code, Project.name, Plan.permit_on)
            .outerjoin(Plan, Plan.id == Project.plan_id)
            .order_by(Project.id)
        ).all()
    projects = [
        {"id": number, "code": code, "name": name, "permit_on": permit_on.isoformat() if permit_on else None}
        for number, code, name, permit_on in rows
    ]
    return {
        "base_url": settings.base_url,
        "accounts": [{key: one[key] for key in ("role", "username", "password")} for one in accounts],
        "projects": projects,
        "progress_links": [],
        "feeds": [],
        "department_links": [],
        "query_codes": [],
    } | kept.get("parts", {})
