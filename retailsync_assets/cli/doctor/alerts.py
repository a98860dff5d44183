"""Who would hear of a held night, tried as far as nothing has to be sent."""

import smtplib
from collections.abc import Iterator
from functools import partial

from retailsync_assets.cli.doctor.finding import Finding, attempt, ok, warn
from retailsync_assets.config.loader import Site
from retailsync_assets.config.settings import Mail
from retailsync_assets.reporting.alerts import smtp_session


def of_alerts(site: Site) -> Iterator[Finding]:
    """Mail: connected and logged in, no message sent. Slack: its address is there; trying it would post."""
    alerts, section = site.alerts, f"sites.{site.name}.alerts"
    if alerts.mail is None and alerts.slack_webhook is None:
        found = "nobody hears of a held or missed night but the log"
        yield warn("alerts", "who is told", found, f"set {section}.mail or {section}.slack_webhook")
    if alerts.mail is not None:
        tried = f"log in to the mail server {alerts.mail.host}:{alerts.mail.port}"
        yield attempt("alerts.mail", tried, f"mend {section}.mail", partial(_greeted, alerts.mail))
    if alerts.slack_webhook is not None:
        yield ok("alerts.slack_webhook", "its variable", "set; not tried, as that would post")


def _greeted(mail: Mail) -> str:
    try:
        with smtp_session(mail):
            return f"it takes mail for {len(mail.recipients)} people"
    except (smtplib.SMTPException, TimeoutError, ConnectionError) as refused:
        raise OSError(str(refused)) from refused
