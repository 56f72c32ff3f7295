"""
Ask for one page again and again over several connections, and time each answer.

A small stand-in for the programs made for this, which not every machine has. It runs
in a process of its own; its own work is part of what the machine bears.
"""

import json
import sys
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from threading import Thread
from time import perf_counter


@dataclass(frozen=True)
class Answers:
    """
    How a page was served.

    per_second  answers a second, over all connections
    p50, p95    milliseconds within which half, and 19 in 20, of the answers came
    size        bytes of one answer
    """

    per_second: float
    p50: float
    p95: float
    size: int


def ask(
    port: int, path: str, *, connections: int, seconds: float, cookie: str = ""
) -> Answers:
    """Ask for `path` for this long. Raises RuntimeError on any answer but 200."""
    times: list[float] = []
    faults: list[str] = []
    sizes: set[int] = set()
    until = perf_counter() + seconds

    def keep_asking() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        while perf_counter() < until and not faults:
            start = perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            body = answer.read()
            times.append(perf_counter() - start)
            sizes.add(len(body))
            if answer.status != 200:
                faults.append(f"{path} answered {answer.status}.")

    started = perf_counter()
    threads = [Thread(target=keep_asking) for _number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = perf_counter() - started
    if faults:
        raise RuntimeError(faults[0])
    times.sort()
    return Answers(
        per_second=len(times) / spent,
        p50=1_000 * times[len(times) // 2],
        p95=1_000 * times[int(len(times) * 0.95)],
        size=max(sizes),
    )


if __name__ == "__main__":
    found = ask(
        int(sys.argv[1]),
        sys.argv[2],
        connections=int(sys.argv[3]),
        seconds=float(sys.argv[4]),
        cookie=sys.argv[5] if len(sys.argv) > 5 else "",
    )
    print(json.dumps(asdict(found)))
