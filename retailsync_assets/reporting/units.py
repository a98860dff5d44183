"""File sizes in readable units."""


def in_bytes(count: int) -> str:
    """`319.6 MB`, `7.5 KB`, `271 B`; thousands, not 1,024."""
    for unit, size in (("MB", 1_000_000), ("KB", 1_000)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count} B"
