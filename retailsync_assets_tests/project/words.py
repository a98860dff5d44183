"""Words that the product does not use, and the field's words for the same things."""

import re
from dataclasses import dataclass, field
from typing import Literal

Scope = Literal["everywhere", "told"]


@dataclass(frozen=True)
class Word:
    """`pattern` is not to be found in any letter case; `scope` "told": what users read, not internal names."""

    pattern: str
    instead: str
    scope: Scope = "everywhere"
    regex: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.pattern, re.IGNORECASE))


WORDS = (
    Word(r"\bnight of\b|\bnights? (is|are|was) (held|complete|missed)\b|\bnight after night\b", "business date"),
    Word(r"\b(the|a|this|one|each|last|past|held|whole) nights?\b|\btonight\b", "business date, nightly run", "told"),
    Word(r"\bkeys (set|that change|in the reset|with drift|sold online)\b", "SKU-locations updated"),
    Word(r"\b(units?|unit) of (one|a) key\b|\b\d keys\b|\bkeys? (fall|change|drift)s?\b", "SKU-location", "told"),
    Word(r"(?<!newly in )(?<!in )\bstock\b", "inventory, on-hand quantity", "told"),
    Word(r"\bt(ake|akes|aken|ook|aking) off\b", "deducted"),
    Word(r"\bg(ive|ives|iven|ave|iving) back\b", "added back"),
    Word(r"\breset rests\b|\brest after\b|\bto rest\b|\bhour of rest\b", "waiting period before the variance"),
    Word(r"\bwhat it waits for\b|\bcan run now\b", "waiting for …, next: …"),
    Word(r"\bis held\b|\bare held\b|\bheld nights?\b|\bholds? the night\b|\bstand still\b", "on hold", "told"),
    Word(
        r"^released: |\breleas\w+ (a|an|the|every|all|what) (open |held )?(hold|night|run|it)s?\b", "approved", "told"
    ),
    Word(r"(?<!circuit )\bbreakers?\b(?!\.py)", "circuit breaker", "told"),
    Word(r"\bevidence\b", "import confirmation", "told"),
    Word(r"\bstock read back\b|\bread[- ]back\b", "reconciliation"),
    Word(r"\bnothing explains\b", "unexplained difference (drift)"),
    Word(r"\bjudged\b", "refreshed, checked", "told"),
    Word(
        r"\bstock counted\b|\bfile landed\b|\blanded whole\b", "snapshot taken, file received, downloaded and verified"
    ),
    Word(r"\btold at\b", "generated at"),
    Word(r"\bagainst (the|its) plan\b|\bstages against plan\b", "planned and actual"),
    Word(r"\bbeside the last nights\b", "trend"),
    Word(r"\bleft out\b(?! were)", "excluded", "told"),
    Word(r"\bstuck orders?\b|\borders? (that (is|are) )?stuck\b|\bno order is stuck\b", "unacknowledged shipments"),
    Word(r"\bnight reports?\b", "nightly report"),
    Word(r"\bmend(s|ed|ing)?\b", "fix, next step"),
    Word(r"\ball well\b|\b\d+ well\b|\bto look at\b", "passed, warnings", "told"),
    Word(r"\bwho may (read|look)\b", "private key permissions"),
    Word(r"\blogin is taken\b", "authenticated"),
    Word(r"\bnot the server it was\b", "host key mismatch"),
    Word(r"\bthere is no site\b", "Unknown site 'X'. Configured sites: …"),
    Word(
        r"\bdagster'?s (own |web )?page\b|\bweb page\b|\bin the page\b|\bthe page's (history|own name)\b", "Dagster UI"
    ),
    Word(r"\bbooks\b|\bjournal\b(?! mode)", "ledger, audit log", "told"),
    Word(r"\bembedded world\b|\bfounded\b|\bfounding\b", "sandbox, created"),
    Word(r"\bstood still\b|\btwo looks\b", "unchanged for two polls"),
    Word(r"\bwhy it lasts\b", "unacknowledged"),
    Word(r"\bneeds no network\b", "self-contained"),
    Word(r"\bas you like\b", "optional"),
    Word(r"\bat hand\b", "adds to PATH"),
    Word(
        r"\bthe snapshot is tonights\b|\bthe active products are tonights\b|\bthe reset is of this snapshot\b"
        r"|\bthe evidence is of this reset\b|\bno breaker holds\b|\bevery line is accounted for$"
        r"|\bevery row in scope is sound\b|\bevery upca names one product\b|\bhotwax applied every row$"
        r"|\bhotwax has what it should\b|\bthe two rules are close\b",
        "the checks' names of the reference",
    ),
    Word(
        r"\bat 0[0-9]{3}\b|\bdemo (arrival|evidence|failure|silence)\b",
        "schedules' and sensors' names of the reference",
    ),
)

ALLOWED = (
    r"one key, different (spellings|quantities)",  # rules of a raw file: values in quarantined_rows
    r"`[\w/]+\.py::\w+`",  # tests, whose names are sentences of our own
    r"\bkeys_with_drift\b|\blines_on_weaker_evidence\b",  # figures in Dagster, plotted under these names
    r"\bis_held\b|\bbreaker_figures\b|\bimport_evidence\b",  # a key of the plan's JSON, a query, a module
    r"^journal$",  # a key of a manifest's JSON, which older homes hold
    r"┃ stock ┃",  # "newly in stock", a heading over several lines
)
"""Uses in which a word means something else; they are taken out before a text is read."""


def found_in(text: str, *scopes: Scope) -> list[str]:
    """Each word of these scopes that a text has, with what to write instead."""
    for use in ALLOWED:
        text = re.sub(use, "", text)
    text = text.replace("_", " ")
    return [
        f"{found[0]!r}: write {word.instead}"
        for word in WORDS
        if word.scope in scopes
        for found in word.regex.finditer(text)
    ]
