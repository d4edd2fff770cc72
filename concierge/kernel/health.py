"""Whether the system can serve, and what it has been doing: for load balancers and Prometheus.

``/health/live`` says that the process answers, ``/health/ready`` that it can do its work; ``/metrics``
counts. Requests are counted by the process that served them; jobs are counted in the database, the same
from everywhere.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from flask import Blueprint, Response, g, jsonify, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from concierge.kernel import claims, clock, schema
from concierge.kernel.db import db

LONGEST_WAIT_SECONDS = 60
pages = Blueprint("health", __name__)


@dataclass
class Traffic:
    """What this process served: how many answers of each kind, and how long each screen took."""

    answers: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    count: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, method: str, endpoint: str, status: int, seconds: float) -> None:
        """Count one answer."""
        with self.lock:
            self.answers[method, endpoint, status] += 1
            self.seconds[endpoint] += seconds  # type: ignore[assignment]  # a Counter adds floats as well
            self.count[endpoint] += 1

    def lines(self) -> list[str]:
        """The counts in Prometheus' text form."""
        with self.lock:
            answers, seconds, count = dict(self.answers), dict(self.seconds), dict(self.count)
        return [
            "# HELP concierge_http_requests_total Requests answered by this process.",
            "# TYPE concierge_http_requests_total counter",
            *(
                f'concierge_http_requests_total{{method="{verb}",endpoint="{page}",status="{status}"}} {n}'
                for (verb, page, status), n in sorted(answers.items())
            ),
            "# HELP concierge_http_request_seconds Time taken to answer, by screen.",
            "# TYPE concierge_http_request_seconds summary",
            *(
                line
                for endpoint in sorted(count)
                for line in (
                    f'concierge_http_request_seconds_sum{{endpoint="{endpoint}"}} {seconds[endpoint]:.6f}',
                    f'concierge_http_request_seconds_count{{endpoint="{endpoint}"}} {count[endpoint]}',
                )
            ),
        ]


traffic = Traffic()


@pages.before_app_request
def _begin() -> None:
    g.began = time.perf_counter()


@pages.after_app_request
def _count(response: Response) -> Response:
    began = g.pop("began", None)
    if began is not None:
        seconds = time.perf_counter() - began
        traffic.add(request.method, request.endpoint or "none", response.status_code, seconds)
    return response


@pages.get("/health/live")
def live() -> Response:
    """That this process answers."""
    return jsonify({"status": "alive"})


@pages.get("/health/ready")
def ready() -> tuple[Response, int]:
    """Whether the database answers, its schema is ours, and no job has waited for a minute."""
    checks = what_is_ready()
    status = 200 if all(checks.values()) else 503
    return jsonify({"status": "ready" if status == 200 else "not ready", "checks": checks}), status


@pages.get("/metrics")
def metrics() -> Response:
    """What Prometheus reads: jobs from the database, answers from this process. No names, no addresses."""
    text = "\n".join([*_job_lines(), *traffic.lines(), ""])
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def what_is_ready() -> dict[str, bool]:
    """Each thing the system needs, and whether it is there."""
    found = {"database": False, "schema": False, "jobs": False}
    try:
        with Session(db.engine) as session:
            waited = claims.oldest_due_seconds(session, clock.moment())
            found["database"] = True
        found["schema"] = schema.is_current(db.engine)
        found["jobs"] = waited < LONGEST_WAIT_SECONDS
    except SQLAlchemyError:
        return found
    return found


def _job_lines() -> list[str]:
    try:
        with Session(db.engine) as session:
            states = claims.how_many(session)
            waited = claims.oldest_due_seconds(session, clock.moment())
    except SQLAlchemyError:
        return ["concierge_database_up 0"]
    return [
        "# HELP concierge_database_up Whether the database answered.",
        "# TYPE concierge_database_up gauge",
        "concierge_database_up 1",
        "# HELP concierge_jobs Jobs by state; dead ones wait for a person.",
        "# TYPE concierge_jobs gauge",
        *(f'concierge_jobs{{state="{state.value}"}} {count}' for state, count in states.items()),
        "# HELP concierge_oldest_due_job_seconds How long the longest waiting due job has been due.",
        "# TYPE concierge_oldest_due_job_seconds gauge",
        f"concierge_oldest_due_job_seconds {waited:.3f}",
    ]
