"""
Where the trend of a count turned, if it did: joinpoint regression.

The trend is drawn as straight lines on the scale of percent a year, joined end to end.
A bend is believed only if series with the same trend and no bend seldom show so sharp a
one anywhere: looking for a bend in every month finds one somewhere.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit, xlogy

from saferplan.errors import MethodError
from saferplan.methods.changepoint import AS_WELL, checked, of_months
from saferplan.methods.intervals import Numbers, normal_point

LEAST_MONTHS = 9  # of a line, at the least
LEAST_YEARS = 3
MOST_JOINTS = 4
STEPS = 30  # towards the likeliest line; five are enough for any but the sparsest


@dataclass(frozen=True)
class Segment:
    """
    first, last    months (or years) it runs over; one begins where the one before ends
    yearly         change a year, as a share: -0.05 is five per cent fewer each year
    lower, upper   its limits, as if it were known where the trend turned
    """

    first: str
    last: str
    yearly: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Joint:
    """
    at       where the trend turned: the likeliest
    between  about as likely, the earliest and the latest
    p        how often so sharp a bend is found where there is none
    """

    at: str
    between: tuple[str, str]
    p: float


@dataclass(frozen=True)
class TrendChanges:
    """
    segments     in order of time; one if no bend is sharp enough
    joints       between them
    p            of the sharpest bend of the whole series, found or not
    dispersion   variance over mean about the lines, 1 or more
    false_alarm  how often a series without a bend shows any, as asked for
    cautions     in words
    """

    segments: tuple[Segment, ...]
    joints: tuple[Joint, ...]
    p: float
    dispersion: float
    false_alarm: float
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """Coefficients, the mean they give, and their covariance at a dispersion of 1."""

    line: Numbers
    mean: Numbers
    covariance: Numbers


def trend_changes(
    counts: pd.Series,
    *,
    exposure: pd.Series | None = None,
    seasonal: bool = False,
    false_alarm: float = 0.05,
    least_run: int | None = None,
    shuffles: int = 499,
    seed: int = 2000,
    confidence: float = 0.95,
) -> TrendChanges:
    """
    Return where the trend of a count turned, and its change a year on either side.

    counts       events, by month (or by year), without a gap
    exposure     what they are out of, such as residents; same index
    seasonal     allow for months of the year; needs three years of months
    false_alarm  how often a series whose trend never turned may show a bend
    least_run    months (or years) of a line at the least; 9 months or 3 years
    shuffles     how often the ups and downs are dealt out anew, for p

    Bends are looked for one after another. The first that is not sharp enough ends it,
    so `false_alarm` holds for the whole series. There are at most four.

    Raises MethodError for a gap, a negative count, a series too short for two lines, a
    rate of false alarms that the shuffles cannot show, or exposure that does not match
    or is not above zero.

    A sudden step looks like a bend or two: for steps see level_changes. Months that
    lean on the month before make p too small. A bend says when, never why.

    Source: Kim, Fay, Feuer and Midthune (2000), Permutation tests for joinpoint
    regression, doi:10.1002/(SICI)1097-0258(20000215)19:3<335::AID-SIM336>3.0.CO;2-Z;
    here by quasi-likelihood for counts and the score of a bend.

    >>> years = pd.period_range("2004", periods=20, freq="Y")
    >>> counts = pd.Series([900 - 30 * abs(at - 10) for at in range(20)], index=years)
    >>> found = trend_changes(counts)
    >>> [(joint.at, joint.p) for joint in found.joints]
    [('2014', 0.002)]
    >>> [round(segment.yearly, 3) for segment in found.segments]
    [0.041, -0.039]
    """
    # Years come as years; whatever else there is, is turned into months.
    yearly = isinstance(counts.index, pd.PeriodIndex) and not of_months(counts)
    run = least_run or (LEAST_YEARS if yearly else LEAST_MONTHS)
    series = checked(counts, seasonal, run)
    if not 1 / (shuffles + 1) <= false_alarm < 1:
        raise MethodError(
            f"With {shuffles} shuffles a false alarm rate must lie between "
            f"{1 / (shuffles + 1):.3f} and 1, and {false_alarm} does not."
        )
    if series.sum() == 0:
        raise MethodError("Nothing was recorded at all, so there is no trend.")
    y, size = series.to_numpy(), sizes(series, exposure)
    years = np.arange(len(y)) / (1 if yearly else 12)
    base = ground(series, years, seasonal)
    random = np.random.default_rng(seed)
    bends: list[int] = []
    chances: list[float] = []  # of each bend, in the order in which they were found
    while places := open_places(len(y), bends, run):
        design = with_bends(base, years, bends)
        chances.append(
            sharpest_by_chance(y, size, design, years, places, shuffles, random)
        )
        if chances[-1] > false_alarm or len(bends) == MOST_JOINTS:
            break
        bends.append(likeliest(y, size, design, years, places)[0])
        bends = settled(y, size, base, years, bends, run)
    likely = {}
    for number, at in enumerate(bends):
        others = bends[:number] + bends[number + 1 :]
        places = open_places(len(y), others, run)
        design = with_bends(base, years, others)
        likely[at] = likeliest(y, size, design, years, places)[1], chances[number]
    bends.sort()
    fit = fitted(y, size, with_bends(base, years, bends))
    loose = len(y) - len(fit.line) - len(bends)
    dispersion = max(1.0, float(((y - fit.mean) ** 2 / fit.mean).sum() / loose))
    return TrendChanges(
        segments=tuple(segments(series, fit, bends, dispersion, loose, confidence)),
        joints=tuple(joint(series, at, *likely[at]) for at in bends),
        p=chances[0],
        dispersion=dispersion,
        false_alarm=false_alarm,
        cautions=tuple(cautions(y, series, seasonal)),
    )


def joint(series: pd.Series, at: int, between: tuple[int, int], p: float) -> Joint:
    first, last = (str(series.index[place]) for place in between)
    return Joint(str(series.index[at]), (first, last), p)


def ground(series: pd.Series, years: Numbers, seasonal: bool) -> Numbers:
    """The design without a bend: a level, a slope a year, and months of the year."""
    columns = [years, np.ones(len(series))]
    if seasonal:
        month = np.array([at.month for at in series.index])
        columns += [(month == of_year).astype(float) for of_year in range(2, 13)]
    return np.column_stack(columns)


def with_bends(base: Numbers, years: Numbers, bends: list[int]) -> Numbers:
    bent = [np.maximum(years - years[at], 0) for at in sorted(bends)]
    return np.column_stack([base, *bent])


def open_places(length: int, bends: list[int], run: int) -> list[int]:
    """Where a bend may still be: so far from either end, and from another one."""
    return [
        at
        for at in range(run - 1, length - run + 1)
        if all(abs(at - bend) >= run for bend in bends)
    ]


def fitted(y: Numbers, size: Numbers, design: Numbers) -> Fit:
    """
    The likeliest line of Poisson counts on a logarithmic scale.

    design  months by columns; or many such designs, for a line of each
    """
    mean = np.broadcast_to((y + y.mean()) / 2 + 0.1, design.shape[:-1])
    turned = np.swapaxes(design, -1, -2)
    line = np.zeros((*design.shape[:-2], design.shape[-1]))
    # A hair on the diagonal keeps a month of the year that never had any from infinity.
    hair = 1e-9 * np.eye(design.shape[-1])
    for _step in range(STEPS):
        working = np.log(mean / size) + (y - mean) / mean
        information = turned @ (design * mean[..., None]) + hair * y.sum()
        toward = (turned @ (mean * working)[..., None])[..., 0]
        new = np.linalg.solve(information, toward[..., None])[..., 0]
        mean = size * np.exp(np.clip((design @ new[..., None])[..., 0], -50, 50))
        settled_down = np.abs(new - line).max() < 1e-9
        line = new
        if settled_down:
            break
    information = turned @ (design * mean[..., None])
    return Fit(line, mean, np.linalg.inv(information + hair * y.sum()))


def gains(y: Numbers, fit: Fit) -> Numbers:
    """Twice the logarithm of each line's likelihood, but for what no line changes."""
    return np.asarray(2 * (xlogy(y, fit.mean) - fit.mean).sum(axis=-1))


def sharpest_by_chance(
    y: Numbers,
    size: Numbers,
    design: Numbers,
    years: Numbers,
    places: list[int],
    shuffles: int,
    random: np.random.Generator,
) -> float:
    """How often the sharpest bend of shuffled ups and downs is as sharp as this one."""
    fit = fitted(y, size, design)
    bent = np.maximum(years[:, None] - years[places], 0)
    # What of each bend the design cannot say already.
    weighted = design * fit.mean[:, None]
    own = bent - design @ (fit.covariance @ (weighted.T @ bent))
    spread = (own**2 * fit.mean[:, None]).sum(axis=0)
    root = np.sqrt(fit.mean)
    off = (y - fit.mean) / root
    # Ups and downs smaller than those of independent events are dealt out as large.
    loose = len(y) - design.shape[1]
    as_large = 1 / min(1.0, np.sqrt((off**2).sum() / loose) + 1e-12)
    anew = [random.permutation(off) * as_large for _time in range(shuffles)]
    dealt = np.stack([off, *anew])
    sharp = (((dealt * root) @ own) ** 2 / np.maximum(spread, 1e-12)).max(axis=1)
    return float((sharp >= sharp[0] * (1 - 1e-9)).mean())


def likeliest(
    y: Numbers, size: Numbers, design: Numbers, years: Numbers, places: list[int]
) -> tuple[int, tuple[int, int]]:
    """Where one more bend fits best, and the first and last place about as good."""
    bent = np.maximum(years - years[places][:, None], 0)[..., None]
    every = np.concatenate(
        [np.broadcast_to(design, (len(places), *design.shape)), bent], axis=-1
    )
    fits = fitted(y, size, every)
    gain = gains(y, fits)
    best = int(gain.argmax())
    loose = len(y) - every.shape[-1] - 1
    spread = ((y - fits.mean[best]) ** 2 / fits.mean[best]).sum() / loose
    close = np.array(places)[gain >= gain[best] - AS_WELL * max(1.0, float(spread))]
    return places[best], (int(close[0]), int(close[-1]))


def settled(
    y: Numbers, size: Numbers, base: Numbers, years: Numbers, bends: list[int], run: int
) -> list[int]:
    """The bends, each moved to where it fits best beside the others, until all stay."""
    for _round in range(10):
        before = list(bends)
        for number in range(len(bends)):
            others = bends[:number] + bends[number + 1 :]
            places = open_places(len(y), others, run)
            design = with_bends(base, years, others)
            bends[number] = likeliest(y, size, design, years, places)[0]
        if bends == before:
            break
    return bends


def segments(
    series: pd.Series,
    fit: Fit,
    bends: list[int],
    dispersion: float,
    loose: int,
    confidence: float,
) -> list[Segment]:
    """The lines between the bends, each with its change a year."""
    normal_point(confidence)  # refuses a confidence that is none
    point = float(stdtrit(loose, 0.5 + confidence / 2))
    edges = [0, *bends, len(series) - 1]
    found = []
    for number, (first, last) in enumerate(zip(edges, edges[1:], strict=False)):
        which = np.zeros(len(fit.line))
        which[0] = 1
        which[len(which) - len(bends) : len(which) - len(bends) + number] = 1
        slope = float(which @ fit.line)
        reach = point * float(np.sqrt(dispersion * (which @ fit.covariance @ which)))
        with np.errstate(over="ignore"):  # a limit may be endless
            yearly, lower, upper = np.expm1([slope, slope - reach, slope + reach])
        found.append(
            Segment(
                first=str(series.index[first]),
                last=str(series.index[last]),
                yearly=float(yearly),
                lower=float(lower),
                upper=float(upper),
            )
        )
    return found


def sizes(series: pd.Series, exposure: pd.Series | None) -> Numbers:
    if exposure is None:
        return np.ones(len(series))
    found = checked(exposure, False, 2)
    if not found.index.equals(series.index) or (found <= 0).any():
        raise MethodError(
            "What counts are out of must be known and above zero for the same months."
        )
    return found.to_numpy()


def cautions(y: Numbers, series: pd.Series, seasonal: bool) -> list[str]:
    said = []
    if y.mean() < 5:
        said.append("Counts this small show only the sharpest of bends.")
    if not seasonal and of_months(series) and len(series) >= 24:
        said.append("Months of the year are not allowed for.")
    return said
