"""Hold a joint review while something about it is decided: locked, in scope, and as the rules see it."""

from __future__ import annotations

from approvals.models.joint_review import JointReviewRow
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import joint_reviews
from approvals.rules.joint_reviews import JointReview
from concierge.kernel.work import Work


def held(w: Work, review_id: int, *, version: int | None = None) -> tuple[JointReviewRow, JointReview]:
    """The row and its facts.

    Raises: Missing, Stale.
    """
    row = w.get(JointReviewRow, review_id, version=version)
    return row, joint_reviews.review(w.session, review_id)


def department_names(w: Work, lang: str) -> dict[str, str]:
    """The departments of the latest catalogue as a reader of ``lang`` reads them; empty before the first."""
    published = catalogue_queries.latest_catalogue(w.session)
    departments = published.departments if published else ()
    return {department.code: department.spoken(lang) for department in departments}
