"""Why a row of a form that came back is not taken in, in words that say what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.work.programmes.rules.forms import Problem

PROBLEMS = {
    Problem.NO_KEY: _("Mã dòng bị xóa hoặc không đúng. Hãy điền vào tệp mẫu mới tải."),
    Problem.ALTERED: _(
        "Mã dòng, số, nội dung hoặc hạn in sẵn đã bị sửa: hạn không đổi theo tệp. Hãy điền vào tệp mẫu mới tải."
    ),
    Problem.OTHER_FORM: _("Dòng này chép từ mẫu khác. Mỗi mẫu gửi trả riêng."),
    Problem.TWICE: _("Việc này đã có ở dòng trên của tệp. Hãy để lại một dòng."),
    Problem.FORMULA: _("Ô có công thức: không nhận kết quả của công thức. Hãy gõ thẳng câu trả lời."),
    Problem.DAY: _("Không hiểu ngày văn bản. Hãy ghi theo mẫu 31/12/2026."),
    Problem.FUTURE: _("Ngày văn bản ở tương lai. Hãy xem lại."),
    Problem.HALF: _("Số và ngày văn bản phải ghi cùng nhau."),
    Problem.LONG: _("Câu trả lời dài hơn hai dòng (500 ký tự) hoặc số văn bản quá dài. Hãy rút gọn."),
    Problem.CROSS: _("Cột “Không phát sinh” chỉ nhận dấu x."),
    Problem.CROSS_AND_TEXT: _("Vừa đánh dấu không phát sinh vừa ghi kết quả. Hãy chọn một."),
    Problem.RESTRICTED: _("Việc báo cáo theo chế độ riêng: chỉ ghi số và ngày văn bản, nội dung không được nhận."),
    Problem.NOT_STANDING: _("Việc có thời hạn không dùng “không phát sinh”. Hãy ghi kết quả và văn bản."),
    Problem.PERCENT: _("Cột “Đã xong (%)” chỉ nhận số nguyên từ 0 đến 100."),
    Problem.PERCENT_OF_PERIOD: _("Việc thường xuyên báo cáo theo kỳ, không ghi tỷ lệ đã xong."),
    Problem.MOVED: _("Việc này nay không còn do cơ quan này báo cáo."),
    Problem.ANSWERED: _("Việc này đã được báo cáo rồi; nội dung khác với tệp. Muốn đổi, hãy đợi đề nghị bổ sung."),
    Problem.NOT_OWED: _("Việc này đang tạm dừng hoặc không còn phải báo cáo."),
    Problem.TAKEN_UP: _("Cơ quan đang tự soạn báo cáo này bằng tài khoản: văn phòng không ghi đè."),
}
