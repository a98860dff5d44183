"""Five million UPCs are judged by short cuts; each answers as what it stands for, whatever is written."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retailsync_assets.resources.sql import query

NUMBERS_TO_A_DATABASE = [
    *("007", "0", "00", "-0", "-1", "+1", " 1", "1 ", "1.0", "1.5", "1e3", "1E+3", "1_000", "0x1F", "0b1", "1,000"),
    *("18446744073709551615", "18446744073709551616", "99999999999999999999999", "٣", "½", "true", "NULL", "", "12\n"),
]
written = st.none() | st.sampled_from(NUMBERS_TO_A_DATABASE) | st.text("0123456789 +-._eExX٣\t\n\x00") | st.text()


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(query("raw_file/spelling"))
        yield connection


@pytest.mark.parametrize(
    ("short", "long"),
    [
        pytest.param("is_digits($1)", "coalesce(regexp_full_match($1, '[0-9]+'), false)", id="digits alone"),
        pytest.param("without_zeros($1)", "ltrim($1, '0')", id="without zeros in front"),
    ],
)
@given(texts=st.lists(written, min_size=1))
@example(texts=NUMBERS_TO_A_DATABASE)
def test_the_answers_are_the_same(
    duck: duckdb.DuckDBPyConnection, short: str, long: str, texts: list[str | None]
) -> None:
    answers = [
        duck.execute(
            f"SELECT {way.replace('$1', 'one')} FROM (SELECT unnest($texts::VARCHAR[]) AS one)",
            {"texts": texts},
        ).fetchall()
        for way in (short, long)
    ]
    assert answers[0] == answers[1]
