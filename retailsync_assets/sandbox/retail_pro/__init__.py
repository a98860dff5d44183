"""Retail Pro in the sandbox: its nightly export and its acknowledgements."""
