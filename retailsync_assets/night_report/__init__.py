"""The night on one HTML page, for people: what it shows, gathered from ledger and lake, and how it is drawn."""
