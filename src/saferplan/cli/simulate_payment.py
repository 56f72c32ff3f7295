"""saferplan simulate-payment: what a payment-by-results contract pays, and for what."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from saferplan.cli.options import errors_in_one_line
from saferplan.cli.tables import CsvOption, JsonOption, tell

if TYPE_CHECKING:
    import pandas as pd

    from saferplan.methods.payment_design import Design
    from saferplan.methods.payment_rules import PayRule
    from saferplan.methods.payment_simulation import Answer

# Each rule by its name, and what it takes for granted where a file does not say.
RULES: dict[str, dict[str, Any]] = {
    "block": {"shape": "linear", "block": 1.0},  # a grant: nothing hangs on results
    "cliff": {"shape": "cliff"},
    "linear": {"shape": "linear", "least": None, "most": None},
    "capped": {"shape": "linear", "least": None, "most": 1.0},
    "floored": {"shape": "linear", "least": 0.0, "most": None},
    "hybrid": {"shape": "linear", "block": 0.5},
    "steps": {"shape": "steps"},
}


def simulate_payment(
    file: Annotated[Path, typer.Argument(help="The contract, as TOML or JSON.")],
    people: Annotated[
        int | None,
        typer.Option(help="Another number of people, in the same bands."),
    ] = None,
    simulations: Annotated[
        int, typer.Option(help="Cohorts to draw where not all can be listed.")
    ] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed draws the same.")] = 2014,
    drawn: Annotated[
        bool, typer.Option("--drawn", help="Draw, even where all can be listed.")
    ] = False,
    as_json: JsonOption = False,
    csv: CsvOption = None,
) -> None:
    """Try out a payment-by-results contract before anybody signs it."""
    from dataclasses import replace

    from saferplan.cli.explain_target import read

    with errors_in_one_line():
        from saferplan.methods.payment_sentences import sentences
        from saferplan.methods.payment_simulation import simulate_payment as simulate

        asked = read(file)
        others = rules_of(asked.pop("others", []))
        design = design_of(asked, people)
        choices = {"simulations": simulations, "seed": seed, "exact": not drawn}
        found = simulate(design, **choices)  # type: ignore[arg-type]
        said = sentences(design, found)
        ways = {"as proposed": found} | {
            name: simulate(replace(design, rule=rule), **choices)  # type: ignore[arg-type]
            for name, rule in others.items()
        }
        table = side_by_side(ways) if others else cases_table(found)
        tell(said, table, numbers(found), as_json=as_json, csv=csv)


def design_of(asked: dict[str, Any], people: int | None) -> "Design":
    """A contract of what a file says; an error names the field that is wrong."""
    from dataclasses import fields, replace

    from saferplan.errors import MethodError
    from saferplan.methods.payment_design import Band, Design

    only(
        "A contract", asked, {field.name for field in fields(Design)} - {"rule"}, "pay"
    )
    for name in ("pay", "bands"):
        if not asked.get(name):
            raise MethodError(
                f"A contract needs {name}. Write [{name}] and its fields."
            )
    told = dict(asked)
    rule = rule_of(told.pop("pay"))
    bands = []
    for number, band in enumerate(tables(told.pop("bands"), "bands"), 1):
        told_of = {"name": f"band {number}"} | band
        known = {field.name for field in fields(Band)}
        only(f"bands, {told_of['name']}", told_of, known)
        needed(f"bands, {told_of['name']}", told_of, ("people", "usual", "helped"))
        bands.append(Band(**told_of))
    if people is not None:
        whole = sum(band.people for band in bands)
        bands = [
            replace(band, people=max(round(band.people * people / whole), 1))
            for band in bands
        ]
    return Design(tuple(bands), rule, **told)


def rule_of(told: dict[str, Any]) -> "PayRule":
    """A rule by its name, with what the name takes for granted."""
    from dataclasses import fields

    from saferplan.errors import MethodError
    from saferplan.methods.payment_rules import PayRule

    known = {field.name for field in fields(PayRule)} - {"shape"}
    only("pay", told, known, "rule")
    needed("pay", told, ("rule", "price", "full"))
    name = told["rule"]
    if name not in RULES:
        raise MethodError(f"pay, rule must be one of {', '.join(RULES)}, not {name!r}.")
    fields_told = RULES[name] | {k: v for k, v in told.items() if k != "rule"}
    if "steps" in fields_told:
        fields_told["steps"] = steps_of(fields_told["steps"])
    return PayRule(**fields_told)


def steps_of(told: Any) -> tuple[tuple[float, float], ...]:
    from saferplan.errors import MethodError

    pairs = isinstance(told, list) and all(
        isinstance(step, list)
        and len(step) == 2
        and all(isinstance(each, int | float) for each in step)
        for step in told
    )
    if not pairs:
        raise MethodError(
            f"pay, steps must be pairs such as [[0.05, 0.5], [0.20, 1.0]], and "
            f"{told!r} is not."
        )
    return tuple((float(end), float(share)) for end, share in told)


def rules_of(told: Any) -> "dict[str, PayRule]":
    """Other rules to set beside the one proposed, each by its name."""
    found = {}
    for number, other in enumerate(tables(told, "others"), 2):
        name = str(other.get("name", f"{other.get('rule', 'rule')} {number}"))
        found[name] = rule_of({k: v for k, v in other.items() if k != "name"})
    return found


def tables(told: Any, name: str) -> list[dict[str, Any]]:
    from saferplan.errors import MethodError

    if not isinstance(told, list) or not all(isinstance(each, dict) for each in told):
        raise MethodError(f"{name} must be tables: write [[{name}]] above each.")
    return told


def only(what: str, told: Any, known: set[str], *besides: str) -> None:
    """Raise if a field is not known, or should be a number and is none."""
    from saferplan.errors import MethodError

    if not isinstance(told, dict):
        raise MethodError(f"{what} must hold fields, and {told!r} does not.")
    if strays := sorted(told.keys() - known - set(besides)):
        raise MethodError(
            f"{what} has no {', '.join(strays)}. It may have: "
            f"{', '.join(sorted(known | set(besides)))}."
        )
    for name, value in told.items():
        words = name in WORDS
        if isinstance(value, list | dict):
            continue
        if isinstance(value, bool) or isinstance(value, str) != words:
            kind = "words" if words else "a number"
            raise MethodError(f"{what}: {name} must be {kind}, and {value!r} is not.")


WORDS = {
    *("title", "metric", "better", "unit", "counterfactual", "expected", "paid"),
    *("name", "rule"),
}


def needed(what: str, told: dict[str, Any], names: tuple[str, ...]) -> None:
    from saferplan.errors import MethodError

    if missing := [name for name in names if name not in told]:
        raise MethodError(f"{what} needs {', '.join(missing)}.")


def cases_table(found: "Answer") -> "pd.DataFrame":
    columns = ["case", "improvement", "paid", "paid_in_full", "expected", "sd"]
    columns += ["low", "high", "loss", "margin"]
    return in_pounds(found.cases[columns], "expected", "sd", "low", "high", "margin")


def in_pounds(table: "pd.DataFrame", *columns: str) -> "pd.DataFrame":
    """Whole pounds, which nobody wants as 5.754e+04."""
    return table.assign(**{name: table[name].round().astype(int) for name in columns})


def side_by_side(ways: "dict[str, Answer]") -> "pd.DataFrame":
    """One row per rule: what it pays for nothing, for success, and at whose risk."""
    import pandas as pd

    table = pd.DataFrame(
        [
            {
                "rule": name,
                "paid_for_nothing": found.paid_for_nothing,
                "not_paid_for_success": found.not_paid_for_success,
                "pay_no_effect": found.cases["expected"].iloc[0],
                "pay_hoped_for": found.cases["expected"].iloc[-1],
                "sd_hoped_for": found.cases["sd"].iloc[-1],
                "loss_hoped_for": found.cases["loss"].iloc[-1],
                # What the provider is left with in the worst of ten years.
                "worst_of_ten": found.cases["low"].iloc[-1] - found.cost,
                "trough": found.cash["trough"].iloc[0],
            }
            for name, found in ways.items()
        ]
    )
    money = ["pay_no_effect", "pay_hoped_for", "sd_hoped_for", "worst_of_ten", "trough"]
    return in_pounds(table, *money)


def numbers(found: "Answer") -> dict[str, Any]:
    """All of an answer, for another program."""
    return {
        "paid_for_nothing": found.paid_for_nothing,
        "not_paid_for_success": found.not_paid_for_success,
        "people": found.people,
        "cost": found.cost,
        "smallest_cohort": found.needed,
        "deadweight": found.deadweight,
        "improvement_by_choosing": found.selected,
        "cases": found.cases.to_dict("records"),
        "errors": found.errors.to_dict("records"),
        "bands": found.bands.to_dict("records"),
        "cash": found.cash.to_dict("records"),
        "cautions": list(found.cautions),
        "basis": found.basis,
    }
