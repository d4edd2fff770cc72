"""Pages as a reader meets them: their pieces of text, and what their forms would send back."""

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.pofile import read_po

import approvals
import concierge.kernel

SILENT = {"script", "style"}


class PageRead(HTMLParser):
    """One page: ``words`` are its pieces of text in order, ``fields`` what its forms would send."""

    def __init__(self, text):
        super().__init__()
        self.words, self.fields = [], {}
        self._silent = 0
        self._select = self._area = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag in SILENT:
            self._silent += 1
        elif tag == "input" and facts.get("name"):
            kind = facts.get("type", "text")
            if kind not in {"checkbox", "radio", "file", "submit"} or "checked" in facts:
                self.fields[facts["name"]] = facts.get("value", "")
        elif tag == "select":
            self._select = facts.get("name")
            self.fields.setdefault(self._select, "")
        elif tag == "option" and self._select and "selected" in facts:
            self.fields[self._select] = facts.get("value", "")
        elif tag == "textarea":
            self._area = facts.get("name")
            self.fields[self._area] = ""

    def handle_endtag(self, tag):
        if tag in SILENT:
            self._silent -= 1
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area:
            self.fields[self._area] += data
        elif not self._silent and data.strip():
            self.words.append(data.strip())


def page_of(answer):
    """An answer, read."""
    return PageRead(answer.text)


@cache
def english_of_ours():
    """Every English sentence that the kernel and the catalogue say in Chinese."""
    found = set()
    for package in (approvals, concierge.kernel):
        path = Path(package.__file__).parent / "translations/zh/LC_MESSAGES/messages.po"
        with path.open("rb") as text:
            for entry in read_po(text, locale="zh"):
                if entry.id and entry.string and entry.string != entry.id:
                    found.update([entry.id] if isinstance(entry.id, str) else entry.id)
    return frozenset(found - {"English"})
