"""The alert channels, checked without sending anything."""

import smtplib
from collections.abc import Iterator
from functools import partial

from retailsync_assets.cli.doctor.finding import Finding, attempt, ok, warn
from retailsync_assets.config.loader import Site
from retailsync_assets.config.settings import Mail
from retailsync_assets.config.wording import counted
from retailsync_assets.reporting.alerts import smtp_session


def of_alerts(site: Site) -> Iterator[Finding]:
    """Mail: connected and authenticated, no message sent. Slack: only that the address is set; a test would post."""
    alerts, section = site.alerts, f"sites.{site.name}.alerts"
    if alerts.mail is None and alerts.slack_webhook is None:
        found = "alerts go to the log only"
        yield warn("alerts", "alert channels", found, f"set {section}.mail or {section}.slack_webhook")
    if alerts.mail is not None:
        tried = f"log in to mail server {alerts.mail.host}:{alerts.mail.port}"
        yield attempt("alerts.mail", tried, f"fix {section}.mail", partial(_greeted, alerts.mail))
    if alerts.slack_webhook is not None:
        yield ok("alerts.slack_webhook", "webhook address", "set; not tested, because a test would post a message")


def _greeted(mail: Mail) -> str:
    try:
        with smtp_session(mail):
            return f"authenticated, {counted(len(mail.recipients), 'recipient')}"
    except (smtplib.SMTPException, TimeoutError, ConnectionError) as refused:
        raise OSError(str(refused)) from refused
