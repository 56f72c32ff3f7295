"""
Control charts of a thousand series: all at once, and series by series with pandas.

The peer is the same rules as an analyst would write them with rolling windows, one
series after another. Each way runs in a process of its own and times only its own work;
the signals must agree.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from time import process_time
from typing import TYPE_CHECKING

from benchmarks.apart import run_module
from benchmarks.result import Result

if TYPE_CHECKING:
    import pandas as pd

TURNS = 5
SERIES = 1_000
POINTS = 60
LEAST_TIMES_PANDAS = 50


def measure(series: int = SERIES) -> list[Result]:
    answers: dict[str, list[dict]] = {way: [] for way in WAYS}
    for _turn in range(TURNS):
        for way in WAYS:
            said = run_module("charts", way, series).said
            answers[way].append(json.loads(said.splitlines()[-1]))
    found = {each["signals"] for way in answers.values() for each in way}
    if len(found) != 1:
        raise AssertionError("The two ways give different signals.")
    cpu = {
        way: sorted(each["cpu"] for each in turns)[TURNS // 2]
        for way, turns in answers.items()
    }
    return [
        Result(
            what=f"Control charts of {series:,} series of {POINTS} months",
            ours=f"{cpu['saferplan']:.3f} s CPU",
            peer=f"the same rules in a pandas loop: {cpu['pandas']:.1f} s CPU",
            figure=cpu["pandas"] / cpu["saferplan"],
            limit=LEAST_TIMES_PANDAS,
            unit="times less CPU",
            most=False,
            method="control-chart",
            times=cpu["pandas"] / cpu["saferplan"],
        )
    ]


def made(series: int) -> "pd.DataFrame":
    """Monthly counts about 20 each, some with a step or a spike."""
    import numpy as np
    import pandas as pd

    months = pd.period_range("2021-01", periods=POINTS, freq="M")
    random = np.random.default_rng(2021)
    mean = np.full((POINTS, series), 20.0)
    mean[40:, ::3] += 6
    mean[50, ::5] += 25
    return pd.DataFrame(random.poisson(mean).astype(float), index=months)


def by_saferplan(values: "pd.DataFrame") -> "pd.DataFrame":
    from saferplan.methods.control_chart import control_chart

    return control_chart(values, improvement="down").signal


def by_pandas(values: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame({name: one_by_pandas(values[name]) for name in values})


def one_by_pandas(y: "pd.Series") -> "pd.Series":
    import numpy as np
    import pandas as pd

    jumps = y.diff().abs()
    jump = jumps[jumps < 3.267 * jumps.mean()].mean()
    mean = y.mean()
    outside = (y > mean + 2.66 * jump) | (y < mean - 2.66 * jump)
    near = ~outside & ((y - mean).abs() > 2.66 * jump * 2 / 3)
    side = np.sign(y - mean)
    move = np.sign(y.diff())
    seven = side.rolling(7).sum().abs() == 7
    six = move.rolling(6).sum().abs() == 6
    three = (side.rolling(3).sum().abs() == 3) & (near.rolling(3).sum() >= 2)

    def back(whole: pd.Series, length: int) -> pd.Series:
        """Mark the months that led up to each month where a rule holds."""
        marks = [whole.shift(-step, fill_value=False) for step in range(length)]
        return pd.concat(marks, axis=1).any(axis=1)

    signal = pd.Series("", index=y.index, dtype=object)
    signal[back(seven, 7)] = "shift"
    signal[back(three, 3) & near] = "two in three"
    signal[back(six, 7)] = "trend"
    signal[outside] = "outside"
    return signal


WAYS: dict[str, Callable[["pd.DataFrame"], "pd.DataFrame"]] = {
    "saferplan": by_saferplan,
    "pandas": by_pandas,
}

if __name__ == "__main__":
    data = made(int(sys.argv[2]))
    work = WAYS[sys.argv[1]]
    work(data.iloc[:, :1])  # what is brought in once is not part of the work
    start = process_time()
    answer = work(data)
    spent = process_time() - start
    signals = "\n".join(",".join(row) for row in answer.to_numpy().tolist())
    digest = hashlib.sha256(signals.encode()).hexdigest()
    print(json.dumps({"signals": digest, "cpu": spent}))
