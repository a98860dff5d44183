"""Retail Pro's file, from the inbox to trusted rows: download, checks, parser, quarantine, circuit breakers."""
