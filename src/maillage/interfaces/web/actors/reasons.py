"""Why something may not be done, for the words beside a button that is off."""

from collections.abc import Callable
from typing import Any

from maillage.core.errors import Refused


def reason_of(check: Callable[..., None], *arguments: Any) -> str:
    """Return the reason of a refusal, or nothing when it is allowed."""
    try:
        check(*arguments)
    except Refused as refused:
        return refused.message
    return ""
