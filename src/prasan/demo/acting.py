"""Tells the newer parts of the demo by instants counted back from now, so that some clocks end today."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from prasan.access.scoping import viewing
from prasan.cases.actions import matters, persons, team
from prasan.identification.actions import stages
from prasan.plain.birth import PartialDate
from prasan.plain.dates import BANGKOK, local_day


class Teller:
    """The cast, the moment of building, and a way to let one of them act at another moment."""

    def __init__(self, staff: dict[str, Any], now: datetime) -> None:
        self.staff, self.now, self.today = staff, now, local_day(now)

    def day(self, ago: int) -> date:
        """So many days ago."""
        return self.today - timedelta(days=ago)

    def moment(self, ago: int, hour: int = 10) -> datetime:
        """An hour in Bangkok of a day so many days ago, never later than now."""
        return min(datetime.combine(self.day(ago), time(hour), BANGKOK).astimezone(self.now.tzinfo), self.now)

    def do(self, name: str, act: Callable[..., Any], **told: Any) -> Any:
        """An act as a member of the cast."""
        with viewing(self.staff[name], self.now):
            return act(by=self.staff[name], **told)

    def by(self, name: str, act: Callable[..., Any], at: datetime | int, **told: Any) -> Any:
        """An act at an instant, or in the morning so many days ago; `today` is the day of it."""
        at = self.moment(at) if isinstance(at, int) else at
        return self.do(name, act, at=at, today=local_day(at), **told)


def opened(t: Teller, ago: int, *, title: str, members: tuple[str, ...], **told: Any) -> Any:
    """A case, opened by Dao, with its team."""
    case = t.by("dao", matters.open_case, ago, title=title, opened_on=t.day(ago), discipline="coordinator", **told)
    for name in members:
        staff = t.staff[name]
        t.by("dao", team.add_member, ago, case=case, staff=staff, discipline=next(iter(staff.disciplines)),
             reason="MDT")  # fmt: skip
    return case


def met(t: Teller, case: Any, at: datetime | int, name: tuple[str, str], *, gender: str, age: int, country: str,
        language: str, about: bool = False, wishes: str = "") -> Any:  # fmt: skip
    """A person comes into a case as a potential victim: (name, romanised), age on that day."""
    at = t.moment(at) if isinstance(at, int) else at
    on = local_day(at)
    names = [(kind, text) for kind, text in zip(("original", "romanised"), name, strict=True) if text]
    return t.by(
        "mali", persons.add_person, at, case=case, part="potential_victim", since_on=on, names=names, gender=gender,
        birth=PartialDate(on.year - age, about=about), citizenships=[country], languages=[language],
        interpreter=language != "tha", wishes=wishes,
    )  # fmt: skip


def screened(t: Teller, part: Any, at: datetime | int, form: str, answers: dict[str, Any], *, situation: str,
             place: str, language: str, needs: tuple[str, ...] = (), body: str = "ngo", by: str = "mali",
             **more: Any) -> Any:  # fmt: skip
    """What was asked by one of the forms, and the entry into the referral mechanism."""
    at = t.moment(at) if isinstance(at, int) else at
    return t.by(
        by, stages.record_screening, at, participation=part, on=local_day(at), discipline="social_worker", body=body,
        situation=situation, place=place, enters_nrm=True, language=language, interpreter=language != "tha",
        needs=list(needs), answers=answers, form=form, **more,
    )  # fmt: skip
