"""Set-up, safe to repeat: schema, words, roles, and whatever each addon ships."""

from __future__ import annotations

from typing import Any

from flask import Flask

from concierge.kernel import addon, roles, schema, words
from concierge.kernel.db import db, writing


def set_up(app: Flask) -> None:
    """Bring a database to where this version of the system can serve it. Runs inside the app's context.

    Effects: migrations to the newest; roles of all manifests; each addon's ``setup`` functions, lower
    addons first.
    """
    schema.upgrade(db.engine)
    _write_roles(app.appbuilder.sm)  # type: ignore[attr-defined]
    for installed in addon.installed():
        for name in installed.setup:
            addon.resolve(name, of=installed.name)()


def _write_roles(security: Any) -> None:
    named = {role for installed in addon.installed() for role in installed.roles}
    with writing():
        for role in (*sorted(named), roles.PUBLIC):
            if security.find_role(role) is None:
                security.add_role(role)
        db.session.commit()


def make_words() -> int:
    """Compile the Chinese catalogues; answers how many were made."""
    return words.compile_catalogues(words.folders(addon.installed()))
