from collections import Counter
from datetime import datetime

from sqlalchemy import Engine, text

from retailsync_assets.sandbox.retail_pro.acknowledgements import acknowledged
from retailsync_assets.sandbox.sample.order_stories import BACKGROUND, STORIES
from retailsync_assets.sandbox.sample.stock_levels import on_hand, on_hand_in_hotwax
from retailsync_assets.sandbox.sample.stores_and_products import FACILITY_IDS, ONLINE

# Read off the database alone: shipped by whom and how much, less what was noted in time. Order 27 is of a product that
# is not sold online and order 28 of a store of the outlet: shipped, and no business of this site.
OWED = """
SELECT INTERNAL_NAME, ORIGIN_FACILITY_ID, CAST(SUM(si.QUANTITY) AS INTEGER)
FROM ORDER_SHIPMENT os
JOIN ORDER_HEADER oh USING (ORDER_ID)
JOIN ORDER_ITEM_SHIP_GROUP sg USING (ORDER_ID, SHIP_GROUP_SEQ_ID)
JOIN SHIPMENT s USING (SHIPMENT_ID)
JOIN SHIPMENT_ITEM si USING (SHIPMENT_ID, SHIPMENT_ITEM_SEQ_ID)
JOIN PRODUCT USING (PRODUCT_ID)
WHERE ORDER_TYPE_ID = 'SALES_ORDER' AND s.STATUS_ID = 'SHIPMENT_SHIPPED' AND SHIPMENT_METHOD_TYPE_ID <> 'POS_COMPLETED'
  AND ORDER_ID NOT IN ('DEMO0027', 'DEMO0028')
  AND NOT EXISTS (
      SELECT 1 FROM ORDER_FULFILLMENT_HISTORY h
      WHERE h.ORDER_ID = os.ORDER_ID AND EXTERNAL_CONFIG_ID = 'RETAIL_PRO' AND CREATED_DATE <= :as_of
        AND COALESCE(h.SHIPMENT_ID, os.SHIPMENT_ID) = os.SHIPMENT_ID
        AND COALESCE(h.ORDER_ITEM_SEQ_ID, os.ORDER_ITEM_SEQ_ID) = os.ORDER_ITEM_SEQ_ID)
GROUP BY 1, 2
"""


def told() -> Counter[tuple[str, str]]:
    owed: Counter[tuple[str, str]] = Counter()
    for story in (*STORIES, *BACKGROUND):
        owed.update(story.owed)
    return owed


def test_what_the_stories_owe_is_what_the_database_says(oms: Engine) -> None:
    with oms.connect() as connection:
        rows = connection.execute(text(OWED), {"as_of": "2026-11-21 05:00:00.000000"}).all()
    assert {(sku, facility): units for sku, facility, units in rows} == dict(told())


def test_hotwaxs_stock_is_retail_pros_less_what_is_owed(oms: Engine, as_of: datetime) -> None:
    query = text(
        "SELECT INTERNAL_NAME, FACILITY_ID, QUANTITY_ON_HAND_TOTAL FROM INVENTORY_ITEM JOIN PRODUCT USING (PRODUCT_ID)"
    )
    with oms.connect() as connection:
        found = {(sku, facility): units for sku, facility, units in connection.execute(query)}
    owed = told()
    assert len(found) == len(ONLINE) * len(FACILITY_IDS)
    assert all(found[key] == max(0, on_hand_in_hotwax(*key, as_of.date()) - owed[key]) for key in found)
    steady = {key for key in owed if key[0] != "HOOD-RED-S"}
    assert {key: found[key] for key in steady} == {key: on_hand(*key, as_of.date()) - owed[key] for key in steady}


def test_every_shelfs_history_adds_up_to_its_stock(oms: Engine) -> None:
    query = text(
        "SELECT i.INVENTORY_ITEM_ID FROM INVENTORY_ITEM i JOIN INVENTORY_ITEM_DETAIL d USING (INVENTORY_ITEM_ID)"
        " GROUP BY 1 HAVING SUM(QUANTITY_ON_HAND_DIFF) <> QUANTITY_ON_HAND_TOTAL"
        " OR SUM(AVAILABLE_TO_PROMISE_DIFF) <> AVAILABLE_TO_PROMISE_TOTAL"
    )
    with oms.connect() as connection:
        assert connection.execute(query).all() == []


def test_retail_pro_absorbs_later_what_is_acknowledged_later(oms: Engine, as_of: datetime) -> None:
    later = as_of.replace(hour=6)
    assert acknowledged(oms, as_of, later) == {
        ("TEE-RED-M", "BOSTON"): 3,
        ("TEE-BLK-L", "DENVER"): 2,
        ("TEE-NVY-M", "BOSTON"): 1,
    }
    assert acknowledged(oms, later, later) == {}
