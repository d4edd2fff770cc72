"""The verbs of ``run.py``. Each answers with an exit status: 0 done, 1 refused or failed, 2 wrong usage.

What a verb needs is imported when it is called, so that one which needs no database starts at once.
"""

from __future__ import annotations

import argparse
import gettext
import importlib.util
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concierge.kernel.config import Settings, settings_from
from concierge.kernel.errors import N_, ConciergeError, Refusal

if TYPE_CHECKING:
    from flask import Flask

HIGHEST_ID, MOST_HANDS = 2**63 - 1, 64  # what a database counts up to; what one machine has a use for
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class Unwell(Refusal):
    """Something is not as it must be; what it is has been said."""

    message = N_("Not all is well: mend what is marked WRONG above.")


class NothingListens(Refusal):
    """Nobody listens to the event."""

    message = N_("No handler listens to event %(id)s; nothing was done.")


@dataclass(frozen=True)
class AddonVerb:
    """A verb an addon brings: a function of its arguments, inside the app's context if it needs rows."""

    run: str
    help: str
    needs_app: bool


def main(arguments: Sequence[str], addon_verbs: Mapping[str, AddonVerb]) -> int:
    """Do one verb; answers the exit status.

    Effects: one sentence on stderr when it is refused or fails.
    """
    parser = _parser(addon_verbs)
    try:
        settings = settings_from(os.environ)
        if arguments and arguments[0] in addon_verbs:
            return _run_addon_verb(addon_verbs[arguments[0]], settings, arguments[1:])
        asked = parser.parse_args(arguments)
        asked.addon_verbs = addon_verbs
        _VERBS[asked.verb](settings, asked)
    except ConciergeError as error:
        return _failed(tell(type(error).message, **error.facts))
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001  the edge: whatever it is, the operator gets a sentence
        return _failed(_sentence(error))
    return 0


def tell(message: str, **facts: Any) -> str:
    """A message in the operator's language (LANGUAGE, LC_ALL, LC_MESSAGES or LANG), filled with its facts."""
    said = _words().gettext(message)
    return said % facts if facts else said


def _words() -> gettext.NullTranslations:
    wanted = next(
        filter(None, (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), ""
    )
    if not wanted.startswith("zh"):
        return gettext.NullTranslations()
    from concierge.kernel import words

    names = ("concierge.kernel", *settings_from(os.environ).addon_names)
    places = (Path(folder) / "translations" for name in names for folder in _folders(name))
    return words.translations(tuple(place for place in places if place.is_dir()), words.CHINESE)


def _folders(name: str) -> Sequence[str]:
    try:
        spec = importlib.util.find_spec(name)
    except ModuleNotFoundError:
        return []
    return list(spec.submodule_search_locations or []) if spec else []


def _sentence(error: Exception) -> str:
    """What to say of an error nobody foresaw; the log has the rest."""
    logging.getLogger(__name__).debug("unexpected", exc_info=error)
    from sqlalchemy.exc import OperationalError, ProgrammingError

    if isinstance(error, OperationalError | ProgrammingError):
        facts: dict[str, Any] = {"cause": type(error.orig).__name__}
        message = N_("The database does not answer as it should (%(cause)s). Run `python run.py doctor`.")
    elif isinstance(error, OSError) and error.filename is not None:
        facts = {"place": error.filename, "why": error.strerror}
        message = N_("%(place)s cannot be used: %(why)s. Name another place, or give it to this account.")
    else:
        facts = {"kind": type(error).__name__, "said": error}
        message = N_("It failed unexpectedly (%(kind)s: %(said)s). CONCIERGE_LOG_LEVEL=DEBUG shows where.")
    return tell(message, **facts)


def _failed(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201  (the command line's own voice)
    return 1


def _say(message: str, **facts: Any) -> None:
    print(tell(message, **facts), flush=True)  # noqa: T201  (the command line's own voice)


# ---- the verbs -----------------------------------------------------------------------------------------


def _serve(settings: Settings, asked: argparse.Namespace) -> None:
    from concierge.kernel import occupied, serving

    _log(settings)
    serving.refuse_busy_port(settings)
    with occupied.used(settings.home), _app(settings) as app:
        _set_up(app)
        if settings.is_embedded and "demo" in asked.addon_verbs and _nobody_is_here():
            _called(asked.addon_verbs["demo"])([])
        _say(N_("Open %(address)s/ in a browser. Ctrl-C stops everything."), address=settings.base_url)
        for role, username, password in serving.accounts(settings):
            _say(
                "  %(role)-14s %(username)-16s %(password)s", role=role, username=username, password=password
            )
    with occupied.used(settings.home):
        serving.serve(app, settings)


def _worker(settings: Settings, asked: argparse.Namespace) -> None:
    from concierge.kernel import occupied

    _log(settings)
    with occupied.used(settings.home):
        if settings.broker_url:
            _work_for_the_bell(settings, asked.hands)
        else:
            _work_from_the_table(settings, asked.hands)


def _work_for_the_bell(settings: Settings, hands: int) -> None:
    from concierge.kernel import celery
    from concierge.kernel.db import db

    with _app(settings) as app:
        bell = celery.bell(settings)
        celery.furnish(bell, app)
        db.engine.dispose()
    bell.worker_main(
        [
            "worker",
            f"--concurrency={hands}",
            "--loglevel",
            settings.log_level,
            "--without-gossip",
            "--without-mingle",
        ]
    )


def _work_from_the_table(settings: Settings, hands: int) -> None:
    from concierge.kernel.crew import Crew

    with _app(settings) as app:
        ends = {signal.SIGTERM, signal.SIGINT}
        signal.pthread_sigmask(
            signal.SIG_BLOCK, ends
        )  # before there are threads: they all wait for us to hear it
        crew = Crew(app, hands)
        crew.start()
        _say(N_("Working. Ctrl-C stops after the jobs at hand."))
        signal.sigwait(ends)
        crew.stop()


def _beat(settings: Settings, _asked: argparse.Namespace) -> None:
    from concierge.kernel import celery, occupied

    _log(settings)
    with occupied.used(settings.home), _app(settings) as app:
        relay = celery.Relay(app, celery.bell(settings), keeps_time=True)
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, lambda *_: relay.stop())
        _say(N_("Keeping time. Ctrl-C stops."))
        relay.run()


def _setup(settings: Settings, _asked: argparse.Namespace) -> None:
    from concierge.kernel import occupied

    with occupied.used(settings.home), _app(settings) as app:
        _set_up(app)
    _say(N_("Set up: schema, roles and shipped data are those of this version."))


def _audit_verify(settings: Settings, _asked: argparse.Namespace) -> None:
    from sqlalchemy.orm import Session

    from concierge.kernel import anchors
    from concierge.kernel.audit import AuditHead
    from concierge.kernel.db import db

    with _app(settings), Session(db.engine) as session:
        fault = anchors.first_fault(settings, session)
        if fault:
            raise TraceBroken(fault=tell(fault.sentence, **fault.facts))
        head = session.get(AuditHead, 1)
        _say(N_("The trace of who did what is whole: %(lines)s lines."), lines=head.lines if head else 0)


def _backup(settings: Settings, asked: argparse.Namespace) -> None:
    from concierge.kernel import backup

    manifest = backup.back_up(settings, asked.file, with_key=asked.with_key)
    size = asked.file.stat().st_size
    _say(
        N_("Wrote %(file)s: %(parts)s files, %(kilobytes)s kB."),
        file=asked.file,
        parts=len(manifest.sha256),
        kilobytes=-(-size // 1024),
    )
    if not manifest.has_key:
        _say(N_("The secret key is not in it; keep a copy of it elsewhere, or say --with-key."))


def _restore(settings: Settings, asked: argparse.Namespace) -> None:
    from concierge.kernel import backup

    manifest = backup.restore(settings, asked.file, force=asked.force)
    _say(
        N_("Restored what was kept on %(made_at)s. Run `python run.py setup` next."), made_at=manifest.made_at
    )


def _doctor(settings: Settings, _asked: argparse.Namespace) -> None:
    from concierge.kernel.doctor import Verdict, examine

    is_well = True
    with _app(settings):
        for finding in examine(settings):
            is_well &= finding.verdict is not Verdict.WRONG
            sentence = tell(finding.sentence, **finding.facts)
            _say(
                "%(verdict)-6s %(what)-9s %(sentence)s",
                verdict=finding.verdict.value,
                what=finding.what,
                sentence=sentence,
            )
    if not is_well:
        raise Unwell


def _replay(settings: Settings, asked: argparse.Namespace) -> None:
    from concierge.kernel.actor import SYSTEM
    from concierge.kernel.dead_letters import replay_event, retry_job

    with _app(settings):
        if asked.job:
            retry_job(asked.id, by=SYSTEM)
            _say(N_("Job %(id)s will be tried again."), id=asked.id)
            return
        listeners = replay_event(asked.id, by=SYSTEM)
        if not listeners:
            raise NothingListens(id=asked.id)
        _say(N_("Event %(id)s will be delivered again to %(count)s handlers."), id=asked.id, count=listeners)


class TraceBroken(Refusal):
    """The audit chain does not hold."""

    message = N_("%(fault)s Compare with the last backup before anything else is done.")


_VERBS: dict[str, Callable[[Settings, argparse.Namespace], None]] = {
    "serve": _serve,
    "worker": _worker,
    "beat": _beat,
    "setup": _setup,
    "audit": _audit_verify,
    "backup": _backup,
    "restore": _restore,
    "doctor": _doctor,
    "replay": _replay,
}


# ---- what they share -----------------------------------------------------------------------------------


@contextmanager
def _app(settings: Settings) -> Iterator[Flask]:
    """The app of these settings, with its context open."""
    from concierge.kernel.app import create_app
    from concierge.kernel.db import db

    app = create_app(settings)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def _set_up(app: Flask) -> None:
    from concierge.kernel.setup import set_up

    set_up(app)


def _nobody_is_here() -> bool:
    from flask_appbuilder.security.sqla.models import User
    from sqlalchemy import select
    from sqlalchemy.orm import Session

    from concierge.kernel.db import db

    with Session(db.engine) as session:
        return session.execute(select(User.id).limit(1)).first() is None


def _run_addon_verb(verb: AddonVerb, settings: Settings, arguments: Sequence[str]) -> int:
    if not verb.needs_app:
        return int(_called(verb)(arguments) or 0)
    from concierge.kernel import occupied

    with occupied.used(settings.home), _app(settings) as app:
        _set_up(app)
        return int(_called(verb)(arguments) or 0)


def _called(verb: AddonVerb) -> Callable[[Sequence[str]], int | None]:
    from concierge.kernel.addon import resolve

    function: Callable[[Sequence[str]], int | None] = resolve(verb.run, of="run.py")
    return function


def _log(settings: Settings) -> None:
    logging.basicConfig(level=settings.log_level, format=LOG_FORMAT)
    for library in ("alembic", "flask_appbuilder"):
        logging.getLogger(library).setLevel(logging.WARNING)  # they tell of each start at length


def _up_to(most: int) -> Callable[[str], int]:
    def number(typed: str) -> int:
        found = int(typed)
        if not 1 <= found <= most:
            raise argparse.ArgumentTypeError(f"{typed} is not a number from 1 to {most}")
        return found

    return number


def _parser(addon_verbs: Mapping[str, AddonVerb]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py", description="Concierge from the command line.")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("serve", help="set up, then serve; the embedded default works and keeps time as well")
    worker = verbs.add_parser("worker", help="do jobs, beside `serve`")
    worker.add_argument("--hands", type=_up_to(MOST_HANDS), default=2, help="how many jobs at once (2)")
    verbs.add_parser("beat", help="keep time: timed tasks, and the bell for workers")
    verbs.add_parser("setup", help="migrations, roles, shipped data; safe to repeat")
    audit = verbs.add_parser("audit", help="the trace of who did what")
    chain = audit.add_subparsers(dest="what", required=True)
    chain.add_parser("verify", help="that nothing in it was changed")
    keep = verbs.add_parser("backup", help="write everything into one archive, while it runs")
    keep.add_argument("file", type=Path, metavar="FILE")
    keep.add_argument(
        "--with-key", action="store_true", help="the secret key as well: guard the file like the key"
    )
    back = verbs.add_parser("restore", help="put back what an archive holds; the server must be stopped")
    back.add_argument("file", type=Path, metavar="FILE")
    back.add_argument("--force", action="store_true", help="set aside what is here")
    verbs.add_parser("doctor", help="look for what is wrong with this installation")
    again = verbs.add_parser("replay", help="deliver an event again, or try a dead job again")
    again.add_argument("id", type=_up_to(HIGHEST_ID), metavar="ID")
    again.add_argument("--job", action="store_true", help="ID is a dead job's number, not an event's")
    for name, verb in addon_verbs.items():
        verbs.add_parser(name, help=verb.help)
    return parser
