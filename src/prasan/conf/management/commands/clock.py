"""`prasan clock`: when a period of law ends, step by step with its sections; it needs no instance and no database."""

import difflib
import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from prasan import packs
from prasan.conf.operating import clockwork
from prasan.conf.operating.speaking import Operation, Stop, language_of_terminal, sentence
from prasan.plain import clocks
from prasan.plain.bounds import day_of
from prasan.plain.clocks import Circumstances, Clock
from prasan.plain.dates import parse_date
from prasan.plain.moments import read_extension, read_moment, read_penalty
from prasan.plain.problem import Refused
from prasan.web.clock import today

OLDEST = 120
NEEDED = frozenset({"clock", "clock_actor", "reflection", "offence", "offence_branch", "holiday"})


class Command(Operation):
    help = "when a period of law ends, and why: prasan clock appeal --from 2026-01-15; prasan clock --list"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="the code of the clock")
        parser.add_argument("--from", dest="start", default="", help="day or instant of the start event, either era")
        parser.add_argument("--list", action="store_true", help="all clocks of the pack")
        parser.add_argument("--on", default="", help="the day whose law holds; without it, the day of the start")
        parser.add_argument("--edition", default="", help="the version by its number, also one that is switched off")
        parser.add_argument("--victim-age", default="", help="in whole years, on the day of the act")
        parser.add_argument("--max-penalty-years", default="", help="a number, life or death; or the sentence")
        parser.add_argument("--offence", default="", help="the code of an offence of the pack")
        parser.add_argument("--aggravated", action="append", default=[], help="a branch of the offence")
        parser.add_argument("--reduced", action="store_true", help="the penalty is a reduced one, as of an attempt")
        parser.add_argument("--offence-on", default="", help="the day of the act, where the clock starts otherwise")
        parser.add_argument("--event", default="", help="which start event, where the row knows several")
        parser.add_argument("--ordered-until", default="", help="the last day that an order states")
        parser.add_argument("--extend", action="append", default=[], help='"7 days" or the day that the order states')
        parser.add_argument("--packs", default="", help="a folder of changed rows to try")
        parser.add_argument("--lang", dest="language", choices=("th", "en"), default=language_of_terminal())
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **asked: Any) -> None:
        if _use_packs(asked["packs"]):
            told = _("Computed with the own rows of %(place)s, also where no second person confirmed them yet.")
            self.stderr.write(told % {"place": settings.HOME / "packs"})
        try:
            if asked["list"]:
                self._list(asked)
            else:
                self._one(asked)
        except Refused as refused:
            raise Stop(sentence(refused), returncode=2) from refused

    def _list(self, asked: dict[str, Any]) -> None:
        known = packs.clocks()
        if asked["format"] == "json":
            self.say(json.dumps(clockwork.listed(known.values()), ensure_ascii=False, indent=1))
            return
        wide = max(len(code) for code in known)
        for clock in known.values():
            off = "" if clock.enabled else " " + _("(switched off)")
            name, basis = clock.name(asked["language"]), packs.cited(clock.basis, asked["language"])
            self.say(f"{clock.code:{wide}}  {name}, {basis}{off}")

    def _one(self, asked: dict[str, Any]) -> None:
        if not asked["name"]:
            raise Stop(_("Name a clock, or ask for all of them with --list."), returncode=2)
        if asked["name"] not in packs.clocks():
            raise Stop(_unknown(asked["name"]), returncode=2)
        if not asked["start"]:
            raise Stop(_("Tell the day or instant of the start event with --from."), returncode=2)
        now, lang = today(), asked["language"]
        start = read_moment(asked["start"], today=now)
        clock = _version(asked, parse_date(asked["on"], today=now) if asked["on"] else day_of(start))
        told = _circumstances(clock, asked)
        found = clocks.compute(
            clock,
            start,
            told,
            holidays=packs.holidays(clock.calendar),
            extensions=[read_extension(each, today=now) for each in asked["extend"]],
            known_years=packs.holiday_years(),
        )
        all_of_it = (clock, found, lang, told.event or clock.start_event)
        if asked["format"] == "json":
            self.say(json.dumps(clockwork.as_data(*all_of_it), ensure_ascii=False, indent=1))
        else:
            self.say("\n".join(clockwork.as_text(*all_of_it)))


def _use_packs(folder: str) -> bool:
    """Lay the agency's rows over ours, or those of a folder to try; a bad row is told by file and line. Whether it is
    the agency's that were used."""
    own = Path(folder) if folder else settings.HOME / "packs"
    if folder and not own.is_dir():
        raise Stop(_("There is no folder %(place)s.") % {"place": folder}, returncode=2)
    try:
        packs.load(own if own.is_dir() else None)
    except packs.BadPack as bad:
        raise Stop(str(bad)) from bad
    problems = packs.check(NEEDED)
    if problems:
        raise Stop("\n".join(problems))
    return bool(not folder and packs.current().own)


def _unknown(name: str) -> str:
    """Say that there is no such clock, and which it may be."""
    near = difflib.get_close_matches(name, packs.clocks(), n=3)
    told = _("There is no clock %(name)s.") % {"name": name}
    if near:
        told += " " + _("Did you mean %(near)s?") % {"near": ", ".join(near)}
    return f"{told} " + _("`prasan clock --list` shows all.")


def _version(asked: dict[str, Any], on: date) -> Clock:
    """The version asked for by number, else the one that holds on the day."""
    versions = packs.clock_versions(asked["name"])
    if asked["edition"]:
        number = _number(asked["edition"], "--edition", len(versions))
        return versions[max(number, 1) - 1]
    try:
        return packs.clock(asked["name"], on)
    except KeyError:
        told = {"name": asked["name"], "day": clockwork.both(on, asked["language"])}
        raise Stop(_("The pack has no version of %(name)s for %(day)s.") % told, returncode=2) from None


def _circumstances(clock: Clock, asked: dict[str, Any]) -> Circumstances:
    """Read what the law branches on, and refuse what it does not know."""
    offences = {row.code for row in packs.rows("offence") if not row.get("draft")}
    _known(asked["offence"], offences, "--offence")
    _known(asked["event"], set(clock.start_events), "--event")
    for one in asked["aggravated"]:
        _known(one, packs.codes("offence_branch"), "--aggravated")
    return Circumstances(
        victim_age=_number(asked["victim_age"], "--victim-age", OLDEST) if asked["victim_age"] else None,
        max_penalty_years=read_penalty(asked["max_penalty_years"]) if asked["max_penalty_years"] else None,
        offence=asked["offence"],
        aggravated=tuple(asked["aggravated"]),
        reduced=asked["reduced"],
        offence_on=parse_date(asked["offence_on"]) if asked["offence_on"] else None,
        event=asked["event"],
        ordered_until=parse_date(asked["ordered_until"]) if asked["ordered_until"] else None,
    )


def _known(code: str, allowed: set[str] | frozenset[str], option: str) -> None:
    if code and code not in allowed:
        told = {"option": option, "code": code, "known": ", ".join(sorted(allowed))}
        raise Stop(_("%(option)s does not know %(code)s. It knows: %(known)s.") % told, returncode=2)


def _number(written: str, option: str, most: int) -> int:
    if not written.isdecimal() or int(written) > most:
        told = {"option": option, "text": written, "most": most}
        raise Stop(_("%(option)s is a whole number up to %(most)s, not “%(text)s”.") % told, returncode=2)
    return int(written)
