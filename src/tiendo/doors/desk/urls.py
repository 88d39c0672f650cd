"""The desk's addresses: Vietnamese words, numbers, nothing else."""

from django.urls import path

from tiendo.doors.desk.accounts import views as accounts
from tiendo.doors.desk.bodies import views as bodies
from tiendo.doors.desk.documents import confirming, sheets
from tiendo.doors.desk.documents import views as documents
from tiendo.doors.desk.gallery import gallery
from tiendo.doors.desk.history import views as history
from tiendo.doors.desk.home.views import home
from tiendo.doors.desk.programmes import settings
from tiendo.doors.desk.programmes import views as programmes
from tiendo.doors.desk.reports import views as reports
from tiendo.doors.desk.reports import writing
from tiendo.doors.desk.search.views import search
from tiendo.doors.desk.session import views as session
from tiendo.doors.desk.tasks import views as tasks

app_name = "desk"
urlpatterns = [
    path("", home, name="home"),
    path("dang-nhap/", session.sign_in, name="sign-in"),
    path("dang-xuat/", session.sign_out, name="sign-out"),
    path("mat-khau/", session.password, name="password"),
    path("tai-khoan/", accounts.index, name="accounts"),
    path("tai-khoan/them/", accounts.add, name="add-account"),
    path("tai-khoan/<int:pk>/", accounts.person, name="account"),
    path("tai-khoan/<int:pk>/chuc-vu/", accounts.appoint, name="appoint"),
    path("tai-khoan/<int:pk>/chuc-vu/<int:post>/", accounts.end, name="end-post"),
    path("tai-khoan/<int:pk>/mat-khau/", accounts.set_password, name="set-password"),
    path("tai-khoan/<int:pk>/ngung/", accounts.deactivate, name="deactivate"),
    path("ngon-ngu/", session.language, name="language"),
    path("tim/", search, name="search"),
    path("van-ban/", documents.index, name="documents"),
    path("van-ban/tiep-nhan/", documents.receive, name="receive"),
    path("van-ban/<int:pk>/", documents.document, name="document"),
    path("van-ban/<int:pk>/doc-lai/", documents.read_again, name="read-again"),
    path("van-ban/<int:pk>/the-thuc/", documents.heading, name="heading"),
    path("van-ban/<int:pk>/tep-goc/", documents.original, name="original"),
    path("van-ban/<int:pk>/khong-theo-doi/", documents.set_aside, name="set-aside"),
    path("van-ban/<int:pk>/theo-doi-lai/", documents.take_back, name="take-back"),
    path("van-ban/<int:pk>/trang/<int:number>/", sheets.picture, name="page"),
    path("van-ban/<int:pk>/doi-chieu/", documents.reconciliation, name="reconciliation"),
    path("van-ban/<int:pk>/duyet/", documents.approve, name="approve"),
    path("van-ban/<int:pk>/mo-chuong-trinh/", settings.open_programme, name="open-programme"),
    path("van-ban/<int:pk>/dong/", confirming.confirm, name="confirm"),
    path("van-ban/<int:pk>/dong/them/", confirming.add, name="add-row"),
    path("van-ban/<int:pk>/dong/ca-bang/", confirming.sign_table, name="sign-table"),
    path("van-ban/<int:pk>/dong/<int:row>/", confirming.act, name="row"),
    path("chuong-trinh/", programmes.index, name="programmes"),
    path("chuong-trinh/<int:pk>/", programmes.board, name="programme"),
    path("chuong-trinh/<int:pk>/thiet-lap/", settings.settings, name="programme-settings"),
    path("chuong-trinh/<int:pk>/mo-them/", programmes.open_more, name="open-more"),
    path("chuong-trinh/<int:pk>/viec/", programmes.obligations, name="obligations"),
    path("chuong-trinh/<int:pk>/ky/<int:body>/<str:start>/<str:cutoff>/", writing.period, name="period"),
    path("nhiem-vu/<int:pk>/", tasks.task, name="task"),
    path("nhiem-vu/<int:pk>/gan/<int:assignment>/", tasks.name_body, name="name-body"),
    path("nhiem-vu/<int:pk>/go/<int:assignment>/", tasks.unname_body, name="unname-body"),
    path("nhiem-vu/<int:pk>/xac-nhan/", tasks.set_confirming, name="set-confirming"),
    path("nhiem-vu/<int:pk>/che-do-rieng/", tasks.restrict, name="restrict"),
    path("nhiem-vu/<int:pk>/dau-moi/<int:assignment>/", tasks.set_focal, name="set-focal"),
    path("nhiem-vu/<int:pk>/mo-viec/", tasks.open_by_event, name="open-by-event"),
    path("viec/<int:pk>/", writing.answer, name="answer"),
    path("bao-cao/<int:pk>/", reports.report, name="report"),
    path("bao-cao/<int:pk>/y-kien/", reports.decide, name="decide"),
    path("minh-chung/<int:pk>/", reports.evidence, name="evidence"),
    path("co-quan/", bodies.index, name="bodies"),
    path("co-quan/<int:pk>/", bodies.body, name="body"),
    path("nhat-ky/", history.index, name="history"),
    path("thu-vien-giao-dien/", gallery, name="gallery"),
]
