"""A desk with nothing on it but the kernel's tables and the trial addon: no screens, no other addon."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from concierge.kernel import addon, clock
from concierge.kernel.config import Settings
from concierge.kernel.db import Base, db, engine_options, teach_sqlite
from tests.kernel.trial import stamps


def app_on(settings: Settings) -> Flask:
    """An app with the database of the settings and no more."""
    settings = replace(settings, secret_key="a key of the tests, long enough for them")  # noqa: S106 - of the tests
    app = Flask("trial")
    app.config.update(
        CONCIERGE=settings,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
    )
    db.init_app(app)
    if settings.is_embedded:
        with app.app_context():
            teach_sqlite(db.engine)
    return app


@contextmanager
def open_desk(home: Path, database_url: str = "") -> Iterator[Flask]:
    """A fresh desk; inside, its app's context is open and the trial addon is the only one."""
    before = addon.installed()
    addon.load(("tests.kernel.trial",))
    app = app_on(Settings(home=home, database_url=database_url, secret_key="x" * 32))
    with app.app_context():
        kernel = [t for name, t in Base.metadata.tables.items() if name.startswith(("kernel_", "ab_"))]
        Base.metadata.create_all(db.engine, kernel)
        stamps.metadata.create_all(db.engine)
        try:
            yield app
        finally:
            clock.fix(None)
            db.engine.dispose()
            addon._loaded = before
