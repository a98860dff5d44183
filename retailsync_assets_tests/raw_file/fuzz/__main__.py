"""`python -m retailsync_assets_tests.raw_file.fuzz [SECONDS]`: the byte gate, fuzzed by coverage (atheris).

Whatever the bytes: the gate passes them or says in one line why not, alike however they come; what passes is what the
gate says it is.
"""

import hashlib
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from retailsync_assets.errors import Quarantined
from retailsync_assets.raw_file.stream_check import FileFacts, StreamCheck
from retailsync_assets_tests.config.sample import a_site
from retailsync_assets_tests.raw_file.damage.harm import TOKENS
from retailsync_assets_tests.raw_file.damage.sample import CONTENT

SETTINGS = {encoding: a_site(retail_pro={"encoding": encoding}).retail_pro for encoding in ("utf-8", "cp1252")}
LONGEST = 4096


def one_input(data: bytes) -> None:
    """The first byte says in which pieces the rest comes, and in which encoding."""
    content, size = data[1:], 1 + data[0] % 64 if data else 1
    encoding = "cp1252" if data[:1] >= b"\xc0" else "utf-8"
    whole = judged([content], encoding)
    pieces = [content[start : start + size] for start in range(0, len(content), size)]
    assert judged(pieces, encoding) == whole
    if isinstance(whole, FileFacts):
        text = content.decode(encoding)
        lines = text.replace("\r\n", "\n").split("\n")
        assert (whole.size, whole.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert (whole.lines, whole.blank_lines) == (len(lines) - 1, lines[1:-1].count(""))
        assert lines[-1] == ""
        assert not {"\0", "\r"} & set("".join(lines))
    else:
        assert whole.isprintable()


def judged(pieces: list[bytes], encoding: str) -> FileFacts | str:
    gate = StreamCheck(SETTINGS[encoding])
    for piece in pieces:
        gate.feed(piece)
    try:
        return gate.result()
    except Quarantined as refused:
        return str(refused)


def main(seconds: int = 300) -> None:
    try:
        atheris: Any = import_module("atheris")
    except ModuleNotFoundError:
        sys.exit("fuzz: atheris has no wheel for this Python and platform; nothing was fuzzed")
    for module in ("retailsync_assets.raw_file.stream_check", "retailsync_assets.raw_file.header"):
        names = import_module(module)
        for name, value in vars(names).items():
            if getattr(value, "__module__", "") == module and callable(value) and not isinstance(value, type):
                setattr(names, name, atheris.instrument_func(value))
    for name, method in vars(StreamCheck).items():
        if callable(method):
            setattr(StreamCheck, name, atheris.instrument_func(method))
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for number, start in enumerate((b"\x00", b"\x07", b"\xff", b"\x00\xef\xbb\xbf")):
            (corpus / f"plain{number}").write_bytes(start + CONTENT)
            (corpus / f"windows{number}").write_bytes(start + CONTENT.replace(b"\n", b"\r\n"))
        escaped = ("".join(f"\\x{byte:02x}" for byte in token) for token in TOKENS)
        words.write_text("".join(f'"{token}"\n' for token in escaped))
        limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", f"-dict={words}", "-print_final_stats=1"]
        atheris.Setup([sys.argv[0], *limits, str(corpus)], one_input)
        atheris.Fuzz()


main(*(int(number) for number in sys.argv[1:]))
