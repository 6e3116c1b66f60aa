"""The people who work in a generated instance: each sees 1 to 4 % of the cases, a coordinator 10 %."""

import random
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from prasan.access.models import Desk, DeskAccess
from prasan.accounts.models import Agency, HeldDiscipline, Staff

OWN, PARTNER = "own", "partner"
# Discipline, how many, and on how many of a case's teams of one such member they sit (1 = on every case).
POOLS = (("coordinator", 10, 1.0), ("social_worker", 40, 1.0), ("investigator", 40, 1.0), ("lawyer", 20, 0.5))


@dataclass
class Pool:
    """The members of one discipline; each takes 1 to 4 % of the cases (coordinators the same share each)."""

    discipline: str
    members: list[Staff]
    weights: list[float]
    chance: float

    def draw(self, rng: random.Random) -> Staff | None:
        if self.chance < 1 and rng.random() >= self.chance:
            return None
        return rng.choices(self.members, cum_weights=self.weights)[0]

    def most(self) -> Staff:
        """The member with the largest share of at most 4 %: the one who is measured."""
        shares = [now - before for before, now in zip([0.0, *self.weights], self.weights, strict=False)]
        limit = 0.04 * self.weights[-1] / self.chance
        return self.members[shares.index(max(share for share in shares if share <= limit))]


@dataclass
class Staffing:
    """Everybody, and the one intake desk."""

    pools: list[Pool]
    agencies: list[Agency]
    desk: Desk

    def pool(self, discipline: str) -> Pool:
        return next(pool for pool in self.pools if pool.discipline == discipline)


def make(rng: random.Random) -> Staffing:
    """Agencies, 110 members of staff with a second factor, an intake desk with ten of them on it."""
    from allauth.mfa.models import Authenticator

    agencies = [Agency.objects.create(code=OWN, name_en="Bench Foundation", kind="ngo", is_own=True)]
    agencies += [
        Agency.objects.create(code=f"{PARTNER}-{n}", name_en=f"Partner {n}", kind="ngo") for n in range(1, 8)
    ]
    pools = []
    for discipline, count, chance in POOLS:
        members = []
        for n in range(count):
            name = f"{discipline.replace('_', '')}{n}"
            staff = Staff(username=name, name=f"{discipline} {n}", agency=agencies[0], language="en")
            staff.set_unusable_password()
            staff.save()
            HeldDiscipline.objects.create(staff=staff, discipline=discipline, since_on=date(2015, 1, 1))
            Authenticator.objects.create(user=staff, type="totp", data={"secret": "bench"})
            members.append(staff)
        even = discipline == "coordinator"
        shares = [1.0 if even else rng.uniform(1, 4) for _ in members]
        pools.append(Pool(discipline, members, list(accumulate(shares)), chance))
    desk = Desk.objects.create(code="hotline", name_en="Hotline desk", name_th="โต๊ะรับแจ้งเหตุ")
    on_desk = [*pools[0].members[:2], *pools[1].members[:4], *pools[2].members[:4], pools[1].most()]
    DeskAccess.objects.bulk_create(DeskAccess(user=staff, desk=desk) for staff in {s.pk: s for s in on_desk}.values())
    return Staffing(pools, agencies, desk)
