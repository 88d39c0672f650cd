"""Words of this room outside its pages (GLOSSARY: tình trạng)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.work.programmes.rules.digests import MOST_LINES, Digest, Key, Line, Matter, Part, Word
from tiendo.work.programmes.rules.reminding import Level
from tiendo.work.programmes.rules.standing import Standing
from tiendo.work.programmes.rules.terms import Silence

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from tiendo.foundation.organisations.models import Organisation
    from tiendo.work.programmes.models import DraftLink, Letter, Obligation, Programme, Report, Stage, Task
    from tiendo.work.programmes.queries.deeds import Kind
    from tiendo.work.programmes.queries.undoing import InTheWay

STANDINGS: dict[Standing, str] = {
    Standing.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Standing.DONE_LATE: "Hoàn thành quá hạn",
    Standing.IN_TERM: "Trong hạn",
    Standing.DUE_SOON: "Sắp đến hạn",
    Standing.OVERDUE: "Quá hạn",
    Standing.LONG_OVERDUE: "Quá hạn kéo dài",
    Standing.AWAITING: "Chờ xác nhận",
    Standing.AWAITING_LATE: "Gửi muộn, chờ xác nhận",
    Standing.SUSPENDED: "Tạm dừng",
    Standing.REPORTED: "Đã báo cáo kỳ",
    Standing.REPORTED_LATE: "Đã báo cáo kỳ, quá hạn",
    Standing.NOT_REPORTED: "Chưa báo cáo kỳ",
    Standing.NOT_REPORTED_LATE: "Quá hạn báo cáo kỳ",
    Standing.NO_DATA: "Chưa có số liệu",
}
RESTRICTED = "Báo cáo theo chế độ riêng"
TAKEN_LATE = "nhận khi đã quá hạn"
DOUBTED = "đang đề nghị điều chỉnh"
NOTHING_AROSE = "Không phát sinh"
SILENCES: dict[Silence, StrPromise] = {
    Silence.DONE_BEFORE: _("Đã xong trước khi theo dõi"),
    Silence.NO_DATA: _("Chưa có số liệu"),
    Silence.NO_BODY: _("Chờ gán cơ quan"),
    Silence.NO_EVENT: _("Chờ sự kiện"),
    Silence.NOT_YET: _("Chưa đến kỳ báo cáo"),
}
"""The word of a task on which nothing is owed, on pages and in workbooks alike."""


class Numbered(Protocol):
    """A task, as far as it is told of."""

    number: str
    position: int


PAGES = {Part.OWN: "/", Part.NAMED: "/", Part.CONFIRM: "/", Part.FOLLOW: "/viec-can-chi-dao/chua-tra-loi/"}
PAGES |= {Part.DECIDE: "/", Part.ANSWERED: "/"}
PAGES |= {Part.LEAD: "/viec-can-chi-dao/", Part.UNREACHED: "/co-quan/chua-co-tai-khoan/"}
"""The page that a digest leads to: that of its first part (a test opens each)."""
HEADS: dict[tuple[Part, Key], StrPromise] = {
    (Part.OWN, Level.LONG_OVERDUE): _("%(n)s việc quá hạn kéo dài"),
    (Part.OWN, Level.OVERDUE): _("%(n)s việc quá hạn"),
    (Part.OWN, Level.DUE_SOON): _("%(n)s việc sắp đến hạn"),
    (Part.NAMED, Level.INSTRUCTED): _("%(n)s việc lãnh đạo cơ quan giao bạn sắp đến hạn"),
    (Part.CONFIRM, Level.CONFIRM): _("%(n)s việc chờ cơ quan bạn xác nhận"),
    (Part.DECIDE, Matter.DATE): _("%(n)s đề nghị gia hạn chờ bạn quyết định"),
    (Part.DECIDE, Matter.REFUSAL): _("%(n)s đề nghị trả lại nhiệm vụ chờ bạn quyết định"),
    (Part.DECIDE, Matter.OBSTACLE): _("%(n)s vướng mắc chờ bạn quyết định"),
    (Part.DECIDE, Matter.CAUSE): _("%(n)s nguyên nhân khách quan chờ bạn quyết định"),
    (Part.DECIDE, Matter.CORRECTION): _("%(n)s điều chỉnh số liệu chờ bạn quyết định"),
    (Part.DECIDE, Matter.PROGRESS): _("%(n)s báo cáo tiến độ chờ bạn xác nhận"),
    (Part.DECIDE, Matter.REVIEW): _("%(n)s nhiệm vụ đến ngày xem lại"),
    (Part.ANSWERED, Word.SENT_BACK): _("%(n)s báo cáo được đề nghị bổ sung"),
    (Part.ANSWERED, Word.REVOKED): _("%(n)s báo cáo bị hủy xác nhận"),
    (Part.ANSWERED, Word.REFUSED): _("%(n)s đề nghị không được chấp thuận"),
    (Part.ANSWERED, Word.GRANTED): _("%(n)s đề nghị được chấp thuận"),
    (Part.ANSWERED, Word.DECIDED): _("%(n)s vướng mắc đã có quyết định"),
    (Part.ANSWERED, Word.CONFIRMED): _("%(n)s báo cáo đã được xác nhận"),
    (Part.FOLLOW, Level.OVERDUE): _("%(n)s việc quá hạn ở các cơ quan được theo dõi"),
    (Part.FOLLOW, Level.LONG_OVERDUE): _("%(n)s việc quá hạn kéo dài ở các cơ quan được theo dõi"),
    (Part.LEAD, Level.LONG_OVERDUE): _("%(n)s việc quá hạn kéo dài cần chỉ đạo"),
    (Part.UNREACHED, Level.DUE_SOON): _("%(n)s việc sắp đến hạn chưa báo được cho ai"),
    (Part.UNREACHED, Level.OVERDUE): _("%(n)s việc quá hạn chưa báo được cho ai"),
    (Part.UNREACHED, Level.LONG_OVERDUE): _("%(n)s việc quá hạn kéo dài chưa báo được cho ai"),
}
TO_DO: dict[Part, StrPromise] = {
    Part.OWN: _(
        "Mở Việc của tôi để báo cáo từng việc. Việc quá hạn kéo dài hiện trong danh sách Việc cần chỉ đạo của lãnh đạo "
        "sau khi cơ quan bạn đã được nhắc; nếu số liệu sai hoặc có vướng mắc, hãy trả lời ngay ở việc đó."
    ),
    Part.NAMED: _("Hạn này do lãnh đạo cơ quan bạn ghi trong bút phê. Mở Việc của tôi để soạn báo cáo."),
    Part.CONFIRM: _("Mở Việc của tôi để xác nhận hoặc đề nghị bổ sung."),
    Part.DECIDE: _("Mở Việc của tôi để xem từng việc chờ bạn quyết định và ghi ý kiến."),
    Part.ANSWERED: _("Mở việc đó để đọc ý kiến và lý do; báo cáo cần bổ sung ở ngay Việc của tôi."),
    Part.FOLLOW: _("Mở Cơ quan chưa trả lời để xem cơ quan nào chưa trả lời việc nào, và soạn công văn đôn đốc."),
    Part.LEAD: _("Mở Việc cần chỉ đạo để xem từng việc, số ngày quá hạn và vướng mắc."),
    Part.UNREACHED: _("Cơ quan đó chưa có ai đăng nhập được: hãy thêm tài khoản hoặc trao liên kết soạn báo cáo."),
}


WHAT: dict[Matter, StrPromise] = {
    Matter.DATE: _("gia hạn"),
    Matter.REFUSAL: _("trả lại nhiệm vụ"),
    Matter.OBSTACLE: _("vướng mắc"),
    Matter.CAUSE: _("nguyên nhân khách quan"),
    Matter.CORRECTION: _("điều chỉnh số liệu"),
    Matter.PROGRESS: _("báo cáo tiến độ"),
    Matter.REPORT: _("báo cáo"),
}
"""What a word was said to."""
WORDS = {Part.DECIDE, Part.ANSWERED}
"""Parts in which nobody is urged to anything."""


def digest(one: Digest) -> dict[str, str]:
    """`subject`, `body` and `url` of a day's notice, in the language that is active."""
    parts = one.parts
    said = [str(HEADS[key]) % {"n": one.counts[key]} for key in parts]
    blocks = []
    for place, (part, level) in enumerate(parts):
        lines = [
            f"- {_told(line, part, one.rows[(part, level, line.group)])}" for line in one.lines[(part, level)].values()
        ]
        if others := one.others(part, level):
            more = gettext("và %(n)s việc khác") % {"n": others}
            lines.append(f"- {more}")
        last = place + 1 == len(parts) or parts[place + 1][0] != part
        blocks.append("\n".join([f"{said[place].capitalize()}:", *lines, *([str(TO_DO[part])] if last else [])]))
    urged = any(part not in WORDS for part, _level in parts)
    about = gettext("Đôn đốc ngày %(day)s: %(what)s") if urged else gettext("Thông báo ngày %(day)s: %(what)s")
    subject = about % {"day": f"{one.day:%d/%m/%Y}", "what": "; ".join(said)}
    short = subject if len(subject) <= SUBJECT else f"{subject[: SUBJECT - 1]}…"
    return {"subject": short, "body": "\n\n".join(blocks), "url": PAGES[parts[0][0]]}


def passed_on(before: str, after: str, tasks: Sequence[tuple[str, Numbered]]) -> dict[str, str]:
    """`subject`, `body` and `url` for whoever wrote drafts of a body whose work another answers now: numbers alone."""
    lines = [
        gettext("- %(programme)s, nhiệm vụ %(number)s")
        % {"programme": programme, "number": task.number or task.position}
        for programme, task in tasks[:MOST_LINES]
    ]
    if others := len(tasks) - len(lines):
        more = gettext("và %(n)s việc khác") % {"n": others}
        lines.append(f"- {more}")
    names = {"before": before, "after": after, "n": len(tasks)}
    about = gettext(
        "%(n)s việc của %(before)s mà bạn đang soạn báo cáo nay do %(after)s trả lời. Nội dung đã nhập và minh chứng "
        "còn nguyên trong bản soạn của %(after)s:"
    )
    subject = gettext("Bản bạn đang soạn đã chuyển cho %(after)s") % names
    return {"subject": subject[:SUBJECT], "body": "\n".join([about % names, *lines]), "url": "/"}


IN_THE_WAY: dict[Kind, StrPromise] = {
    "passed": _(
        "%(about)s: việc của %(body)s đã bàn giao tiếp khi ghi “%(kind)s” từ ngày %(day)s. "
        "Hãy hủy lần sắp xếp đó trước."
    ),
    "given": _(
        "%(about)s: cơ quan ban hành đã giao việc này cho cơ quan khác. "
        "Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."
    ),
    "handed_in": _("%(about)s: %(body)s đã gửi báo cáo. Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."),
    "progressed": _("%(about)s: %(body)s đã báo cáo tiến độ. Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."),
    "drafted": _(
        "%(about)s: %(body)s đang soạn báo cáo. Hãy đề nghị xóa nội dung đã soạn, lưu lại, rồi hủy lần sắp xếp này."
    ),
    "evidenced": _("%(about)s: %(body)s đã đính kèm minh chứng. Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."),
    "moved": _(
        "%(about)s: đã có đề nghị hoặc quyết định đổi hạn của %(body)s. "
        "Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."
    ),
    "charged": _(
        "%(about)s: %(body)s được giao việc sau lần sắp xếp này. Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."
    ),
    "caused": _(
        "%(about)s: %(body)s đã đề nghị ghi nhận nguyên nhân khách quan. "
        "Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."
    ),
    "hindered": _("%(about)s: %(body)s đã báo cáo vướng mắc. Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."),
    "refused": _(
        "%(about)s: %(body)s đã đề nghị xem lại việc được giao. Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."
    ),
    "decided": _(
        "%(about)s: %(body)s đã xác nhận hoặc đề nghị bổ sung báo cáo. "
        "Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."
    ),
    "lettered": _("%(about)s: đã soạn công văn gửi %(body)s. Hãy giữ lần sắp xếp này và ghi thêm lần sắp xếp đúng."),
    "planned": _("%(about)s: %(body)s đã ban hành kế hoạch cụ thể hóa. Hãy gỡ kế hoạch đã ghi ở chương trình rồi hủy."),
}
"""What was built on a hand-over, and what can be done about it."""


MOST_NAMED = 5
"""So many things an error names; a page shows them all."""


def in_the_way(found: Sequence[InTheWay]) -> str:
    """Each in a sentence; of many the first."""
    lines = [said_in_the_way(one) for one in found[:MOST_NAMED]]
    if others := len(found) - len(lines):
        lines.append(gettext("Và %(n)s việc khác.") % {"n": others})
    return " ".join(lines)


def said_in_the_way(one: InTheWay) -> str:
    """By numbers alone; of what is kept from whoever reads it, that it is there."""
    if one.hidden:
        return gettext("Một việc của chương trình nội bộ mà bạn không được xem: hãy hỏi văn phòng ban hành.")
    about = str(one.programme)
    if one.task is not None:
        words = {"programme": one.programme, "number": one.task.number or one.task.position}
        about = gettext("%(programme)s, nhiệm vụ %(number)s") % words
    later = one.succession
    more = {"kind": later.get_kind_display(), "day": f"{later.on:%d/%m/%Y}"} if later else {}
    body = one.body.label if one.body else ""
    if one.acting is not None:
        body = gettext("%(acting)s thay %(body)s") % {"acting": one.acting.label, "body": body}
    return str(IN_THE_WAY[one.kind]) % {"about": about, "body": body, **more}


def revoked(report: Report, first: Obligation) -> dict[str, str]:
    """For whoever reported: the confirmation was taken back, and why stands in the report. Numbers alone."""
    subject = gettext("Xác nhận bị hủy: %(what)s") % {"what": _about(str(report.programme), first)}
    body = gettext("Báo cáo chờ xác nhận lại; số liệu đổi theo. Mở báo cáo để đọc lý do.")
    return {"subject": subject[:SUBJECT], "body": body, "url": f"/bao-cao/{report.pk}/"}


def instructed(owed: Obligation, by: str, due: date | None) -> dict[str, str]:
    """For whoever was given work inside a body. Numbers alone; what was said stands at the work."""
    subject = gettext("Bút phê: %(what)s") % {"what": _about(str(owed.programme), owed)}
    until = gettext("%(name)s giao bạn việc này, hạn trong cơ quan %(due)s.")
    body = until if due else gettext("%(name)s giao bạn việc này.")
    return {
        "subject": subject[:SUBJECT],
        "body": body % {"name": by, "due": f"{due:%d/%m/%Y}" if due else ""},
        "url": f"/nhiem-vu/{owed.task_id}/",
    }


def letter_issued(letter: Letter) -> dict[str, str]:
    """For the body to which a letter went out."""
    words = {"kind": letter.get_kind_display(), "number": letter.number, "day": f"{letter.issued_on:%d/%m/%Y}"}
    subject = gettext("Công văn %(number)s ngày %(day)s (%(kind)s) gửi cơ quan của bạn") % words
    body = gettext("%(programme)s. Mở trang của công văn để xem các việc được nhắc và tải tệp.")
    return {
        "subject": subject[:SUBJECT],
        "body": body % {"programme": letter.programme},
        "url": f"/cong-van/{letter.pk}/",
    }


def in_turn(stage: Stage) -> dict[str, str]:
    """For the body with which a product lies now. Numbers alone."""
    words = {"programme": stage.task.programme, "number": stage.task.number or stage.task.position}
    words["kind"] = stage.get_kind_display()
    subject = gettext("Đến lượt cơ quan bạn %(kind)s: %(programme)s, nhiệm vụ %(number)s") % words
    body = gettext("Từ hôm nay thời gian giữ việc tính cho cơ quan bạn; hạn của bước này: %(due)s.")
    due = f"{stage.due:%d/%m/%Y}" if stage.due else gettext("không đặt")
    return {"subject": subject[:SUBJECT], "body": body % {"due": due}, "url": f"/nhiem-vu/{stage.task_id}/quy-trinh/"}


def _about(programme: str, owed: Obligation) -> str:
    """Which work, by numbers alone."""
    if owed.standing:
        return gettext("%(programme)s, báo cáo kỳ %(period)s") % {"programme": programme, "period": owed.period_name}
    number = owed.task.number or owed.task.position
    return gettext("%(programme)s, nhiệm vụ %(number)s") % {"programme": programme, "number": number}


def to_sign(programme: str, first: Obligation, name: str, *, back: bool) -> dict[str, str]:
    """`subject`, `body` and `url` for whoever signs a draft that waits for them; `back`: for whoever put it before
    them, that it came back unsigned. `first`: of what it answers. Numbers alone.
    """
    said = _about(programme, first)
    subject = (
        gettext("Bản soạn báo cáo được trả lại: %(what)s") if back else gettext("Báo cáo chờ bạn ký gửi: %(what)s")
    )
    body = (
        gettext("%(name)s trả lại bản soạn báo cáo này để soạn tiếp. Mở Việc của tôi để sửa và trình lại.")
        if back
        else gettext("%(name)s trình bạn bản soạn báo cáo này. Mở Việc của tôi, mục Chờ bạn ký gửi, để xem và gửi.")
    )
    return {"subject": (subject % {"what": said})[:SUBJECT], "body": body % {"name": name}, "url": "/"}


SUBJECT = 200
"""Characters of a subject (Notice.subject)."""


def _told(line: Line, part: Part, rows: int) -> str:
    words = {"programme": line.programme, "body": line.body, "due": f"{line.due:%d/%m/%Y}", "n": rows}
    if part in WORDS:
        return _of_a_word(line, words)
    if line.period:
        return gettext("%(programme)s, báo cáo kỳ %(period)s (%(n)s việc), %(body)s: hạn %(due)s") % {
            **words, "period": line.period,
        }  # fmt: skip
    return gettext("%(programme)s, nhiệm vụ %(number)s, %(body)s: hạn %(due)s") % {**words, "number": line.number}


def _of_a_word(line: Line, words: dict[str, object]) -> str:
    """Of what waits for a word, or was decided: which task, whose, since when. Nothing of what was said."""
    words |= {"number": line.number, "period": line.period, "what": str(WHAT[line.about]) if line.about else ""}
    if line.level == Matter.REVIEW:
        return gettext("%(programme)s, nhiệm vụ %(number)s: hẹn xem lại ngày %(due)s") % words
    if line.about is None:
        return gettext("%(programme)s, nhiệm vụ %(number)s, %(body)s: ngày %(due)s") % words
    if line.period:
        return gettext("%(programme)s, báo cáo kỳ %(period)s, %(body)s: ngày %(due)s") % words
    return gettext("%(programme)s, nhiệm vụ %(number)s, %(body)s (%(what)s): ngày %(due)s") % words


def link_saved(link: DraftLink) -> dict[str, str]:
    """For whoever issued a link through which a draft was saved. Nothing of what it says."""
    words = {"body": link.organisation.name, "programme": str(link.programme), "period": link.period_name}
    subject = gettext("%(body)s đã lưu bản soạn qua liên kết (%(programme)s)") % words
    body = gettext("Hãy xem lại; khi có văn bản giấy có ký của cơ quan thì gửi thay ở trang của liên kết.")
    return {"subject": subject[:200], "body": body, "url": f"/lien-ket/{link.pk}/"}


def group_changed(
    phrase: str, bodies: Sequence[Organisation], programme: Programme, tasks: Sequence[Task]
) -> dict[str, str]:
    """Subject, text and address: a phrase means bodies by now that its tasks did not charge."""
    names = "; ".join(body.name for body in bodies)
    subject = gettext("Nhóm “%(phrase)s” đã thay đổi: nay có thêm %(bodies)s") % {"phrase": phrase, "bodies": names}
    numbers = ", ".join(task.number or str(task.position) for task in tasks)
    body = gettext(
        "%(programme)s: nhiệm vụ %(numbers)s đã giao cho nhóm này nhưng chưa giao cho %(bodies)s. "
        "Hãy xem lại nhóm ở trang nhiệm vụ."
    ) % {"programme": programme, "numbers": numbers, "bodies": names}
    return {"subject": subject[:SUBJECT], "body": body, "url": f"/nhiem-vu/{tasks[0].pk}/"}
