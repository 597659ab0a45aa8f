"""What several journeys share: a need or an offer noted, a button of a letter, an agreement signed by letter."""

from maillage.domain.mail.models import Message
from tests.browser.walking import Arrive, Walker


def note(walker: Walker, side: str, said: str, by: str, letters: str, kind: str = "") -> None:
    """Begin a need or an offer from the home page: its words, its kind when told, who says it from a few letters."""
    walker.visit("/p/essai/")
    walker.open("Noter", "link")
    if side == "offre":
        walker.open("Une offre", "link")
    walker.write("Qu’est-ce", said)
    walker.page.locator("#understood input:checked").first.wait_for()
    if kind:
        walker.go_to("", "radio")
        walker.choose_radio(kind)
    walker.pick("Qui le dit", letters, by)


def button_in_letter(email: str, label: str = "") -> str:
    """Return the address of a button of the last letter to somebody; the first one when none is named."""
    buttons = Message.objects.filter(to=email).latest("pk").letter["buttons"]
    return str(next(address for name, address in buttons if name.startswith(label)))


def invite_to_sign(walker: Walker, organisation: str, email: str) -> None:
    """From the sheet of an agreement that waits for somebody unknown, send the link to sign without account."""
    walker.select("Pour", organisation)
    walker.write("Courriel", email)
    walker.open("Envoyer le lien", "button")
    walker.sees(f"La lettre part à {email}")


def sign_from_letter(arrive: Arrive, email: str, name: str, capacity: str, says: str) -> None:
    """Open the letter somewhere without account, read the text, say yes."""
    guest = arrive()
    guest.visit(button_in_letter(email))
    guest.sees(says)
    guest.looks()
    guest.write("Prénom et nom", name)
    guest.write("En qualité de", capacity)
    guest.tick("J’ai lu le texte")
    guest.open("Dire oui à ce texte", "button")
    guest.sees("Merci, c’est noté")
    guest.looks()
