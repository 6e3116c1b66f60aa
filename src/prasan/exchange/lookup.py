"""Finds what a reference means: a row imported before, or a code of the system that the importer may see."""

import re
from typing import Any
from uuid import UUID

from prasan.accounts.models import Agency
from prasan.cases.models import Case, Participation
from prasan.justice.models import Charge, Order
from prasan.people.models import Person
from prasan.plain.problem import Problem
from prasan.plain.refs import check_code, tidy_code
from prasan.plain.text import normalise

from . import rules
from .layout import squash
from .models import ImportedRow
from .rows import Digests, key_part

_PERSON_CODE = re.compile(r"P-[A-Z0-9]{7}")
MODELS: dict[str, Any] = {"cases": Case, "people": Person, "charges": Charge, "money": Order}
NONE: dict[str, str] = {
    "cases": rules.NO_SUCH_CASE,
    "people": rules.NO_SUCH_PERSON,
    "charges": rules.NO_SUCH_CHARGE,
    "money": rules.NO_SUCH_ORDER,
}


class LookUp:
    """References of one import. Used inside the importer's scope: what is not theirs is as if absent."""

    def __init__(self, digests: Digests) -> None:
        self.digests = digests
        self.found: dict[tuple[str, str], UUID | None] = {}
        self._agencies: dict[str, Any] | None = None

    def learn(self, sheet: str, ref: str, pk: UUID) -> None:
        """A row that was just written, or is known to be there."""
        self.found[sheet, key_part(ref)] = pk

    def pk(self, sheet: str, ref: str) -> UUID | None:
        """The id of the record that a reference means, when the importer may see it."""
        place = (sheet, key_part(ref))
        if place not in self.found:
            self.found[place] = self._search(sheet, ref)
        return self.found[place]

    def _search(self, sheet: str, ref: str) -> UUID | None:
        model, key = MODELS[sheet], self.digests.of("key", sheet, key_part(ref))
        row = ImportedRow.objects.filter(sheet=sheet, key=key).first()
        rows = model.objects.filter(closed_as="")
        if row is not None:
            return rows.filter(pk=row.target_id).values_list("pk", flat=True).first()  # type: ignore[no-any-return]
        codes = {"cases": normalise(ref).upper(), "people": tidy_code(ref)}
        if sheet not in codes:
            return None
        return rows.filter(code=codes[sheet]).values_list("pk", flat=True).first()  # type: ignore[no-any-return]

    def missing(self, sheet: str, ref: str, field: str) -> Problem:
        """Why a reference leads nowhere."""
        code = tidy_code(ref)
        if sheet == "people" and _PERSON_CODE.fullmatch(code) and not check_code(code):
            return Problem(rules.SLIP_IN_CODE, field, {"ref": ref})
        return Problem(NONE[sheet], field, {"ref": ref})

    def row(self, sheet: str, ref: str) -> Any:
        """The record itself."""
        return MODELS[sheet].objects.get(pk=self.pk(sheet, ref))

    def agency(self, name: str) -> Any:
        """An agency by its code or name, or nothing."""
        if self._agencies is None:
            self._agencies = {}
            for agency in Agency.objects.order_by("code"):
                for word in filter(None, (agency.code, agency.name_en, agency.name_th)):
                    self._agencies.setdefault(squash(word), agency)
        return self._agencies.get(squash(name))


def current_parts(case_id: UUID, person_id: UUID) -> list[Participation]:
    """The parts that a person has in a case now."""
    rows = Participation.objects.filter(case_id=case_id, person_id=person_id, until_on=None, closed_as="")
    return list(rows.select_related("person", "case").order_by("since_on", "made_at"))
