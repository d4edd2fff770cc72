"""``run.py plan``: plans a project from the shipped catalogue, without a database.

Exit status: 0 done; 1 refused, with one sentence on stderr that says what to do; 2 wrong usage.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import approvals
from approvals.rules.catalogue import Catalogue
from approvals.rules.catalogue_files.forms import FILES
from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.facts import read_facts
from approvals.rules.periods import DaysMode
from approvals.rules.wording import Translate, fill
from approvals.rules.work_calendar import work_calendar
from concierge.kernel.errors import N_, ConciergeError, Unavailable
from projects.press.plan_json import plan_json
from projects.press.plan_text import plan_text
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.project_plan import ProjectPlan
from projects.rules.terms import GatesMode, PlanTerms
from scheduler import PlanningError

_LANGUAGES = ("zh", "en")
_ROOT = Path(approvals.__file__).parents[1]
_WORD_FOLDERS = ("concierge/kernel", "approvals", "projects")


class CatalogueBroken(Unavailable):
    """The catalogue that came with the release cannot be read."""

    message = N_("The shipped catalogue cannot be read: %(fault)s. Install the release again.")


class FolderNotWritable(Unavailable):
    """The folder given with --out cannot be written."""

    message = N_("Nothing could be written to %(folder)s: %(why)s. Choose another folder.")


def main(arguments: Sequence[str]) -> int:
    """Plan what the arguments say; answers the exit status.

    Effects: prints the plan, and with ``--out`` writes its files.
    """
    parser = _parser()
    asked = parser.parse_args(list(arguments))
    facts = _facts(parser, asked.fact)
    if asked.start is None and not asked.nominal:
        parser.error("give --start YYYY-MM-DD, or --nominal for a typical length")
    if asked.out is not None and asked.nominal:
        parser.error("--out draws days: give --start instead of --nominal")
    translate = translations(asked.lang)
    try:
        _answer(asked, facts, translate)
    except (ConciergeError, PlanningError) as error:
        sys.stderr.write(_sentence(error, translate, asked.lang) + "\n")
        return 1
    return 0


def _answer(asked: argparse.Namespace, typed: Mapping[str, str], translate: Translate) -> None:
    catalogue = shipped_catalogue()
    expansion = expand(catalogue, asked.template, read_facts(typed, catalogue.attribute_of))
    terms = PlanTerms(
        start_on=None if asked.nominal else asked.start,
        days=DaysMode(asked.days),
        gates=GatesMode(asked.gates),
    )
    calendar = None if asked.nominal else work_calendar(catalogue.holidays)
    planned = plan(expansion, terms, calendar=calendar)
    if asked.out is not None:
        write_plan(planned, catalogue, asked.out, translate, asked.lang)
    if asked.json:
        sys.stdout.write(plan_json(planned, catalogue, translate, asked.lang))
    else:
        sys.stdout.write(plan_text(planned, catalogue, translate, asked.lang) + "\n")


def _sentence(error: ConciergeError | PlanningError, translate: Translate, lang: str) -> str:
    facts = {name: str(fact) if isinstance(fact, date) else fact for name, fact in error.facts.items()}
    return fill(error.message, facts, translate, lang)


def write_plan(
    planned: ProjectPlan, catalogue: Catalogue, folder: Path, translate: Translate, lang: str
) -> None:
    """The plan's files: plan.json, plan.svg, network.svg, plan.ics and plan.docx.

    Raises: FolderNotWritable.
    Effects: makes the folder; writes all files, or none if one cannot be made.
    """
    # what only files need is imported here, so that a printed plan starts at once
    from projects.press.charted import Charting, charted
    from projects.press.gantt import gantt
    from projects.press.network import network
    from projects.press.plan_docx import plan_docx
    from projects.press.plan_ics import plan_ics
    from projects.press.standalone import standalone
    from projects.press.words import Words

    words = Words().translated(translate)
    chart = charted(planned, Charting(catalogue=catalogue, translate=translate, lang=lang))
    drawings = network(chart, words)
    pictures = [(drawing.title if len(drawings) > 1 else "", drawing.svg) for drawing in drawings]
    contents = {
        "plan.json": plan_json(planned, catalogue, translate, lang).encode(),
        "plan.svg": standalone([("", gantt(chart, words))], lang).encode(),
        "network.svg": standalone(pictures, lang).encode(),
        "plan.ics": plan_ics(planned, catalogue, translate, lang),
        "plan.docx": plan_docx(planned, catalogue, translate, lang),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise FolderNotWritable(folder=folder, why=error.strerror or error) from error


def shipped_catalogue() -> Catalogue:
    """The catalogue that came with the release, read from its files.

    Raises: CatalogueBroken.
    """
    folder = Path(approvals.__file__).parent / "data"
    try:
        reading = read_files({file: (folder / file).read_bytes() for file in FILES})
    except OSError as error:
        raise CatalogueBroken(fault=error) from error
    if reading.catalogue is None:
        raise CatalogueBroken(fault=reading.faults[0])
    return reading.catalogue


def translations(lang: str) -> Translate:
    """The words of a language, read from the catalogues as they stand beside the code; English needs none."""
    if not lang.startswith("zh"):
        return str
    from babel.messages.pofile import read_po

    said: dict[str, str] = {}
    for package in _WORD_FOLDERS:
        source = _ROOT / package / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
        if source.exists():
            with source.open("rb") as text:
                entries = read_po(text, locale="zh")
            said.update({str(e.id): str(e.string) for e in entries if e.id and e.string})
    return lambda message: said.get(message, message)


def _facts(parser: argparse.ArgumentParser, typed: Sequence[str]) -> dict[str, str]:
    facts: dict[str, str] = {}
    for pair in typed:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            parser.error(f"--fact {pair!r}: write NAME=VALUE")
        facts[name.strip()] = value
    return facts


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-04-15") from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="run.py plan", description="Plan a project without a database.")
    parser.add_argument("--template", required=True, metavar="CODE", help="which kind of project")
    parser.add_argument("--start", type=_day, metavar="YYYY-MM-DD", help="the project's first day")
    parser.add_argument(
        "--fact", action="append", default=[], metavar="NAME=VALUE", help="a fact of the project; repeatable"
    )
    parser.add_argument("--gates", choices=[mode.value for mode in GatesMode], default="template")
    parser.add_argument("--days", choices=[mode.value for mode in DaysMode], default="clock")
    parser.add_argument("--nominal", action="store_true", help="a typical length: no start day")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write plan.json, .svg, .ics and .docx there")
    parser.add_argument("--lang", choices=_LANGUAGES, default="zh", help="language of names and reasons")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
