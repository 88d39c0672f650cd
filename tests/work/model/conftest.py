"""What the machine asserts is told as fully as what a test asserts."""

import pytest

pytest.register_assert_rewrite(*(f"work.model.{name}" for name in ("machine", "dates", "changes", "comparing")))
