"""Who imports: a coordinator, named or the first that is active; acts are done and journalled in that name."""

from prasan.access.check import may
from prasan.accounts.models import Staff
from prasan.accounts.rules import folded
from prasan.plain.problem import Problem, Refused

from . import rules

ACT = "exchange.import"


def importer(username: str = "") -> Staff:
    """The member of staff in whose name the command line imports."""
    if username:
        named = Staff.objects.filter(username=folded(username), is_active=True).first()
        if named is None or not may(named, ACT):
            raise Refused(Problem(rules.NOT_A_COORDINATOR, params={"name": username}))
        return named
    for staff in Staff.objects.active().order_by("pk"):
        if may(staff, ACT):
            return staff
    raise Refused(Problem(rules.NO_COORDINATOR))
