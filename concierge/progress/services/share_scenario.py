"""Share a what-if with the enterprise by a read-only link of its own, and hear what it thinks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.tokens import Minted
from concierge.kernel.work import work
from concierge.progress.events import ScenarioReplied, ScenarioShared
from concierge.progress.models.acts import ScenarioRow
from concierge.progress.rules.acts import ActKind, ScenarioReply
from concierge.progress.rules.incoming import checked_words
from concierge.progress.rules.links import LinkOpens, LinkTerms, ProgressLink
from concierge.progress.rules.scenario import (
    LONGEST_WORDS,
    RepliedAlready,
    ScenarioChangesNothing,
    SharedScenario,
    as_json,
    checked_title,
)
from concierge.progress.services.keep_incoming import HOLDER, Sent, keep, known
from concierge.progress.services.make_link import make


@dataclass(frozen=True, kw_only=True)
class NewScenario:
    """A what-if as it is shared. Shape: ``query`` is the question, for staff to open it again."""

    title: str
    words: str
    recipient: str
    query: str
    answer: SharedScenario


def share_scenario(project_id: int, new: NewScenario, *, by: Actor) -> Minted:
    """Share it; answers the key of its link, told once.

    Raises: Missing; TitleMissing, RecipientMissing, ScenarioChangesNothing.
    Effects: what is shown stays as it was worked out; tells ``ScenarioShared`` and ``ProgressLinkMade``.
    """
    title = checked_title(new.title)
    if new.answer.is_none:
        raise ScenarioChangesNothing
    with work(by) as w:
        terms = LinkTerms(project_id=project_id, recipient=new.recipient, opens=LinkOpens.SCENARIO)
        link_id, minted = make(w, terms)
        row = w.add(
            ScenarioRow(
                project_id=project_id,
                link_id=link_id,
                title=title,
                words=new.words.strip()[:LONGEST_WORDS],
                query=new.query,
                answer=as_json(new.answer),
                made_at=clock.now(),
                made_by_id=by.id,
                made_by=by.label,
            )
        )
        w.record(ScenarioShared(row.id, project_id, link_id, new.recipient.strip()))
        return minted


def reply_to_scenario(
    link: ProgressLink, form_key: str, reply: ScenarioReply, words: str, *, by: Actor = HOLDER
) -> None:
    """Say what the enterprise thinks of it, once; the same form sent twice replies once.

    Raises: Missing; WordsTooLong, RepliedAlready.
    Effects: it stands in the office's inbox; nothing of the project changes.
    """
    said = checked_words(words, least=0)
    with work(by) as w:
        if known(w, link, form_key) is not None:
            return
        row = w.session.scalar(select(ScenarioRow).where(ScenarioRow.link_id == link.id).with_for_update())
        if row is None:
            raise Missing
        if row.replied_at is not None:
            raise RepliedAlready(day=clock.local(row.replied_at).date().isoformat())
        row.reply, row.reply_words, row.replied_at = reply, said, clock.now()
        told = f"{row.title}\n{said}".strip()
        keep(w, link, Sent(kind=ActKind.SCENARIO, form_key=form_key, words=told))
        w.record(ScenarioReplied(row.id, row.project_id, reply.value))
