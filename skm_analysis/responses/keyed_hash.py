"""SipHash-2-4 with a key of the study: nobody who has not the key can tell.

A pseudorandom function for short texts (doi:10.1007/978-3-642-34931-7_28) of 64 bits:
two of a million texts clash with a chance of one in 10^7. `pandas.util.hash_array`
computes a column of them at once, and mixes each as SplitMix64 does, by which no two
become the same (doi:10.1145/2660193.2660195).
"""

import base64
import hashlib

import numpy as np
from pandas.util import hash_array

from skm_analysis.responses.columnar import Texts
from skm_analysis.responses.response_numbers import Numbers


def keyed_hash(secret: bytes, about: str, texts: Texts) -> Numbers:
    """The hash of each text, under a key of what the texts are about.

    The key is the base64 of BLAKE2b (RFC 7693) of twelve bytes, of `about` under
    `secret`: pandas takes a key of sixteen letters.
    """
    longest = hashlib.blake2b.MAX_KEY_SIZE
    whole = secret if len(secret) <= longest else hashlib.blake2b(secret).digest()
    part = hashlib.blake2b(_encoded(about), key=whole, digest_size=12).digest()
    key = base64.b64encode(part).decode("ascii")
    try:
        found = hash_array(texts, hash_key=key, categorize=False)
    except UnicodeEncodeError:  # half of a surrogate pair
        told = np.array([_encoded(x).decode("utf-8") for x in texts], dtype=object)
        found = hash_array(told, hash_key=key, categorize=False)
    return np.asarray(found, dtype=np.uint64)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
