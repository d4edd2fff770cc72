"""The jobs: what waits, what failed and why; and a person's word on those that gave up."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext

from concierge.kernel import dead_letters, queries
from concierge.kernel.claims import how_many
from concierge.kernel.db import db
from concierge.kernel.errors import N_, Missing, Refusal
from concierge.kernel.outbox import JobState
from concierge.kernel.web import Page, actor, allowed, may, say, whole_number

LARGEST_ID = 2**31 - 1
STATES = {
    JobState.DEAD: N_("Gave up"),
    JobState.QUEUED: N_("Waiting"),
    JobState.RUNNING: N_("Under way"),
    JobState.DONE: N_("Done"),
    JobState.IGNORED: N_("Ignored"),
}


class JobsPage(Page):
    """Jobs by state, those that gave up first."""

    route_base = "/system/jobs"
    class_permission_name = "Job"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The jobs of one state."""
        counts = how_many(db.session())
        state = _asked_state(JobState.DEAD if counts[JobState.DEAD] else JobState.QUEUED)
        page = whole_number(request.args.get("page"), default=1, least=1)
        tabs = [
            {
                "href": f"{self.route_base}/?state={one.value}",
                "text": gettext(text),
                "count": counts[one],
                "is_current": one is state,
            }
            for one, text in STATES.items()
        ]
        found = queries.jobs_in(db.session(), state, page)
        return self.show("concierge/jobs.html", tabs=tabs, found=found, state=gettext(STATES[state]))

    @expose("/<job_id>")
    @allowed("show")
    def job(self, job_id: str) -> Any:
        """One job with all it is about."""
        found, event = queries.job(db.session(), _number(job_id))
        told = queries.facts_of(event.facts if event else found.args)
        is_dead = found.state is JobState.DEAD
        return self.show(
            "concierge/job.html",
            job=found,
            event=event,
            facts=told,
            state=gettext(STATES[found.state]),
            may_retry=is_dead and may("retry", "Job"),
            may_ignore=is_dead and may("ignore", "Job"),
        )

    @expose("/<job_id>/retry", methods=["POST"])
    @allowed("retry")
    def retry(self, job_id: str) -> Any:
        """Have a dead job tried again."""
        return self._decide(dead_letters.retry_job, job_id, gettext("It will be tried again now."))

    @expose("/<job_id>/ignore", methods=["POST"])
    @allowed("ignore")
    def ignore(self, job_id: str) -> Any:
        """Let a dead job rest."""
        return self._decide(
            dead_letters.ignore_job, job_id, gettext("It will not be done. The trace says who decided.")
        )

    def _decide(self, decide: Any, job_id: str, done: str) -> Any:
        try:
            decide(_number(job_id), by=actor())
        except Missing:
            raise
        except Refusal as error:
            flash(say(error), "error")
        else:
            flash(done, "success")
        return redirect(f"{self.route_base}/")


def _asked_state(default: JobState) -> JobState:
    known = {state.value: state for state in STATES}
    return known.get(request.args.get("state", ""), default)


def _number(raw: str) -> int:
    return whole_number(raw, default=0, most=LARGEST_ID)
