"""How far a transfer is: reported by whoever moves bytes, drawn by whoever has a terminal."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]
_listener: ContextVar[Listener | None] = ContextVar("transfer_listener", default=None)


@contextmanager
def listening(listener: Listener) -> Generator[None]:
    """Within this block `listener(name, bytes_done, bytes_total)` hears of every transfer in this context."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def report(name: str, done: int, total: int) -> None:
    """So many bytes of this file are over."""
    listener = _listener.get()
    if listener is not None:
        listener(name, done, total)
