"""Write down how the office's documents name it."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from documents.events import OfficeWordsKept
from documents.models.office import OfficeRow
from documents.rules.office import OfficeFacts, checked_office


def keep_office(facts: OfficeFacts, *, by: Actor) -> int:
    """Keep the office's words from now on; documents that are made already keep theirs. Answers the row.

    Raises: OfficeWordMissing, OfficeWordTooLong, OfficePhoneOdd, OfficePostcodeOdd.
    """
    tidy = checked_office(facts)
    with work(by) as w:
        row = w.add(
            OfficeRow(
                name=tidy.name,
                short_name=tidy.short_name,
                number_word=tidy.number_word,
                address=tidy.address,
                postcode=tidy.postcode,
                phone=tidy.phone,
                is_sealed=tidy.is_sealed,
                kept_at=clock.now(),
                kept_by_id=by.id,
                kept_by=by.label,
            )
        )
        w.record(
            OfficeWordsKept(
                office_id=row.id, name=row.name, number_word=row.number_word, is_sealed=row.is_sealed
            )
        )
        return row.id
