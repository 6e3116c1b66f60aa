"""The clock that views and commands read; rules and acts receive `today` or `at` from them."""

from datetime import UTC, date, datetime

from prasan.plain.dates import local_day


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is in Bangkok."""
    return local_day(now())
