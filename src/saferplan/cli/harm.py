"""saferplan harm: areas by number and by harm, with several sets of weights."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import StoreOption, errors_in_one_line, open_store
from saferplan.cli.tables import (
    CsvOption,
    JsonOption,
    no_gaps,
    only_once,
    read_table,
    tell,
)

if TYPE_CHECKING:
    import pandas as pd


def harm(
    file: Annotated[Path, typer.Argument(help="A CSV file: area, category, offences.")],
    weights: Annotated[
        list[Path] | None,
        typer.Option(
            help="A CSV file of weights: category, and a column for each set of them. "
            "Repeat it."
        ),
    ] = None,
    ons: Annotated[
        bool, typer.Option("--ons", help="Use the ONS weights of the evidence store.")
    ] = False,
    store: StoreOption = None,
    residents: Annotated[
        Path | None, typer.Option(help="A CSV file: area, residents. Ranks by rate.")
    ] = None,
    shared_only: Annotated[
        bool, typer.Option(help="Use only categories that every set weighs.")
    ] = False,
    top: Annotated[
        int | None, typer.Option(help="How many areas count as the top.")
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Rank areas by number and by harm; how far the orders agree."""
    with errors_in_one_line():
        sets = ons_weights(store) if ons else {}
        for path in weights or []:
            sets |= read_weights(path)
        said, table, numbers = compared(file, sets, residents, shared_only, top)
    tell(said, table, numbers, as_json=as_json, csv=csv)


def compared(
    file: Path,
    sets: "dict[str, pd.Series]",
    residents: Path | None,
    shared_only: bool,
    top: int | None,
) -> tuple[list[str], "pd.DataFrame", dict[str, Any]]:
    from saferplan.errors import MethodError
    from saferplan.methods.harm_compared import compare_harm

    counted = read_table(
        file, columns=["area", "category", "offences"], numbers=["offences"]
    )
    no_gaps(file, counted, ["offences"])
    offences = counted.pivot_table(
        index="area", columns="category", values="offences", aggfunc="sum", fill_value=0
    )
    people = None
    if residents is not None:
        table = read_table(
            residents, columns=["area", "residents"], numbers=["residents"]
        )
        only_once(residents, table, "area")
        people = table.set_index("area")["residents"].reindex(offences.index)
    if not sets:
        raise MethodError(
            "Give weights: --ons for the Crime Severity Score that is loaded, or "
            "--weights FILE with a column category and one for each set. The Cambridge "
            "index and others are yours to supply."
        )
    found = compare_harm(
        offences, sets, residents=people, shared_only=shared_only, top=top
    )
    said = [
        f"{row.one} and {row.other} put the areas in orders that agree by "
        f"{row.spearman:.2f} (1 is the same); of the top {found.top}, "
        f"{row.top_shared:.0%} are the same."
        for row in found.agreement.itertuples()
    ]
    numbers = {
        "agreement": found.agreement.to_dict(orient="records"),
        "missing": found.missing.to_dict(orient="records"),
        "top": found.top,
    }
    return [*said, *found.cautions], found.areas, numbers


def ons_weights(store: Path | None) -> "dict[str, pd.Series]":
    import pandas as pd

    from saferplan.assessment.evidence import Evidence
    from saferplan.assessment.harm import weights_by_minor
    from saferplan.errors import MethodError

    found = weights_by_minor(Evidence(open_store(store)))
    if not found:
        raise MethodError(
            "The store holds no ONS weights. Load the Crime Severity Score weights by "
            "offence code first."
        )
    return {"ONS severity": pd.Series(found)}


def read_weights(file: Path) -> "dict[str, pd.Series]":
    """Each column of numbers besides the category is a set of weights."""
    from saferplan.errors import SourceChanged

    names = list(read_table(file, columns=["category"]).columns)
    names.remove("category")
    if not names:
        raise SourceChanged(
            f"{file.name} has no weights: it needs a column beside category."
        )
    table = read_table(file, columns=["category"], numbers=names)
    only_once(file, table, "category")
    table = table.set_index("category")
    return {name: table[name] for name in names}
