"""Who is behind an open session: the one query that every request of a signed-in person makes."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend
from django.db.models import Subquery

from tiendo.foundation.accounts.models import Policy, User


class HouseBackend(ModelBackend):
    """Names and passwords as Django has them."""

    def get_user(self, user_id: int) -> User | None:
        """With what the office chose about the second factor: a change of it holds for sessions that are open, and no
        request asks once more for that.
        """
        chosen = Policy.objects.values("second_factor")[:1]
        user = User.objects.annotate(second_factor_chosen=Subquery(chosen)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
