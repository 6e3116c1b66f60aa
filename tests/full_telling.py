"""For the matrix: interviews, an age that was decided, and a decision looked at again, in a matter's case."""

from datetime import timedelta
from typing import Any

from prasan.access.scoping import viewing
from prasan.cases.actions import interviews
from prasan.identification.actions import ages, reviews
from prasan.identification.models import Decision
from tests.cast import AT, TODAY, World


def tell(world: World, story: Any) -> dict[str, Any]:
    """An interview, an age and an open review on the first survivor of a story; their rows by name."""
    mali, case, person, last = world.mali, story.case, story.survivors[0].person, story.survivors[-1].person
    with viewing(mali, AT):
        interview = interviews.record_interview(
            by=mali, case=case, person=person, held_at=AT - timedelta(hours=1), body="ngo", purpose="care",
            topics=["health", "wishes"], place="separate", present=["social_worker"], recording="written",
            told="เล่าแล้วหนึ่งครั้ง", again_because="อาจเปลี่ยนไปแล้ว", at=AT, today=TODAY,
        )  # fmt: skip
        age = ages.record_age(
            by=mali, case=case, person=last, result="adult", low=19, high=24, methods=["documents"], body="mdt",
            reasons="มีเอกสารเดินทาง", on=TODAY, at=AT, today=TODAY,
        )  # fmt: skip
        decision = Decision.objects.filter(case=case, status="decided", closed_as="").order_by("pk").first()
        review = decision and reviews.ask_review(
            by=mali, decision=decision, kind="reopening", asked_by="person", grounds="มีข้อเท็จจริงใหม่", on=TODAY,
            discipline="social_worker", at=AT, today=TODAY,
        )  # fmt: skip
    return {"interview": interview, "age": age, "review": review}
