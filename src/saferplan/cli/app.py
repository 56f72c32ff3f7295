"""The `saferplan` command. One verb a file; each imports what it needs when it runs."""

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
from saferplan.cli.read_plan import read_plan
from saferplan.cli.releases import releases
from saferplan.cli.repeats import repeats
from saferplan.cli.representation import representation
from saferplan.cli.restore import restore
from saferplan.cli.simulate_payment import simulate_payment
from saferplan.cli.sources import sources
from saferplan.cli.survey import survey
from saferplan.cli.time_of_week import time_of_week
from saferplan.cli.vulnerability import vulnerability

app = typer.Typer(
    help="From published files to a borough’s strategic assessment, in two commands.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # what escapes is a bug, and should look like one
    add_completion=False,
)

app.command()(load)
app.command()(assess)
app.command()(sources)
app.command()(releases)
app.command()(quarantine)
app.command()(backup)
app.command()(restore)
app.command()(read_plan)
app.command()(explain_target)
app.command()(count)
app.command()(repeats)
app.command()(reach)
app.command()(harm)
app.command()(footprints)
app.command()(simulate_payment)
app.command()(match)
app.command()(distance_travelled)
app.command()(need_bands)
app.command()(disparity)
app.command()(hot_spots)
app.command()(near_repeat)
app.command()(predict_places)
app.command()(concentration)
app.command()(time_of_week)
app.add_typer(check, name="check")
app.command()(check_claim)
app.command()(busiest_window)
app.command()(forecast)
app.command()(is_it_real)
app.command()(representation)
app.command()(survey)
app.command()(justice)
app.command()(protect)
app.command()(attack)
app.command()(advise_level)
app.command()(compare_areas)
app.command()(vulnerability)


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
    """From published files to a borough’s strategic assessment, in two commands."""
