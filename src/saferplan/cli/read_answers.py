"""saferplan read-answers: what people answered to one open question."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, tell
from saferplan.plurals import plural

if TYPE_CHECKING:
    from saferplan.consultations.answers_read import AnswersRead, Suggester


def read_answers(
    file: Annotated[Path, typer.Argument(help="CSV or XLSX, one row per answer.")],
    text: Annotated[str, typer.Option(help="The column with the answers.")],
    coded: Annotated[
        str,
        typer.Option(
            help="The column with the themes that a person chose for a random sample: "
            "; between two, none where there is none, empty where nobody has read it."
        ),
    ] = "",
    respondent: Annotated[
        str, typer.Option(help="The column that tells who sent each.")
    ] = "",
    not_at_random: Annotated[
        bool,
        typer.Option(
            "--not-at-random",
            help="The coded answers were chosen in another way: no shares.",
        ),
    ] = False,
    sample: Annotated[
        Path | None,
        typer.Option(help="Draw answers at random into this CSV file, to code."),
    ] = None,
    to_code: Annotated[int, typer.Option(help="How many to draw.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same.")] = 1,
    endpoint: Annotated[
        str,
        typer.Option(
            help="Off unless given: the address of an OpenAI-compatible service that "
            "suggests instead. The answers are sent there."
        ),
    ] = "",
    model: Annotated[str, typer.Option(help="The model to ask for there.")] = "",
    runs: Annotated[
        Path, typer.Option(help="Where each run there is kept, word for word.")
    ] = Path("runs"),
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Draft themes, campaigns, suggestions, and the share of each theme with limits."""
    with errors_in_one_line():
        from saferplan.cli.events import waiting
        from saferplan.consultations.answers_read import read_all
        from saferplan.consultations.answers_told import (
            answer_by_answer,
            as_values,
            sentences,
        )
        from saferplan.consultations.coded_answers import read_answers as answers_in

        answers = answers_in(file, text=text, coded=coded, respondent=respondent)
        with waiting("Reading the answers") as progress:
            found = read_all(
                answers,
                seed=seed,
                at_random=not not_at_random,
                suggester=asked_of(endpoint, model, runs),
                progress=progress,
            )
        said = list(sentences(found))
        if sample is not None:
            said.append(write_sample(found, sample, to_code, seed))
        table = answer_by_answer(found)
        if as_json:
            tell(said, table, as_values(found, seed=seed), as_json=True, csv=csv)
        else:
            tell(said, table if csv else None, csv=csv)


def asked_of(endpoint: str, model: str, runs: Path) -> "Suggester | None":
    """Who suggests, where it is not the small classifier."""
    if not endpoint:
        return None
    from saferplan.consultations.endpoint import Endpoint, suggester_of
    from saferplan.consultations.endpoint_runs import Run, keep_in

    def keep(run: Run) -> None:
        typer.echo(f"The run is kept in {keep_in(runs, run)}.", err=True)

    return suggester_of(Endpoint.of(endpoint, model), keep=keep)


def write_sample(found: "AnswersRead", file: Path, count: int, seed: int) -> str:
    """Draw answers to code, some of each campaign besides, and say what to do."""
    import csv

    from saferplan.consultations.answers_read import certain
    from saferplan.consultations.coded_answers import rows_to_code
    from saferplan.methods.theme_prevalence import draw_to_code
    from saferplan.spreadsheet import inert

    campaign = certain(found.campaigns)
    drawn = draw_to_code(found.answers.texts.index, count, campaign=campaign, seed=seed)
    rows = rows_to_code(found.answers, [int(str(each)) for each in drawn])
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(
            [inert(cell) for cell in row] for row in rows
        )
    return (
        f"{plural(len(drawn), 'answer')} drawn at random into {file.name}. Code every "
        f"one of them, and leave none out."
        f"{why_fewer(len(found.answers.texts), len(campaign), count)}"
    )


def why_fewer(answers: int, in_campaigns: int, wanted: int) -> str:
    """Why not as many as were wanted could be drawn; nothing where they were."""
    if (outside := answers - in_campaigns) >= wanted:
        return ""
    few = f" {wanted:,} were asked for, and there are {plural(answers, 'answer')}"
    if not in_campaigns:
        return f"{few}: all of them are drawn."
    return (
        f"{few}, {in_campaigns:,} of them in campaigns. All {outside:,} outside "
        f"campaigns are drawn, and a few of each campaign besides."
    )
