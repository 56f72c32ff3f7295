"""What became of what one respondent said, for themselves to read."""

from typing import Any

from saferplan.web.consultations.changes import difference
from saferplan.web.consultations.models import Point, Report, Response


def outcomes_of(response: Response) -> list[dict[str, Any]]:
    """
    Return each of their points with its answer, as it was published.

    What was decided and is not published yet is not told: it may still change. Nor is
    the answer to a point that was decided anew since.
    """
    if not response.is_counted:
        return []
    report = response.consultation.reports.first()
    published = decided_in(report)
    points = response.points.filter(removed_at=None).select_related(
        "question", "passage", "answered"
    )
    return [
        {"text": point.text, "about": about(point), **answer_to(point, published)}
        for point in points
    ]


def decided_in(report: Report | None) -> dict[int, dict[str, Any]]:
    rows = report.body["decided"] if report else []
    return {row["decision"]: row for row in rows}


def about(point: Point) -> str:
    return str(point.question or point.passage or "")


def answer_to(point: Point, published: dict[int, dict[str, Any]]) -> dict[str, Any]:
    answered = getattr(point, "answered", None)
    row = published.get(answered.decision_id) if answered else None
    if row is None:
        return {"label": "", "disposition": "", "reason": "", "change": []}
    before, after = (
        row[name]["text"] if row[name] else "" for name in ("before", "after")
    )
    return {
        "label": row["label"],
        "disposition": row["disposition"],
        "reason": row["reason"],
        "change": difference(before, after) if after else [],
    }
