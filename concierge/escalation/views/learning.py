"""Causes that come back and processes to be mended; bottlenecks; what people say, with the week's digest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_appbuilder import expose
from flask_babel import gettext

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.escalation.models.learning import ProcessFixRow, VoiceRow
from concierge.escalation.queries import learning
from concierge.escalation.queries.desk import causes, figures_in_force
from concierge.escalation.queries.places import place_known, projects_to_choose
from concierge.escalation.rules.learning import quarter_of, week_of
from concierge.escalation.rules.report import BottleneckState, VoiceState, VoiceTopic
from concierge.escalation.services.hear_voice import Voice, answer_voice, hear_voice, route_voice, tell_back
from concierge.escalation.services.learn_from_closing import answer_fix
from concierge.escalation.services.record_bottleneck import Bottleneck, move_bottleneck, record_bottleneck
from concierge.escalation.views.doors import (
    LONGEST,
    LONGEST_NAME,
    MOST,
    ON,
    Problems,
    WindowPage,
    chosen,
    department_name,
    department_options,
    word_options,
)
from concierge.escalation.views.report_sheet import cause_name
from concierge.escalation.views.words import BOTTLENECK_STATES, TOPICS, VOICE_STATES
from concierge.kernel import clock
from concierge.kernel.db import db
from concierge.kernel.typed_values import typed_day, typed_number
from concierge.kernel.web import actor, allowed, language, may, whole_number


class LearningView(WindowPage):
    """Which causes come back, and which processes are to be mended."""

    route_base = "/escalations/fixes"
    class_permission_name = "Escalation"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The causes of this quarter and the fixes asked for."""
        return self._page()

    @expose("/<int:fix_id>", methods=["POST"])
    @allowed("decide")
    def answer(self, fix_id: int) -> Any:
        """Write down what was changed."""

        def keep() -> None:
            raw = request.form.get("in_force_on", "").strip()
            day = typed_day(raw, "in_force_on") if raw else None
            answer_fix(fix_id, request.form.get("answer", "")[:LONGEST], day, by=actor())

        said = gettext("It is on record what was changed.")
        return self.attempt(keep, self._page, said=said, to=url_for("LearningView.list"), field="answer")

    def _page(self, problems: Problems | None = None) -> str:
        catalogue, quarter = catalogue_queries.published_catalogue(db.session), quarter_of(clock.today())
        names = {one.code: cause_name(one) for one in causes(db.session)}
        counted = learning.causes_of_quarter(db.session, quarter)
        return self.show(
            "escalation/fixes.html",
            quarter=str(quarter),
            counted=[(names.get(code, code), times) for code, times in counted.most_common()],
            limit=figures_in_force(db.session).fix_times,
            fixes=[_fix(row, names, catalogue) for row in learning.fixes(db.session)],
            typed=request.form,
            problems=problems or [],
            today=clock.today(),
            may_answer=may("decide", ON),
        )


def _fix(row: ProcessFixRow, names: dict[str, str], catalogue: Catalogue) -> dict[str, Any]:
    return {
        "row": row,
        "cause": names.get(row.cause_code, row.cause_code),
        "departments": gettext(", ").join(
            department_name(catalogue, one) for one in row.departments.split(",")
        ),
        "is_late": row.answered_on is None and row.due_on < clock.today(),
    }


class BottleneckView(WindowPage):
    """Where things stand still."""

    route_base = "/escalations/bottlenecks"
    class_permission_name = "Escalation"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """The bottlenecks, the unsettled ones first."""
        return self._page()

    @expose("/", methods=["POST"])
    @allowed("register")
    def record(self) -> Any:
        """Record one."""

        def keep() -> None:
            record_bottleneck(_bottleneck(), by=actor())

        said = gettext("The bottleneck is on record.")
        return self.attempt(keep, self._page, said=said, to=url_for("BottleneckView.list"), field="what")

    @expose("/<int:bottleneck_id>", methods=["POST"])
    @allowed("register")
    def move(self, bottleneck_id: int) -> Any:
        """Say what becomes of it."""

        def keep() -> None:
            state = chosen(BottleneckState, request.form.get("state"), "state")
            move_bottleneck(bottleneck_id, state, request.form.get("words", "")[:LONGEST], by=actor())

        said = gettext("It is on record what becomes of it.")
        return self.attempt(keep, self._page, said=said, to=url_for("BottleneckView.list"), field="words")

    def _page(self, problems: Problems | None = None) -> str:
        catalogue = catalogue_queries.published_catalogue(db.session)
        known_causes = causes(db.session)
        names = {one.code: cause_name(one) for one in known_causes}
        step_id = whole_number(request.args.get("step_id"), default=0, most=MOST) or None
        known = place_known(db.session, actor(), step_id=step_id)
        matter = catalogue.matter_of.get(known.step.code) if known.step else None
        first = {**known.typed(), "matter": matter.spoken(language()) if matter else ""}
        return self.show(
            "escalation/bottlenecks.html",
            rows=[
                {
                    "row": row,
                    "department": department_name(catalogue, row.department),
                    "cause": names.get(row.cause_code, row.cause_code),
                    "state": gettext(BOTTLENECK_STATES[row.state]),
                }
                for row in learning.bottlenecks(db.session, actor())
            ],
            departments=department_options(catalogue),
            causes=[{"value": one.code, "text": cause_name(one)} for one in known_causes if one.is_used],
            states=word_options(
                BOTTLENECK_STATES, [one for one in BottleneckState if one is not BottleneckState.RECORDED]
            ),
            typed={**first, **request.form},
            problems=problems or [],
            may_record=may("register", ON),
        )


def _bottleneck() -> Bottleneck:
    typed = request.form
    return Bottleneck(
        matter=typed.get("matter", "")[:LONGEST_NAME],
        department=typed.get("department", ""),
        waited_workdays=typed_number(typed.get("waited_workdays"), "waited_workdays"),
        cause_code=typed.get("cause_code", ""),
        what=typed.get("what", "")[:LONGEST],
        proposal=typed.get("proposal", "")[:LONGEST],
        project_id=whole_number(typed.get("project_id"), default=0, most=MOST) or None,
        step_id=whole_number(typed.get("step_id"), default=0, most=MOST) or None,
    )


class VoiceView(WindowPage):
    """What people say."""

    route_base = "/escalations/voices"
    class_permission_name = "Escalation"

    @expose("/")
    @allowed("list")
    def list(self) -> Any:
        """What people said and what became of it."""
        return self._page()

    @expose("/week")
    @allowed("list")
    def week(self) -> Any:
        """The digest of a week on A4."""
        raw = request.args.get("day", "")
        first_on, last_on = week_of(typed_day(raw, "day") if raw else clock.today())
        catalogue = catalogue_queries.published_catalogue(db.session)
        rows = learning.voices(db.session, actor(), first_on, last_on)
        return self.show(
            "escalation/print_voices.html",
            first_on=first_on,
            last_on=last_on,
            before=(first_on - timedelta(days=7)).isoformat(),
            topics=[
                (gettext(TOPICS[topic]), [_voice(row, catalogue) for row in rows if row.topic is topic])
                for topic in VoiceTopic
            ],
            total=len(rows),
            answered=sum(row.answered_on is not None for row in rows),
        )

    @expose("/", methods=["POST"])
    @allowed("register")
    def hear(self) -> Any:
        """Write something down."""

        def keep() -> None:
            typed = request.form
            voice = Voice(
                topic=chosen(VoiceTopic, typed.get("topic"), "topic"),
                text=typed.get("text", "")[:LONGEST],
                heard_on=typed_day(typed.get("heard_on"), "heard_on"),
                speaker=typed.get("speaker", "")[:LONGEST_NAME],
                phone=typed.get("phone", "")[:LONGEST_NAME],
                place=typed.get("place", "")[:LONGEST_NAME],
                project_id=whole_number(typed.get("project_id"), default=0, most=MOST) or None,
            )
            hear_voice(voice, by=actor())

        said = gettext("It is written down. Give it to a department, or answer it yourself.")
        return self.attempt(keep, self._page, said=said, to=url_for("VoiceView.list"), field="text")

    @expose("/<int:voice_id>", methods=["POST"])
    @allowed("register")
    def go_on(self, voice_id: int) -> Any:
        """Give it to a department, answer it, or tell the person."""

        def keep() -> None:
            to = chosen(VoiceState, request.form.get("to"), "to")
            if to is VoiceState.ROUTED:
                route_voice(voice_id, request.form.get("department", ""), by=actor())
            elif to is VoiceState.ANSWERED:
                answer_voice(voice_id, request.form.get("answer", "")[:LONGEST], by=actor())
            else:
                tell_back(voice_id, by=actor())

        said = gettext("It is on record how it goes on.")
        return self.attempt(keep, self._page, said=said, to=url_for("VoiceView.list"), field="answer")

    def _page(self, problems: Problems | None = None) -> str:
        catalogue = catalogue_queries.published_catalogue(db.session)
        return self.show(
            "escalation/voices.html",
            rows=[_voice(row, catalogue) for row in learning.voices(db.session, actor())],
            topics=word_options(TOPICS),
            departments=department_options(catalogue),
            projects=[
                {"value": number, "text": name} for number, name in projects_to_choose(db.session, actor())
            ],
            typed={"heard_on": clock.today().isoformat(), "topic": VoiceTopic.PROBLEM.value, **request.form},
            problems=problems or [],
            may_record=may("register", ON),
        )


def _voice(row: VoiceRow, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "row": row,
        "topic": gettext(TOPICS[row.topic]),
        "state": gettext(VOICE_STATES[row.state]),
        "department": department_name(catalogue, row.department) if row.department else "",
        "is_late": row.state is VoiceState.ROUTED and row.due_on is not None and row.due_on < clock.today(),
    }
