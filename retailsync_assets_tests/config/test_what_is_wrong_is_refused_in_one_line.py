from pathlib import Path

import pytest

from retailsync_assets.config.loader import ConfigError, read_sites
from retailsync_assets_tests.config.sample import FINGERPRINT, SAMPLE, changed, deployment

SUBSIDIARY, INBOX, KEY = 'subsidiary = "1"', "inbox = ", 'private_key = "keys/retailpro"'
PINNED, RESET, URL = f'fingerprints = ["{FINGERPRINT}"]', "reset_folder = ", '"sqlite:///oms.db"'
SFTP, LIMITS = "sites.demo.retail_pro.sftp", "[sites.demo.limits]\n"

NO_ADDRESS = ("''", "'@'", "'ops@'", "'x <'", "'Ops Team'", "'a@b.c, d@e.f'", '"a@b.c\\nBcc: d@e.f"', "'a..b@c.d'")


def schedule(line: str) -> tuple[str, str]:
    return "[sites.demo.hotwax]\n", f"[sites.demo.schedule]\n{line}\n[sites.demo.hotwax]\n"


def mail(lines: str) -> tuple[str, str]:
    return "[sites.demo.hotwax]\n", f"[sites.demo.alerts.mail]\nhost = 'localhost'\n{lines}\n[sites.demo.hotwax]\n"


@pytest.mark.parametrize(
    "old, new, key, expected",
    [
        (SUBSIDIARY, f'{SUBSIDIARY}\ncolour = "red"', "sites.demo.colour", "unknown key"),
        (SUBSIDIARY, f'{SUBSIDIARY}\n"a\\nkey" = 1', r"sites.demo.a\nkey", "unknown key"),
        (INBOX, "max_age_hour = 3\ninbox = ", "sites.demo.retail_pro.max_age_hour", "unknown key"),
        ("[sites.demo.hotwax]", "[sites.demo.hotwaxx]", "sites.demo.hotwaxx", "unknown key"),
        (f"{SUBSIDIARY}\n", "", "sites.demo.subsidiary", "missing"),
        (SUBSIDIARY, "subsidiary = 1", "sites.demo.subsidiary", "valid string"),
        ("port = 2222", 'port = "2222"', f"{SFTP}.port", "valid integer"),
        ("port = 2222", "port = true", f"{SFTP}.port", "valid integer"),
        ("port = 2222", "port = 70000", f"{SFTP}.port", "65535"),
        (INBOX, 'max_age_hours = "24"\ninbox = ', "sites.demo.retail_pro.max_age_hours", "valid number"),
        (INBOX, "max_age_hours = true\ninbox = ", "sites.demo.retail_pro.max_age_hours", "valid number"),
        (INBOX, "max_age_hours = inf\ninbox = ", "sites.demo.retail_pro.max_age_hours", "finite number"),
        (INBOX, 'encoding = "latin-1"\ninbox = ', "sites.demo.retail_pro.encoding", "'utf-8' or 'cp1252'"),
        (INBOX, 'delimiter = "::"\ninbox = ', "sites.demo.retail_pro.delimiter", "','"),
        (INBOX, 'kind = "deltas"\ninbox = ', "sites.demo.retail_pro.kind", "'full' or 'delta'"),
        (INBOX, 'columns = {upc = "qty"}\ninbox = ', "sites.demo.retail_pro.columns", "three different"),
        (INBOX, "file_name = '^x([.csv$'\ninbox = ", "sites.demo.retail_pro.file_name", "regular expression"),
        (INBOX, "file_name = '^x[.]csv$'\ninbox = ", "sites.demo.retail_pro.file_name", "(?P<as_of>"),
        (INBOX, 'inbox = "../raw" #', "sites.demo.retail_pro.inbox", "'..'"),
        (KEY, f'{KEY}\npassword = {{env = "HOME"}}', SFTP, "either private_key or password"),
        (f"{KEY}\n", "", SFTP, "either private_key or password"),
        (KEY, 'private_key = "keys/nobody"', f"{SFTP}.private_key", "no key file"),
        (KEY, 'password = {env = "NOT_SET"}', f"{SFTP}.password.env", "NOT_SET"),
        (KEY, 'password = "in the clear"', f"{SFTP}.password", '{env = "NAME"}'),
        (KEY, f'{KEY}\npassphrase = {{env = "NOT_SET"}}', f"{SFTP}.passphrase.env", "NOT_SET"),
        (f"{PINNED}\n", "", f"{SFTP}.fingerprints", "missing"),
        (PINNED, "fingerprints = []", f"{SFTP}.fingerprints", "at least 1"),
        (PINNED, 'fingerprints = ["SHA256:..."]', f"{SFTP}.fingerprints.0", "SHA256:"),
        (PINNED, 'fingerprints = ["MD5:aa:bb"]', f"{SFTP}.fingerprints.0", "SHA256:"),
        (PINNED, 'fingerprints = ["*"]', f"{SFTP}.fingerprints.0", "SHA256:"),
        (URL, '"mysql+pymysql://u:{env:NOT_SET}@host/oms"', "sites.demo.hotwax.oms_url", "NOT_SET"),
        (URL, '"oms.db"', "sites.demo.hotwax.oms_url", "SQLAlchemy URL"),
        (URL, '"nothing://host/oms"', "sites.demo.hotwax.oms_url", "SQLAlchemy URL"),
        (URL, '"mysql+pymysql://host:port/oms"', "sites.demo.hotwax.oms_url", "SQLAlchemy URL"),
        ("America/New_York", "America/Gotham", "sites.demo.time_zone", "America/Gotham"),
        ("America/New_York", "../zone", "sites.demo.time_zone", "IANA"),
        (*schedule('reset = "1:30"'), "sites.demo.schedule.reset", "HH:MM"),
        (*schedule('reset = "24:00"'), "sites.demo.schedule.reset", "HH:MM"),
        (*schedule("cut_off = 06:00:00"), "sites.demo.schedule.cut_off", "valid string"),
        (*schedule('active_products = "02:00"'), "sites.demo.schedule", "active_products (02:00), reset (01:30)"),
        (*schedule('give_up = "01:30"'), "sites.demo.schedule", "reset (01:30), give_up (01:30)"),
        (*schedule('give_up = "07:00"'), "sites.demo.schedule", "in this order; times after the cut-off"),
        (*schedule('cut_off = "05:50"'), "sites.demo.schedule", "give_up (05:55) and cut_off (05:50)"),
        (*schedule('reset = "06:30"'), "sites.demo.schedule", "are the evening's before"),
        *(
            (*mail(f"sender = {address}\nrecipients = ['ops@example.com']"), "sites.demo.alerts.mail.sender", "got")
            for address in NO_ADDRESS
        ),
        *(
            (
                *mail(f"sender = 'a@b.c'\nrecipients = ['a@b.c', {address}]"),
                "sites.demo.alerts.mail.recipients.1",
                "got",
            )
            for address in NO_ADDRESS
        ),
        (RESET, 'staging_folder = "hotwax/ResetInventory"\nreset_folder = ', "sites.demo.hotwax", "staging_folder"),
        (RESET, 'staging_folder = "hotwax/./InventoryVariance/"\nreset_folder = ', "sites.demo.hotwax", "different"),
        (SAMPLE, f"{SAMPLE}{LIMITS}raw_rows_drop = -0.1", "sites.demo.limits.raw_rows_drop", "greater than or equal"),
        (SAMPLE, f"{SAMPLE}{LIMITS}raw_rows_drop = nan", "sites.demo.limits.raw_rows_drop", "number"),
        (SAMPLE, f'{SAMPLE}{LIMITS}raw_rows_drop = "0.1"', "sites.demo.limits.raw_rows_drop", "valid number"),
        (SAMPLE, f'{SAMPLE}{LIMITS}first_night = "ask"', "sites.demo.limits.first_night", "'hold' or 'pass'"),
        (SAMPLE, SAMPLE.replace("sites.demo", "sites.de-mo"), "sites.de-mo", "letters, digits and underscores"),
        ("[sites.demo]", "colour = 1\n[sites.demo]", "colour", "[sites.NAME]"),
        (SAMPLE, "[sites]\ndemo = 3", "sites.demo", "table"),
        (SAMPLE, "", "", "[sites.NAME]"),
        (SAMPLE, "[sites]", "", "[sites.NAME]"),
        ("[sites.demo]", "[sites.demo", "", "line 1"),
    ],
)
def test_what_is_wrong_is_refused_in_one_line(tmp_path: Path, old: str, new: str, key: str, expected: str) -> None:
    file = deployment(tmp_path, changed(old, new))
    with pytest.raises(ConfigError) as refused:
        read_sites(file)
    (line,) = str(refused.value).splitlines()
    assert line.startswith(f"{file}: {key}")
    assert expected in line


@pytest.mark.parametrize("address", ["ops@localhost", "Ops <ops@example.com>", '"night, shop" <a@b.c>'])
def test_a_mail_address_may_have_a_name(tmp_path: Path, address: str) -> None:
    file = deployment(tmp_path, changed(*mail(f"sender = '{address}'\nrecipients = ['{address}']")))
    told = read_sites(file)["demo"].alerts.mail
    assert told is not None
    assert (told.sender, told.recipients) == (address, [address])


@pytest.mark.parametrize(
    "lines",
    ['active_products = "01:30"', 'active_products = "23:00"', 'give_up = "06:00"', 'cut_off = "23:30"',
     'active_products = "20:00"\nreset = "21:00"\ngive_up = "23:00"\ncut_off = "19:59"'],
)  # fmt: skip
def test_clock_times_may_begin_in_the_evening(tmp_path: Path, lines: str) -> None:
    assert read_sites(deployment(tmp_path, changed(*schedule(lines))))["demo"].schedule.reset


def test_without_a_file_it_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; RETAILSYNC_SITES names it"):
        read_sites(tmp_path / "sites.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\0"])
def test_a_file_that_is_no_text_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    file = deployment(tmp_path)
    file.write_bytes(content)
    with pytest.raises(ConfigError) as refused:
        read_sites(file)
    assert str(refused.value).startswith(str(file))
    assert len(str(refused.value).splitlines()) == 1
