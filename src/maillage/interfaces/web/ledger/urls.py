"""Addresses of the promises and the facts, under ``/p/<pole>/faits/``."""

from django.urls import path

from maillage.interfaces.web.ledger.views import files, labels, promises, recording, tokens

app_name = "ledger"
urlpatterns = [
    path("", promises.promises, name="promises"),
    path("engagements.<str:ending>", promises.export, name="export"),
    path("<int:pk>/", promises.promise, name="promise"),
    path("<int:pk>/noter/", recording.record, name="record"),
    path("<int:pk>/etiquette/", labels.new_label, name="new_label"),
    path("journal/", recording.facts, name="facts"),
    path("journal/faits.<str:ending>", recording.export_facts, name="export_facts"),
    path("ligne/<int:pk>/corriger/", recording.correct, name="correct"),
    path("ligne/<int:pk>/verifier/", recording.check, name="check"),
    path("etiquettes/", labels.labels, name="labels"),
    path("etiquettes/imprimer/", labels.sheet, name="label_sheet"),
    path("etiquettes/<int:pk>/retirer/", labels.revoke, name="label_revoke"),
    path("e/<str:token>/", labels.scan, name="scan"),
    path("cles/", tokens.tokens, name="tokens"),
    path("cles/<int:pk>/retirer/", tokens.revoke, name="token_revoke"),
    path("fichiers/<int:pk>/", files.file, name="file"),
]
