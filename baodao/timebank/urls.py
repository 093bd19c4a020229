"""Addresses of the slice timebank."""

from django.urls import URLPattern, path

from baodao.timebank.views import desk, own, residents

app_name = "timebank"

_ACCOUNT = "time-bank/accounts/<uuid:time_account_id>/"
_ORDER = "time-bank/orders/<uuid:time_order_id>/"

_desk: list[URLPattern] = [
    path("time-bank/", desk.board, name="board"),
    path("time-bank/counts/", desk.counts, name="counts"),
    path("time-bank/find/", desk.find, name="find"),
    path("time-bank/pool/", desk.create_pool, name="create_pool"),
    path(
        "time-bank/talents/<uuid:talent_id>/open/", desk.create_for_talent, name="create_for_talent"
    ),
    path(_ACCOUNT, desk.account, name="account"),
    path(f"{_ACCOUNT}close/", desk.close, name="close"),
    path(f"{_ACCOUNT}kin/", desk.add_kin, name="kin_by_hand"),
    path(f"{_ACCOUNT}order/", desk.order_by_hand, name="order_by_hand"),
    path(f"{_ACCOUNT}statement.<slug:ending>", desk.statement, name="statement"),
    path(_ORDER, desk.order, name="order"),
    path(f"{_ORDER}confirm/", desk.confirm, name="confirm_order"),
    path(f"{_ORDER}cancel/", desk.cancel, name="cancel_order"),
]

_own: list[URLPattern] = [
    path("me/time-bank/", own.own, name="own"),
    path("me/time-bank/open/", own.begin, name="begin"),
    path("me/time-bank/close/", own.end, name="end"),
    path("me/time-bank/order/", own.order, name="own_order"),
    path(
        "me/time-bank/orders/<uuid:own_time_order_id>/cancel/",
        own.cancel_order,
        name="own_cancel",
    ),
    path("me/time-bank/kin/", own.add_kin, name="add_kin"),
    path("me/time-bank/kin/<uuid:kin_id>/end/", own.end_kin, name="end_kin"),
    path("me/time-bank/give/", own.give, name="give"),
    path("me/time-bank/give-to/", own.give_to, name="give_to"),
    path("me/time-bank/statement.<slug:ending>", own.statement, name="own_statement"),
]

urlpatterns: list[URLPattern] = [
    *_desk,
    *_own,
    path("talent/<str:talent_code>/time-bank/", residents.by_code, name="by_code"),
]
