"""HotWax in the sandbox: its database, its import jobs, and the stock they keep."""
