"""A worker in a process of its own, for tests that kill it: says “done” after each job it committed."""

import sys
from pathlib import Path

from concierge.kernel import addon, jobs
from concierge.kernel.config import Settings
from tests.kernel.trial.desk import app_on


def main(home: str, database_url: str) -> None:
    """Do every due job, one after another."""
    addon.load(("tests.kernel.trial",))
    app = app_on(Settings(home=Path(home), database_url=database_url, secret_key="x" * 32))
    with app.app_context():
        while jobs.run_next():
            print("done", flush=True)  # noqa: T201  (its parent listens)


if __name__ == "__main__":
    main(*sys.argv[1:])
