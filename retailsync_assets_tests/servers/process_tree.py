from collections import defaultdict
from pathlib import Path


def descendants(process: int) -> list[int]:
    """Ids of the living processes that it started, and that those started. Reads /proc, so Linux only."""
    children: dict[int, list[int]] = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, after_the_name = stat.read_text().rpartition(")")
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended meanwhile
        children[int(after_the_name.split()[1])].append(int(stat.parent.name))
    found = children[process]
    for child in found:  # grows while it is walked
        found.extend(children[child])
    return found
