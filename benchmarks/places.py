"""
Where crime gathers: hot spots, density and near repeats, beside the field's programs.

Each way runs in a process of its own and times only its own work, after one small piece
of it that brings in what it needs; the time of a first answer has everything in it.

The peers are large, so they are not among our requirements: see benchmarks.peers. Where
they cannot be had, the peer is what NumPy and SciPy give an analyst: the conditional
permutations that esda does, and sums over a tree, in part and scaled up where it says
so.
"""

import json
import sys
from dataclasses import dataclass
from statistics import median

from benchmarks import peers
from benchmarks.apart import run
from benchmarks.place_ways import (
    ACROSS,
    ELSEWHERE,
    EVENTS,
    FEWER,
    FEWER_SHUFFLES,
    PART,
    POINTS,
    SHUFFLES,
    SIDE,
    SLOW,
    SOME,
    WAYS,
)
from benchmarks.result import Result, of_method

TURNS = 5


@dataclass(frozen=True)
class Answer:
    """
    found   numbers that ways to one answer share
    cpu     seconds of the work, scaled up where only some of it was done
    first   seconds of the process from its start to this answer
    memory  MiB that the work added at its most, where it was asked
    """

    found: list[float]
    cpu: float
    first: float
    memory: float


def measure(turns: int = TURNS) -> list[Result]:
    answers: dict[str, list[Answer]] = {way: [] for way in WAYS}
    for turn in range(turns):
        for way in WAYS:
            # The peers that take longest are steady.
            if turn == 0 or way not in SLOW:
                answers[way] += asked(way)
    cpu = {way: median(a.cpu for a in each) for way, each in answers.items() if each}
    check(answers)
    return [
        *of_method("hot-spots", hot_spots(answers, cpu)),
        *of_method("density", densities(cpu)),
        *of_method("near-repeat", near_repeats(answers, cpu)),
    ]


def asked(way: str) -> list[Answer]:
    """One run of a way, or nothing if its program is not here."""
    python = peers.python() if way in ELSEWHERE else sys.executable
    if not python:
        return []
    said = run([python, "-m", "benchmarks.place_ways", way]).said
    return [Answer(**json.loads(said.splitlines()[-1]))]


def check(answers: dict[str, list[Answer]]) -> None:
    """Stop if two ways to one answer disagree."""
    exact, quick, tree = (answers[w][0].found for w in ("density", "quick", "tree"))
    pairs = {tuple(answers[w][0].found) for w in ("knox", "shuffled", "scipy-knox")}
    if abs(exact[0] - tree[0]) > 1e-9 * tree[0] or len(pairs) != 1:
        raise AssertionError("Two ways to the same sums disagree.")
    alike = {answers[w][0].found[0] for w in ("one-band", "pointpats") if answers[w]}
    if len(alike) != 1:
        raise AssertionError("Two ways to the pairs of one band disagree.")
    # Draws scatter, and a chance near the line falls on either side of it.
    exactly, drawn = answers["gi"][0].found[0], answers["permuted"][0].found[0]
    if abs(exactly - drawn) > 0.1 * exactly:
        raise AssertionError("The exact chances and the permutations disagree.")
    # The first is a sum over many cells; the peak and some cells come after it.
    apart = [abs(a - b) for a, b in zip(exact[1:], quick[1:], strict=True)]
    if max(apart) > 0.005 * exact[1]:
        raise AssertionError("The quick density is out by more than it says.")


def hot_spots(answers: dict[str, list[Answer]], cpu: dict[str, float]) -> list[Result]:
    what = f"Gi* with exact chances, {SIDE**2:,} cells"
    ours = f"{cpu['gi']:.3f} s CPU"
    first = median(a.first for a in answers["gi"])
    memory = median(a.memory for a in answers["gi"])
    by_way = {
        "esda": "esda, {} permutations, once compiled: {:.1f} s CPU",
        "permuted": "the same {} permutations in NumPy: {:.1f} s CPU",
    }
    named = {
        way: said.format(SHUFFLES, cpu[way])
        for way, said in by_way.items()
        if way in cpu
    }
    first_peer = ""
    if "esda" in cpu:
        first_peer = f"esda: {answers['esda'][0].first:.0f} s CPU"
    results = [
        Result(what, ours, cpu["gi"], 0.1, "s CPU", next(iter(named.values()))),
        Result(what, f"{memory:.0f} MiB", memory, 100, "MiB added"),
        Result(
            "The first such answer of a fresh process",
            f"{first:.1f} s CPU",
            first,
            2,
            "s CPU",
            first_peer,
        ),
    ]
    for way, peer in named.items():
        times = cpu[way] / cpu["gi"]
        results.append(
            Result(
                what, ours, times, 60, "times less CPU", peer, most=False, times=times
            )
        )
    return results


def densities(cpu: dict[str, float]) -> list[Result]:
    what = f"Kernel density, {POINTS:,} points on {ACROSS**2:,} cells"
    tree = f"SciPy's tree, 1 cell in {PART} and scaled up: {cpu['tree']:.0f} s CPU"
    kdepy = f"KDEpy by FFT: {cpu['kdepy']:.2f} s CPU" if "kdepy" in cpu else ""
    return [
        Result(
            what,
            f"{cpu['density']:.2f} s CPU",
            cpu["density"],
            1.5,
            "s CPU",
            tree,
            times=cpu["tree"] / cpu["density"],
        ),
        Result(
            f"{what}, quick (error stated, below 0.5% of the peak)",
            f"{cpu['quick']:.3f} s CPU",
            cpu["quick"],
            0.05,
            "s CPU",
            kdepy,
            times=cpu["kdepy"] / cpu["quick"] if "kdepy" in cpu else None,
        ),
    ]


def near_repeats(
    answers: dict[str, list[Answer]], cpu: dict[str, float]
) -> list[Result]:
    what = f"Knox, 4 x 3 bands, {EVENTS:,} events"
    seconds = f"{cpu['scipy-knox']:.0f} s CPU"
    peer = f"SciPy, from pairs given to it, {SOME} and scaled up: {seconds}"
    memory = median(a.memory for a in answers["shuffled"])
    return [
        Result(
            f"{what}, exact mean, deviation and ratio",
            f"{cpu['knox']:.2f} s CPU",
            cpu["knox"],
            1,
            "s CPU",
        ),
        Result(
            f"{what}, {SHUFFLES} shuffles",
            f"{cpu['shuffled']:.1f} s CPU",
            cpu["shuffled"],
            12,
            "s CPU",
            peer,
            times=cpu["scipy-knox"] / cpu["shuffled"],
        ),
        Result(f"{what}, shuffled", f"{memory:.0f} MiB", memory, 512, "MiB added"),
        *one_band(cpu),
    ]


def one_band(cpu: dict[str, float]) -> list[Result]:
    """One band alone, which is all that pointpats does; nothing if it is not here."""
    if "pointpats" not in cpu:
        return []
    times = cpu["pointpats"] / cpu["one-band"]
    return [
        Result(
            f"Knox, one band, {FEWER:,} events, {FEWER_SHUFFLES} shuffles",
            f"{cpu['one-band']:.3f} s CPU",
            times,
            None,
            "times less CPU",
            f"pointpats: {cpu['pointpats']:.1f} s CPU",
            times=times,
        )
    ]
