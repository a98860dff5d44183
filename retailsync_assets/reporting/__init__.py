"""Alerts, and the HTML page of the nightly report."""
