"""Send the office a message by a link."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.incoming import checked_words
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.keep_incoming import HOLDER, Sent, keep, known


def send_message(link: ProgressLink, form_key: str, words: str, *, by: Actor = HOLDER) -> int:
    """Keep a message for the officers of the project; answers its row, the same one for the same form.

    Raises: WordsNeeded, WordsTooLong.
    """
    with work(by) as w:
        before = known(w, link, form_key)
        if before is not None:
            return before.id
        return keep(w, link, Sent(kind=ActKind.MESSAGE, form_key=form_key, words=checked_words(words))).id
