"""Every failure a reader can meet and the page it becomes: what happened, what to do, and what was typed given back."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from wardflow import counter_errors, errors, key_errors, payment_errors
from wardflow.errors import WardflowError
from werkzeug.exceptions import HTTPException

from wardflow_web.language import mark_for_translation as _

log = logging.getLogger("wardflow.web")

HIDDEN = ("csrf_token", "password", "act", "version")


@dataclass(frozen=True, slots=True)
class Page:
    """The status, heading and advice of one kind of failure, in Vietnamese as everywhere in the pages."""

    status: int
    title: str
    advice: str


PAGES: dict[type[WardflowError], Page] = {
    WardflowError: Page(
        500, _("Chưa làm được việc này"), _("Không có gì bị thay đổi. Hãy thử lại; nếu vẫn vậy, báo cho quản trị viên.")
    ),
    errors.StorageFull: Page(
        503,
        _("Hệ thống hết chỗ lưu"),
        _("Chưa có gì được lưu. Quản trị viên cần dọn chỗ trống; những gì bạn đã nhập ở ngay dưới đây, hãy gửi lại sau."),
    ),
    errors.StorageReadOnly: Page(
        503,
        _("Hệ thống tạm thời chỉ đọc được"),
        _("Chưa có gì được lưu. Vẫn xem được hồ sơ; những gì bạn đã nhập ở ngay dưới đây, hãy gửi lại sau."),
    ),
    errors.StorageAway: Page(
        503,
        _("Cơ sở dữ liệu chưa trả lời"),
        _("Chưa có gì được lưu. Chờ một phút rồi thử lại; những gì bạn đã nhập ở ngay dưới đây."),
    ),
    errors.NotAllowed: Page(
        403,
        _("Vai này không làm được việc đó"),
        _("Người giữ đúng vai trong đơn vị mới làm được. Hãy đổi vai, hoặc chuyển việc cho người phụ trách."),
    ),
    errors.SignInRefused: Page(401, _("Tên hoặc mật khẩu không đúng"), _("Kiểm tra lại rồi đăng nhập lần nữa.")),
    errors.CaseUnknown: Page(404, _("Không có hồ sơ này"), _("Kiểm tra lại mã, hoặc tìm ở bàn làm việc.")),
    errors.DocumentUnknown: Page(404, _("Không có giấy tờ này"), _("Mở lại hồ sơ để xem danh sách giấy tờ hiện có.")),
    errors.ProcedureUnknown: Page(
        404, _("Không có thủ tục này"), _("Thủ tục chưa được phát hành hoặc đã hết hiệu lực. Chọn lại trong danh sách.")
    ),
    errors.ProcedureOver: Page(
        410, _("Thủ tục này không nhận hồ sơ mới"), _("Bản ghi thủ tục ngoài thời gian hiệu lực. Hồ sơ đã nhận vẫn được giải quyết như trước.")
    ),
    counter_errors.BundleUnknown: Page(404, _("Không có túi hồ sơ này"), _("Kiểm tra lại mã túi, hoặc mở trang bàn giao hồ sơ.")),
    errors.CaseMoved: Page(
        409,
        _("Hồ sơ vừa được người khác thay đổi"),
        _("Mở lại hồ sơ để xem tình trạng mới rồi làm lại. Những gì bạn đã nhập ở ngay dưới đây."),
    ),
    errors.NotTogether: Page(
        409, _("Bước này không quyết định chung được"), _("Chỉ chọn các hồ sơ đang chờ ở cùng một bước của cùng một đơn vị.")
    ),
    errors.CaseEnded: Page(
        409, _("Hồ sơ đã kết thúc"), _("Không làm thêm bước nào được nữa. Hồ sơ vẫn mở ra xem được.")
    ),
    errors.TaskGone: Page(
        409,
        _("Bước này đã có người làm xong"),
        _("Mở lại hồ sơ để xem bước tiếp theo. Những gì bạn đã nhập ở ngay dưới đây."),
    ),
    errors.TaskHeld: Page(
        409, _("Việc này đang có người giữ"), _("Hỏi người đang giữ, hoặc chọn việc khác ở mục Chờ nhận.")
    ),
    errors.ColleagueRefused: Page(
        409,
        _("Người này không nhận được việc"),
        _("Chọn người đang có mặt, giữ đúng vai và không phải là người phải đứng ngoài việc này."),
    ),
    errors.FilterUnknown: Page(404, _("Bộ lọc này không còn"), _("Mở lại bàn làm việc để xem các bộ lọc hiện có.")),
    errors.IncidentGone: Page(
        409, _("Sự cố này không còn"), _("Có người đã xử lý, hoặc hồ sơ đã đi tiếp. Mở lại danh sách sự cố để xem.")
    ),
    errors.AlarmGone: Page(
        409, _("Mốc hẹn này không còn"), _("Mốc đã đến hạn hoặc không còn cần. Mở lại danh sách mốc hẹn để xem.")
    ),
    errors.MessageUnwanted: Page(409, _("Hồ sơ lúc này không chờ thông tin đó"), _("Mở lại hồ sơ để xem đang chờ gì.")),
    errors.AuthorityUnknown: Page(
        409,
        _("Chưa rõ cơ quan có thẩm quyền"),
        _("Kiểm tra nơi có đối tượng của hồ sơ; nếu đúng, nhờ quản trị viên bổ sung sổ thẩm quyền."),
    ),
    errors.NotFiledOnline: Page(
        404, _("Thủ tục này chưa nộp qua mạng được"), _("Trang của thủ tục ghi nơi nộp trực tiếp và giấy tờ cần mang theo.")
    ),
    key_errors.KeyRefused: Page(
        409, _("Khóa này không đổi như vậy được"), _("Vai của bạn phải luôn có ít nhất một khóa; thêm khóa mới trước khi xóa khóa cuối.")
    ),
    errors.FormRefused: Page(
        422, _("Còn chỗ cần sửa"), _("Không có gì được lưu. Những gì bạn đã nhập ở ngay dưới đây.")
    ),
    errors.UploadRefused: Page(
        422, _("Tệp này chưa nhận được"), _("Chọn lại tệp PDF hoặc ảnh chụp rõ rồi gửi lần nữa.")
    ),
    errors.FileKindRefused: Page(422, _("Loại tệp này chưa nhận được"), _("Gửi tệp PDF hoặc ảnh (JPEG, PNG).")),
    payment_errors.PaymentForged: Page(
        400, _("Trang này không phải do bên thu hộ gửi"), _("Không có gì bị thay đổi. Mở lại trang tra cứu để xem khoản phải nộp.")
    ),
    payment_errors.PaymentUnknown: Page(404, _("Không có khoản nộp này"), _("Không có gì bị thay đổi. Mở lại trang tra cứu để xem.")),
    errors.FileTooLarge: Page(413, _("Tệp quá lớn"), _("Giảm cỡ ảnh hoặc chia tệp rồi gửi lại.")),
}

HTTP: dict[int, Page] = {
    400: Page(
        400,
        _("Yêu cầu chưa đọc được"),
        _("Quay lại trang trước, tải lại rồi thử lần nữa. Những gì bạn đã nhập ở ngay dưới đây."),
    ),
    403: Page(403, _("Vai này không mở được trang đó"), _("Hãy đổi vai, hoặc đăng nhập bằng tài khoản khác.")),
    404: Page(404, _("Không có trang này"), _("Kiểm tra lại địa chỉ, hoặc về trang đầu.")),
    405: Page(405, _("Trang này không mở theo cách đó"), _("Về trang đầu rồi đi lại từ bàn làm việc.")),
    413: Page(413, _("Tệp hoặc nội dung gửi lên quá lớn"), _("Giảm cỡ ảnh hoặc chia tệp rồi gửi lại.")),
    429: Page(429, _("Bạn thử quá nhiều lần trong thời gian ngắn"), _("Chờ một phút rồi thử lại.")),
}
SESSION_OVER = Page(
    400,
    _("Phiên làm việc đã hết"),
    _("Không có gì được lưu. Tải lại trang rồi gửi lần nữa; những gì bạn đã nhập ở ngay dưới đây."),
)


def page_for(error: WardflowError) -> Page:
    """The page of the nearest class the table knows."""
    return next(PAGES[known] for known in type(error).__mro__ if known in PAGES)


def typed() -> list[tuple[str, str]]:
    """What the reader sent with the request that failed, to be given back; secrets and our own fields are left out."""
    try:
        pairs = request.form.items(multi=True)
        return [(name, value) for name, value in pairs if value and name not in HIDDEN]
    except HTTPException:  # the body itself was refused, too large for one
        return []


def install(app: Flask) -> None:
    """Registers one handler for our errors, one for HTTP's, one for the unexpected."""
    app.register_error_handler(WardflowError, _of_ours)
    app.register_error_handler(CSRFError, lambda error: _answer(SESSION_OVER))
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unexpected)


def _of_ours(error: Exception) -> tuple[str, int]:
    assert isinstance(error, WardflowError)
    page = page_for(error)
    if page.status >= 500:
        log.error("refused with %s", type(error).__name__, exc_info=error)
    if isinstance(error, errors.StorageAway):
        g.broken = True    # this page must not ask the database for the reader's name
    return _answer(page, error.facts)


def _of_http(error: Exception) -> Response | HTTPException:
    assert isinstance(error, HTTPException)
    if error.code is None or error.code < 400:
        return error
    unlisted = PAGES[WardflowError]
    answer = make_response(*_answer(HTTP.get(error.code, Page(error.code, unlisted.title, unlisted.advice))))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _unexpected(error: Exception) -> tuple[str, int]:
    # The route and the class of the error only: a message may quote personal data.
    log.error("%s at %s", type(error).__name__, request.endpoint, exc_info=error)
    g.broken = True  # whatever failed may fail again: this page must not ask for the reader's name
    return _answer(PAGES[WardflowError])


def session_over() -> tuple[str, int]:
    """The page for what was sent after the session had ended: everything typed is on it."""
    return _answer(SESSION_OVER)


def _answer(page: Page, facts: dict[str, object] | None = None) -> tuple[str, int]:
    return render_template("error.html", page=page, facts=facts or {}, typed=typed()), page.status
