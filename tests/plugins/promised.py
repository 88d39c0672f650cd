"""`TIENDO_REQUIRE=browser,corpus`: a test of a promised kind (by its marker) that is skipped counts as failed.

On a machine without Chromium the browser tests are skipped and say why; in CI the same is a failure.
Loaded by `make test`.
"""

import os

import pytest


def promised() -> set[str]:
    return {name.strip() for name in os.environ.get("TIENDO_REQUIRE", "").split(",") if name.strip()}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    broken = promised() & {mark.name for mark in item.iter_markers()}
    if report.skipped and broken and not hasattr(report, "wasxfail"):
        why = call.excinfo.value if call.excinfo else "skipped"
        report.outcome = "failed"
        report.longrepr = f"promised ({', '.join(sorted(broken))}), yet skipped: {why}"
    return report
