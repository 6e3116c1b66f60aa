"""What a viewer sees of protection, reflection, welfare and rights: of a case, of one person, and what waits."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from prasan import packs, vault
from prasan.access.check import case_access, check, now
from prasan.access.models import CaseAccess
from prasan.access.table import ACTS, CARE
from prasan.cases.models import Participation, RunningClock, TeamMember
from prasan.cases.rules import SURVIVOR_PARTS
from prasan.plain.dates import local_day

from .models import Decision, EarlyEnd, Protection, Reflection, Refusal, RightsNotice, WelfareCheck
from .rules import early_ends
from .rules import protection as rules

PHASES = ("reflection-a", "reflection-b")
SECTION_29 = ("temporary-protection", "court-extension")
LOOKS = 40
NEWEST_FIRST = ("-on", "-made_at", "-pk")


@dataclass
class Standing:
    """How one person of a case stands: what protects, until when, how the person is, which rights are told."""

    person: Any
    protection: Protection | None = None
    reflection: Reflection | None = None
    early_end: EarlyEnd | None = None
    clocks: dict[str, RunningClock] = field(default_factory=dict)
    looks: list[WelfareCheck] = field(default_factory=list)
    told: dict[str, RightsNotice] = field(default_factory=dict)
    decided: bool = False

    @property
    def newest(self) -> WelfareCheck | None:
        return self.looks[0] if self.looks else None

    @property
    def newest_of_period(self) -> WelfareCheck | None:
        """The newest look of the period that is held now: what a round shows as seen, as `looks_of_period` finds it."""
        held = self.reflection.pk if self.reflection else None
        return next((look for look in self.looks if look.reflection_id == held), None)

    def seen_on(self, day: date) -> bool:
        """Whether somebody looked on that day, also when the person was not met."""
        return any(look.on == day for look in self.looks)

    def reflecting(self, at: datetime) -> bool:
        """Whether the period still runs at this instant, also before its end was written down."""
        if self.reflection is None or self.reflection.ended_on is not None:
            return False
        clock = self.clocks.get("reflection-a")
        return clock is None or clock.ends_at is None or clock.ends_at > at

    def end_waits(self, today: date) -> bool:
        """Whether an early end of the period was told and waits for its witness."""
        end, row = self.early_end, self.reflection
        return end is not None and row is not None and row.ended_on is None and early_ends.end_waits(
            status=end.status, told_on=local_day(end.made_at), today=today)  # fmt: skip

    def basis(self, at: datetime) -> str:
        """On what the stay rests: `law`, `court`, `consent`, `none` (alarm), `ended`, `unknown`, "" without s.29."""
        row = self.protection
        if row is None:
            return ""
        day, court = (self.clocks.get(code) for code in SECTION_29)
        return rules.basis(
            ended_at=row.ended_at, day_ends_at=day.ends_at if day else None, at=at, stays=row.stays,
            court_ends_at=court.ends_at if court and row.granted_at else None)  # fmt: skip

    def law_ends_at(self) -> datetime | None:
        """The last instant that the law itself covers: of the court's order where there is one."""
        found = self.clocks.get("court-extension") or self.clocks.get("temporary-protection")
        return found.ends_at if found else None

    def rights(self, today: date) -> list[str]:
        """The rights that concern this person: those of a child's interview not for somebody clearly adult."""
        adult = self.person.age_group(today) == "adult"
        return [r for r in packs.current().by_code["right"] if not (adult and r == "child_interview")]

    def is_told(self, right: str) -> bool:
        return right in self.told


def standings(viewer: Any, case: Any, person: Any = None) -> list[Standing]:
    """Everybody of a case who is or may be a victim, or who was protected in it; each table is read once."""
    check(viewer, "identification.view", case)
    return _standings(case, person)


def standings_for_welfare(viewer: Any, case: Any) -> list[Standing]:
    """The same for whoever makes the round."""
    check(viewer, "identification.record_welfare", case)
    return [one for one in _standings(case) if one.reflection is not None]


def _looks_since() -> date:
    """The first day whose looks a page shows."""
    return now().date() - timedelta(days=LOOKS)


def looks_of_period(reflection: Reflection) -> list[WelfareCheck]:
    """The looks of one period that a page shows, the newest first."""
    rows = WelfareCheck.objects.filter(reflection=reflection, closed_as="", on__gte=_looks_since())
    return list(rows.select_related("made_by", "person").order_by(*NEWEST_FIRST))


def _standings(case: Any, person: Any = None) -> list[Standing]:
    only: dict[str, Any] = {"case": case, "closed_as": ""} | ({"person": person} if person is not None else {})
    parts = Participation.objects.filter(**only, part__in=SURVIVOR_PARTS).select_related("person").order_by("since_on")
    found: dict[Any, Standing] = {row.person_id: Standing(row.person) for row in parts}
    for row in Reflection.objects.filter(**only).select_related("person", "case").order_by("entered_on", "made_at"):
        found.setdefault(row.person_id, Standing(row.person)).reflection = row
    ends = EarlyEnd.objects.filter(**only).select_related("witness", "made_by", "case", "person").order_by("made_at")
    for end in ends:
        holder = found.get(end.person_id)
        if holder and holder.reflection and holder.reflection.pk == end.reflection_id:
            holder.early_end = end
    for one in Protection.objects.filter(**only).select_related("person", "case").order_by("at"):
        found.setdefault(one.person_id, Standing(one.person)).protection = one
    if person is not None:
        found.setdefault(person.pk, Standing(person))
    looks = WelfareCheck.objects.filter(**only, on__gte=_looks_since()).select_related("made_by")
    for look in looks.order_by(*NEWEST_FIRST):
        if look.person_id in found:
            found[look.person_id].looks.append(look)
    for told in RightsNotice.objects.filter(**only).exclude(understood="not_understood").order_by("on", "made_at"):
        if told.person_id in found:
            found[told.person_id].told[told.right] = told
    _put_clocks(found, case)
    decided = Decision.objects.filter(**only, status="decided").values_list("person_id", flat=True)
    for pk in set(decided) & found.keys():
        found[pk].decided = True
    return sorted(found.values(), key=lambda s: s.person.code)


def _put_clocks(found: dict[Any, Standing], case: Any) -> None:
    """The clocks of the row that stands now, not those of an earlier period."""
    rows = RunningClock.objects.filter(case=case, clock__in=(*PHASES, *SECTION_29), about__in=list(found), closed_as="")
    for clock in rows.order_by("start_on", "made_at"):
        one = found[clock.about_id]
        holder = one.protection if clock.clock in SECTION_29 else one.reflection
        if clock.clock == "reflection-b" or (holder and clock.target.endswith(str(holder.pk))):
            one.clocks[clock.clock] = clock


def notices(viewer: Any, case: Any, person: Any) -> list[RightsNotice]:
    """Every notice of rights of a person, newest first, those that were not understood among them."""
    check(viewer, "identification.tell_right", case)
    rows = RightsNotice.objects.filter(case=case, person=person, closed_as="").select_related("made_by")
    return list(rows.order_by("-on", "-made_at"))


def rights_of(viewer: Any, case: Any, person: Any) -> Standing:
    """What was told to one person; an interpreter sees this and nothing else of the person's protection."""
    check(viewer, "identification.tell_right", case)
    return next(one for one in _standings(case, person) if one.person.pk == person.pk)


def opened(viewer: Any, rows: list[Any], name: str, at: datetime) -> dict[Any, str]:
    """The sealed words of some rows by id, opened under one journal line."""
    sealed = [row for row in rows if getattr(row, name) is not None]
    words = vault.open_many([(row, name) for row in sealed], by=viewer, why="work", at=at) if sealed else []
    return {row.pk: text or "" for row, text in zip(sealed, words, strict=True)}


def witnesses(viewer: Any, case: Any) -> list[tuple[str, str]]:
    """Who may be the witness of an early end: another member of the team, of a discipline that makes the pair."""
    hears = ACTS["identification.record_reflection"].disciplines
    mine = case_access(viewer, case.pk) & hears
    rows = TeamMember.objects.filter(case=case, closed_as="", until_on=None, discipline__in=hears).exclude(staff=viewer)
    found = [row for row in rows.select_related("staff") if early_ends.pair(mine, {row.discipline})]
    return list({str(row.staff_id): row.staff.shown_name() for row in found}.items())


def ends_to_answer(viewer: Any, today: date) -> list[EarlyEnd]:
    """Early ends that wait for the viewer as their witness."""
    rows = EarlyEnd.objects.filter(witness=viewer, status="proposed", closed_as="", reflection__ended_on=None,
                                   reflection__closed_as="").select_related("case", "person", "reflection")  # fmt: skip
    return [row for row in rows.order_by("made_at")
            if early_ends.end_waits(status=row.status, told_on=local_day(row.made_at), today=today)]  # fmt: skip


def member(viewer: Any, case: Any, pk: str) -> Any:
    """A member of this team by id, or nobody."""
    rows = TeamMember.objects.filter(case=case, closed_as="", until_on=None, staff_id=pk).select_related("staff")
    row = rows.first()
    return row.staff if row else None


def _where(viewer: Any, rows: Iterable[Any], does: Callable[[CaseAccess], Any]) -> tuple[list[Any], set[Any]]:
    """Those rows of the viewer's cases in which the viewer does something, and these cases: few rows, of many cases."""
    found = list(rows)
    access = CaseAccess.objects.filter(user_id=viewer.pk, case_id__in={row.case_id for row in found}, until__gt=now())
    mine = {row.case_id for row in access if does(row)}
    return [row for row in found if row.case_id in mine], mine


def rounds_due(viewer: Any, at: datetime, today: date) -> list[tuple[Any, int, int, date]]:
    """Cases in which the viewer cares for people or leads: case, people not seen today, people in reflection, and
    the first day that nobody looked."""
    people: dict[Any, list[Reflection]] = defaultdict(list)
    open_now = Reflection.objects.filter(ended_on=None, closed_as="").select_related("case")
    rows, mine = _where(viewer, open_now, lambda access: access.is_lead or access.held & CARE)
    ids = [row.pk for row in rows]
    targets = [f"identification.reflection:{pk}" for pk in ids]
    over = set(RunningClock.objects.filter(target__in=targets, clock="reflection-a", ends_at__lte=at, closed_as="")
               .values_list("target", flat=True))  # fmt: skip
    for row in rows:
        if f"identification.reflection:{row.pk}" not in over:
            people[row.case].append(row)
    last: dict[Any, date] = {}
    for pair in WelfareCheck.objects.filter(case_id__in=mine, closed_as="", on__gte=today - timedelta(days=LOOKS)
                                            ).values_list("case_id", "person_id", "on"):  # fmt: skip
        last[pair[:2]] = max(pair[2], last.get(pair[:2], pair[2]))
    due = []
    for case, held in people.items():
        missing = [(last.get((case.pk, r.person_id)), r.entered_on) for r in held]
        open_days = [(seen + timedelta(days=1)) if seen else entered for seen, entered in missing if seen != today]
        if open_days:
            due.append((case, len(open_days), len(held), min(open_days)))
    return due


def stays_due(viewer: Any, at: datetime) -> list[tuple[Protection, datetime, bool]]:
    """Temporary protection without an answer about staying, for those who record it: the row, when the law's time
    ends, whether it is over."""
    asks = ACTS["identification.record_protection"].disciplines
    open_now = Protection.objects.filter(ended_at=None, closed_as="").exclude(stays=True)
    open_now = open_now.select_related("case", "person").order_by("at")
    rows, _mine = _where(viewer, open_now, lambda access: access.held & asks)
    found = {f"identification.protection:{row.pk}": row for row in rows[:100]}
    ends: dict[str, datetime] = {}
    clocks = RunningClock.objects.filter(target__in=list(found), clock__in=SECTION_29, closed_as="")
    for clock in clocks.order_by("ends_at"):
        if clock.ends_at is not None:
            ends[clock.target] = clock.ends_at
    return [(found[key], end, end <= at) for key, end in ends.items() if found[key].stays is None or end <= at]


def refusal_months(viewer: Any) -> list[dict[str, Any]]:
    """Refusals by month and province; how they split is shown only where no part of it is a small number."""
    check(viewer, "identification.record_refusal")
    cells: dict[tuple[str, str], list[Refusal]] = defaultdict(list)
    for row in Refusal.objects.filter(closed_as="").order_by("-on").iterator():
        cells[row.on.strftime("%Y-%m"), row.province].append(row)
    return [
        {"month": date(int(month[:4]), int(month[5:]), 1), "province": province, "count": len(held),
         "cards": sum(row.card_given for row in held), "sexes": rules.safe_split(Counter(row.sex for row in held)),
         "refused": rules.safe_split(Counter(row.refused for row in held))}
        for (month, province), held in sorted(cells.items(), key=lambda item: (item[0][0], item[0][1]), reverse=True)
    ]  # fmt: skip
