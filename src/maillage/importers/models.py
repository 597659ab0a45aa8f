"""What an import leaves behind: its file, its mapping, its dry run, what it did."""

from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Pole


class BatchKind(models.TextChoices):
    """What the lines of the file are."""

    ORGANISATIONS = "organisations", "Structures"
    NEEDS = "needs", "Besoins"
    OFFERS = "offers", "Offres"
    FLOWS = "flows", "Flux de matières"
    FACTS = "facts", "Faits"


class BatchState(models.TextChoices):
    """Where an import stands; nothing is written before APPLIED."""

    UPLOADED = "uploaded", "Fichier reçu"
    CHECKING = "checking", "Vérification en cours"
    CHECKED = "checked", "Vérifié, à valider"
    APPLYING = "applying", "Enregistrement en cours"
    APPLIED = "applied", "Enregistré"
    FAILED = "failed", "Illisible"
    CANCELLED = "cancelled", "Abandonné"


class ImportBatch(models.Model):
    """One file on its way in."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="import_batches", verbose_name="pôle")
    kind = models.CharField("contenu", max_length=13, choices=BatchKind.choices)
    state = models.CharField("état", max_length=9, choices=BatchState.choices, default=BatchState.UPLOADED)
    file = models.FileField("fichier", upload_to="imports/%Y/%m/")
    filename = models.CharField("nom du fichier", max_length=255)
    sheet = models.CharField("feuille", max_length=100, blank=True)
    digest = models.CharField("empreinte", max_length=64)
    size = models.PositiveBigIntegerField("taille (octets)", default=0)
    reading = models.JSONField(
        "lecture", default=dict, blank=True, help_text="Feuilles, premières valeurs, remarques du lecteur."
    )
    mapping = models.JSONField("correspondance", default=dict, blank=True)
    answers = models.JSONField(
        "réponses",
        default=dict,
        blank=True,
        help_text="Famille par défaut ; fiches dites la même ou une autre.",
    )
    report = models.JSONField("compte rendu", default=dict, blank=True)
    error = models.TextField("erreur", blank=True)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, blank=True, verbose_name="par")
    uploaded_at = models.DateTimeField("reçu le")
    applied_at = models.DateTimeField("enregistré le", null=True, blank=True)

    class Meta:
        verbose_name = "import"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_applied_dated", condition=~Q(state="applied") | Q(applied_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.filename


class RememberedMapping(models.Model):
    """How the columns of a known file were understood, to propose the same next time."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="mappings", verbose_name="pôle")
    kind = models.CharField("contenu", max_length=13, choices=BatchKind.choices)
    signature = models.CharField("signature des titres", max_length=64)
    mapping = models.JSONField("correspondance")
    used_at = models.DateTimeField("utilisée le")

    class Meta:
        verbose_name = "correspondance retenue"
        ordering = ["-used_at", "-pk"]
        constraints = [models.UniqueConstraint(name="mapping_once", fields=["pole", "kind", "signature"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.signature[:8]}"
