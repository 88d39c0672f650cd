"""The scripts of set-up and checks, on machines that lack something."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
ROOT = Path(__file__).resolve().parents[1]
OPS = ROOT / "ops"
TOOLS = ("sh", "env", "dirname", "cat", "rm", "id", "grep", "basename", "tail", "mktemp")


def run(script, *arguments, **environment):
    return subprocess.run(
        [OPS / script, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def machine(tmp_path):
    """A PATH with the plain tools and whatever is put on it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(shutil.which(tool))

    def put(name, script, where=folder):
        where.mkdir(parents=True, exist_ok=True)
        path = where / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return folder, put


def python(version, says=""):
    """What an interpreter answers to the two questions of find-python."""
    good = tuple(map(int, version.split("."))) >= (3, 12)
    return f'case "$2" in *executable*) echo "{says or "$0"}" ;; *) exit {0 if good else 1} ;; esac'


class TestFindPython:
    def find(self, folder, home, **more):
        return run("find-python", PATH=str(folder), HOME=str(home), **more)

    def test_takes_python3_where_it_is_new_enough(self, machine, tmp_path):
        folder, put = machine
        path = put("python3", python("3.13"))
        put("python3.12", python("3.12"))
        assert self.find(folder, tmp_path).stdout.strip() == str(path)

    def test_passes_over_an_old_one(self, machine, tmp_path):
        folder, put = machine
        put("python3", python("3.11"))
        path = put("python3.12", python("3.12"))
        put("python3.13", python("3.13"))
        assert self.find(folder, tmp_path).stdout.strip() == str(path.with_name("python3.13"))

    def test_a_wrapper_that_fails_does_not_hide_a_good_one(self, machine, tmp_path):
        folder, put = machine
        put("python3", "echo 'command not found' >&2; exit 127", where=tmp_path / "shims")
        path = put("python3", python("3.14"))
        found = run("find-python", PATH=f"{tmp_path / 'shims'}:{folder}", HOME=str(tmp_path))
        assert (found.returncode, found.stdout.strip()) == (0, str(path))

    def test_looks_into_pyenv_last(self, machine, tmp_path):
        folder, put = machine
        put("python3", python("3.11"))
        put("python3", python("3.12"), where=tmp_path / ".pyenv/versions/3.12.9/bin")
        path = put("python3", python("3.13"), where=tmp_path / ".pyenv/versions/3.13.1/bin")
        assert self.find(folder, tmp_path).stdout.strip() == str(path)

    def test_says_what_to_install(self, machine, tmp_path):
        folder, put = machine
        put("python3", python("3.11"))
        found = self.find(folder, tmp_path)
        assert (found.returncode, found.stdout) == (1, "")
        assert "apt install python3 python3-venv" in found.stderr

    def test_the_one_that_is_named(self, machine, tmp_path):
        folder, put = machine
        put("python3", python("3.13"))
        named = put("mine", python("3.12"))
        assert self.find(folder, tmp_path, PYTHON=str(named)).stdout.strip() == str(named)
        old = self.find(folder, tmp_path, PYTHON=str(put("old", python("3.9"))))
        assert old.returncode == 1
        assert "not a Python 3.12" in old.stderr

    def test_finds_one_on_this_machine(self):
        found = run("find-python", PATH=os.environ["PATH"], HOME=os.environ.get("HOME", ""), PYTHON=sys.executable)
        assert Path(found.stdout.strip()).exists()


def test_make_venv_names_the_missing_package(machine, tmp_path):
    folder, put = machine
    put("python3", 'case "$2" in *executable*) echo "$0" ;; *ensurepip*) exit 1 ;; *) exit 0 ;; esac')
    made = run("make-venv", str(tmp_path / "venv"), PATH=str(folder), HOME=str(tmp_path))
    assert made.returncode == 1
    assert "apt install python3-venv" in made.stderr
    assert not (tmp_path / "venv").exists()


def test_make_venv_leaves_nothing_half_made(machine, tmp_path):
    folder, put = machine
    put("python3", f'case "$*" in *executable*) echo "$0" ;; *--clear*) {shutil.which("mkdir")} "$4"; exit 1 ;; esac')
    made = run("make-venv", str(tmp_path / "venv"), PATH=str(folder), HOME=str(tmp_path))
    assert made.returncode != 0
    assert not (tmp_path / "venv").exists()


class TestPip:
    @pytest.fixture
    def pip(self, machine, tmp_path):
        """ops/pip in a checkout whose Python prints what it was given."""
        folder, put = machine
        ops = tmp_path / "checkout" / "ops"
        ops.mkdir(parents=True)
        shutil.copy(OPS / "pip", ops / "pip")
        put("python", 'echo "$@"; env', where=tmp_path / "checkout" / ".venv" / "bin")

        def call(**environment):
            done = subprocess.run(
                [ops / "pip", "install", "x"],
                env={"PATH": str(folder), **environment},
                capture_output=True,
                text=True,
                timeout=30,
                check=True,
            )
            return done.stdout

        return call

    @pytest.mark.parametrize(
        "name", ["PIP_CERT", "PIP_CLIENT_CERT", "PIP_CONFIG_FILE", "REQUESTS_CA_BUNDLE", "PIP_FIND_LINKS"]
    )
    def test_settings_that_point_nowhere_are_dropped(self, pip, name, tmp_path):
        assert f"{name}=" not in pip(**{name: str(tmp_path / "gone")})
        (tmp_path / "here").touch()
        assert f"{tmp_path / 'here'}" in pip(**{name: str(tmp_path / "here")})

    @pytest.mark.parametrize(
        "name", ["PIP_USER", "PIP_TARGET", "PIP_CONSTRAINT", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH"]
    )
    def test_settings_of_other_work_are_dropped(self, pip, name):
        assert f"{name}=" not in pip(**{name: "1"})

    def test_mirrors_of_the_machine_stay(self, pip):
        said = pip(PIP_INDEX_URL="https://mirror.invalid/simple", PIP_FIND_LINKS="/gone https://mirror.invalid/wheels")
        assert "PIP_INDEX_URL=https://mirror.invalid/simple" in said
        assert "https://mirror.invalid/wheels" in said
        assert "/gone" not in said


class TestSystemPackages:
    def test_does_nothing_when_they_are_there(self, machine):
        folder, put = machine
        for program in ("chromium", "soffice", "antiword"):
            assert run("system-packages", PATH=str(folder)).stdout
            put(program, "")
        put("apt-get", "echo called; exit 1")
        done = run("system-packages", PATH=str(folder))
        assert (done.returncode, done.stdout) == (0, "")

    def test_prints_the_line_for_somebody_who_is_not_root(self, machine):
        folder, put = machine
        (folder / "id").unlink()
        put("id", "echo 1000")
        done = run("system-packages", PATH=str(folder))
        assert done.returncode == 0
        assert "sudo apt-get" in done.stdout
        assert "chromium" in done.stdout

    def test_installs_as_root(self, machine, tmp_path):
        folder, put = machine
        (folder / "id").unlink()
        put("id", "echo 0")
        put("apt-get", f'echo "$@" >>{tmp_path}/calls')
        assert run("system-packages", PATH=str(folder)).returncode == 0
        calls = (tmp_path / "calls").read_text()
        assert "update" in calls
        assert re.search(r"install .*chromium .*fonts-liberation2 .*libreoffice-writer-nogui .*antiword", calls)


class TestAudit:
    def audit(self, machine, says, status):
        folder, put = machine
        tool = put("pip-audit", f"echo '{says}'; exit {status}")
        return run("audit", PATH=str(folder), AUDIT=str(tool))

    def test_nothing_known(self, machine):
        done = self.audit(machine, "No known vulnerabilities found", 0)
        assert done.returncode == 0
        assert "run.txt: no known vulnerability" in done.stdout

    def test_a_known_vulnerability_fails(self, machine):
        done = self.audit(machine, "Found 1 known vulnerability in 1 package", 1)
        assert done.returncode == 1
        assert "Found 1 known" in done.stdout

    @pytest.mark.parametrize(
        "says", ["requests.exceptions.ConnectionError: Max retries exceeded", "ServiceError: 503 Server Error"]
    )
    def test_data_out_of_reach_is_said_and_is_no_failure(self, machine, says):
        done = self.audit(machine, says, 1)
        assert done.returncode == 0
        assert "NOT CHECKED" in done.stdout

    def test_any_other_trouble_fails(self, machine):
        assert self.audit(machine, "error: invalid requirement", 1).returncode == 1


@pytest.mark.parametrize(
    "path",
    [*sorted(path for path in OPS.iterdir() if path.is_file()), ROOT / ".ci" / "run"],
    ids=lambda path: path.name,
)
def test_scripts_parse_and_may_be_run(path):
    assert os.access(path, os.X_OK)
    shell = "bash" if "bash" in path.read_text().splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", path], check=False, timeout=10).returncode == 0


@pytest.mark.parametrize(
    "target",
    [
        "setup",
        "setup-dev",
        "run",
        "test",
        "check",
        "bench",
        "bench-reader",
        "fuzz",
        "score",
        "demo",
        "lock",
        "coverage",
    ],
)
def test_make_knows(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 0, done.stderr


def test_no_registry_host_is_named():
    named = re.compile(r"pypi\.org|pythonhosted|npmjs|registry\.")
    files = [
        ROOT / "Makefile",
        ROOT / "package.json",
        ROOT / "package-lock.json",
        ROOT / ".npmrc",
        ROOT / "pyproject.toml",
    ]
    files += [*(ROOT / "requirements").iterdir(), *(path for path in OPS.rglob("*") if path.is_file())]
    assert [path.name for path in files if named.search(path.read_text())] == []


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt", "node.txt", "bench.txt"])
def test_every_locked_package_has_a_hash(lock):
    text = (ROOT / "requirements" / lock).read_text()
    pinned = re.findall(r"^[\w.\[\]-]+==.*(?:\n    --hash.*)*", text, re.MULTILINE)
    assert pinned
    assert all("--hash=sha256:" in entry for entry in pinned)


class TestPromised:
    """tests/plugins/promised.py, run over a test that skips."""

    def outcome(self, pytester, promise, monkeypatch):
        monkeypatch.setenv("TIENDO_REQUIRE", promise)
        pytester.makeini("[pytest]\nmarkers =\n    browser: x")
        pytester.makepyfile("import pytest\n\n@pytest.mark.browser\ndef test_a():\n    pytest.skip('no Chromium')\n")
        return pytester.runpytest_subprocess("-p", "plugins.promised", "-p", "no:django")

    @pytest.fixture(autouse=True)
    def _path(self, monkeypatch):
        monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))
        monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)

    def test_a_broken_promise_fails(self, pytester, monkeypatch):
        result = self.outcome(pytester, "browser,corpus", monkeypatch)
        result.assert_outcomes(failed=1)
        result.stdout.fnmatch_lines(["*promised (browser), yet skipped: *no Chromium*"])

    @pytest.mark.parametrize("promise", ["", "corpus"])
    def test_without_a_promise_it_is_a_skip(self, pytester, monkeypatch, promise):
        self.outcome(pytester, promise, monkeypatch).assert_outcomes(skipped=1)
