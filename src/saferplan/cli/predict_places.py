"""saferplan predict-places: a map of next month's places, and how such maps did."""

from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.events import (
    AreaOption,
    CellOption,
    EventsArgument,
    ExactOption,
    GeoJsonOption,
    PublicOption,
    ShapeOption,
    grid_for,
    read_events,
    waiting,
    without_counts,
    write_cells,
)
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, tell, write_csv

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.grid import Grid

RULE = "decaying by half in 12 months"


def predict_places(
    file: EventsArgument,
    area: AreaOption = None,
    cell: CellOption = 250,
    shape: ShapeOption = "square",
    lag: Annotated[int, typer.Option(help="Months that the publisher is behind.")] = 2,
    share: Annotated[
        list[float] | None,
        typer.Option(help="The share of cells to mark; repeat it. By default 1%, 5%."),
    ] = None,
    exact: ExactOption = False,
    public: PublicOption = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    geojson: GeoJsonOption = None,
) -> None:
    """Back-test maps of hot places month by month, and draw the next; needs a month."""
    with errors_in_one_line():
        from saferplan.methods.prediction import SHARES, back_test
        from saferplan.methods.step_counts import step_counts

        events = read_events(file)
        grid = grid_for(events.table, area, size=cell, shape=shape)
        counted = step_counts(
            events.table, grid, publisher=events.publisher, exact=exact
        )
        with waiting("Predicting month after month") as progress:
            tested = back_test(
                counted.counts, shares=share or SHARES, lag=lag, progress=progress
            )
        month = counted.counts.index[-1] + lag
        cells = next_map(counted.counts, grid, month, lag, share or SHARES)
        cells, more = without_counts(cells, public=public)
        if csv is not None:
            write_csv(cells.reset_index(), csv)
        if geojson is not None:
            write_cells(cells, grid, geojson)
    said = [
        f"{tested.months} months predicted, each from those published before it.",
        *(sentence(tested.summary, at, tested.baseline) for at in share or SHARES),
        f"The map is for {month}, by the rule {RULE!r}.",
        *([counted.caution] if counted.caution else []),
        *more,
    ]
    tell([*events.said, *said], tested.summary.reset_index(), as_json=as_json)


def sentence(summary: "pd.DataFrame", share: float, baseline: str) -> str:
    by_rule = summary.xs(share, level="share")
    ours, usual, best = (by_rule.loc[name] for name in (RULE, baseline, "hindsight"))
    return (
        f"At {share:.1%} of the cells it caught {ours['pai']:.2f} times its share of "
        f"crime, the {baseline} {usual['pai']:.2f}, hindsight {best['pai']:.2f}; it "
        f"was better in {ours['better']:.0f} months and worse in {ours['worse']:.0f} "
        f"(p {ours['p']:.2g})."
    )


def next_map(
    counts: "pd.DataFrame",
    grid: "Grid",
    month: "pd.Period",
    lag: int,
    shares: "list[float] | tuple[float, ...]",
) -> "pd.DataFrame":
    """Every cell with what is expected of it, and the smallest share that marks it."""
    import numpy as np

    from saferplan.methods.prediction import decaying, predicted_counts

    cells = grid.centres()
    cells["expected"] = predicted_counts(counts, month, decaying(12), lag=lag)
    place = cells["expected"].rank(ascending=False, method="first")
    cells["marked_at"] = np.nan
    for share in sorted(shares, reverse=True):
        cells.loc[place <= int(share * len(cells) + 1e-9), "marked_at"] = share
    return cells
