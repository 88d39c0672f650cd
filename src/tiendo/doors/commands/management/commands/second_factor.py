"""`tiendo second-factor [off|roles|all]`: who must have a second factor."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.foundation.accounts.actions import policy
from tiendo.foundation.accounts.models import Policy
from tiendo.foundation.accounts.permissions import deciding, role_names
from tiendo.foundation.accounts.queries import second_factor_wanted

ACTOR = "shell:second-factor"
MEANS = {
    "off": "không ai bắt buộc",
    "roles": "bắt buộc với các vai trò {roles}",
    "all": "bắt buộc với mọi người",
}


class Command(HouseCommand):
    help = "Đặt quy định ai phải có bước xác thực thứ hai. Không ghi gì: cho biết quy định hiện tại."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("wanted", nargs="?", choices=Policy.SecondFactor.values, help="off, roles hoặc all")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["wanted"]:
            policy.set_second_factor(wanted=options["wanted"], by=ACTOR, at=timezone.now())
        roles = ", ".join(name for code, name in role_names().items() if code in deciding())
        self.say(f"Bước xác thực thứ hai: {MEANS[second_factor_wanted()].format(roles=roles)}.")
        if settings.SECOND_FACTOR != "auto":
            self.say("Biến TIENDO_SECOND_FACTOR đang được đặt và có hiệu lực thay cho quy định đã ghi.")
