"""Work without a visitor: queued jobs, the day's signed checkpoint, sessions that have ended."""

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils.crypto import get_random_string

from prasan.access import drafts
from prasan.cases.actions import ticking
from prasan.evidence.actions import sweep
from prasan.exchange.actions import expire
from prasan.identification.actions import reflection
from prasan.journal import checking
from prasan.journal.models import Checkpoint

BANGKOK = ZoneInfo("Asia/Bangkok")
LOOK_AGAIN = 600.0


def close_day(at: datetime | None = None) -> Checkpoint | None:
    """Sign the journal once a day (Bangkok's day); None when today's is signed or nothing was written."""
    at = at or datetime.now(UTC)
    last = Checkpoint.objects.order_by("-count").first()
    if last and last.at.astimezone(BANGKOK).date() >= at.astimezone(BANGKOK).date():
        return None
    try:
        with transaction.atomic():
            return checking.close_segment(at)
    except IntegrityError:
        return None


def measure_tables() -> None:
    """Let the embedded database look how large its tables have become, so that it goes the shorter way."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("PRAGMA optimize = 0x10002")


def _steps() -> dict[str, Callable[[datetime], object]]:
    """What is done in each round, in this order, by the name under which a fault of it is told."""
    return {
        "day's checkpoint": close_day,
        "workbooks": expire,
        "drafts": drafts.expire,
        "missed clocks": ticking.tick,
        "reflection periods": lambda at: reflection.run_out_everywhere(at=at),
        "files left behind": sweep,
        "sessions": lambda _at: SessionStore.clear_expired(),
        "measuring tables": lambda _at: measure_tables(),
    }


def tend() -> list[str]:
    """What is due now, each step for itself: a fault of one, however long it stands, keeps no other from its work.
    Returns the names of the steps that failed."""
    failed = []
    for name, step in _steps().items():
        try:
            step(datetime.now(UTC))
        except Exception as fault:
            _tell(fault, name)
            failed.append(name)
            close_old_connections()
    return failed


def _tell(fault: Exception, what: str) -> None:
    """A fault by its class and where it was: its own words may name somebody."""
    sys.stderr.write(f"prasan background: {what}: {type(fault).__name__}\n")


class Background(threading.Thread):
    """Runs jobs as they come and tends to the day, until told to stop; a fault is told and outlived."""

    def __init__(self, interval: float = 2.0) -> None:
        super().__init__(name="prasan-background", daemon=True)
        self.interval = interval
        self.ended = threading.Event()
        self.worker = self._new_worker()

    def _new_worker(self) -> "object":
        from django_tasks_db.management.commands.db_worker import Worker

        return Worker(
            queue_names=["*"], interval=self.interval, batch=True, backend_name="default", startup_delay=False,
            max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[],
        )  # fmt: skip

    def run(self) -> None:
        since = LOOK_AGAIN
        while not self.ended.is_set():
            try:
                if since >= LOOK_AGAIN:
                    tend()
                    since = 0.0
                self.worker.run()  # type: ignore[attr-defined]
            except Exception as fault:
                _tell(fault, "jobs")
            finally:
                close_old_connections()
            self.ended.wait(self.interval)
            since += self.interval

    def stop(self) -> None:
        self.ended.set()
        self.worker.running = False  # type: ignore[attr-defined]
