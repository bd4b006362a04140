"""BLAKE2b with a key (RFC 7693) of many texts: nobody who has not the key can tell.

What the texts have in common, the key and their beginning, is hashed once.
"""

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from _blake2 import blake2b

BYTES = 8  # of a digest: a clash among a million of them is one in 10^7


class KeyedHash(NamedTuple):
    begun: "blake2b"

    @classmethod
    def of(cls, key: bytes) -> "KeyedHash":
        longest = hashlib.blake2b.MAX_KEY_SIZE
        whole = key if len(key) <= longest else hashlib.blake2b(key).digest()
        return cls(hashlib.blake2b(key=whole, digest_size=BYTES))

    def after(self, beginning: str) -> "KeyedHash":
        """The hash of texts that begin so; what is hashed then is the rest of them."""
        begun = self.begun.copy()
        begun.update(_encoded(beginning))
        return KeyedHash(begun)

    def digests(self, texts: Iterable[str]) -> list[bytes]:
        begun, found = self.begun.copy, []
        for text in texts:
            each = begun()
            each.update(text.encode("utf-8", "replace"))
            found.append(each.digest())
        return found


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
