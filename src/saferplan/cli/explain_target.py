"""saferplan explain-target: what a target means, needs, and how likely it is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import JsonOption, plain

if TYPE_CHECKING:
    import pandas as pd

# What a file may say besides the fields of a target.
BESIDES = {"unit", "change", "since", "monthly", "dispersion", "others"}
OF_A_SHARE = {
    *("unit", "measure", "baseline", "target", "asked", "asked_now", "years", "now"),
    *("promised", "design_effect", "years_left", "drift"),
}
NUMBERS = {
    *("baseline", "number", "change", "years", "claim", "since", "dispersion"),
    *("target", "asked", "asked_now", "now", "promised", "design_effect", "monthly"),
}


def explain_target(
    file: Annotated[
        Path | None, typer.Argument(help="The target, as TOML or JSON.")
    ] = None,
    measure: Annotated[str | None, typer.Option(help="What is counted.")] = None,
    baseline: Annotated[
        list[float] | None, typer.Option(help="A year it is measured from; repeat it.")
    ] = None,
    number: Annotated[
        float | None, typer.Option(help="Offences in the target's twelve months.")
    ] = None,
    change: Annotated[
        float | None, typer.Option(help="Or the change: -0.2 is a fifth fewer.")
    ] = None,
    ends: Annotated[
        str | None, typer.Option(help="The last of those months: 2026-03.")
    ] = None,
    years: Annotated[
        int | None, typer.Option(help="Years from the baseline to the target.")
    ] = None,
    better: Annotated[str | None, typer.Option(help="down or up.")] = None,
    claim: Annotated[
        float | None, typer.Option(help="How many fewer in all were promised.")
    ] = None,
    since: Annotated[
        list[float] | None, typer.Option(help="A year after the baseline; repeat it.")
    ] = None,
    months: Annotated[
        Path | None, typer.Option(help="A CSV file with columns month and count.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Explain a target: baseline, paths, claim, chance, conflicts."""
    given = {
        "measure": measure, "baseline": baseline or None, "number": number,
        "change": change, "ends": ends, "years": years, "better": better,
        "claim": claim, "since": since or None,
    }  # fmt: skip
    with errors_in_one_line():
        asked = read(file) if file else {}
        asked |= {name: value for name, value in given.items() if value is not None}
        if months is not None:
            asked["monthly"] = read_months(months)
        numbers, said = explain(asked)
    if as_json:
        import json

        typer.echo(json.dumps(numbers | {"sentences": said}, indent=2))
    else:
        typer.echo("\n".join(said))


def explain(asked: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return the numbers and the sentences for what a file or the options ask."""
    from dataclasses import asdict

    from saferplan.methods.target_explained import explain_target as explained
    from saferplan.methods.target_sentences import sentences, share_sentences

    if asked.get("unit") == "share":
        only("A target for a share", asked, OF_A_SHARE)
        share = share_of(asked)
        return plain(asdict(share)), share_sentences(str(asked["measure"]), share)
    found = explained(
        target_of(asked, besides=BESIDES),
        monthly_of(asked.get("monthly")),
        since=asked.get("since", ()),
        others=[target_of(other, besides={"change"}) for other in others_of(asked)],
        dispersion=asked.get("dispersion"),
    )
    return plain(asdict(found)), sentences(found)


def others_of(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Other targets; what they do not say of the measure is as for the first."""
    alike = {key: asked[key] for key in ("measure", "area", "better") if key in asked}
    return [alike | other for other in asked.get("others", [])]


def target_of(asked: dict[str, Any], *, besides: set[str]) -> Any:
    from dataclasses import fields

    from saferplan.errors import MethodError
    from saferplan.methods.baselines import baseline
    from saferplan.methods.targets import Target

    known = {field.name for field in fields(Target)}
    only("A target", asked, known | besides)
    told = {name: value for name, value in asked.items() if name in known}
    years = told.get("baseline")
    told["baseline"] = tuple(years) if isinstance(years, list) else (years,)
    if "number" not in told and "change" in asked and years is not None:
        start = baseline(told["baseline"], rule=told.get("rule", "mean")).value
        told["number"] = start * (1 + asked["change"])
    needed = ["measure", "number", "ends", "years", "baseline"]
    if missing := [name for name in needed if told.get(name) in (None, (None,))]:
        raise MethodError(
            f"A target needs {', '.join(needed)}; missing: {', '.join(missing)}. "
            f"Instead of a number you may give a change, such as -0.2."
        )
    return Target(**told)


def share_of(asked: dict[str, Any]) -> Any:
    from saferplan.errors import MethodError
    from saferplan.methods.target_shares import explain_share

    needed = ["measure", "baseline", "target", "asked", "years"]
    if missing := [name for name in needed if asked.get(name) is None]:
        raise MethodError(
            f"A target for a share needs {', '.join(needed)}; missing: "
            f"{', '.join(missing)}. Shares are written 0.62, not 62."
        )
    told = {k: v for k, v in asked.items() if k not in ("unit", "measure")}
    return explain_share(told.pop("baseline"), told.pop("target"), **told)


def only(what: str, asked: dict[str, Any], known: set[str]) -> None:
    from saferplan.errors import MethodError

    if strays := sorted(asked.keys() - known):
        raise MethodError(
            f"{what} has no {', '.join(strays)}. It may have: "
            f"{', '.join(sorted(known))}."
        )
    for name in sorted(NUMBERS & asked.keys()):
        told = asked[name]
        if isinstance(told, dict):
            told = list(told.values())
        told = told if isinstance(told, list) else [told]
        if not all(isinstance(each, int | float) for each in told):
            raise MethodError(f"{name} must be a number, and {asked[name]!r} is none.")


def read(file: Path) -> dict[str, Any]:
    import json
    import tomllib

    from saferplan.errors import SourceChanged

    kind = "JSON" if file.suffix == ".json" else "TOML"
    loads: Callable[[str], Any] = json.loads if kind == "JSON" else tomllib.loads
    try:
        asked = loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceChanged(
            f"{file.name} is not text in UTF-8 at byte {error.start:,}. Write the "
            f"fields in a plain text file."
        ) from error
    except ValueError as error:
        raise SourceChanged(
            f"{file.name} is no {kind}: {error}. Mend it there."
        ) from error
    if not isinstance(asked, dict):
        raise SourceChanged(f"{file.name} holds no fields: write name and value.")
    return asked


def read_months(file: Path) -> dict[str, float]:
    import csv

    from saferplan.errors import SourceChanged

    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        # An empty count is a month that is not known, and so it is left out.
        known = [(row["month"], float(row["count"])) for row in rows if row["count"]]
    except (KeyError, ValueError, csv.Error) as error:
        raise SourceChanged(
            f"{file.name} needs the columns month and count, such as 2026-03 and 85; "
            f"not understood: {error}."
        ) from error
    months = [month for month, _count in known]
    if twice := [month for month in months if months.count(month) > 1]:
        raise SourceChanged(
            f"{file.name} has {twice[0]} more than once. Add up its parts first."
        )
    return dict(known)


def monthly_of(months: dict[str, float] | None) -> "pd.Series | None":
    import pandas as pd

    return None if not months else pd.Series(months, dtype=float)
