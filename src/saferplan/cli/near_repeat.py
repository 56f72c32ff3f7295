"""saferplan near-repeat: whether events follow one another at close quarters."""

from typing import Annotated

import typer

from saferplan.cli.events import EventsArgument, ExactOption, read_events, waiting
from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, tell
from saferplan.plurals import plural


def near_repeat(
    file: EventsArgument,
    metres: Annotated[
        str, typer.Option(help="Edges of the bands of distance.")
    ] = "0,100,200,300,400",
    days: Annotated[
        str, typer.Option(help="Edges of the bands of days apart.")
    ] = "0,7,14,21,28",
    shuffles: Annotated[
        int, typer.Option(help="Deal the dates out so often, for p; 0 for none.")
    ] = 999,
    seed: Annotated[int, typer.Option(help="The same seed deals the same.")] = 1,
    exact: ExactOption = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Pairs of events close in space and time, beside those chance would bring."""
    with errors_in_one_line():
        from saferplan.methods.near_repeat import near_repeat as knox

        events = read_events(file)
        with waiting("Dealing out the dates") as progress:
            found = knox(
                events.table,
                metres=edges(metres, "metres"),
                apart=edges(days, "days"),
                shuffles=shuffles,
                seed=seed,
                publisher=events.publisher,
                exact=exact,
                progress=progress,
            )
    nearest = found.bands.iloc[0]
    said = [
        f"{plural(found.events, 'event')}, {found.basis}.",
        f"Within {nearest['to_metres']:g} m and {nearest['to_days']:g} days there are "
        f"{nearest['pairs']:,.0f} pairs, {nearest['ratio']:.2f} times the "
        f"{nearest['expected']:,.1f} of chance.",
        "A ratio does not say that one offender came back.",
    ]
    tell([*events.said, *said], found.bands, as_json=as_json, csv=csv)


def edges(told: str, what: str) -> list[float]:
    from saferplan.errors import MethodError

    try:
        return [float(each) for each in told.split(",")]
    except ValueError as error:
        raise MethodError(
            f"The edges of {what} are numbers with commas between, such as 0,100,200; "
            f"{told!r} is not understood."
        ) from error
