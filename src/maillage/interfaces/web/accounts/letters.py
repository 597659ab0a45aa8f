"""The letters about accounts: a link to come in, an invitation, an answer to a request, a change of security."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from maillage.domain.actors.enums import LinkPurpose
from maillage.domain.actors.models import AccessRequest, Account, Pole
from maillage.domain.actors.operations import make_link
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.operations import notify, queue_letter

_NOT_YOU = "Si ce n’est pas vous, laissez ce message : sans ce lien, rien ne s’ouvre."


def site_address(path: str) -> str:
    """Return the whole public address of a path."""
    return settings.SITE_ADDRESS.rstrip("/") + path


def _greeting(account: Account) -> str:
    return f"Bonjour {account.person.given_name}," if account.person else "Bonjour,"


@transaction.atomic
def send_sign_in_link(*, account: Account, next_page: str, at: datetime) -> None:
    """Send a link that signs in once, within twenty minutes."""
    made = make_link(account=account, at=at, next_page=next_page)
    queue_letter(
        key=f"sign-in:{made.link.pk}",
        kind=MessageKind.ACCOUNT,
        to=account.email,
        person=account.person,
        at=at,
        letter=Letter(
            subject="Votre lien pour vous connecter",
            greeting=_greeting(account),
            paragraphs=("Voici le lien demandé. Il sert une fois, dans les vingt minutes.", _NOT_YOU),
            buttons=(Button("Me connecter", site_address(reverse("accounts:use_link", args=[made.secret]))),),
        ),
    )


@transaction.atomic
def send_invitation(*, account: Account, pole: Pole, role: str, at: datetime) -> None:
    """Tell somebody that the pole opened an account for them, with a link that serves once, within two weeks."""
    made = make_link(
        account=account, purpose=LinkPurpose.INVITATION, at=at, next_page=reverse("accounts:welcome")
    )
    queue_letter(
        key=f"invitation:{made.link.pk}",
        kind=MessageKind.ACCOUNT,
        to=account.email,
        person=account.person,
        pole=pole,
        at=at,
        letter=Letter(
            subject=f"{pole.name} vous ouvre un accès",
            greeting=_greeting(account),
            paragraphs=(
                f"L’équipe de {pole.name} vous a ouvert un compte : {role[:1].lower()}{role[1:]}.",
                "Ce lien vous connecte une première fois, dans les deux semaines. "
                "Vous choisirez ensuite comment revenir.",
            ),
            buttons=(Button("Entrer", site_address(reverse("accounts:use_link", args=[made.secret]))),),
        ),
    )


def tell_new_role(*, account: Account, pole: Pole, role: str, key: str, at: datetime) -> None:
    """Tell somebody who has an account already that they have one more role."""
    queue_letter(
        key=key,
        kind=MessageKind.ACCOUNT,
        to=account.email,
        person=account.person,
        pole=pole,
        at=at,
        letter=Letter(
            subject=f"{pole.name} : vous avez un nouveau rôle",
            greeting=_greeting(account),
            paragraphs=(f"L’équipe de {pole.name} vous a donné ce rôle : {role[:1].lower()}{role[1:]}.",),
            buttons=(Button("Ouvrir", site_address(reverse("pages:pole", args=[pole.slug]))),),
        ),
    )


def tell_refusal(*, asked: AccessRequest, at: datetime) -> None:
    """Tell somebody that the pole said no, and why."""
    queue_letter(
        key=f"access-refused:{asked.pk}",
        kind=MessageKind.ACCOUNT,
        to=asked.email,
        pole=asked.pole,
        at=at,
        letter=Letter(
            subject=f"{asked.pole.name} : votre demande d’accès",
            greeting=f"Bonjour {asked.given_name},",
            paragraphs=(
                f"L’équipe de {asked.pole.name} n’a pas ouvert d’accès cette fois. Voici pourquoi :",
                asked.reason,
            ),
            buttons=(
                Button(
                    "Écrire à l’équipe", site_address(f"{reverse('pages:contact')}?pole={asked.pole.slug}")
                ),
            ),
        ),
    )


def tell_request(*, asked: AccessRequest, team: Sequence[Account], at: datetime) -> None:
    """Tell those who run the pole that somebody asks to come in, and the person that it is received."""
    pole, address = asked.pole, reverse("access:requests", args=[asked.pole.slug])
    for account in team:
        notify(
            key=f"access-request:{asked.pk}",
            account=account,
            pole=pole,
            text=f"{asked} demande un accès",
            url=address,
            at=at,
        )
        queue_letter(
            key=f"access-request:{asked.pk}:{account.pk}",
            kind=MessageKind.ANSWER,
            to=account.email,
            person=account.person,
            pole=pole,
            at=at,
            letter=Letter(
                subject=f"{asked} demande un accès",
                greeting=_greeting(account),
                paragraphs=(f"{asked} demande à entrer dans {pole.name}.",),
                buttons=(Button("Lire la demande", site_address(address)),),
            ),
        )
    queue_letter(
        key=f"access-asked:{asked.pk}",
        kind=MessageKind.ACCOUNT,
        to=asked.email,
        pole=pole,
        at=at,
        letter=Letter(
            subject=f"{pole.name} a reçu votre demande",
            greeting=f"Bonjour {asked.given_name},",
            paragraphs=(
                f"Votre demande d’accès à {pole.name} est arrivée. L’équipe vous répond à cette adresse.",
                "Si vous n’avez rien demandé, laissez ce message : aucun compte n’est ouvert.",
            ),
        ),
    )


# What allauth tells: which sentence, and what to do when it was not oneself.
_SECURITY = {
    "account/email/password_changed": "Le mot de passe de votre compte vient d’être changé.",
    "account/email/password_set": "Un mot de passe vient d’être choisi pour votre compte.",
    "account/email/password_reset": "Le mot de passe de votre compte vient d’être remplacé.",
    "mfa/email/totp_activated": "Une application de codes garde maintenant votre compte.",
    "mfa/email/totp_deactivated": "L’application de codes ne garde plus votre compte.",
    "mfa/email/recovery_codes_generated": "De nouveaux codes de secours ont été créés pour votre compte.",
    "mfa/email/webauthn_added": "Une clé d’accès a été ajoutée à votre compte.",
    "mfa/email/webauthn_removed": "Une clé d’accès a été retirée de votre compte.",
    "socialaccount/email/account_connected": "Une identité extérieure ouvre maintenant votre compte.",
    "socialaccount/email/account_disconnected": "Une identité extérieure n’ouvre plus votre compte.",
}


def tell_security(*, prefix: str, to: str, at: datetime) -> None:
    """Tell somebody that the security of their account changed."""
    queue_letter(
        key=f"security:{uuid4()}",
        kind=MessageKind.ACCOUNT,
        to=to,
        at=at,
        letter=Letter(
            subject="La sécurité de votre compte a changé",
            greeting="Bonjour,",
            paragraphs=(
                _SECURITY[prefix],
                "Si c’est vous, il n’y a rien à faire. Sinon, connectez-vous, fermez les autres sessions "
                "et changez de mot de passe.",
            ),
            buttons=(Button("Mes sessions", site_address(reverse("accounts:sessions"))),),
        ),
    )


def send_password_link(*, to: str, url: str, at: datetime) -> None:
    """Send the link to choose another password."""
    queue_letter(
        key=f"password:{uuid4()}",
        kind=MessageKind.ACCOUNT,
        to=to,
        at=at,
        letter=Letter(
            subject="Choisir un autre mot de passe",
            greeting="Bonjour,",
            paragraphs=("Voici le lien demandé. Il sert une fois.", _NOT_YOU),
            buttons=(Button("Choisir un mot de passe", url),),
        ),
    )
