"""How the shelves of many histories end, set beside what really stands on them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from retailsync_assets_tests.end_to_end.histories.shelf import Shelf

MANY = 20


@dataclass
class Count:
    """`wrong` names the first shelves that end otherwise than they must: by the site as it is, with response files, or
    with till movements booked again. `documented_wrong` are histories that the documented rule gets wrong.
    """

    histories: int = 0
    shelves: int = 0
    exact: int = 0
    exact_replayed: int = 0
    not_to_be_known: int = 0
    moved_by_tills: int = 0
    deducted: int = 0
    replayed: int = 0
    documented_wrong: int = 0
    documented_oversold: int = 0
    seen: Counter[str] = field(default_factory=Counter[str])
    wrong: list[str] = field(default_factory=list[str])

    def add(self, other: "Count") -> None:
        """Another batch's."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def judge(self, shelf: Shelf, ends: dict[str, int]) -> None:
        """One shelf: what HotWax has in the end, by variant of the site."""
        self.shelves += 1
        open_ended = shelf.doubtful or shelf.short_at_snapshot
        self.not_to_be_known += open_ended
        self.moved_by_tills += shelf.erased_live
        for variant, end in ends.items():
            knows_tills = variant == "replayed" or not shelf.erased_live
            if variant == "documented" or not knows_tills:
                continue
            if end == shelf.stands:
                self.exact += variant == "strict"
                self.exact_replayed += variant == "replayed"
            elif end > shelf.stands or not open_ended:
                self.wrong.append(f"{shelf.item}, {variant}: {end} in HotWax, {shelf.stands} on the shelf")

    def judge_documented(self, ends: Iterable[tuple[Shelf, int]]) -> None:
        """One history by the documented rule; where tills or doubt play a part no rule is blamed."""
        differences = [
            end - shelf.stands
            for shelf, end in ends
            if not (shelf.doubtful or shelf.short_at_snapshot or shelf.erased_live)
        ]
        self.documented_wrong += any(differences)
        self.documented_oversold += any(difference > 0 for difference in differences)

    def lines(self) -> list[str]:
        """For a person."""
        ends = f"{self.exact:,} exact as they are, {self.exact_replayed:,} with till movements booked again"
        others = f"{self.moved_by_tills:,} moved by tills in between, {self.not_to_be_known:,} not to be known"
        wrong, oversold = self.documented_wrong / self.histories, self.documented_oversold / self.histories
        return [
            f"{self.histories:,} histories, {self.shelves:,} shelves: {ends}; {others}; {len(self.wrong):,} wrong",
            f"documented rule: wrong in {wrong:.1%} of the histories, too many in {oversold:.1%}",
            ", ".join(f"{times:,} {what}" for what, times in sorted(self.seen.items())),
            *self.wrong[:MANY],
        ]
