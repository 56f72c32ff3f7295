"""The panel on stop and search, told as findings."""

from typing import TYPE_CHECKING

import pandas as pd

from saferplan.assessment.finding import (
    Area,
    Chart,
    Column,
    Finding,
    Measure,
    Period,
    Table,
)
from saferplan.assessment.rows import Row, rows_of
from saferplan.assessment.sentences import (
    between,
    known,
    listed,
    month,
    number,
    percent,
    period,
)
from saferplan.definitions.words import caveat
from saferplan.methods import cite
from saferplan.methods.search_panel import SearchPanel

if TYPE_CHECKING:
    from saferplan.assessment.stops import Searches

TOPIC = "stop and search"
PER_RESIDENT = "searches per 1,000 residents"
WHO = {"self": "the person searched", "officer": "the officer"}


def tell(
    area: Area,
    panel: SearchPanel,
    searches: "Searches",
    releases: tuple[str, ...],
) -> list[Finding]:
    """Volume, ratios by who defined the group, bounds, finds, what to explain."""
    when = period(searches.months)
    teller = _Teller(area, panel, searches, releases, when)
    return [
        teller.volume(),
        teller.ratios("officer"),
        teller.ratios("self"),
        teller.bounds(),
        teller.finds(),
        teller.explain(),
    ]


class _Teller:
    """What every part of the panel shares."""

    def __init__(
        self,
        area: Area,
        panel: SearchPanel,
        searches: "Searches",
        releases: tuple[str, ...],
        when: Period,
    ) -> None:
        self.area, self.panel, self.searches = area, panel, searches
        self.releases, self.when = releases, when

    def finding(
        self, name: str, title: str, unit: str, sentence: str, **facts: object
    ) -> Finding:
        usual: dict[str, object] = {
            "head": "levels",
            "topic": TOPIC,
            "measure": Measure(
                f"stop and search: {name}", title, unit, "neither", True
            ),
            "area": self.area,
            "period": self.when,
            "sentence": sentence,
            "interval": None,
            "verdict": "level only",
            "method": cite("disproportionality"),
            "releases": self.releases,
            "caveats": (
                caveat("searches-not-people"),
                caveat("available-population"),
            ),
            "definition": (
                f"Searches of people at a point inside the borough, for every 1,000 "
                f"residents of the group. Residents: {self.panel.denominators}."
            ),
        }
        return Finding(**{**usual, **facts})  # type: ignore[arg-type]

    def volume(self) -> Finding:
        volume = self.panel.volume.sort_index()
        total = int(volume["searches"].sum())
        section_60 = int(volume["section_60"].sum())
        sentence = (
            f"{number(total)} searches of people were recorded in {self.area.name} "
            f"over {len(self.searches.months)} published months to "
            f"{month(self.searches.months[-1])}, {number(section_60)} of them without "
            f"suspicion under section 60. {number(self.panel.vehicles_only)} more were "
            f"of vehicles alone, and {percent(self.searches.nowhere)} of the force’s "
            f"searches have no place."
        )
        months = pd.DatetimeIndex(pd.to_datetime(volume.index)).to_period("M")
        table = Table(
            f"Searches of people in {self.area.name} by month",
            (
                Column("month", "Month", "month"),
                Column("searches", "Searches", "searches"),
                Column("section_60", "Under section 60", "searches"),
            ),
            tuple(
                (str(at), known(row["searches"]), known(row["section_60"]))
                for at, row in zip(months, volume.to_dict("records"), strict=True)
            ),
        )
        return self.finding(
            "volume",
            "Searches in the borough",
            "searches",
            sentence,
            value=float(total),
            table=table,
            caveats=(
                caveat("searches-not-people"),
                caveat("vehicle-stops"),
                caveat("snapped-points"),
            ),
            charts=(
                Chart(
                    "line",
                    f"Searches of people in {self.area.name} by month",
                    f"Lines of searches and of section 60 searches. {sentence}",
                    "month",
                    ("searches", "section_60"),
                ),
            ),
        )

    def ratios(self, who: str) -> Finding:
        rows = rows_of(self.panel.ratios[who])
        compared = {
            group: row for group, row in rows.items() if not pd.isna(row["lower"])
        }
        main = compared.get("Black") or next(iter(compared.values()), None)
        group = next((name for name, row in compared.items() if row is main), "")
        missing = self._missing(who)
        if main is None:
            sentence = (
                f"Too few searches of any one group, as {WHO[who]} defined it, for a "
                f"rate to be given."
            )
        else:
            sentence = (
                f"As {WHO[who]} defined it, there were "
                f"{number(main['rate'], 1)} searches for every 1,000 {group} "
                f"residents, {number(main['ratio'], 1)} times the rate for White "
                f"residents (95% interval {number(main['lower'], 1)} to "
                f"{number(main['upper'], 1)}). The group is missing in "
                f"{percent(missing)} of searches."
            )
        table = Table(
            f"Searches in {self.area.name} by ethnic group, as {WHO[who]} defined it",
            (
                Column("group", "Ethnic group"),
                Column("searches", "Searches", "searches"),
                Column("residents", "Residents", "people"),
                Column("rate", "Rate", PER_RESIDENT, 1),
                Column("ratio", "Times the rate for White residents", "times", 2),
                Column("lower", "Lower limit", "times", 2),
                Column("upper", "Upper limit", "times", 2),
            ),
            tuple(
                (
                    group,
                    *(
                        known(row[each])
                        for each in (
                            "searches",
                            "residents",
                            "rate",
                            "ratio",
                            "lower",
                            "upper",
                        )
                    ),
                )
                for group, row in rows.items()
            ),
            notes=tuple(
                f"{name}: {row['caution']}"
                for name, row in rows.items()
                if row["caution"]
            ),
        )
        return self.finding(
            f"ratio, {who}-defined",
            f"Searches by ethnic group, as {WHO[who]} defined it",
            "times the rate for White residents",
            sentence,
            value=known(main["ratio"]) if main else None,
            interval=between(main["lower"], main["upper"]) if main else None,
            verdict="level only" if main else "cannot tell",
            table=table,
            charts=self._ratio_chart(compared, sentence, who),
            caveats=(
                caveat("searches-not-people"),
                caveat("available-population"),
                caveat("ethnicity-not-stated"),
            ),
        )

    def _ratio_chart(
        self, compared: dict[str, Row], sentence: str, who: str
    ) -> tuple[Chart, ...]:
        if not compared:
            return ()
        return (
            Chart(
                "intervals",
                f"Searches per resident against White residents, as {WHO[who]} "
                f"defined the group",
                f"A dot for each group, with its 95% interval. {sentence}",
                "group",
                ("ratio",),
                "lower",
                "upper",
                reference=(1.0, "White"),
            ),
        )

    def _missing(self, who: str) -> float:
        return float(self.panel.bounds[who]["missing_share"].iloc[0])

    def bounds(self) -> Finding:
        rows: list[tuple[str | float | None, ...]] = []
        for who in ("officer", "self"):
            for group, row in rows_of(self.panel.bounds[who]).items():
                if not pd.isna(row["ratio"]):
                    figures = (known(row[k]) for k in ("lowest", "ratio", "highest"))
                    rows.append((f"{group}, as {WHO[who]} defined it", *figures))
        own = rows_of(self.panel.bounds["self"])
        black = own.get("Black", next(iter(own.values())))
        if pd.isna(black["ratio"]):
            sentence = "Too few searches for bounds on what the missing could mean."
        else:
            sentence = (
                f"If every search whose group the person did not state was of a White "
                f"resident, the ratio for Black residents would be "
                f"{number(black['lowest'], 1)}; if all were of Black residents, "
                f"{number(black['highest'], 1)}. The truth lies between."
            )
        table = Table(
            "How far searches of unknown group could move each ratio",
            (
                Column("group", "Ethnic group"),
                Column("lowest", "If all missing were White", "times", 2),
                Column("ratio", "As found", "times", 2),
                Column("highest", "If all missing were of this group", "times", 2),
            ),
            tuple(rows),
        )
        return self.finding(
            "bounds",
            "What the missing groups could mean",
            "times the rate for White residents",
            sentence,
            value=known(black["ratio"]),
            table=table if rows else None,
            caveats=(caveat("ethnicity-not-stated"),),
        )

    def finds(self) -> Finding:
        rows = rows_of(self.panel.outcomes["officer"])
        shown = {name: row for name, row in rows.items() if not pd.isna(row["share"])}
        differ = [
            name for name, row in shown.items() if row["verdict"] == "real change"
        ]
        told = [f"{name} {percent(row['share'])}" for name, row in shown.items()]
        sentence = (
            f"Searches that led to something, by group as the officer defined it: "
            f"{listed(told) or 'too few to say'}. "
        )
        sentence += (
            f"The difference from White is more than chance for {listed(differ)}."
            if differ
            else "No group differs from White by more than chance would explain."
            if shown
            else ""
        )
        table = Table(
            "Searches with an outcome other than no further action, officer-defined",
            (
                Column("group", "Ethnic group"),
                Column("searches", "Searches with a known outcome", "searches"),
                Column("share", "Share that led to something", "share", 1),
                Column("lower", "Lower limit", "share", 1),
                Column("upper", "Upper limit", "share", 1),
            ),
            tuple(
                (
                    name,
                    *(known(row[k]) for k in ("searches", "share", "lower", "upper")),
                )
                for name, row in rows.items()
            ),
        )
        white = rows["White"]
        return self.finding(
            "finds",
            "Searches that led to something",
            "share",
            sentence.strip(),
            value=known(white["share"]),
            interval=between(white["lower"], white["upper"]),
            table=table,
            caveats=(
                "Fewer finds can mean weaker grounds for searching that group, or that "
                "officers searched for other things.",
            ),
            definition=(
                "Searches with any outcome but no further action, over those with a "
                "known outcome. The value is for White people."
            ),
        )

    def explain(self) -> Finding:
        groups = self.panel.explain
        compared = any(
            ratios["lower"].notna().any() for ratios in self.panel.ratios.values()
        )
        sentence = (
            f"For {listed(list(groups))} residents even the lower limit is above the "
            f"rate for White residents. The force and the partnership should explain "
            f"that in writing, or change it."
            if groups
            else "No group’s rate is above that for White residents beyond chance."
            if compared
            else "Too few searches of any one group to say what needs explaining."
        )
        return self.finding(
            "explain or reform",
            "What needs a written explanation",
            "groups",
            sentence,
            head="priorities",
            value=float(len(groups)),
            definition=(
                "The principle of the Lammy Review (2017): explain a difference, or "
                "reform what makes it."
            ),
        )
