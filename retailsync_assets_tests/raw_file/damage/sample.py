"""A small valid raw file with what real ones have: more columns, quotes, zeros lost, another's store, a blank line."""

LINES = (
    b"sbs_no,store_code,upc,description1,qty",
    b"1,S1,12345678905,TEE RED,10",
    b"1,S2,12345678905,TEE RED,4.0",
    b'1,S1,885909950805,"SHIRT, LINEN",-2',
    b'1,S2,885909950805,"SHIRT, LINEN",0',
    b"1,S1,01234567895,G\xc3\x9cRTEL,7",
    b"1,S2,01234567895,G\xc3\x9cRTEL,15",
    b"",
    b'1,S1,36000291452,"T-SHIRT, ""BIG""",120',
    b'1,S2,36000291452,"T-SHIRT, ""BIG""",8',
    b"1,X9,36000291452,CAP,5",
    b'1,S1,99999999999,SNEAKER 9",3',
    b"1,S2,99999999999,BOOT,3",
)
CONTENT = b"".join(line + b"\n" for line in LINES)
ACTIVE = ("012345678905", "885909950805", "001234567895", "036000291452")
STORES = ("S1", "S2")
