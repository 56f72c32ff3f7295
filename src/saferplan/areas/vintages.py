"""
Carry counts from one vintage of boundaries to another.

ONS redraws LSOAs after each census and councils redraw their wards. A series crosses
such a change through a look-up, and the result says which of its figures are exact
(areas unchanged, or merged whole) and which are a best fit (an area that was split, or
an LSOA that crosses a ward boundary).

A table of shares says where each area goes: from_code, to_code, share (of the old
area's count, adding to 1 for each from_code) and fit ("exact" or "best fit").

Look-ups here have from_code, to_code and fit, as in the evidence store. The `fit` of a
row is "exact", "merged", "split" or "best fit".
"""

import pandas as pd

from saferplan.errors import AreaError

WHOLE = ["exact", "merged"]  # all of the old area lies in the new one


def shares_of(lookup: pd.DataFrame, weights: pd.Series | None = None) -> pd.DataFrame:
    """
    Return what share of each old area goes to each new one.

    weights  how much to give each new area, say its residents; one positive number or
             zero per to_code. Without it an area that was split is given in equal
             parts to its pieces, which is a guess: the fit says so either way.

    An unchanged or merged area goes whole, exactly. An area that fits best in one other
    goes whole there, as a best fit.

    Raises AreaError if a piece of a split area has no weight.
    """
    pairs = lookup[["from_code", "to_code", "fit"]].drop_duplicates()
    pieces = pairs.groupby("from_code")["to_code"].transform("nunique")
    whole = pieces == 1
    size = pd.Series(1.0, index=pairs.index)
    if weights is not None:
        size = size.where(whole, pairs["to_code"].map(weights))
        if size.isna().any():
            raise AreaError(
                f"No weight is given for {named(pairs.loc[size.isna(), 'to_code'])}. "
                f"Give one for every piece of an area that was split."
            )
    total = size.groupby(pairs["from_code"]).transform("sum")
    # Pieces where nobody lives have no weight between them: equal parts again.
    share = (size / total).where(total > 0, 1 / pieces)
    exact = whole & pairs["fit"].isin(WHOLE)
    fit = exact.map({True: "exact", False: "best fit"})
    return pairs.assign(share=share, fit=fit).reset_index(drop=True)


def carry(counts: pd.Series, shares: pd.DataFrame) -> pd.DataFrame:
    """
    Return counts of old areas as counts of new ones.

    counts  one number per old area, indexed by its code
    shares  where each old area goes, see `shares_of` and `ward_shares`

    The result is indexed by the new code, with columns `count`, `fit` ("exact" or
    "best fit") and `exact_part`, the part of the count (0 to 1) that rests on nothing
    but whole areas. Its total is that of `counts`, always. New areas that nothing goes
    to are absent: no count was carried there, which is not a count of zero.

    A best fit is right on average and can be wrong for any one place; do not call a
    change of trend at the change of boundaries a real one on its strength.

    Raises AreaError if the look-up does not know an old area.
    """
    unknown = counts.index.difference(pd.Index(shares["from_code"]))
    if len(unknown):
        raise AreaError(
            f"The look-up has no row for {named(unknown)}. Load a look-up that starts "
            f"from the vintage of these counts, or count those areas apart."
        )
    moved = shares[shares["from_code"].isin(counts.index)]
    count = moved["from_code"].map(counts) * moved["share"]
    surely = count.where(moved["fit"] == "exact", 0.0)
    sums = pd.DataFrame({"count": count, "surely": surely, "to_code": moved["to_code"]})
    result = sums.groupby("to_code").sum()
    fits = (moved["fit"] == "exact").groupby(moved["to_code"]).all()
    result["fit"] = fits.map({True: "exact", False: "best fit"})
    every = result["fit"] == "exact"
    part = (result["surely"] / result["count"]).where(result["count"] != 0, 0.0)
    result["exact_part"] = part.where(~every, 1.0)
    return result[["count", "fit", "exact_part"]]


def common_areas(lookup: pd.DataFrame) -> pd.DataFrame:
    """
    Return the smallest groups of areas that both vintages add up to exactly.

    lookup  from_code and to_code, every overlap of the two vintages

    The result has a row per code: `group` (the group's first old code), `vintage`
    ("from" or "to") and `code`. Sum each vintage's counts by group, and the series is
    exact on both sides: no count is ever divided. A best-fit look-up leaves overlaps
    out, so its groups are not exact; use ONS's exact-fit look-up of LSOAs.
    """
    leader: dict[str, str] = {}

    def lead(node: str) -> str:
        while leader.setdefault(node, node) != node:
            node = leader[node]
        return node

    for old, new in zip(lookup["from_code"], lookup["to_code"], strict=True):
        # The two vintages share codes, so each node says which vintage it is of.
        first, second = sorted([lead(f"from {old}"), lead(f"to {new}")])
        leader[second] = first
    rows = [(lead(node).split()[1], *node.split()) for node in leader]
    table = pd.DataFrame(rows, columns=["group", "vintage", "code"])
    return table.sort_values(["group", "vintage", "code"], ignore_index=True)


def through(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """
    Return the look-up that goes from the start of one to the end of the other.

    For example LSOA 2011 to LSOA 2021, then LSOA 2021 to ward 2024. A split LSOA whose
    pieces lie in one ward comes out as one row. The fit is "exact" only if both steps
    are whole. Old areas whose middle the second look-up does not know are absent.
    """
    steps = first.merge(
        second, left_on="to_code", right_on="from_code", suffixes=("", "_next")
    )
    steps["whole"] = steps["fit"].isin(["split", *WHOLE]) & steps["fit_next"].isin(
        WHOLE
    )
    whole = steps.groupby(["from_code", "to_code_next"])["whole"].all()
    fit = whole.map({True: "exact", False: "best fit"})
    return fit.rename_axis(["from_code", "to_code"]).rename("fit").reset_index()


def ward_shares(
    old: pd.DataFrame, new: pd.DataFrame, weights: pd.Series
) -> pd.DataFrame:
    """
    Return what share of each old ward goes to each new one, by way of their LSOAs.

    old      which old ward each LSOA falls in: from_code (an LSOA), to_code
    new      which new ward each LSOA falls in, of the same LSOAs; one that falls in
             several is shared between them evenly
    weights  what the count follows, by LSOA: residents, households or offences

    A ward whose code is in both is unchanged, for a code ends with its boundaries: it
    goes whole, exactly. Every other share is a best fit, for LSOAs cross ward borders.

    Raises AreaError if an LSOA of the old wards has no new ward or no weight.
    """
    kept = set(old["to_code"]) & set(new["to_code"])
    pairs = old[["from_code", "to_code"]].merge(
        shares_of(new), on="from_code", how="left", suffixes=("", "_new")
    )
    pairs["weight"] = pairs["from_code"].map(weights) * pairs["share"]
    lost = pairs["to_code_new"].isna() | pairs["weight"].isna()
    if lost.any():
        raise AreaError(
            f"{named(pairs.loc[lost, 'from_code'])} has no new ward, or no weight. "
            f"Both look-ups and the weights must be of the same LSOAs."
        )
    same = pairs["to_code"].isin(kept)
    pairs.loc[same, "to_code_new"] = pairs.loc[same, "to_code"]
    weight = pairs.groupby(["to_code", "to_code_new"])["weight"].sum()
    result = weight.rename_axis(["from_code", "to_code"]).reset_index()
    of_ward = result.groupby("from_code")["weight"]
    total = of_ward.transform("sum")
    # Where nobody lives there is nothing to go by: equal parts.
    even = 1 / of_ward.transform("size")
    result["share"] = (result["weight"] / total).where(total > 0, even)
    unchanged = result["from_code"].isin(kept)
    result["fit"] = unchanged.map({True: "exact", False: "best fit"})
    return result.drop(columns="weight")


def named(codes: pd.Series | pd.Index, show: int = 3) -> str:
    """Name a few of some codes, and say how many more there are."""
    listed = sorted(set(codes))
    rest = f" and {len(listed) - show} more" if len(listed) > show else ""
    return ", ".join(listed[:show]) + rest
