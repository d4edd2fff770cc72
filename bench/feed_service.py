"""Feeds a second: 20,000 calendars of ours, and Radicale's in the same run, in one process each, one by one.

Both are asked through their WSGI front, without a socket, so that it is the programs that are measured. Ours
are personal feeds of as many officers, each with the entries of one project; Radicale has the same bytes in a
collection of its own.
"""

from __future__ import annotations

import contextvars
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime

from flask import Flask
from sqlalchemy import insert, select, text

from bench.event_service import office
from bench.feed_targets import Ours, Radicale
from bench.table import Table
from concierge.feeds.models import EntryRow, FeedKeyRow, FeedRow, MarkRow
from concierge.feeds.rules.feed import PREFIX, VALID, Component, Detail, Purpose
from concierge.kernel import clock, heap, tokens
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import Work, reading, work

FEEDS = 20_000
ENTRIES = 40
POLLS = 600
OF_RADICALE = 300
WARM_UP = 50
AT_ONCE = 5_000
PROGRAM = {"User-Agent": "Google-Calendar-Importer"}


def measure() -> Table:
    """Answers a second: the first poll, a poll in full again, and one that finds nothing new."""
    with office() as app:
        ours = Ours(app)
        addresses = _many(app, ours)
        browser = app.test_client()
        drawn = addresses[:: FEEDS // (POLLS + WARM_UP)][: POLLS + WARM_UP]
        tags: dict[str, str] = {}

        def full(address: str) -> None:
            answer = contextvars.Context().run(browser.get, address, headers=PROGRAM)
            if answer.status_code != 200:
                raise RuntimeError(f"a feed answered {answer.status_code}")
            tags[address] = answer.headers["ETag"]

        def known(address: str) -> None:
            headers = PROGRAM | {"If-None-Match": tags[address]}
            if contextvars.Context().run(browser.get, address, headers=headers).status_code != 304:
                raise RuntimeError("a known tag was answered in full")

        heap.settle()
        rates = [_rate(full, drawn), _rate(full, drawn), _rate(known, drawn), _rate(known, drawn)]
        body = contextvars.Context().run(browser.get, drawn[0]).data
    theirs = _radicale(body)
    rows = [
        (name, f"{rate:,.0f}", f"{against:,.0f}", f"{rate / against:.1f}")
        for name, rate, against in (
            ("first poll: rendered, tag and program kept", rates[0], theirs[0]),
            ("full answer again (200), bytes still in memory", rates[1], theirs[0]),
            ("first with a tag (304), program's hour kept", rates[2], theirs[1]),
            ("nothing new (304)", rates[3], theirs[1]),
        )
    ]
    return Table(
        f"Calendar feeds: answers a second, {FEEDS:,} feeds",
        f"{FEEDS:,} personal feeds of {ENTRIES} entries ({len(body):,} bytes) each, SQLite in a file; "
        f"{POLLS:,} of them polled, one process, one after the other, by this process's CPU. Radicale: the "
        f"same bytes in one collection, polled {OF_RADICALE} times; it answers a known tag in full. A poll "
        "of a program that got the same answer within five minutes is not written down again.",
        ("poll", "Concierge, a second", "Radicale, a second", "ratio"),
        rows,
    )


def _rate(ask: Callable[[str], None], addresses: Sequence[str]) -> float:
    for address in addresses[:WARM_UP]:
        ask(address)
    began = time.process_time()
    for address in addresses[WARM_UP:]:
        ask(address)
    return len(addresses[WARM_UP:]) / (time.process_time() - began)


def _radicale(body: bytes) -> tuple[float, float]:
    """Full answers a second, and answers to a known tag."""
    server = Radicale(body)
    address = server.feed()
    tag = server.get(address).headers["etag"]

    def rate(**headers: str) -> float:
        began = time.process_time()
        for _ in range(OF_RADICALE):
            server.get(address, **headers)
        return OF_RADICALE / (time.process_time() - began)

    return rate(), rate(If_None_Match=tag)


def _many(app: Flask, ours: Ours) -> list[str]:
    """As many feeds as a province has officers, each with entries of its own; answers their addresses."""
    keys = [tokens.mint(PREFIX, app.config["SECRET_KEY"]) for _ in range(FEEDS)]
    now, today = clock.now(), clock.today()
    with reading() as session:
        used = max(session.scalars(select(FeedRow.id)).all(), default=0)
        entry = max(session.scalars(select(EntryRow.id)).all(), default=0)
    for first in range(0, FEEDS, AT_ONCE):
        with work(SYSTEM) as w:
            numbers = range(first + 1, min(first + AT_ONCE, FEEDS) + 1)
            _add_feeds(w, ours, keys, numbers, used, now)
    with work(SYSTEM) as w:
        _add_entries(w, entry, now, today)
    return [f"/feeds/{key.token}.ics" for key in keys]


def _add_feeds(
    w: Work, ours: Ours, keys: Sequence[tokens.Minted], numbers: range, used: int, now: datetime
) -> None:
    feeds = [
        {
            "id": used + n,
            "purpose": Purpose.ALL,
            "subject": f"bench:{n}",
            "owner_id": ours.a.id,
            "owner": ours.a.label,
            "device": "bench",
            "title_zh": "甲一",
            "title_en": "Jia Yi",
            "detail": Detail.FULL,
            "component": Component.EVENTS,
            "language": "zh",
            "has_alarms": False,
            "handle": keys[n - 1].handle,
            "made_at": now,
            "etag": "",
            "answered_revision": 0,
            "version": 1,
        }
        for n in numbers
    ]
    held = [
        {
            "feed_id": used + n,
            "token_hash": keys[n - 1].token_hash,
            "hint": keys[n - 1].hint,
            "made_at": now,
            "ends_at": now + VALID,
        }
        for n in numbers
    ]
    w.session.execute(insert(FeedRow), feeds)
    w.session.execute(insert(FeedKeyRow), held)
    marks = [{"subject": f"bench:{n}", "revision": 1, "changed_at": now} for n in numbers]
    w.session.execute(insert(MarkRow), marks)


def _add_entries(w: Work, entry: int, now: datetime, today: date) -> None:
    """The entries of these feeds: deadlines over two months, on from a fortnight ago."""
    told = {
        "feeds": FEEDS,
        "entries": ENTRIES,
        "entry": entry,
        "today": today.isoformat(),
        "now": now.strftime("%Y-%m-%d %H:%M:%S.%f"),
    }
    w.session.execute(text(_ENTRIES), told)
    w.session.execute(text(_HOLDINGS), {name: told[name] for name in ("feeds", "entries", "entry")})


_ENTRIES = """
INSERT INTO feeds_entry (id, uid, source, kind, state, "on", minutes, code, name_zh, name_en, project,
    department_zh, department_en, place, href, sequence, made_at, changed_at)
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :feeds),
    k(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM k WHERE k < :entries - 1)
SELECT :entry + (n - 1) * :entries + k + 1, printf('%08x-0000-4000-8000-%012x', n, k),
    'bench:' || n || ':' || k, 'due', CASE WHEN k > 10 THEN 'open' ELSE 'done' END,
    date(:today, (2 * k - 14) || ' days'), 0, printf('%02d', k), '建设项目生态环境影响报告表审批',
    'Environmental impact form', '第' || n || '号高端装备制造项目', '生态环境分局', 'Environment', '',
    '/projects/' || n || '/steps/' || k, 0, :now, :now
FROM n CROSS JOIN k
"""
_HOLDINGS = """
INSERT INTO feeds_holding (entry_id, subject, post)
WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < :feeds),
    k(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM k WHERE k < :entries - 1)
SELECT :entry + (n - 1) * :entries + k + 1, 'bench:' || n, 'A' FROM n CROSS JOIN k
"""


if __name__ == "__main__":
    sys.stdout.write(measure().as_markdown() + "\n")
