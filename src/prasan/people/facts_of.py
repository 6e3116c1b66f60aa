"""What a person looks like in a fact: sex, age group, own or other citizenship; never a name."""

from datetime import date
from typing import Any


def of_person(person: Any, on: date) -> dict[str, str]:
    """Sex for figures (registered sex, else from gender), age group on the day, own or other citizenship."""
    sex = person.sex or {"feminine": "female", "masculine": "male"}.get(person.gender, "unknown")
    own = person.citizenship
    citizenship = "" if not own or own == "unknown" else "own" if own == "THA" else "other"
    return {"sex": sex, "age_group": person.age_group(on), "citizenship": citizenship or "unknown"}
