"""saferplan assess: a borough's strategic assessment from the evidence store."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line, open_store
from saferplan.plurals import plural

if TYPE_CHECKING:
    from saferplan.assessment.finding import Assessment

FEW = 3  # boroughs that are written sooner than a second process would be ready


def assess(
    out: Annotated[Path, typer.Option(help="The folder for the report.")],
    area: Annotated[
        str | None, typer.Option(help="The borough's ONS code, such as E09000023.")
    ] = None,
    all_boroughs: Annotated[
        bool,
        typer.Option(
            "--all-boroughs", help="Every borough, each in a folder of its own."
        ),
    ] = False,
    store: StoreOption = None,
) -> None:
    """Write a borough's assessment as JSON, HTML, PDF, ODS and XLSX."""
    if (area is None) == (not all_boroughs):
        raise typer.BadParameter("Give one borough with --area, or --all-boroughs.")

    # Importing makes very many objects and no garbage: looking for some all the while
    # took a tenth of the time.
    gc.set_threshold(50_000, 20, 100)

    from rich.console import Console
    from rich.progress import track

    from saferplan.assessment import Evidence
    from saferplan.assessment import assess as assess_borough
    from saferplan.reports.many import write_reports

    with errors_in_one_line():
        evidence = Evidence(open_store(store))
        codes = list(evidence.boroughs) if all_boroughs else [str(area)]

        def assessments() -> "Iterator[tuple[Assessment, Path]]":
            for code in codes:
                yield (
                    assess_borough(evidence, code),
                    out / code if all_boroughs else out,
                )

        for assessment, folder in track(
            write_reports(assessments(), at_once=1 if len(codes) <= FEW else None),
            "Assessing",
            total=len(codes),
            console=Console(stderr=True),
            transient=True,
            disable=not all_boroughs,
        ):
            typer.echo(
                f"{assessment.area.name}: "
                f"{plural(len(assessment.findings), 'finding')}, "
                f"{plural(len(assessment.gaps), 'gap')}, in {folder}"
            )
        if not codes:
            typer.echo("There is no recorded crime yet. Run: saferplan load FOLDER")
