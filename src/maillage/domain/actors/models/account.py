"""The account one signs in with; what it may do comes from the mandates of its person."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class AccountManager(BaseUserManager["Account"]):
    """Builds accounts by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Create an account; without a password it cannot sign in until one is chosen."""
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Account":
        """Create an account of the support staff."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in."""

    email = models.EmailField("courriel", unique=True)
    person = models.OneToOneField(
        "actors.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="account",
        verbose_name="personne",
    )
    is_staff = models.BooleanField("équipe de support", default=False)
    is_active = models.BooleanField("actif", default=True)
    created_at = models.DateTimeField("créé le", auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "compte"
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.email
