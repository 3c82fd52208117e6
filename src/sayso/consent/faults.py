"""What is wrong with one file, gathered so that all of it is told at once."""

from collections.abc import Iterable

from sayso.errors import BadInput, SaysoError

_MOST = 20


class Faults:
    """Faults in the order in which they were found; the same one twice counts once."""

    def __init__(self) -> None:
        self._found: dict[str, SaysoError] = {}

    def note(self, fault: SaysoError) -> None:
        """Keep one, and go on reading."""
        self._found.setdefault(fault.message, fault)

    def settle(self) -> None:
        """Go on where nothing was wrong.

        Raises:
            BadInput: something was. A fault alone is told as it is, several a line each.
        """
        if self._found:
            raise _together(self._found.values())


def _together(found: Iterable[SaysoError]) -> SaysoError:
    first, *more = found
    if not more:
        return first
    told = [each.message for each in (first, *more)][:_MOST]
    left = len(more) + 1 - len(told)
    if left:
        told.append(f"And {left} more.")
    hints = dict.fromkeys(each.hint for each in (first, *more) if each.hint)
    return BadInput("\n".join(told), hint=" ".join(hints))
