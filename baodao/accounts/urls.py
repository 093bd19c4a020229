"""Addresses of accounts, and those of allauth's pages that can be reached."""

from allauth.account import views as account_views
from allauth.mfa.base import views as code_views
from allauth.mfa.recovery_codes import views as spare_code_views
from allauth.mfa.totp import views as totp_views
from django.urls import URLPattern, path

from baodao.accounts.views import administration, journal, members, own, switches, tokens

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("act-for/", own.act_for, name="act_for"),
    path("preferences/", own.preferences, name="preferences"),
    path("account/", own.mine, name="mine"),
    path("account/tokens/", tokens.mine, name="tokens"),
    path("account/tokens/new/", tokens.make, name="token_make"),
    path("account/tokens/<uuid:token_id>/revoke/", tokens.revoke, name="token_revoke"),
    path("accounts/", administration.accounts_list, name="list"),
    path("accounts/new/", administration.create, name="create"),
    path("accounts/members/", members.members, name="members"),
    path("accounts/members/passwords/", members.passwords, name="members_passwords"),
    path("accounts/<uuid:account_id>/", administration.account, name="account"),
    path("accounts/<uuid:account_id>/grant/", administration.grant_role, name="grant"),
    path("accounts/<uuid:account_id>/password/", administration.password, name="password"),
    path("accounts/<uuid:account_id>/stop/", administration.stop, name="stop"),
    path("accounts/<uuid:account_id>/start/", administration.start, name="start"),
    path("grants/<uuid:grant_id>/revoke/", administration.revoke_role, name="revoke"),
    path("grants/<uuid:grant_id>/confirm/", administration.confirm_role, name="confirm_grant"),
    path("switches/", switches.register, name="switches"),
    path("switches/assessments/new/", switches.assess, name="assess"),
    path("switches/propose/", switches.propose, name="propose"),
    path("switches/<uuid:switch_id>/confirm/", switches.confirm, name="confirm"),
    path("switches/<uuid:switch_id>/end/", switches.end, name="end"),
    path("journal/", journal.entries, name="journal"),
]

signing: list[URLPattern] = [
    path("sign-in/", account_views.login, name="account_login"),
    path("sign-in/again/", account_views.reauthenticate, name="account_reauthenticate"),
    path("sign-in/stopped/", account_views.account_inactive, name="account_inactive"),
    path("sign-in/code/", code_views.authenticate, name="mfa_authenticate"),
    path("sign-in/code/again/", code_views.reauthenticate, name="mfa_reauthenticate"),
    path("sign-out/", own.sign_out, name="account_logout"),
    path("password/", account_views.password_change, name="account_change_password"),
    path("password/set/", account_views.password_set, name="account_set_password"),
    path("second-step/", code_views.index, name="mfa_index"),
    path("second-step/on/", totp_views.activate_totp, name="mfa_activate_totp"),
    path("second-step/off/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "second-step/spare/",
        spare_code_views.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/spare/new/",
        spare_code_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
"""allauth reverses these names without a namespace; its other pages are not mounted."""
