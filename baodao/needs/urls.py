"""Addresses of the slice needs."""

from django.urls import URLPattern, path

from baodao.needs.views import acts, menu, needs, residents, team_menu

app_name = "needs"

_board: list[URLPattern] = [
    path("needs/", needs.board, name="board"),
    path("needs/new/", needs.new, name="collect"),
    path("needs/poster/", residents.poster, name="poster"),
    path("needs/poster.pdf", residents.poster_file, name="poster_file"),
    path("needs/poster/renew/", residents.renew, name="renew_page"),
    path("needs/<uuid:need_id>/", needs.need, name="need"),
    path("needs/<uuid:need_id>/screen/", acts.screen, name="screen"),
    path("needs/<uuid:need_id>/correct/", acts.correct, name="correct"),
    path("needs/<uuid:need_id>/merge/", acts.merge, name="merge"),
    path("needs/<uuid:need_id>/close/", acts.close, name="close"),
    path("needs/<uuid:need_id>/word/", acts.word, name="word"),
    path("needs/<uuid:need_id>/reopen/", acts.reopen, name="reopen"),
    path("needs/<uuid:need_id>/card.pdf", needs.card, name="card"),
    path("needs/<uuid:need_id>/telephone/", acts.number, name="number"),
    path("unit/needs/", needs.unit_needs, name="unit_needs"),
    path("unit/needs/new/", needs.unit_ask, name="unit_ask"),
]

_menu: list[URLPattern] = [
    path("needs/menu/", menu.menu, name="menu"),
    path("needs/menu/new/", menu.new, name="new_item"),
    path("needs/menu/poster.pdf", menu.poster, name="menu_poster"),
    path("needs/menu/<uuid:item_id>/", menu.edit, name="edit_item"),
    path("needs/menu/<uuid:item_id>/end/", menu.end, name="end_item"),
    path("needs/menu/<uuid:item_id>/order/", menu.order, name="take_order"),
    path("team/menu/", team_menu.show, name="team_menu"),
    path("team/menu/new/", team_menu.new, name="new_team_item"),
    path("team/menu/<uuid:led_item_id>/", team_menu.edit, name="edit_team_item"),
    path("team/menu/<uuid:led_item_id>/end/", team_menu.end, name="end_team_item"),
    path("ask/<str:page_token>/<uuid:item_id>/", residents.order, name="order"),
]

_residents: list[URLPattern] = [
    path("ask/<str:page_token>/", residents.ask, name="ask"),
    path("asked/", residents.find, name="find_asked"),
    path("asked/<str:need_code>/", residents.own_request, name="asked"),
    path("asked/<str:need_code>/answer/", residents.answer, name="answer_asked"),
    path("asked/<str:need_code>/withdraw/", residents.withdraw, name="withdraw_asked"),
    path("asked/<str:need_code>/forget/", residents.forget, name="forget_asker"),
]

urlpatterns: list[URLPattern] = [*_board, *_menu, *_residents]
