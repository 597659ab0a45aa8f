"""No letter and no notification tells whoever receives it what they may not know: asked, answered, reminded, later."""

import pytest

from maillage.domain.mail.models import Message
from tests.interfaces.secret_drawing import whole_world
from tests.interfaces.secret_letters import Postbox
from tests.interfaces.secret_ties import advance, let_days_go_by, tie
from tests.interfaces.secret_world import SecretWorld, hide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


def test_letters__tell_each_of_their_readers_what_it_may_know(secret_base: SecretWorld) -> None:
    post, drawn = Postbox(), whole_world()
    hidden = hide(secret_base, drawn)
    found = [f"before: {one}" for one in post.leaks(hidden)]
    ties = tie(hidden, drawn)
    found += [f"asked: {one}" for one in post.leaks(hidden)]
    advance(hidden, ties)
    found += [f"answered: {one}" for one in post.leaks(hidden)]
    let_days_go_by(hidden)
    found += [f"later: {one}" for one in post.leaks(hidden)]
    kinds = set(Message.objects.values_list("kind", flat=True))
    assert {"introduction", "confirmation"} <= {kind.lower() for kind in kinds}, kinds
    assert not found, "\n".join(found)
