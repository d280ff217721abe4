"""Signs messages so that whoever receives one can tell that it is ours, whole, and not sent before."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

PREFIX = "whsec_"


def signed_headers(secret: str, message: str, at: datetime, body: bytes) -> Mapping[str, str]:
    """The headers of one attempt: the message's id, when it is sent (seconds since 1970), and the signature.

    >>> from datetime import UTC
    >>> at = datetime(2022, 1, 6, 8, tzinfo=UTC)
    >>> headers = signed_headers("whsec_a2hhYmFyMjQ=", "msg_dozens", at, b"{}")
    >>> headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"][:3]
    ('msg_dozens', '1641456000', 'v1,')
    """
    seconds = str(int(at.timestamp()))
    content = b".".join((message.encode(), seconds.encode(), body))
    made = hmac.new(b64decode(secret.removeprefix(PREFIX)), content, sha256).digest()
    return {
        "webhook-id": message,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{b64encode(made).decode()}",
    }
