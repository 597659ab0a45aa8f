"""Addresses of the accounts: those of allauth's pages that are in use, and our own."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as codes_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as key_views
from django.urls import include, path, re_path

from maillage.interfaces.web.accounts import leaving, links, openid, sessions, switching, views
from maillage.interfaces.web.accounts.proof import proved

own = (
    [
        path("", views.me, name="me"),
        path("bienvenue/", views.welcome, name="welcome"),
        path("lien/", links.ask_link, name="link"),
        path("lien/envoye/", links.link_sent, name="link_sent"),
        path("lien/<str:secret>/", links.open_link, name="use_link"),
        path("changer/", switching.switch, name="switch"),
        path("demander/", views.ask, name="ask"),
        path("sessions/", sessions.sessions, name="sessions"),
    ],
    "accounts",
)

second_proof = [
    path("", mfa_views.index, name="mfa_index"),
    path("verifier/", mfa_views.authenticate, name="mfa_authenticate"),
    path("confirmer/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("application/ajouter/", proved(totp_views.activate_totp), name="mfa_activate_totp"),
    path("application/retirer/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/creer/", codes_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/telecharger/", codes_views.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("cles/", key_views.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", proved(key_views.add_webauthn), name="mfa_add_webauthn"),
    path("cles/confirmer/", key_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("cles/entrer/", key_views.login_webauthn, name="mfa_login_webauthn"),
    path("cles/<int:pk>/retirer/", key_views.remove_webauthn, name="mfa_remove_webauthn"),
    path("cles/<int:pk>/renommer/", key_views.edit_webauthn, name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("", include(own)),
    path("double/", include(second_proof)),
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", leaving.log_out, name="account_logout"),
    path("identite/<str:provider_id>/", openid.go, name="openid_connect_login"),
    path("identite/<str:provider_id>/retour/", openid.come_back, name="openid_connect_callback"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("signup/", allauth_views.signup, name="account_signup"),
    path("confirmer/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", proved(allauth_views.password_set), name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("password/reset/done/", allauth_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
