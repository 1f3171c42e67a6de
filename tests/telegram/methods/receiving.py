"""How updates reach a bot. Long polling itself waits in the server (polling.py)."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.telegram.accounts import Webhook
from tests.telegram.calls import Call
from tests.telegram.errors import bad_request
from tests.telegram.values import JSON

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
PORTS = {443, 80, 88, 8443}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def set_webhook(call: Call) -> bool:
    """Post updates to an address from now on; plain HTTP and any port on the loopback only."""
    url = call.string("url")
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    if parts.hostname not in LOOPBACK:
        if parts.scheme != "https":
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in PORTS:
            raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = call.string("secret_token") or None
    if secret is not None and not SECRET.match(secret):
        raise bad_request("secret token contains unallowed characters")
    call.bot.allow(call.json("allowed_updates"))
    _drop(call)
    attempts = call.bot.webhook.attempts
    call.bot.webhook = Webhook(url, secret, call.integer("max_connections", 40), attempts=attempts)
    call.bot.end_poll("terminated by setWebhook request")
    call.world.told(call.bot)
    return True


def delete_webhook(call: Call) -> bool:
    _drop(call)
    call.bot.webhook = Webhook(attempts=call.bot.webhook.attempts)
    return True


def get_webhook_info(call: Call) -> JSON:
    hook = call.bot.webhook
    info: JSON = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(call.bot.pending)}
    if hook.last_error:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    if hook.url:
        info |= {"max_connections": hook.max_connections, "allowed_updates": sorted(call.bot.allowed)}
    return info


def _drop(call: Call) -> None:
    if call.flag("drop_pending_updates"):
        call.bot.pending.clear()


def log_out(call: Call) -> bool:
    """After it the cloud refuses the token until it is used elsewhere; here for good."""
    call.bot.ended = True
    return True


METHODS = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": lambda call: True,
}
