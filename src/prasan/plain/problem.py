"""Says what is wrong with an entry in one translatable sentence, to be shown beside the field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as own_field


@dataclass(frozen=True)
class Problem:
    """One sentence about one field: an English message with named places, and what fills them."""

    message: str
    field: str = ""
    params: Mapping[str, object] = own_field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        """Give the English sentence, for tests and the command line; pages translate the message first."""
        return self.message % self.params if self.params else self.message


class Refused(Exception):
    """The entry or the act is refused, for the reasons listed."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        """Hold the reasons; a refusal without a reason is a mistake of the programmer."""
        self.problems: list[Problem] = [problems] if isinstance(problems, Problem) else list(problems)
        if not self.problems:
            raise ValueError("a refusal names at least one problem")
        super().__init__(self.problems)

    def __str__(self) -> str:
        """Give every reason in English, one after another."""
        return "; ".join(str(problem) for problem in self.problems)


def refuse_if(problems: Iterable[Problem]) -> None:
    """Refuse when there is any problem; do nothing when there is none."""
    found = list(problems)
    if found:
        raise Refused(found)
