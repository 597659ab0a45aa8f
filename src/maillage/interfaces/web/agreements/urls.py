"""Addresses of the room ``agreements``: accords."""

from django.urls import path

from maillage.interfaces.web.agreements.views import (
    amending,
    amending_promises,
    changing,
    linking,
    listing,
    opening,
    promising,
    reading,
    sheet,
    signing,
)

app_name = "agreements"

urlpatterns = [
    path("", listing.listing, name="list"),
    path("emporter.<str:ending>", listing.export, name="export"),
    path("nouveau/", opening.new, name="new"),
    path("lire/<str:token>/", linking.link, name="link"),
    path("<int:pk>/", sheet.detail, name="detail"),
    path("<int:pk>/modifier/", changing.edit, name="edit"),
    path("<int:pk>/parties/", changing.parties, name="parties"),
    path("lire/<str:token>/fichiers/<int:file>/", linking.link_file, name="link_file"),
    path("<int:pk>/fichiers/<int:file>/", reading.file, name="file"),
    path("<int:pk>/annexes/", signing.annexes, name="annexes"),
    path("<int:pk>/engagements/", promising.promise, name="promise"),
    path("<int:pk>/engagements/<int:line>/retirer/", changing.take_out, name="take_out"),
    path("<int:pk>/engagements/<int:line>/remettre/", changing.put_back, name="put_back"),
    path("<int:pk>/texte/", reading.read, name="text"),
    path("<int:pk>/texte/<int:number>/", reading.earlier, name="earlier"),
    path("<int:pk>/document/<slug:what>.<str:ending>", reading.take_away, name="paper"),
    path("<int:pk>/refus/<int:refusal>/retirer/", reading.take_back, name="take_back_no"),
    path("<int:pk>/inviter/", signing.invite, name="invite"),
    path("<int:pk>/gestes/<slug:verb>/", signing.move, name="move"),
    path("<int:pk>/avenants/nouveau/", amending.new, name="amend"),
    path("<int:pk>/avenants/engagements/", amending_promises.add, name="amend_add"),
    path("<int:pk>/avenants/engagements/<int:line>/", amending_promises.change, name="amend_promise"),
    path("<int:pk>/avenants/engagements/<int:line>/arreter/", amending_promises.end, name="amend_end"),
    path("<int:pk>/avenants/<int:number>/", amending.edit, name="amendment"),
    path("<int:pk>/avenants/<int:number>/texte/", reading.read_amendment, name="amendment_text"),
    path("<int:pk>/avenants/<int:number>/lignes/<int:line>/", amending_promises.leave, name="amend_leave"),
    path("<int:pk>/avenants/<int:number>/gestes/<slug:verb>/", amending.move, name="amendment_move"),
]
