"""Reading one part of a YAML document field by field, collecting every fault with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from approvals.rules.catalogue_files.forms import MOST_DAYS, NOT_A_CODE, NOT_A_NUMBER_OF_DAYS, NOT_AMONG, code
from approvals.rules.catalogue_files.sheets import CELL_EMPTY, CellFault, Fault
from approvals.rules.catalogue_files.yaml_text import Document, Place
from concierge.kernel.errors import N_

NOT_FIELDS = N_("Expected named fields here, not a single value or a list.")
NOT_A_LIST = N_("Expected a list here.")
FIELD_UNKNOWN = N_("The field “%(field)s” is not known here. Expected: %(expected)s.")
NOT_TRUE_OR_FALSE = N_("“%(value)s” is neither true nor false.")


class Fields:
    """The named fields at one place of the document, read one by one; a fault leaves the default standing."""

    def __init__(self, document: Document, place: Place, value: object, faults: list[Fault]) -> None:
        self.document, self.place, self.faults = document, place, faults
        self.values: dict[str, object] = {}
        if isinstance(value, dict):
            self.values = value
        elif value is not None:
            self.fault((), NOT_FIELDS)

    def fault(self, place: Place, message: str, **facts: object) -> None:
        """Remember what is wrong at a place below this one."""
        full = (*self.place, *place)
        column = ".".join(str(part) for part in full)
        self.faults.append(Fault(self.document.file, self.document.line(full), column, message, facts))

    def only(self, expected: Collection[str]) -> None:
        """Fault every field that is not expected here.

        A note written without quotes in braces breaks at its commas (``{note: mines, smelters}``): the pieces
        come as fields without a value, and are put back.
        """
        if isinstance(self.values.get("note"), str):
            names = list(self.values)
            after = names[names.index("note") + 1 :]
            pieces = [name for name in after if name not in expected and self.values[name] is None]
            note = ", ".join([str(self.values["note"]), *pieces])
            self.values = {n: v for n, v in self.values.items() if n not in pieces} | {"note": note}
        for name in self.values:
            if name not in expected:
                self.fault((name,), FIELD_UNKNOWN, field=name, expected=", ".join(expected))

    def below(self, name: str) -> Fields:
        """The named fields under ``name``."""
        return Fields(self.document, (*self.place, name), self.values.get(name), self.faults)

    def each(self) -> Iterator[tuple[str, Fields]]:
        """Every field here with the fields under it; a name that is no code is a fault."""
        for name in self.values:
            if self._is_code(name, (name,)):
                yield name, self.below(name)

    def members(self, name: str) -> Iterator[Fields]:
        """The members of the list ``name``, each with its fields."""
        place = (*self.place, name)
        for position, member in enumerate(self._list(name)):
            yield Fields(self.document, (*place, position), member, self.faults)

    def text(self, name: str, *, required: bool = False) -> str:
        """A piece of text; numbers written without quotes are taken as they stand."""
        value = self.values.get(name)
        if isinstance(value, dict | list):
            self.fault((name,), NOT_AMONG, value="…", choices="text")
            return ""
        if value is None or value == "":
            if required:
                self.fault((name,) if name in self.values else (), CELL_EMPTY)
            return ""
        return str(value)

    def code(self, name: str) -> str:
        """A stable code."""
        value = self.text(name, required=True)
        return value if self._is_code(value, (name,)) else ""

    def codes(self, name: str) -> tuple[str, ...]:
        """A list of codes."""
        return tuple(
            str(member)
            for position, member in enumerate(self._list(name))
            if self._is_code(str(member), (name, position))
        )

    def number(self, name: str) -> int | None:
        """A whole number of days, or None where it is not given."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DAYS:
            self.fault((name,), NOT_A_NUMBER_OF_DAYS, value=value, limit=MOST_DAYS)
            return None
        return value

    def yes(self, name: str) -> bool:
        """true or false; false where it is not given."""
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            self.fault((name,), NOT_TRUE_OR_FALSE, value=value)
            return False
        return value

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        """One of the given words."""
        value = self.values.get(name, default)
        if not isinstance(value, str) or value not in choices:
            self.fault((name,), NOT_AMONG, value=value, choices=", ".join(choices))
            return default
        return value

    def list_of_codes(self, name: str) -> tuple[tuple[str, ...], ...]:
        """A list of lists of codes."""
        found = []
        for position, member in enumerate(self._list(name)):
            if isinstance(member, list):
                found.append(tuple(str(code) for code in member))
            else:
                self.fault((name, position), NOT_A_LIST)
        return tuple(found)

    def _list(self, name: str) -> list[object]:
        value = self.values.get(name)
        if value is None:
            return []
        if isinstance(value, list):
            return value
        self.fault((name,), NOT_A_LIST)
        return []

    def _is_code(self, value: str, place: Place) -> bool:
        try:
            return bool(code(value))
        except CellFault:
            self.fault(place, NOT_A_CODE, value=value)
            return False
