"""Alerts by log, e-mail and Slack: one message per cause and business date."""

import json
import logging
import smtplib
import ssl
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage
from http.client import HTTPException

from retailsync_assets.config.accounts import Secret
from retailsync_assets.config.settings import Mail
from retailsync_assets.errors import RetailSyncError
from retailsync_assets.resources.site import SiteResources
from retailsync_assets.workflow.incidents import Incident

SECONDS = 20.0
log = logging.getLogger("retailsync.alerts")


def send_alert(resources: SiteResources, on: date, missing: Incident) -> bool:
    """Send an alert, once per cause and business date; False if it was sent before, or if every channel just failed.

    A channel that fails is named in the log; an alert that no channel accepted is sent again at the next tick. If the
    ledger fails, the alert still goes out: then each process sends it once.
    """
    site = resources.site
    text = f"{site.name} · business date {on} · {missing.stage}: {missing.reason}\nNext step: {missing.next_step}"
    if _told_before(resources, on, missing.cause, text):
        return False
    log.error("%s", text.replace("\n", " · "))
    failed = list(_failures(resources, f"retailsync: {site.name}, business date {on}: {missing.stage}", text))
    for failure in failed:
        log.error("alert not sent: %s", failure)
    channels = (site.alerts.mail is not None) + (site.alerts.slack_webhook is not None)
    if failed and len(failed) == channels:
        return False
    try:
        return resources.ledger.record_alert(on, missing.cause, text, resources.now())
    except RetailSyncError as outcome:
        resources.told_alerts.add(on, missing.cause)
        log.error("alert not recorded: %s", outcome)
        return True


def _told_before(resources: SiteResources, on: date, cause: str, text: str) -> bool:
    told = (on, cause) in resources.told_alerts
    try:
        if told:
            resources.ledger.record_alert(on, cause, text, resources.now())
            resources.told_alerts.discard(on, cause)
        return resources.ledger.alerted(on, cause)
    except RetailSyncError:
        return told


def _failures(resources: SiteResources, subject: str, text: str) -> Iterator[str]:
    alerts = resources.site.alerts
    if alerts.mail is not None:
        try:
            _mail(alerts.mail, subject, text)
        except (OSError, smtplib.SMTPException) as failed:
            yield f"mail server {alerts.mail.host}:{alerts.mail.port}: {failed}"
        except (ValueError, IndexError, MessageError) as failed:  # what can't be written; a text might quote a password
            yield f"mail server {alerts.mail.host}:{alerts.mail.port}: {type(failed).__name__}"
    if alerts.slack_webhook is not None:
        try:
            _slack(alerts.slack_webhook, text)
        except (OSError, ValueError, HTTPException) as failed:
            yield f"Slack webhook: {type(failed).__name__}"


def _mail(settings: Mail, subject: str, text: str) -> None:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    message.set_content(text)
    with smtp_session(settings) as server:
        server.send_message(message)


@contextmanager
def smtp_session(settings: Mail) -> Generator[smtplib.SMTP]:
    """A session with the mail server, encrypted and authenticated as configured; raises what smtplib raises."""
    with smtplib.SMTP(settings.host, settings.port, timeout=SECONDS) as server:
        if settings.starttls:
            server.starttls(context=ssl.create_default_context())
        if settings.username is not None and settings.password is not None:
            server.login(settings.username, settings.password.reveal())
        yield server


def _slack(webhook: Secret, text: str) -> None:
    """The address is a secret: no error message contains it."""
    address = webhook.reveal()
    if not address.startswith(("https://", "http://")):
        raise ValueError("not an HTTP address")
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - checked above
    with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310 - checked above
        pass
