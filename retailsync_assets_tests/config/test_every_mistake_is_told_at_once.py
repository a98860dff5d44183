"""One line for each, in the order of the file, with its line and with what was probably meant."""

from pathlib import Path

import pytest

from retailsync_assets.config.loader import ConfigError, read_sites
from retailsync_assets_tests.config.sample import SAMPLE, changed, deployment

SUBSIDIARY, INBOX = 'subsidiary = "1"', "inbox = "


def mistakes(folder: Path, text: str) -> list[str]:
    """The lines that refuse this file, without its name."""
    file = deployment(folder, text)
    with pytest.raises(ConfigError) as refused:
        read_sites(file)
    return [line.removeprefix(f"{file}: ") for line in str(refused.value).splitlines()]


def test_of_every_table_and_every_site(tmp_path: Path) -> None:
    text = changed("port = 2222", "port = 70000", changed("America/New_York", "America/Gotham"))
    other = changed('oms_url = "sqlite:///oms.db"\n', "", SAMPLE.replace("sites.demo", "sites.other"))
    assert [line.split(": ")[0] + line[line.rindex(" (") :] for line in mistakes(tmp_path, text + other)] == [
        "sites.demo.time_zone (line 2)",
        "sites.demo.retail_pro.sftp.port (line 11)",
        "sites.other.hotwax.oms_url (line 41)",
    ]


def test_of_every_secret_of_an_url(tmp_path: Path) -> None:
    (line,) = mistakes(tmp_path, changed("sqlite:///oms.db", "mysql+pymysql://{env:NO_USER}:{env:NO_WORD}@host/oms"))
    assert "NO_USER, NO_WORD" in line


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (INBOX, "max_age_hour = 3\ninbox = ", "unknown key; did you mean 'max_age_hours'? (line 7)"),
        (SUBSIDIARY, "Subsidiary = '1'", "unknown key; did you mean 'subsidiary'? (line 4)"),
        ("[sites.demo.hotwax]", "[sites.demo.hotwaxx]", "unknown key; did you mean 'hotwax'? (line 16)"),
        (SUBSIDIARY, f'{SUBSIDIARY}\ninbox = "raw"', "unknown key; expected in [sites.demo.retail_pro] (line 5)"),
        (SUBSIDIARY, f'{SUBSIDIARY}\ncolour = "red"', "unknown key (line 5)"),
        ("[sites.demo]", "[site.x]\n[sites.demo]", "'sites'?; expected one table [sites.NAME] a site (line 1)"),
    ],
)  # fmt: skip
def test_with_what_was_meant(tmp_path: Path, old: str, new: str, expected: str) -> None:
    (line,) = mistakes(tmp_path, changed(old, new))
    assert line.endswith(expected)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (INBOX, 'columns = {upc = "qty"}\ninbox = ', 7),
        (SUBSIDIARY, f"{SUBSIDIARY}\nschedule.reset = '1:30'", 5),
        (INBOX, '"in\\u0062ox" = 5 # ', 7),
        ("fingerprints = [", "fingerprints = [\n'MD5:aa=bb',\n", 14),
        ('host = "127.0.0.1"\n', "", 9),
    ],
    ids=["an inline table", "a dotted key", "a quoted key", "a list of several lines", "a key that is missing"],
)
def test_with_the_line_where_it_stands(tmp_path: Path, old: str, new: str, place: int) -> None:
    assert mistakes(tmp_path, changed(old, new))[0].endswith(f"(line {place})")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        read_sites(tmp_path)
    assert str(refused.value) == f"{tmp_path}: this is a folder; expected a file, such as {tmp_path / 'sites.toml'}"
