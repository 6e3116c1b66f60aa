"""Child or adult on a day: by the birth date as far as it is known, and by how a disputed age was decided."""

from dataclasses import dataclass
from datetime import date, timedelta

from prasan.plain import birth as births
from prasan.plain.birth import CHILD_BELOW, AgeGroup, PartialDate, birthday

# "undetermined" was looked into and stays in doubt.
DECIDED = frozenset({"child", "adult", "undetermined"})
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Decided:
    """How an age was decided, on which day, and the least age that the range allowed on that day."""

    result: str
    on: date
    low: int | None = None

    def earliest(self) -> date | None:
        """The first day on which the person may be born, as far as the decision says it."""
        return _years_before(self.on, CHILD_BELOW) + ONE_DAY if self.result == "child" else None

    def latest(self) -> date | None:
        """The last such day. Whoever was decided to be an adult is past the eighteenth birthday."""
        if self.result == "adult":
            return _years_before(self.on, max(self.low or 0, CHILD_BELOW)) - ONE_DAY
        return _years_before(self.on, self.low or 0) if self.result == "child" else None

    def is_child(self, on: date, *, past_birthday: bool) -> bool | None:
        """What the decision alone says of a day; nothing where that day lies too far from it."""
        first, last = self.earliest(), self.latest()
        if first is not None and not _grown(first, on, past_birthday):
            return True
        if last is not None and _grown(last, on, past_birthday):
            return False
        return None


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def _grown(born: date, on: date, past_birthday: bool) -> bool:
    eighteenth = birthday(born, CHILD_BELOW)
    return on > eighteenth if past_birthday else on >= eighteenth


def _by_birth(birth: PartialDate | None, on: date, past_birthday: bool) -> bool | None:
    if birth is None:
        return None
    if past_birthday:
        over = births.is_over(birth, CHILD_BELOW, on)
        return None if over is None else not over
    return births.is_under(birth, CHILD_BELOW, on)


def is_child(birth: PartialDate | None, decided: Decided | None, on: date, *, past_birthday: bool = False
             ) -> bool | None:  # fmt: skip
    """Child (True), adult (False), or not known or in dispute (None), which is treated as a child.

    A decision in force stands above the birth date: it was made because that was missing or disputed. On days
    of which it says nothing, the birth date counts where it agrees with the decision. `past_birthday` reads
    “not over 18” as the Criminal Procedure Code writes it (s.124/1, 133 bis, 133 ter): a child still on the
    eighteenth birthday itself; without it the line is “under 18” (Anti-Trafficking Act s.4).
    """
    if decided is None:
        return _by_birth(birth, on, past_birthday)
    said = decided.is_child(on, past_birthday=past_birthday)
    if said is not None or decided.result == "undetermined":
        return said
    agrees = _by_birth(birth, decided.on, past_birthday=False) is (decided.result == "child")
    return _by_birth(birth, on, past_birthday) if agrees else None


def age_group(birth: PartialDate | None, decided: Decided | None, on: date) -> AgeGroup:
    """The group for figures and lists: by the decision where there is one, else by the birth date."""
    if decided is None:
        return births.age_group(birth, on)
    found = is_child(birth, decided, on)
    if found is None:
        return "unknown" if birth is None and decided.result != "child" else "child"
    return "child" if found else "adult"
