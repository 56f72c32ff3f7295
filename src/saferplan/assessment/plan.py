"""What only the partnership itself knows: whether last year's plan was carried out."""

from saferplan.assessment.evidence import Evidence
from saferplan.assessment.finding import Area, Gap
from saferplan.assessment.recorded_crime import Said


def plan(evidence: Evidence, area: Area) -> Said:
    """Nothing published says this. The partnership's own record of actions would."""
    return [
        Gap(
            "delivery",
            "last year’s plan",
            f"How far last year’s partnership plan for {area.name} was carried out is "
            f"not in any published data.",
            "Enter the plan’s actions with an owner, a due date and a status for each, "
            "or attach the last monitoring report to the assessment.",
        )
    ]
