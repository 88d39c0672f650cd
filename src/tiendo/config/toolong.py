"""What the web server itself refuses, before any page is asked: said in Vietnamese, as pages say it."""

from __future__ import annotations

from typing import Any

from gunicorn import util
from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.workers.gthread import ThreadWorker

LONGEST = 8190
"""Bytes of an address (with the method and the protocol); gunicorn takes no larger number."""
PAGE = """<!doctype html>
<html lang="vi">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body style="font-family: sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1>{title}</h1>
<p>{told}</p>
<p><a href="/">Việc của tôi</a></p>
<p lang="en">{english}</p>
</body>
</html>
"""
ADDRESS = {
    "title": "Địa chỉ quá dài",
    "told": "Từ khóa hoặc bộ lọc dài hơn mức hệ thống nhận được. Hãy quay lại, rút ngắn rồi tìm lần nữa.",
    "english": "The address is too long. Go back, shorten what you search for, and try again.",
}
HEADERS = {
    "title": "Trình duyệt gửi quá nhiều dữ liệu kèm theo",
    "told": "Hãy xóa cookie của trang này trong trình duyệt rồi mở lại.",
    "english": "The browser sent too much along with the request. Clear this site's cookies and open it again.",
}


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's own, but for two of its pages."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        if not isinstance(exc, LimitRequestLine | LimitRequestHeaders):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("refused from %s: %s", addr[0] if addr else "", exc)
        try:
            util.write_nonblock(client, answer(exc))
        except OSError:  # whoever asked is gone
            self.log.debug("could not answer")


def answer(exc: LimitRequestLine | LimitRequestHeaders) -> bytes:
    """The whole response."""
    long = isinstance(exc, LimitRequestLine)
    body = PAGE.format(**(ADDRESS if long else HEADERS)).encode()
    status = "414 URI Too Long" if long else "431 Request Header Fields Too Large"
    head = f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
    return f"{head}{len(body)}\r\n\r\n".encode() + body
