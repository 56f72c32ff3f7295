"""`serve_demo`: the whole demonstration on this machine, until it is stopped."""

import os
import signal
import socket
import subprocess
import sys
import time
from typing import Any
from urllib.request import urlopen

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from saferplan.errors import SaferplanError
from saferplan.web.assessments.demonstration import make_assessments
from saferplan.web.consultations.demonstration import make_consultations
from saferplan.web.consultations.demonstration_of_answers import make_answers
from saferplan.web.consultations.demonstration_of_reading import make_reading
from saferplan.web.home.demonstration import make_evidence
from saferplan.web.partnerships.demonstration import (
    check_is_demonstration,
    make_people,
)
from saferplan.web.performance.demonstration import make_performance
from saferplan.web.performance.footprints_demonstrated import make_footprints
from saferplan.web.performance.journeys_demonstrated import make_journeys
from saferplan.web.performance.standards_demonstrated import make_standards
from saferplan.web.performance.targets.demonstration import make_targets
from saferplan.web.plans.demonstration import close_last_quarter, make_plans
from saferplan.web.plans.demonstration_of_duties import (
    make_duty_records,
    make_priorities,
)

SECONDS_TO_START = 60
SECONDS_TO_STOP = 10


class Command(BaseCommand):
    help = "Set up the demonstration and serve it on this machine only"

    def add_arguments(self, parser: CommandParser) -> None:
        port = int(os.environ.get("PORT", "8000"))
        parser.add_argument("--port", type=int, default=port)

    def handle(self, *, port: int, **options: Any) -> None:
        try:
            check_is_demonstration()
            check_port_is_free(port)
            call_command("set_up", stdout=self.stdout)
            make_evidence(self.stdout.write)
            partnership = make_people()
            make_assessments(partnership, self.stdout.write)
            # Its actions serve the priorities, so those come before it.
            make_priorities(partnership, self.stdout.write)
            make_plans(partnership, self.stdout.write)
            make_duty_records(partnership, self.stdout.write)
            make_performance(partnership, self.stdout.write)
            close_last_quarter(partnership)
            self.stdout.write("Asking for reports by mail, which is kept in var/mail")
            call_command("remind", f"http://127.0.0.1:{port}", stdout=self.stdout)
            make_targets(partnership, self.stdout.write)
            make_footprints(partnership, self.stdout.write)
            make_journeys(partnership, self.stdout.write)
            make_standards(partnership, self.stdout.write)
            make_consultations(partnership, self.stdout.write)
            make_answers(partnership, self.stdout.write)
            make_reading(partnership, self.stdout.write)
        except SaferplanError as error:
            raise CommandError(str(error)) from error
        signal.signal(signal.SIGTERM, stop_as_if_by_hand)
        children = {"site": start_site(port), "worker": start_worker()}
        try:
            wait_until_it_answers(port, children["site"])
            call_command("demo", stdout=self.stdout)
            self.stdout.write(f"\nOpen http://127.0.0.1:{port}/  (Ctrl-C stops it)")
            self.stdout.flush()
            watch(children)
        except KeyboardInterrupt:
            self.stdout.write("Stopping")
        finally:
            stop(list(children.values()))


def stop_as_if_by_hand(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Something else uses port {port} of this machine. Stop it, or choose "
                f"another port: PORT={port + 1} make demo"
            ) from None


def start(*command: str) -> "subprocess.Popen[bytes]":
    # A session of its own, so that Ctrl-C reaches us first and we stop it in order.
    return subprocess.Popen([sys.executable, *command], start_new_session=True)


def start_site(port: int) -> "subprocess.Popen[bytes]":
    return start(
        *("-m", "gunicorn", "saferplan.web.wsgi"),
        *("--bind", f"127.0.0.1:{port}"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
        "--preload",
        *("--log-level", "warning"),
    )


def start_worker() -> "subprocess.Popen[bytes]":
    return start("-m", "saferplan.web", "worker")


def wait_until_it_answers(port: int, site: "subprocess.Popen[bytes]") -> None:
    for _ in range(SECONDS_TO_START * 10):
        if site.poll() is not None:
            raise CommandError("The site stopped as it started. What it said is above.")
        try:
            urlopen(f"http://127.0.0.1:{port}/health/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise CommandError(f"The site did not answer within {SECONDS_TO_START} seconds.")


def watch(children: "dict[str, subprocess.Popen[bytes]]") -> None:
    """Start the worker again if it dies; give up if the site does."""
    while True:
        time.sleep(1)
        if children["site"].poll() is not None:
            raise CommandError("The site stopped by itself. What it said is above.")
        if children["worker"].poll() is not None:
            children["worker"] = start_worker()


def stop(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
