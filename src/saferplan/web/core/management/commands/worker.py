"""`worker`: does background work, and takes up what killed workers left."""

import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from saferplan.web.core.jobs import reap

SECONDS_BETWEEN_REAPS = 10


class Command(BaseCommand):
    help = "Do background work until stopped"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--until-idle", action="store_true", help="stop when nothing waits"
        )
        parser.add_argument("--interval", type=float, default=0.5)

    def handle(self, *, until_idle: bool, interval: float, **options: Any) -> None:
        reap()
        if not until_idle:
            threading.Thread(target=keep_reaping, name="reaper", daemon=True).start()
        worker = Worker(
            queue_names=["default"],
            interval=interval,
            batch=until_idle,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        worker.run()


def keep_reaping() -> None:
    pause = threading.Event()
    while not pause.wait(SECONDS_BETWEEN_REAPS):
        try:
            reap()
        except DatabaseError:
            pass  # the database is busy or away; the next round will see to it
        finally:
            connection.close()
