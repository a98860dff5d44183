import random
import socket

BELOW_THOSE_OF_CLIENTS = range(15_000, 32_000)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody has, and the next one with it: `retailsync dev` takes two.

    Of those that the system gives to no client, or a connection of some other test might come first.
    """
    while True:
        port = random.SystemRandom().choice(BELOW_THOSE_OF_CLIENTS)
        if is_free(port) and is_free(port + 1):
            return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
