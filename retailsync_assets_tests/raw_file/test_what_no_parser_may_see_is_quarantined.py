import gzip
import io
import zipfile

import pytest

from retailsync_assets.errors import Quarantined
from retailsync_assets_tests.raw_file.judging import HEADER, ROWS, judged

TEXT = HEADER + ROWS


def zipped() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("stock.csv", TEXT)
    return archive.getvalue()


@pytest.mark.parametrize(
    "content, why",
    [
        (b"", "the file is empty"),
        (HEADER, "a header and no record"),
        (HEADER + b"\n\n", "a header and no record"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0)[:40], "gzip"),
        (gzip.compress(TEXT, mtime=0) + TEXT, "gzip"),
        (zipped(), "zip"),
        (b"%PDF-1.7\n" + TEXT, "PDF"),
        (TEXT.decode().encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.decode().encode("utf-16-be"), "UTF-16"),
        (TEXT.decode().encode("utf-16-le"), "line 1 has a NUL byte"),
        (HEADER + b"1,NYC01,0123\x0045678905,10\n", "line 2 has a NUL byte"),
        (TEXT + b"\0" * 32768 + b"\n", "line 4 has a NUL byte"),
        (TEXT + b"1,NYC01,G\xdcRTEL,1\n", "line 4 is not utf-8"),
        (b"upc,store_code,qty,b\xe9ret\n" + ROWS, "line 1 is not utf-8"),
        (TEXT[:-1], "line 3, the last, has no line end"),
        (TEXT[:-4], "the file is cut off"),
        (HEADER[:-1], "line 1, the last, has no line end"),
        (b"\xef\xbb\xbf", "the file is cut off"),
        (TEXT.replace(b"\n", b"\r"), "the file is cut off"),
        (HEADER + ROWS.replace(b"\n", b"\r\n"), "line ends are mixed"),
        (TEXT.replace(b"\n", b"\r\n", 1), "line ends are mixed"),
        (TEXT.replace(b"-2", b"-2\r"), "line ends are mixed"),
        (TEXT.replace(b"NYC01", b"NYC\r01").replace(b"\n", b"\r\n"), "line ends are mixed"),
        (HEADER + b"1,NYC01," + b"0" * (1 << 20) + b",1\n", "line 2 is longer than"),
        (HEADER + b"1,NYC01," + b"0" * (3 << 20), "line 2 is longer than"),
        (ROWS, "has no column 'upc'"),
        (b"<html><body>502 Bad Gateway</body></html>\n" * 3, "has no column 'upc'"),
        (b'{"error": "session expired"}\n{}\n', "has no column 'upc'"),
        (TEXT.replace(b"upc", b"barcode", 1), "has no column 'upc'"),
        (TEXT.replace(b"qty", b"qtys", 1), "has no column 'qty'"),
        (TEXT.replace(b"sbs_no", b"QTY", 1).replace(b"qty", b"Qty", 1), "names twice the column 'qty'"),
        (TEXT.replace(b"sbs_no", b"upc", 1), "names twice the column 'upc'"),
        (TEXT.replace(b",", b";"), "has no column 'upc'"),
        (b"\n" + TEXT, "has no column 'upc'"),
        (b'"' + TEXT, "has no column 'upc'"),
        (b"upc," + b"x" * 200_000 + b"\n" + ROWS, "line 1, the header"),
    ],
)
def test_it_is_quarantined_and_the_line_is_named(content: bytes, why: str) -> None:
    with pytest.raises(Quarantined) as refused:
        judged(content)
    (line,) = str(refused.value).splitlines()
    assert line.startswith("quarantined: ")
    assert why in line
    assert line.isprintable()


def test_of_several_faults_the_first_in_the_file_is_named() -> None:
    with pytest.raises(Quarantined, match="line 2 is not utf-8"):
        judged(HEADER + b"\xff,NYC01,1,1\n1,\0,1,1\n")
    with pytest.raises(Quarantined, match="line 2 has a NUL byte"):
        judged(HEADER + b"1,\0,1,1\n\xff,NYC01,1,1\n")
