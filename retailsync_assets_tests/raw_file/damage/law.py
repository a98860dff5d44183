"""Either the rows that are delivered are those that the lines left intact say, or nothing is delivered."""

import re

from retailsync_assets_tests.raw_file.damage.filtering import Filter
from retailsync_assets_tests.raw_file.damage.oracle import Reset, reset
from retailsync_assets_tests.raw_file.damage.sample import CONTENT, LINES

ORIGINAL = reset(CONTENT)


def broken_by(filtered: Filter, content: bytes) -> str:
    """What of the law this damaged file breaks, in words; empty: nothing."""
    delivered = filtered.reset(content)
    if isinstance(delivered, str):
        return ""
    expected = reset(content)
    if delivered != expected:
        return f"delivered {delivered}, its lines say {expected}"
    for key in untouched(content):
        if delivered.get(key) != ORIGINAL[key]:
            return f"{key}: delivered {delivered.get(key)}, no line of it was touched, they say {ORIGINAL[key]}"
    return ""


def untouched(content: bytes) -> Reset:
    """The keys whose own lines are all there still, and of which no line that was altered has the digits."""
    lines = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n")
    if lines[0] != LINES[0]:
        return {}
    found: Reset = {}
    for (store, upca), units in ORIGINAL.items():
        bare = upca.lstrip("0").encode()
        own = [line for line in LINES if bare in line and f",{store},".encode() in line]
        altered = (re.sub(rb"[^0-9]", b"", line) for line in lines if line not in LINES)
        if all(line in lines for line in own) and not any(bare in digits for digits in altered):
            found[store, upca] = units
    return found
