"""The desk's addresses: Vietnamese words, numbers, nothing else."""

from django.urls import path

from tiendo.doors.desk.accounts import deputies, inviting, inviting_list, moving, signing_in, stranded
from tiendo.doors.desk.accounts import views as accounts
from tiendo.doors.desk.amendments import views as amendments
from tiendo.doors.desk.answerforms import views as answerforms
from tiendo.doors.desk.bodies import moving as body_moving
from tiendo.doors.desk.bodies import preparing, register, succession, successions, without_accounts
from tiendo.doors.desk.bodies import tree as body_tree
from tiendo.doors.desk.bodies import views as bodies
from tiendo.doors.desk.bodies.facts import fact_sheet
from tiendo.doors.desk.cascade import views as cascade
from tiendo.doors.desk.changes import refusals
from tiendo.doors.desk.changes.decisions import task_changes
from tiendo.doors.desk.changes.stages import stages
from tiendo.doors.desk.dates.recompute import recompute
from tiendo.doors.desk.dates.views import dates
from tiendo.doors.desk.documents import confirming, sheets
from tiendo.doors.desk.documents import views as documents
from tiendo.doors.desk.documents.internal import internal
from tiendo.doors.desk.firstweek import views as firstweek
from tiendo.doors.desk.gallery import gallery
from tiendo.doors.desk.history import views as history
from tiendo.doors.desk.home.views import home
from tiendo.doors.desk.leading import views as leading
from tiendo.doors.desk.leading.obstacles import open_obstacles
from tiendo.doors.desk.letters import views as letters
from tiendo.doors.desk.links import drafting
from tiendo.doors.desk.links import views as links
from tiendo.doors.desk.matters import coordination, progress
from tiendo.doors.desk.matters import views as matters
from tiendo.doors.desk.matters.clocks import clocks
from tiendo.doors.desk.notices import views as notices
from tiendo.doors.desk.packs import views as packs
from tiendo.doors.desk.programmes import figures, periodic, printing, settings
from tiendo.doors.desk.programmes import views as programmes
from tiendo.doors.desk.reports import views as reports
from tiendo.doors.desk.reports import writing
from tiendo.doors.desk.search.views import search
from tiendo.doors.desk.security import deputies as own_deputies
from tiendo.doors.desk.security import sessions as own_sessions
from tiendo.doors.desk.security import views as security
from tiendo.doors.desk.session import capacity, invitation, sso, steps
from tiendo.doors.desk.session import views as session
from tiendo.doors.desk.tasks import naming
from tiendo.doors.desk.tasks import views as tasks
from tiendo.doors.desk.tasks.groups import group
from tiendo.doors.desk.tasks.orphans import orphans

app_name = "desk"
urlpatterns = [
    path("", home, name="home"),
    path("dang-nhap/", session.sign_in, name="sign-in"),
    path("dang-nhap/buoc-hai/", steps.second_step, name="second-step"),
    path("dang-nhap/khoa-truy-cap/", steps.passkey, name="sign-in-passkey"),
    path("dang-nhap/khoa-truy-cap/tham-so/", steps.passkey_options, name="passkey-options"),
    path("dang-nhap/mot-lan/", sso.leave, name="sso"),
    path("dang-nhap/mot-lan/ve/", sso.come_back, name="sso-back"),
    path("mo-khoa/", steps.unlock, name="unlock"),
    path("dang-xuat/", session.sign_out, name="sign-out"),
    path("mat-khau/", session.password, name="password"),
    path("bao-mat/", security.index, name="security"),
    path("bao-mat/ung-dung/", security.app, name="add-app"),
    path("bao-mat/khoa-truy-cap/", security.passkey, name="add-passkey"),
    path("bao-mat/ma-du-phong/", security.codes, name="codes"),
    path("bao-mat/go/<int:pk>/", security.remove, name="remove-factor"),
    path("bao-mat/tai-khoan-tinh/", security.tie, name="tie"),
    path("nguoi-thay/", own_deputies.index, name="own-deputies"),
    path("phien-dang-nhap/", own_sessions.index, name="sessions"),
    path("tai-khoan/", accounts.index, name="accounts"),
    path("tai-khoan/them/", accounts.add, name="add-account"),
    path("tai-khoan/moi/", inviting.invite, name="invite-person"),
    path("tai-khoan/moi/danh-sach/", inviting_list.invite, name="invite-list"),
    path("tai-khoan/loi-moi/", inviting.waiting, name="invitations"),
    path("tai-khoan/<int:pk>/loi-moi/", inviting.again, name="invite-again"),
    path("loi-moi/<str:token>/", invitation.invitation, name="invitation"),
    path("tai-khoan/co-quan-da-ket-thuc/", stranded.index, name="stranded"),
    path("tai-khoan/<int:pk>/chuyen-chuc-vu/", moving.move_of_person, name="move-posts"),
    path("co-quan/<int:pk>/chuyen-chuc-vu/", moving.move_of_body, name="move-posts-of-body"),
    path("tai-khoan/<int:pk>/", accounts.person, name="account"),
    path("tai-khoan/<int:pk>/chuc-vu/", accounts.appoint, name="appoint"),
    path("tai-khoan/<int:pk>/chuc-vu/<int:post>/", accounts.end, name="end-post"),
    path("tai-khoan/<int:pk>/vang-mat/<int:post>/", deputies.name, name="name-deputy"),
    path("tai-khoan/<int:pk>/het-vang-mat/<int:absence>/", deputies.withdraw, name="end-absence"),
    path("tai-khoan/<int:pk>/mat-khau/", accounts.set_password, name="set-password"),
    path("tai-khoan/<int:pk>/dang-nhap/", signing_in.help_in, name="help-in"),
    path("tai-khoan/<int:pk>/tai-khoan-tinh/", signing_in.sso_name, name="sso-name"),
    path("tai-khoan/<int:pk>/ngung/", accounts.deactivate, name="deactivate"),
    path("tu-cach/", capacity.choose, name="capacity"),
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
    path("van-ban/<int:pk>/noi-bo/", internal, name="internal"),
    path("van-ban/<int:pk>/trang/<int:number>/", sheets.picture, name="page"),
    path("van-ban/<int:pk>/doi-chieu/", documents.reconciliation, name="reconciliation"),
    path("van-ban/<int:pk>/duyet/", documents.approve, name="approve"),
    path("van-ban/<int:pk>/mo-chuong-trinh/", settings.open_programme, name="open-programme"),
    path("van-ban/<int:pk>/dong/", confirming.confirm, name="confirm"),
    path("van-ban/<int:pk>/dong/them/", confirming.add, name="add-row"),
    path("van-ban/<int:pk>/dong/ca-bang/", confirming.sign_table, name="sign-table"),
    path("van-ban/<int:pk>/dong/<int:row>/", confirming.act, name="row"),
    path("van-ban/<int:pk>/dong/<int:row>/ten/", confirming.mean, name="mean-body"),
    path("chuong-trinh/", programmes.index, name="programmes"),
    path("chuong-trinh/<int:pk>/", programmes.board, name="programme"),
    path("chuong-trinh/<int:pk>/dien-bien/", packs.course, name="course"),
    path("chuong-trinh/<int:pk>/bo-minh-chung/", packs.take, name="take-pack"),
    path("chuong-trinh/<int:pk>/so-lieu/", figures.figures, name="figures"),
    path("chuong-trinh/<int:pk>/phu-luc/", printing.annex, name="annex"),
    path("chuong-trinh/<int:pk>/doi-chieu/", printing.reconciled, name="task-reconciliation"),
    path("chuong-trinh/<int:pk>/mau/", answerforms.index, name="forms"),
    path("mau-tra-lai/<int:pk>/", answerforms.returned, name="returned-form"),
    path("tuan-dau/", firstweek.index, name="first-week"),
    path("tuan-dau/<int:pk>/", firstweek.rows, name="register-rows"),
    path("so-lieu/<int:pk>/", figures.snapshot, name="snapshot"),
    path("chuong-trinh/<int:pk>/thiet-lap/", settings.settings, name="programme-settings"),
    path("chuong-trinh/<int:pk>/mo-them/", programmes.open_more, name="open-more"),
    path("chuong-trinh/<int:pk>/viec/", programmes.obligations, name="obligations"),
    path("chuong-trinh/<int:pk>/bao-cao-ky/", periodic.of_programme, name="period-reports"),
    path("co-quan/<int:pk>/bao-cao-ky/", periodic.of_body, name="period-reports-of-body"),
    path("chuong-trinh/<int:pk>/ky/<int:body>/<str:start>/<str:cutoff>/", writing.period, name="period"),
    path("chuong-trinh/<int:pk>/cu-the-hoa/", cascade.cascade, name="cascade"),
    path("chuong-trinh/<int:pk>/cu-the-hoa/nhiem-vu/", cascade.lines, name="cascade-lines"),
    path("cu-the-hoa/", cascade.plans, name="plans"),
    path("cu-the-hoa/<int:pk>/", cascade.requirement, name="requirement"),
    path("chuong-trinh/<int:pk>/sua-doi/", amendments.amendments, name="amendments"),
    path("sua-doi/<int:pk>/", amendments.amendment, name="amendment"),
    path("nhiem-vu/<int:pk>/", tasks.task, name="task"),
    path("nhiem-vu/<int:pk>/nhom/<int:assignment>/", group, name="group"),
    path("nhiem-vu/<int:pk>/gan/<int:assignment>/", naming.name_body, name="name-body"),
    path("nhiem-vu/<int:pk>/go/<int:assignment>/", naming.unname_body, name="unname-body"),
    path("nhiem-vu/<int:pk>/xac-nhan/", naming.set_confirming, name="set-confirming"),
    path("nhiem-vu/<int:pk>/che-do-rieng/", tasks.restrict, name="restrict"),
    path("nhiem-vu/<int:pk>/dau-moi/<int:assignment>/", tasks.set_focal, name="set-focal"),
    path("nhiem-vu/<int:pk>/mo-viec/", tasks.open_by_event, name="open-by-event"),
    path("nhiem-vu/<int:pk>/phoi-hop/<int:assignment>/", coordination.invite, name="invite"),
    path("nhiem-vu/<int:pk>/phan-phoi-hop/<int:assignment>/", coordination.part, name="part"),
    path("nhiem-vu/<int:pk>/xem-lai/", coordination.review, name="review"),
    path("viec/<int:pk>/but-phe/", matters.instruct, name="instruct"),
    path("viec/<int:pk>/vuong-mac/", matters.raise_obstacle, name="raise-obstacle"),
    path("viec/<int:pk>/nguyen-nhan/", matters.ask_cause, name="ask-cause"),
    path("viec/<int:pk>/dieu-chinh/", matters.propose_correction, name="propose-correction"),
    path("vuong-mac/<int:pk>/", matters.obstacle, name="obstacle"),
    path("nguyen-nhan/<int:pk>/", matters.cause, name="cause"),
    path("tien-do/<int:pk>/", progress.progress, name="progress"),
    path("dieu-chinh/<int:pk>/", matters.correction, name="correction"),
    path("bao-cao/<int:pk>/huy-xac-nhan/", matters.revoke, name="revoke-confirmation"),
    path("chuong-trinh/<int:pk>/ai-giu/", clocks, name="clocks"),
    path("co-quan/<int:pk>/phieu-so-lieu/", fact_sheet, name="fact-sheet"),
    path("nhiem-vu/<int:pk>/quyet-dinh/", task_changes, name="task-changes"),
    path("nhiem-vu/<int:pk>/quy-trinh/", stages, name="stages"),
    path("nhiem-vu/<int:pk>/tra-lai/<int:assignment>/", refusals.refuse, name="refuse"),
    path("tra-lai/<int:pk>/", refusals.refusal, name="refusal"),
    path("viec/<int:pk>/thoi-han/", dates, name="dates"),
    path("chuong-trinh/<int:pk>/tinh-lai-han/", recompute, name="recompute"),
    path("viec/<int:pk>/", writing.answer, name="answer"),
    path("bao-cao/<int:pk>/", reports.report, name="report"),
    path("bao-cao/<int:pk>/y-kien/", reports.decide, name="decide"),
    path("minh-chung/<int:pk>/", reports.evidence, name="evidence"),
    path("soan/<str:token>/", drafting.draft, name="draft"),
    path("lien-ket/<int:pk>/", links.link, name="draft-link"),
    path("lien-ket/<int:pk>/thu-hoi/", links.revoke, name="revoke-link"),
    path("lien-ket/<int:pk>/gui/", links.submit, name="submit-on-paper"),
    path("co-quan/<int:pk>/lien-ket/", links.issue, name="issue-link"),
    path("co-quan/", bodies.index, name="bodies"),
    path("co-quan/cay/", body_tree.tree, name="body-tree"),
    path("co-quan/<int:pk>/", bodies.body, name="body"),
    path("co-quan/<int:pk>/sua/", register.correct, name="correct-body"),
    path("co-quan/<int:pk>/chuyen/", body_moving.move, name="move-body"),
    path("co-quan/<int:pk>/xoa/", register.remove, name="remove-body"),
    path("co-quan/chua-co-tai-khoan/", without_accounts.index, name="without-accounts"),
    path("co-quan/them/", register.add, name="add-body"),
    path("co-quan/danh-ba/", register.index, name="register"),
    path("co-quan/danh-ba/tai-xuong/<str:form>/", register.download, name="register-file"),
    path("co-quan/danh-ba/tep/<int:pk>/", register.kept_list, name="register-list"),
    path("co-quan/sap-xep/", successions.index, name="successions"),
    path("co-quan/sap-xep/them/", preparing.add, name="add-succession"),
    path("co-quan/sap-xep/<int:pk>/", succession.succession, name="succession"),
    path("co-quan/sap-xep/<int:pk>/noi-nhan/", succession.choose, name="choose-heirs"),
    path("co-quan/sap-xep/<int:pk>/ma-moi/", succession.set_codes, name="set-new-codes"),
    path("co-quan/sap-xep/<int:pk>/thuc-hien/", succession.carry_out, name="carry-out"),
    path("co-quan/sap-xep/<int:pk>/doi-chieu/", succession.confirm, name="confirm-succession"),
    path("co-quan/sap-xep/<int:pk>/huy/", succession.undo, name="undo-succession"),
    path("co-quan/sap-xep/<int:pk>/bien-ban/<int:body>/", succession.record, name="handover-record"),
    path("thong-bao/", notices.index, name="notices"),
    path("viec-can-chi-dao/", leading.escalated, name="leading"),
    path("viec-can-chi-dao/chua-tra-loi/", leading.silence, name="silence"),
    path("viec-can-chi-dao/vuong-mac/", open_obstacles, name="open-obstacles"),
    path("chuong-trinh/<int:pk>/cong-van/", letters.letters, name="letters"),
    path("cong-van/<int:pk>/", letters.letter, name="letter"),
    path("cong-van/<int:pk>/tep/", letters.letter_file, name="letter-file"),
    path("viec-chua-co-noi-nhan/", orphans, name="orphans"),
    path("nhat-ky/", history.index, name="history"),
    path("thu-vien-giao-dien/", gallery, name="gallery"),
]
