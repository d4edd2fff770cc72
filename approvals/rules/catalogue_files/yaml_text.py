"""YAML as people exchange it: one document in, plain values out, with the line of each.

Only plain data is read: no tags, no anchors or aliases (a small file could unfold into gigabytes), no key
twice, nothing deeper than a catalogue ever is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from approvals.rules.catalogue_files.sheets import FILE_NOT_TEXT, FILE_TOO_LARGE, Fault
from concierge.kernel.errors import N_

LARGEST_FILE_BYTES = 1024 * 1024
DEEPEST = 16
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))

YAML_BROKEN = N_("The file cannot be read as YAML from here on: %(detail)s.")
ALIAS_REFUSED = N_("Anchors and aliases (& and *) are not allowed here; write the value out.")
TAG_REFUSED = N_(
    "The value “%(value)s” is of a kind (%(tag)s) that a catalogue does not hold; put it in quotes."
)
KEY_TWICE = N_("“%(key)s” is given twice here.")
TOO_DEEP = N_("The file is nested deeper than %(limit)s levels.")

Place = tuple[str | int, ...]


@dataclass
class Document:
    """A YAML document as plain values, and the line on which each begins."""

    file: str
    value: object = None
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of a value, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


class _Refused(yaml.YAMLError):
    def __init__(self, line: int, message: str, **facts: object) -> None:
        super().__init__(message)
        self.line, self.message, self.facts = line, message, facts


class _PlainLoader(yaml.SafeLoader):
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(line, ALIAS_REFUSED)
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Refused(line, TOO_DEEP, limit=DEEPEST)
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(file: str, content: bytes, faults: list[Fault]) -> Document | None:
    """The document, or None when it cannot be read; the reason goes to ``faults``."""
    if len(content) > LARGEST_FILE_BYTES:
        limit = LARGEST_FILE_BYTES // 1024 // 1024
        faults.append(Fault(file, 0, "", FILE_TOO_LARGE, {"file": file, "limit_mib": limit}))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, "", FILE_NOT_TEXT, {"file": file}))
        return None
    document = Document(file)
    try:
        loader = _PlainLoader(text)
        node = loader.get_single_node()
        document.value = _plain(loader, node, (), document.lines) if node is not None else None
    except _Refused as refused:
        faults.append(Fault(file, refused.line, "", refused.message, refused.facts))
        return None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        detail = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark is not None else 0
        faults.append(Fault(file, line, "", YAML_BROKEN, {"detail": detail}))
        return None
    return document


def write_yaml(value: Mapping[str, object]) -> bytes:
    """The value as YAML in UTF-8: the same value gives the same bytes, and nothing is referred to twice."""
    return yaml.dump(
        value, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=110, indent=2
    ).encode()


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def _plain(loader: _PlainLoader, node: yaml.Node, place: Place, lines: dict[Place, int]) -> object:
    line = node.start_mark.line + 1
    lines[place] = line
    if isinstance(node, yaml.MappingNode):
        return _plain_mapping(loader, node, place, lines)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, member, (*place, n), lines) for n, member in enumerate(node.value)]
    if node.tag not in _PLAIN_TAGS:
        raise _Refused(line, TAG_REFUSED, value=node.value, tag=node.tag.rpartition(":")[2])
    value: object = loader.construct_object(node)
    return value


def _plain_mapping(
    loader: _PlainLoader, node: yaml.MappingNode, place: Place, lines: dict[Place, int]
) -> dict[str, object]:
    found: dict[str, object] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag not in _PLAIN_TAGS:
            raise _Refused(line, TAG_REFUSED, value="…", tag=key_node.tag.rpartition(":")[2])
        key = str(key_node.value)
        if key in found:
            raise _Refused(line, KEY_TWICE, key=key)
        found[key] = _plain(loader, value_node, (*place, key), lines)
        lines[(*place, key)] = line
    return found
