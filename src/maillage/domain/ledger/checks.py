"""The rules that a promise and a fact share: who, what, how much."""

from decimal import ROUND_HALF_EVEN, Decimal

from maillage.core.errors import UserMistake
from maillage.core.quantities import DIMENSION_LABELS, Dimension, Quantity, Unit, unit_named
from maillage.domain.actors.models import Organisation
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.checks import units_offered
from maillage.domain.ledger.enums import SOLO_ACTIONS
from maillage.domain.ledger.models import Action, Resource

LARGEST = Decimal("999999999999")
FINEST = Decimal("0.0001")
NOTE_LENGTH = 300


def known_action(code: str) -> Action:
    """Return an action of the table."""
    found = Action.objects.filter(code=code).first()
    if found is None:
        raise UserMistake(f"Le geste « {code} » n’existe pas.", field="action")
    return found


def check_parties(action: Action, provider: Organisation, receiver: Organisation) -> None:
    """Refuse a merged sheet, and one structure on both sides unless one may do it alone."""
    for field, party in (("provider", provider), ("receiver", receiver)):
        if party.merged_into_id is not None:
            raise UserMistake(
                f"La fiche « {party.name} » a été réunie à une autre. Choisissez la fiche gardée.",
                field=field,
            )
    if provider.pk == receiver.pk and action.code not in SOLO_ACTIONS:
        raise UserMistake("Il faut deux structures : une qui donne, une qui reçoit.", field="receiver")


def type_of(resource: Resource | None, resource_type: ResourceType | None) -> ResourceType:
    """Return the type, the resource's when there is one; refuse none or two that differ."""
    if resource is None:
        if resource_type is None:
            raise UserMistake("Dites de quoi il s’agit.", field="resource_type")
        return resource_type
    if resource_type is not None and resource_type.pk != resource.resource_type_id:
        raise UserMistake(
            f"« {resource.name} » est du type « {resource.resource_type.label} ».", field="resource_type"
        )
    return resource.resource_type


def check_amount(value: Decimal, unit: str, *, zero_allowed: bool = False) -> Quantity:
    """Return the quantity; refuse a number that does not count, or an unknown unit."""
    if not value.is_finite() or value < 0 or value > LARGEST or (value == 0 and not zero_allowed):
        raise UserMistake("La quantité est un nombre plus grand que zéro.", field="quantity")
    if not unit:
        raise UserMistake("Dites en quelle unité.", field="unit")
    return Quantity(value, unit_named(unit))


def check_unit(unit: Unit, action: Action, resource_type: ResourceType) -> None:
    """Refuse a unit that does not measure what the action, or else the type, is counted in."""
    if action.dimensions:
        if unit.dimension in action.dimensions:
            return
        wanted = " ou ".join(DIMENSION_LABELS[Dimension(code)] for code in action.dimensions)
        raise UserMistake(
            f"« {action.label} » se compte par {wanted} ; « {unit.label} » mesure "
            f"{DIMENSION_LABELS[unit.dimension]}.",
            field="unit",
        )
    if unit.dimension != resource_type.dimension:
        raise UserMistake(
            f"« {unit.label} » mesure {DIMENSION_LABELS[unit.dimension]} ; « {resource_type.label} » se compte "
            f"en {units_offered(resource_type)}.",
            field="unit",
        )


def kept_quantity(quantity: Quantity, unit: Unit) -> Quantity:
    """Convert to the unit that is kept, to four decimals; refuse what would become nothing."""
    converted = quantity.to(unit)
    value = converted.value.quantize(FINEST, rounding=ROUND_HALF_EVEN)
    if value == 0 and quantity.value > 0:
        raise UserMistake(
            f"{quantity} est trop peu pour être compté en {unit.plural}. Vérifiez l’unité.", field="quantity"
        )
    if value > LARGEST:
        raise UserMistake("Cette quantité est trop grande. Vérifiez l’unité.", field="quantity")
    return Quantity(value, unit)


def check_note(text: str) -> str:
    """Return a note without its margins; refuse a long one."""
    if len(text) > NOTE_LENGTH or "\x00" in text:
        raise UserMistake(f"Cette note est trop longue : {NOTE_LENGTH} caractères au plus.", field="note")
    return text.strip()
