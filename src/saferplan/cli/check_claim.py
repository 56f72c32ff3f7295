"""saferplan check-claim: whether the figures of a published claim add up."""

from typing import Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import JsonOption, plain, tell


def check_claim(
    start: Annotated[float | None, typer.Option(help="What it was.")] = None,
    end: Annotated[float | None, typer.Option(help="What it came to.")] = None,
    said: Annotated[
        float | None, typer.Option(help="The change a year that was said: -0.4.")
    ] = None,
    years: Annotated[float, typer.Option(help="Over how many years.")] = 1,
    part: Annotated[float | None, typer.Option(help="A part of a whole.")] = None,
    share: Annotated[
        list[float] | None,
        typer.Option(help="A share: of the part, or of a share; repeat it."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """
    Check whether the figures of a claim add up.

    A change:            --start 50000 --end 25000 --years 2 --said -0.4
    A share of a share:  --share 0.25 --share 0.4
    A part of a whole:   --part 25092122 --share 0.7 --years 2
    """
    with errors_in_one_line():
        said_of_it, numbers = checked(start, end, said, years, part, share or [])
    tell(said_of_it, numbers=numbers, as_json=as_json)


def checked(
    start: float | None,
    end: float | None,
    said: float | None,
    years: float,
    part: float | None,
    shares: list[float],
) -> tuple[list[str], dict[str, Any]]:
    from dataclasses import asdict

    from saferplan.errors import MethodError
    from saferplan.methods.claims import change_claimed, whole_of

    if start is not None and end is not None and said is not None:
        if years != round(years):
            raise MethodError(
                f"A change a year takes whole years, and {years:g} is not."
            )
        found = change_claimed(start, end, years=round(years), said=said)
        agrees = f"{said:+.1%} a year agrees: {found.yearly:+.1%} leads there."
        return [found.caution or agrees], plain(asdict(found))
    if part is not None and len(shares) == 1:
        whole = whole_of(part, shares[0], years=years)
        return [f"The whole is {whole:,.0f} a year."], {"whole": whole}
    if shares and part is None:
        of_all = share_of_shares(shares)
        return [f"That is {of_all:.1%} of the whole."], {"share": of_all}
    raise MethodError(
        "Give a change (--start, --end, --said, --years), some shares (--share 0.25 "
        "--share 0.4), or a part and its share (--part, --share)."
    )


def share_of_shares(shares: list[float]) -> float:
    import pandas as pd

    from saferplan.methods.attrition import chained

    return float(chained(pd.Series(shares))["of_all"].iloc[-1])
