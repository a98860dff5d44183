from typing import Self


class Running:
    """A server that its constructor started; it ends with the block."""

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def restart(self) -> None:
        """Same port, same folder; with the host keys and options of now."""
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
