"""The ledger: what was promised to HotWax and what was done, in one small SQL database."""
