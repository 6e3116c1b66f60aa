"""Makes an instance for real data: keys in custody, escrow, the own agency and its first administrator."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from prasan.accounts.rules import AGENCY_KINDS
from prasan.conf.operating import instance
from prasan.conf.operating.speaking import Operation, Stop, ask, interactive
from prasan.vault import age, custody, escrow

OFFERED = {
    "custody": ("Where is the instance key kept? file, file:PATH, passphrase or environment", "file"),
    "agency": ("Name of your organisation", ""),
    "agency_kind": ("Kind of organisation (" + ", ".join(AGENCY_KINDS) + ")", "ngo"),
    "name": ("Name of the first administrator", ""),
    "username": ("User name of the first administrator", ""),
}


class Command(Operation):
    help = "make an instance for real data: keys, escrow, first administrator"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--custody", help="file, file:PATH, passphrase or environment (default: file)")
        parser.add_argument("--username", help="user name of the first administrator")
        parser.add_argument("--name", help="name of the first administrator")
        parser.add_argument("--agency", help="name of the own organisation")
        parser.add_argument("--agency-kind", help="kind of organisation (default: ngo)")
        parser.add_argument("--province", default="", help="province code of the organisation, such as TH-57")
        parser.add_argument("--recipient", action="append", default=[], metavar="AGE1...",
                            help="recovery recipient of the instance key; give it at least twice")  # fmt: skip
        parser.add_argument("--address", default="https://localhost:8000", help="address shown in the invitation")

    def handle(self, *args: Any, **options: Any) -> None:
        instance.refuse_occupied()
        self.complete(options)
        recipients = options["recipient"]
        if options["agency_kind"] not in AGENCY_KINDS:
            raise Stop(_("Not a kind of agency: %(kind)s.") % {"kind": options["agency_kind"]})
        if recipients:
            age.recipients(recipients)
        identifier, at = instance.new_identifier(), datetime.now(UTC)
        choice = instance.Choice.parse(options["custody"], identifier)
        existed = bool(choice.path and choice.path.exists())
        with instance.all_or_nothing(*([choice.path] if choice.path and not existed else [])):
            shown = instance.create("real", choice, identifier, self.say)
            agency = {"code": "own", "name_en": options["agency"], "kind": options["agency_kind"],
                      "province": options["province"]}  # fmt: skip
            _staff, token = instance.first_administrator(
                username=options["username"], name=options["name"], agency=agency, at=at,
                language=options["language"], today=at.astimezone(ZoneInfo("Asia/Bangkok")).date(),
            )  # fmt: skip
            if recipients:
                escrow.make(recipients, at)
        self.told(options, choice, shown, token)

    def complete(self, options: dict[str, Any]) -> None:
        """Ask for what was not given, at a terminal; elsewhere the flags are needed."""
        defaults = {"custody": "file", "agency_kind": "ngo"}
        missing = [name for name in OFFERED if not options[name]]
        if interactive():
            for name in missing:
                question, default = OFFERED[name]
                options[name] = ask(_(question), default)
            while missing and len(options["recipient"]) < age.FEWEST:
                given = ask(_("Recovery recipient (age1..., empty to do it later)"), check=lambda _text: True)
                if not given:
                    break
                options["recipient"].append(given)
            return
        for name in missing:
            options[name] = defaults.get(name, "")
        without = [f"--{name}" for name in ("username", "name", "agency") if not options[name]]
        if without:
            raise Stop(_("Not at a terminal, so these are needed: %(flags)s.") % {"flags": " ".join(without)})

    def told(self, options: dict[str, Any], choice: instance.Choice, shown: str, token: str) -> None:
        self.say(_("The instance was made in %(home)s.") % {"home": custody.place().home})
        if choice.path:
            self.say(_("Instance key: %(path)s. Keep a copy apart from the data.") % {"path": choice.path})
        if shown:
            self.say(_("Keep this line; it is shown once and stored nowhere:"))
            self.say(shown)
        if options["recipient"]:
            self.say(_("Escrow sealed. Verify it now: prasan keys verify-escrow --identity FILE"))
        else:
            self.say(_("No escrow yet: `prasan backup` refuses until `prasan keys escrow --to ...` was verified."))
        self.say(_("One-time link for the first administrator, valid for 7 days:"))
        self.say(options["address"].rstrip("/") + instance.invitation_path(token))
