"""saferplan match: people elsewhere like those in a cohort, and what came of both."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, read_table, tell, write_csv

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.matching import Matching
    from saferplan.methods.payment_effect import Effect

LEAST_PEOPLE = 10  # fewer could be known again by the means of their columns


def match(
    group: Annotated[Path, typer.Argument(help="A CSV file: one row per person.")],
    pool: Annotated[Path, typer.Argument(help="The same of people elsewhere.")],
    on: Annotated[list[str], typer.Option(help="A column to match on; repeat it.")],
    exact: Annotated[
        list[str] | None,
        typer.Option(help="A column that must be the very same; repeat it."),
    ] = None,
    k: Annotated[int, typer.Option(help="Matches for each person.")] = 1,
    caliper: Annotated[
        float, typer.Option(help="How far apart scores may be, in deviations.")
    ] = 0.2,
    who: Annotated[
        str | None, typer.Option(help="The column with their references.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Option(help="A column with 1 for yes and 0 for no.")
    ] = None,
    events: Annotated[
        str | None, typer.Option(help="A column with a number of events.")
    ] = None,
    pairs: Annotated[
        Path | None, typer.Option(help="Also write who is matched with whom.")
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Match people elsewhere to those in a cohort, and compare what came of them."""
    from dataclasses import asdict

    with errors_in_one_line():
        from saferplan.errors import MethodError
        from saferplan.methods.matching import match as matched

        columns = [*on, *(exact or [])]
        asked = [name for name in (outcome, events) if name]
        ours, theirs = (read(file, columns, asked, who) for file in (group, pool))
        if len(ours) < LEAST_PEOPLE:
            raise MethodError(
                f"{group.name} has {len(ours)} people. Under {LEAST_PEOPLE} they could "
                f"be known again by what is shown of them; take a longer period."
            )
        found = matched(ours, theirs, on=on, exact=exact or (), k=k, caliper=caliper)
        if pairs is not None:
            write_csv(found.pairs, pairs)
        effects = effects_of(found, ours, theirs, outcome, events)
        said = [*sentences(found, len(ours)), *(told for told, _effect in effects)]
        numbers = {
            "unmatched": len(found.unmatched),
            "matches": len(found.pairs),
            "effects": [asdict(effect) for _told, effect in effects],
        }
        table = found.balance.rename_axis("variable").reset_index()
        tell(said, table, numbers, as_json=as_json, csv=csv)


def read(
    file: Path, columns: list[str], numbers: list[str], who: str | None
) -> "pd.DataFrame":
    """The people of a file; a column whose every cell is a number is one of numbers."""
    import pandas as pd

    from saferplan.errors import MethodError

    needed = [*columns, *numbers, *([who] if who else [])]
    table = read_table(file, columns=needed, numbers=numbers)
    for name in numbers:
        if table[name].isna().any():
            raise MethodError(
                f"{file.name}: {name} has gaps. Leave out those of whom it is not "
                f"known, in both files."
            )
    for name in columns:
        as_number = pd.to_numeric(table[name], errors="coerce")
        if as_number.notna().all():
            table[name] = as_number
        else:
            table[name] = table[name].replace("", None)
    return table.set_index(who) if who else table


def sentences(found: "Matching", people: int) -> list[str]:
    left = people - len(found.unmatched)
    said = [f"{left:,} of {people:,} people have {len(found.pairs):,} matches."]
    # A column in which all of the cohort are the same has no deviation to measure by.
    known = found.balance[["before", "after"]].abs().dropna()
    if len(known):
        before, after = known["before"], known["after"]
        said.append(
            f"The widest difference was {before.max():.2f} standard deviations before "
            f"matching ({before.idxmax()}) and is {after.max():.2f} after "
            f"({after.idxmax()}); under 0.1 is taken for alike."
        )
    said += [f"Caution: {caution}" for caution in found.cautions]
    return [*said, "What was not recorded was not matched."]


def effects_of(
    found: "Matching",
    group: "pd.DataFrame",
    pool: "pd.DataFrame",
    outcome: str | None,
    events: str | None,
) -> "list[tuple[str, Effect]]":
    """What came of those matched, against their matches, by share and by events."""
    from saferplan.errors import MethodError
    from saferplan.methods.payment_effect import (
        Group,
        dispersion_of,
        frequency_effect,
        share_effect,
    )

    kept = group.drop(index=list(found.unmatched))
    weights = found.weights / found.weights.sum()
    # Matches who share a person weigh less, and so they are worth fewer people.
    worth = 1 / float((weights**2).sum())
    told = []
    if outcome:
        for table in (group, pool):
            if not table[outcome].isin([0, 1]).all():
                raise MethodError(f"{outcome} must be 1 for yes and 0 for no.")
        theirs = Group(worth * float((weights * pool[outcome]).sum()), worth)
        effect = share_effect(Group(kept[outcome].sum(), len(kept)), theirs)
        told.append((points(outcome, effect), effect))
    if events:
        used = pool[found.weights > 0]
        dispersion = max(dispersion_of(each[events]) for each in (kept, used))
        theirs = Group(worth * float((weights * pool[events]).sum()), worth)
        ours = Group(float(kept[events].sum()), len(kept))
        effect = frequency_effect(ours, theirs, dispersion=dispersion)
        told.append((percent(events, effect, dispersion), effect))
    return told


def points(name: str, effect: "Effect") -> str:
    lower, upper = 100 * effect.lower, 100 * effect.upper
    return (
        f"{name}: {100 * effect.effect:+.1f} points against the matches, somewhere "
        f"from {lower:+.1f} to {upper:+.1f}: {effect.verdict}."
    )


def percent(name: str, effect: "Effect", dispersion: float) -> str:
    return (
        f"{name}: {effect.effect:+.1%} against the matches, somewhere from "
        f"{effect.lower:+.1%} to {effect.upper:+.1%}, with a dispersion of "
        f"{dispersion:.2f}: {effect.verdict}."
    )
