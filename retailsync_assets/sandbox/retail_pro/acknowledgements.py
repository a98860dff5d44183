"""What Retail Pro has invoiced since the world began: its next snapshot has that much less."""

from datetime import datetime

from sqlalchemy import Engine, and_, func, or_, select

from retailsync_assets.sandbox.hotwax.oms import tables
from retailsync_assets.sandbox.hotwax.rows import stored


def acknowledged(engine: Engine, after: datetime, until: datetime) -> dict[tuple[str, str], int]:
    """Units by SKU and FACILITY_ID whose earliest RETAIL_PRO note lies after the one moment and not after the other."""
    known = tables(engine)
    note, sent, shipment, item, product = (
        known[name].c
        for name in ("ORDER_FULFILLMENT_HISTORY", "ORDER_SHIPMENT", "SHIPMENT", "SHIPMENT_ITEM", "PRODUCT")
    )
    noted = (
        select(func.min(note.CREATED_DATE))
        .where(
            note.EXTERNAL_CONFIG_ID == "RETAIL_PRO",
            note.ORDER_ID == sent.ORDER_ID,
            or_(note.SHIPMENT_ID.is_(None), note.SHIPMENT_ID == sent.SHIPMENT_ID),
            or_(note.ORDER_ITEM_SEQ_ID.is_(None), note.ORDER_ITEM_SEQ_ID == sent.ORDER_ITEM_SEQ_ID),
        )
        .scalar_subquery()
    )
    same_item = and_(item.SHIPMENT_ID == sent.SHIPMENT_ID, item.SHIPMENT_ITEM_SEQ_ID == sent.SHIPMENT_ITEM_SEQ_ID)
    units = (
        select(product.INTERNAL_NAME, shipment.ORIGIN_FACILITY_ID, func.sum(item.QUANTITY))
        .select_from(known["ORDER_SHIPMENT"])
        .join(known["SHIPMENT"], shipment.SHIPMENT_ID == sent.SHIPMENT_ID)
        .join(known["SHIPMENT_ITEM"], same_item)
        .join(known["PRODUCT"], product.PRODUCT_ID == item.PRODUCT_ID)
        .where(shipment.STATUS_ID == "SHIPMENT_SHIPPED", noted > stored(after), noted <= stored(until))
        .group_by(product.INTERNAL_NAME, shipment.ORIGIN_FACILITY_ID)
    )
    with engine.connect() as connection:
        return {(sku, facility_id): int(quantity) for sku, facility_id, quantity in connection.execute(units)}
