"""Which ids a file has used already, however many there are, in a few bytes each."""

import hashlib
from array import array

_FIRST_PLACES = 1 << 10
_EMPTY = 0


class Seen:
    """Remembers names by 64 bits of their BLAKE2b digest (RFC 7693), and where each stood first.

    A name costs 12 bytes in a table that is between a third and two thirds full: 18 to 36. Two of
    a hundred million different names are taken for one with a chance below 1 in 3,000; then the
    later one is named as used twice, and nothing is lost in silence.
    """

    def __init__(self) -> None:
        self._count = 0
        self._digests = array("Q", bytes(8 * _FIRST_PLACES))
        self._numbers = array("I", bytes(4 * _FIRST_PLACES))

    def __len__(self) -> int:
        return self._count

    @property
    def size_bytes(self) -> int:
        """What it holds in memory."""
        return len(self._digests) * (self._digests.itemsize + self._numbers.itemsize)

    def first_at(self, name: str, number: int) -> int | None:
        """Return the number that `name` came with first; None, and remember it, if it is new."""
        place = self._place(_digest(name))
        if self._digests[place] != _EMPTY:
            return self._numbers[place]
        self._put(place, _digest(name), number)
        return None

    def __contains__(self, name: str) -> bool:
        return self._digests[self._place(_digest(name))] != _EMPTY

    def _place(self, digest: int) -> int:
        """Return where `digest` stands or would stand: the first free place from its own."""
        digests, last = self._digests, len(self._digests) - 1
        place = digest & last
        while digests[place] not in {_EMPTY, digest}:
            place = (place + 1) & last
        return place

    def _put(self, place: int, digest: int, number: int) -> None:
        self._digests[place], self._numbers[place] = digest, min(number, 0xFFFFFFFF)
        self._count += 1
        if 3 * self._count > 2 * len(self._digests):
            self._grow()

    def _grow(self) -> None:
        old = zip(self._digests, self._numbers, strict=True)
        size = 2 * len(self._digests)
        self._digests, self._numbers = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        for digest, number in old:
            if digest != _EMPTY:
                place = self._place(digest)
                self._digests[place], self._numbers[place] = digest, number


def _digest(name: str) -> int:
    said = hashlib.blake2b(name.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(said, "big") or 1
