"""Every address of the site; each room of the web door brings its own."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from maillage.interfaces.api.app import api

# The support staff comes in by the same door: throttled, with its second proof.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # as allauth documents it

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", api.urls),
    path("compte/", include("maillage.interfaces.web.accounts.urls")),
    path("communes/", include("maillage.interfaces.web.places.urls")),
    path("p/<slug:pole>/acces/", include("maillage.interfaces.web.actors.access_urls")),
    path("p/<slug:pole>/structures/", include("maillage.interfaces.web.actors.urls")),
    path("p/<slug:pole>/besoins-et-offres/", include("maillage.interfaces.web.exchanges.urls")),
    path("p/<slug:pole>/importer/", include("maillage.interfaces.web.importing.urls")),
    path("p/<slug:pole>/", include("maillage.interfaces.web.matching.urls")),
    path("p/<slug:pole>/synergies/", include("maillage.interfaces.web.synergies.urls")),
    path("p/<slug:pole>/faits/", include("maillage.interfaces.web.ledger.urls")),
    path("p/<slug:pole>/accords/", include("maillage.interfaces.web.agreements.urls")),
    path("p/<slug:pole>/ecoute/", include("maillage.interfaces.web.gathering.urls")),
    path("p/<slug:pole>/projets/", include("maillage.interfaces.web.projects.urls")),
    path("", include("maillage.interfaces.web.days.urls")),
    path("", include("maillage.interfaces.web.mail.urls")),
    path("p/<slug:pole>/historique/", include("maillage.interfaces.web.history.urls")),
    path("p/<slug:pole>/travaux/", include("maillage.interfaces.web.jobs.urls")),
    path("", include("maillage.interfaces.web.pages.urls")),
]

handler400 = "maillage.interfaces.web.pages.errors.bad_request"
handler403 = "maillage.interfaces.web.pages.errors.forbidden"
handler404 = "maillage.interfaces.web.pages.errors.not_found"
handler500 = "maillage.interfaces.web.pages.errors.server_error"
