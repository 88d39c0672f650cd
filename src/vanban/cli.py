"""`vanban read FILE`, `vanban compare BEFORE AFTER`, `vanban schema`, `vanban score DIR`."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from vanban import report, usage
from vanban.compare import compare
from vanban.errors import TooLarge, VanbanError
from vanban.lexicon import LexiconError, check_own
from vanban.model import SCHEMA, Reading
from vanban.resolve import among, resolve

USAGE = 2
"""Exit code for a wrong call or a file that cannot be read."""
WHY = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "trong đường dẫn có tên không phải thư mục",
    errno.EACCES: "người chạy lệnh không có quyền",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
}


class CallError(Exception):
    """A file that was named on the command line is not what it has to be."""


def main(argv: Sequence[str] | None = None) -> int:
    usage.speak_vietnamese()
    arguments = _parser().parse_args(argv)
    try:
        check_own()
        code = int(arguments.run(arguments))
        sys.stdout.flush()
    except VanbanError as error:
        return _fail(f"{error.code}: {error.message}")
    except BrokenPipeError:  # whoever read the answer has read enough (`vanban read … | head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (CallError, LexiconError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"Không mở hoặc không ghi được {error.filename or 'tệp'}: {_why(error)}.")
    except KeyboardInterrupt:
        return _fail("Đã dừng giữa chừng.")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vanban", description="Đọc văn bản chỉ đạo: việc gì, ai chủ trì, khi nào xong."
    )
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    command = commands.add_parser("read", help="đọc một tệp")
    command.add_argument("file", type=Path)
    command.add_argument("--json", action="store_true", help="in toàn bộ bản đọc máy dưới dạng JSON")
    command.add_argument(
        "--bodies", type=Path, help="danh sách tên cơ quan, mỗi dòng một tên: chỉ ra cơ quan chủ trì không có trong đó"
    )
    command.set_defaults(run=_read)
    command = commands.add_parser(
        "compare", help="so sánh hai bản của cùng một chương trình: thêm, bỏ, sửa, chuyển chỗ"
    )
    command.add_argument("before", type=Path, help="văn bản trước, hoặc JSON của “vanban read --json”")
    command.add_argument("after", type=Path, help="văn bản sau")
    command.add_argument("--json", action="store_true")
    command.set_defaults(run=_compare)
    command = commands.add_parser("schema", help="in JSON Schema của bản đọc máy")
    command.set_defaults(run=_schema)
    command = commands.add_parser("score", help="chấm điểm bộ đọc theo các tệp *.gold.json và headings.csv")
    command.add_argument("directory", type=Path)
    command.add_argument("--last", type=Path, help="kết quả --json của lần trước, để so sánh")
    command.add_argument("--keep", type=Path, help="ghi kết quả để lần sau so sánh: chỉ có con số và khóa băm")
    command.add_argument("--json", action="store_true")
    command.add_argument("--per-document", action="store_true", help="thêm điểm của từng văn bản")
    command.add_argument("--misses", action="store_true", help="liệt kê từng chỗ sai, thiếu, thừa")
    command.set_defaults(run=_score)
    return parser


def _reading(path: Path) -> Reading:
    """Of a document; or one that was kept as JSON. Raises VanbanError, CallError, OSError."""
    from vanban.source.limits import Limits

    if path.stat().st_size > Limits().data:
        raise TooLarge
    data = path.read_bytes()
    if path.suffix == ".json":
        try:
            return msgspec.json.decode(data, type=Reading)
        except msgspec.MsgspecError as error:
            raise CallError(f"{path} không phải là JSON của một bản đọc máy: {error}") from error
    from vanban.reading import read

    return read(data, name=path.name)


def _compare(arguments: argparse.Namespace) -> int:
    before, after = _reading(arguments.before), _reading(arguments.after)
    changes = compare(before, after)
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(changes), indent=2).decode())
    else:
        print("\n".join(report.changes(before, after, changes)))
    return 0


def _read(arguments: argparse.Namespace) -> int:
    reading = _reading(arguments.file)
    if arguments.bodies:
        try:
            names = arguments.bodies.read_text("utf-8-sig").splitlines()
        except UnicodeDecodeError as error:
            raise CallError(f"{arguments.bodies} không phải là tệp văn bản UTF-8.") from error
        reading = resolve(reading, bodies=among(names))
    if arguments.json:
        print(msgspec.json.format(msgspec.json.encode(reading), indent=2).decode())
    else:
        print("\n".join(report.summary(reading)))
    return 0


def _schema(_arguments: argparse.Namespace) -> int:
    print(_dump({"$id": SCHEMA, "version": SCHEMA.rsplit("/", 1)[1], **msgspec.json.schema(Reading)}))
    return 0


def _score(arguments: argparse.Namespace) -> int:
    from vanban.score import as_json, kept, score
    from vanban.scoring.report import scores

    directory: Path = arguments.directory
    if not directory.is_dir():
        return _fail(f"{directory} không phải là thư mục")
    last = _last(arguments.last) if arguments.last else None
    result = score(directory.resolve(), last=last, tell=_tell if sys.stderr.isatty() else None)
    if arguments.keep:
        arguments.keep.write_text(json.dumps(kept(result), ensure_ascii=False, indent=1) + "\n", "utf-8")
    if arguments.json:
        print(_dump(as_json(result)))
    else:
        print("\n".join(scores(result, per_document=arguments.per_document, misses=arguments.misses)))
    return 0


def _last(path: Path) -> dict[str, Any]:
    """What `--keep` or `--json` wrote. Raises CallError, OSError."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except ValueError:  # neither JSON nor UTF-8
        kept = None
    right = kept.get("right") if isinstance(kept, dict) else None
    if not isinstance(right, dict) or not all(isinstance(keys, list) for keys in right.values()):
        raise CallError(f"{path} không phải là kết quả mà “vanban score --keep” hoặc “--json” đã ghi.")
    return kept  # type: ignore[no-any-return]


def _why(error: OSError) -> str:
    return WHY.get(error.errno or 0) or error.strerror or str(error)


def _tell(document: str) -> None:
    """Progress, for somebody who looks on: scans take seconds a page."""
    print(f"\r\033[K{document}", end="", file=sys.stderr, flush=True)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return USAGE
