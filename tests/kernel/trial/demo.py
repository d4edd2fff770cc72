"""The demonstration of the trial addon: one account on paper, one job."""

import json
from collections.abc import Sequence

from flask import current_app

from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work


def main(_arguments: Sequence[str]) -> int:
    """Load it."""
    home = current_app.config["CONCIERGE"].home
    told = {"accounts": [{"role": "Keeper", "username": "keeper", "password": "s3cret-of-the-demo"}]}
    (home / "demo.json").write_text(json.dumps(told), encoding="utf-8")
    with work(SYSTEM) as w:
        w.enqueue("tests.kernel.trial.tasks:say_nothing")
    return 0
