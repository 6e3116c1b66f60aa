"""What time alone does to clocks: the worker marks those that were missed, also after the machine had slept."""

from datetime import datetime

from prasan.access.system import system_read

from ..models import RunningClock
from . import clocks

AT_A_TIME = 200


def tick(at: datetime) -> int:
    """Mark every running clock whose time is over. Caught up in portions, so that nobody waits long for the
    database; done twice it changes nothing. Returns how many were marked."""
    marked = 0
    while True:
        with system_read("tick", line=False):
            due = RunningClock.objects.filter(state="running", missed_at=None, closed_as="", late_at__lte=at)
            done = clocks.mark_missed(due.select_related("case", "about").order_by("late_at", "pk")[:AT_A_TIME], at=at)
        marked += done
        if done < AT_A_TIME:
            return marked


def unmarked(before: datetime) -> int:
    """How many clocks were over before an instant and still wait to be marked: a number and nothing else."""
    with system_read("tick", line=False):
        rows = RunningClock.objects.filter(state="running", missed_at=None, closed_as="", late_at__lte=before)
        return rows.count()
