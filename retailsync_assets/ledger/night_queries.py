"""The statements that read one night. A run reads it a hundred times, and to build them takes longer than to run them.

Each binds `site` and, but for `BEGAN`, which is when the site's books begin, `on`: the business date. `GIVEN_UP` binds
`recent`, too: the first business date that it looks at.
"""

from functools import cache
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, func, or_, select

from retailsync_assets.ledger import schema
from retailsync_assets.ledger.models import BEGUN, DeliveryKind, DeliveryState

SITE, ON = bindparam("site", type_=schema.delivery.c.site.type), bindparam("on", type_=schema.Day())
RECENT = bindparam("recent", type_=schema.Day())


@cache
def rows_of_a_night(table: Table, order: str) -> Select[Any]:
    """The table's rows of one night, in the order of that column."""
    return select(table).where(table.c.site == SITE, table.c.business_date == ON).order_by(table.c[order])


def _outstanding() -> Select[Any]:
    """Every other night's delivery that has not come to its end."""
    table = schema.delivery
    open_states = (DeliveryState.PUBLISHING, DeliveryState.PUBLISHED, DeliveryState.WITHDRAWING)
    never_sent = and_(table.c.state == DeliveryState.NEW, table.c.business_date < ON)
    query = select(table).where(
        table.c.site == SITE, table.c.business_date != ON, or_(table.c.state.in_(open_states), never_sent)
    )
    return query.order_by(table.c.id)


def _given_up() -> Select[Any]:
    """Every recent other night's delivery that ended unapplied: HotWax may take its import up again."""
    table = schema.delivery
    query = select(table).where(
        table.c.site == SITE,
        table.c.business_date != ON,
        table.c.business_date >= RECENT,
        table.c.state.in_((DeliveryState.REJECTED, DeliveryState.WITHDRAWN)),
    )
    return query.order_by(table.c.id)


def _elsewhere_on_hold() -> Select[Any]:
    """The open holds of other nights; a hold on a file names it as its subject."""
    table = schema.hold
    query = select(table).where(table.c.site == SITE, table.c.business_date != ON, table.c.approved_at.is_(None))
    return query.order_by(table.c.raised_at)


def _last_released() -> Select[Any]:
    """The newest stock of any other night whose reset has gone out (or is about to)."""
    snapshot, delivery = schema.snapshot, schema.delivery
    return (
        select(func.max(snapshot.c.as_of))
        .join(
            delivery,
            and_(delivery.c.site == snapshot.c.site, delivery.c.snapshot_id == snapshot.c.snapshot_id),
        )
        .where(
            snapshot.c.site == SITE,
            delivery.c.kind == DeliveryKind.RESET,
            delivery.c.state.in_(BEGUN),
            delivery.c.business_date != ON,
            snapshot.c.business_date == delivery.c.business_date,
        )
    )


BEGAN = select(schema.journal.c.at).where(schema.journal.c.site == SITE).order_by(schema.journal.c.id).limit(1)
OUTSTANDING, GIVEN_UP, LAST_RELEASED = _outstanding(), _given_up(), _last_released()
ELSEWHERE_ON_HOLD = _elsewhere_on_hold()
