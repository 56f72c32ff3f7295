"""
The pages of allauth that we use, and no others.

Their names are allauth's own: it looks them up to send people from one to the next.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

urlpatterns = [
    path("", login_not_required(account.login), name="account_login"),
    path(
        "code/",
        login_not_required(mfa.authenticate),
        name="mfa_authenticate",
    ),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("again/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("out/", login_not_required(account.logout), name="account_logout"),
    path(
        "closed/",
        login_not_required(account.account_inactive),
        name="account_inactive",
    ),
    path(
        "forgotten/",
        login_not_required(account.password_reset),
        name="account_reset_password",
    ),
    path(
        "forgotten/sent/",
        login_not_required(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(  # allauth writes its links in this form, with a hyphen
        r"^forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login_not_required(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "forgotten/done/",
        login_not_required(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("password/", account.password_change, name="account_change_password"),
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-step/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "second-step/recovery-codes/",
        recovery.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/recovery-codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-step/recovery-codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
