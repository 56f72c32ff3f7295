"""The `saferplan` command. One verb a file; each imports what it needs when it runs."""

from collections.abc import Callable
from typing import Annotated

import typer

from saferplan import __version__
from saferplan.cli.advise_level import advise_level
from saferplan.cli.assess import assess
from saferplan.cli.attack import attack
from saferplan.cli.backup import backup
from saferplan.cli.busiest_window import busiest_window
from saferplan.cli.check import check
from saferplan.cli.check_claim import check_claim
from saferplan.cli.compare_areas import compare_areas
from saferplan.cli.concentration import concentration
from saferplan.cli.convert_answers import convert_answers
from saferplan.cli.count import count
from saferplan.cli.disparity import disparity
from saferplan.cli.distance_travelled import distance_travelled
from saferplan.cli.explain_target import explain_target
from saferplan.cli.footprints import footprints
from saferplan.cli.forecast import forecast
from saferplan.cli.harm import harm
from saferplan.cli.hot_spots import hot_spots
from saferplan.cli.is_it_real import is_it_real
from saferplan.cli.justice import justice
from saferplan.cli.load import load
from saferplan.cli.match import match
from saferplan.cli.near_repeat import near_repeat
from saferplan.cli.need_bands import need_bands
from saferplan.cli.predict_places import predict_places
from saferplan.cli.protect import protect
from saferplan.cli.quarantine import quarantine
from saferplan.cli.reach import reach
from saferplan.cli.read_answers import read_answers
from saferplan.cli.read_minutes import read_minutes
from saferplan.cli.read_plan import read_plan
from saferplan.cli.read_response import read_response
from saferplan.cli.redact import redact
from saferplan.cli.releases import releases
from saferplan.cli.repeats import repeats
from saferplan.cli.representation import representation
from saferplan.cli.restore import restore
from saferplan.cli.simulate_payment import simulate_payment
from saferplan.cli.sources import sources
from saferplan.cli.survey import survey
from saferplan.cli.time_of_week import time_of_week
from saferplan.cli.vulnerability import vulnerability
from saferplan.cli.who_was_heard import who_was_heard

app = typer.Typer(
    help="From published files to a plan that answers for itself.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # what escapes is a bug, and should look like one
    add_completion=False,
)

# What stands together in the help, in the order of the work.
VERBS: dict[str, tuple[Callable[..., None], ...]] = {
    "The evidence": (load, assess, sources, releases, quarantine, backup, restore),
    "How much, and is it real?": (
        *(count, is_it_real, forecast, busiest_window, check_claim, survey),
    ),
    "Where?": (
        *(hot_spots, near_repeat, predict_places, concentration, time_of_week),
        *(vulnerability, compare_areas, reach, footprints),
    ),
    "Who, and how did the law answer?": (
        *(repeats, disparity, representation, justice, harm),
    ),
    "Plans, targets and money": (
        *(
            read_plan,
            read_minutes,
            explain_target,
            advise_level,
            simulate_payment,
            match,
        ),
        *(distance_travelled, need_bands),
    ),
    "Before a plan is decided": (
        *(read_response, read_answers, convert_answers, who_was_heard),
    ),
    "Before it is published": (protect, attack, redact),
}
for panel, verbs in VERBS.items():
    for verb in verbs:
        app.command(rich_help_panel=panel)(verb)
app.add_typer(check, name="check", rich_help_panel="Before it is published")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"saferplan {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help="Say which this is.",
        ),
    ] = False,
) -> None:
    """From published files to a plan that answers for itself."""
