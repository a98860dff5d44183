-- Orders @first to @last of @orders: one to four lines and one shipment each, three status rows, noted by two systems.
-- Time runs evenly from @seconds before @now up to @now. One order in 500 was never noted, one in 1000 is still partial.
CREATE OR REPLACE TEMPORARY TABLE n (n INT PRIMARY KEY, order_id CHAR(10), shipment_id CHAR(10), facility_id VARCHAR(5), at DATETIME) AS
SELECT @first + seq AS n, CONCAT('O', LPAD(@first + seq, 9, '0')) AS order_id, CONCAT('S', LPAD(@first + seq, 9, '0')) AS shipment_id,
    CONCAT('F', 1 + (@first + seq) % 200) AS facility_id,
    TIMESTAMPADD(SECOND, -FLOOR((@orders - @first - seq) / @orders * @seconds), @now) AS at
FROM seq_0_to_499999 WHERE @first + seq <= @last;

INSERT INTO FACILITY SELECT CONCAT('F', seq), 'RETAIL_STORE', CONCAT('S', seq), NULL, NULL FROM seq_1_to_200 WHERE @first = 1;
INSERT INTO PRODUCT_STORE_FACILITY SELECT 'STORE', CONCAT('F', seq), '2020-01-01', NULL FROM seq_1_to_200 WHERE @first = 1;
INSERT INTO PRODUCT SELECT CONCAT('P', seq), 'FINISHED_GOOD', CONCAT('SKU', seq), 'N', 'Y', NULL FROM seq_1_to_2000 WHERE @first = 1;
INSERT INTO GOOD_IDENTIFICATION SELECT CONCAT('P', seq), 'UPCA', LPAD(seq, 12, '6'), '2020-01-01', NULL FROM seq_1_to_2000 WHERE @first = 1;
INSERT INTO SHOPIFY_SHOP SELECT 'SHOP', 'STORE', 'Y' FROM seq_1_to_1 WHERE @first = 1;
INSERT INTO SHOPIFY_SHOP_PRODUCT SELECT 'SHOP', seq, CONCAT('P', seq), seq FROM seq_1_to_2000 WHERE @first = 1;

INSERT INTO ORDER_HEADER SELECT order_id, 'SALES_ORDER', n, 'WEB_SALES_CHANNEL', 'STORE', IF(n % 1000 = 0, 'ORDER_APPROVED', 'ORDER_COMPLETED'), at, at FROM n;
INSERT INTO ORDER_ITEM SELECT order_id, LPAD(seq, 5, '0'), '00001', CONCAT('P', 1 + (n * 7 + seq) % 2000), 1, NULL, 'ITEM_COMPLETED' FROM n JOIN seq_1_to_4 ON seq <= 1 + n % 4;
INSERT INTO ORDER_ITEM_SHIP_GROUP SELECT order_id, '00001', facility_id, 'STANDARD' FROM n;
INSERT INTO SHIPMENT SELECT shipment_id, 'SALES_SHIPMENT', 'SHIPMENT_SHIPPED', facility_id FROM n;
INSERT INTO SHIPMENT_ITEM SELECT shipment_id, LPAD(seq, 5, '0'), CONCAT('P', 1 + (n * 7 + seq) % 2000), 1 FROM n JOIN seq_1_to_4 ON seq <= 1 + n % 4;
INSERT INTO ORDER_SHIPMENT SELECT order_id, LPAD(seq, 5, '0'), '00001', shipment_id, LPAD(seq, 5, '0'), 1 FROM n JOIN seq_1_to_4 ON seq <= 1 + n % 4;
INSERT INTO SHIPMENT_STATUS SELECT CONCAT(shipment_id, '-', seq), shipment_id, ELT(seq, 'SHIPMENT_INPUT', 'SHIPMENT_PACKED', 'SHIPMENT_SHIPPED'), at FROM n JOIN seq_1_to_3;
INSERT INTO ORDER_FULFILLMENT_HISTORY SELECT CONCAT(n, '-', seq), ELT(seq, 'RETAIL_PRO', 'SHOPIFY'), shipment_id, order_id, NULL, NULL, at + INTERVAL 2 HOUR, NULL FROM n JOIN seq_1_to_2 WHERE n % 500 <> 1 AND n % 1000 <> 0;

INSERT INTO INVENTORY_ITEM SELECT CONCAT('I', LPAD(n, 9, '0')), CONCAT('P', 1 + n % 2000), CONCAT('F', 1 + FLOOR(n / 2000) % 200), 'TLTLTLLL01', 10, 10 FROM n WHERE n <= 400000;
INSERT INTO INVENTORY_ITEM_DETAIL SELECT CONCAT('I', LPAD(1 + n * 7 % LEAST(@orders, 400000), 9, '0')), LPAD(n * 3 + seq, 9, '0'), at, -1, -1, ELT(seq, 'VAR_EXT_RESET', 'POS_SALE', 'VAR_INTEGR'), NULL, NULL, NULL, NULL, NULL FROM n JOIN seq_1_to_3;
INSERT INTO DATA_MANAGER_LOG SELECT CONCAT('L', n), 'RESET_INVENTORY', 'SERVICE_FINISHED', at, at, at, 1, 0 FROM n WHERE n % 100 = 0;
INSERT INTO DATA_MANAGER_CONTENT SELECT CONCAT('C', n), CONCAT('L', n), 'DmcntImported', CONCAT('ResetInventory_', n, '.csv'), 1, NULL, NULL FROM n WHERE n % 100 = 0
