"""``docs/reference/api.md``: every call of the API, from its own description."""

from collections.abc import Mapping
from typing import Any

from maillage.domain.ledger.operations.tokens import MOST_A_MINUTE
from maillage.interfaces.api.app import api

_HEAD = f"""# L’API

Un logiciel lit ce que voit une structure, et note ce qu’elle fait. La description complète, que les logiciels lisent,
est à l’adresse `/api/openapi.json` de votre site.

- **La clé** se fait sur le site : « Engagements », « Clés d’API ». Elle vaut pour une structure, dans un pôle, pour
  lire ou pour noter. Elle s’écrit dans chaque appel : `Authorization: Bearer mll_…`. Elle se retire d’un clic.
- **Noter deux fois le même fait** est sans danger : chaque envoi porte un en-tête `Idempotency-Key`, différent pour
  chaque fait. Le même envoi répété ne note rien de plus (201 la première fois, 200 ensuite). La même clé pour un autre
  fait est refusée.
- **Une erreur** est une phrase en français, en `application/problem+json` : `title`, `status`, `detail`, et dans
  `errors` le champ et ce qu’il faut revoir.
- **Le rythme** : {MOST_A_MINUTE} appels par minute et par clé ; au-delà, 429 et `Retry-After`.

```sh
curl -X POST https://votre-site/api/poles/votre-pole/faits \\
  -H 'Authorization: Bearer mll_…' -H 'Idempotency-Key: pesee-2026-11-24-01' -H 'Content-Type: application/json' \\
  -d '{{"engagement": 12, "quantite": 84.5, "unite": "kg", "le": "2026-11-24", "preuve": "weighing"}}'
```
"""
_MEANINGS = {
    "200": "c’est fait, ou c’était déjà fait",
    "201": "le fait est noté",
    "401": "clé absente, inconnue ou retirée",
    "403": "la clé ne le permet pas",
    "404": "la clé n’ouvre pas ce pôle",
    "422": "un champ est à revoir",
    "429": "trop d’appels",
}


def page() -> str:
    """Return the page."""
    described: Mapping[str, Any] = api.get_openapi_schema()
    schemas = described["components"]["schemas"]
    lines = [_HEAD]
    for address, methods in described["paths"].items():
        for method, call in methods.items():
            lines += _call(address, method, call, schemas)
    return "\n".join(lines)


def _call(address: str, method: str, call: Mapping[str, Any], schemas: Mapping[str, Any]) -> list[str]:
    lines = [f"## {call['summary']}", "", f"`{method.upper()} {address}`", ""]
    if call.get("description"):
        lines += [call["description"], ""]
    given = [_parameter(one) for one in call.get("parameters", ()) if one["in"] != "path"]
    if given:
        lines += ["| donnée | où | ce qu’on y met |", "|---|---|---|", *given, ""]
    body = call.get("requestBody")
    if body is not None:
        lines += _fields("Le corps, en JSON", _of(body["content"]["application/json"]["schema"], schemas))
    answer = call["responses"].get(201) or call["responses"].get("201") or call["responses"][200]
    shown = _of(answer["content"]["application/json"]["schema"], schemas)
    if "resultats" in shown["properties"]:
        shown = _of(shown["properties"]["resultats"]["items"], schemas)
        title = "Chaque ligne de `resultats`, à côté de `page`, `pages` et `total`"
    else:
        title = "La réponse"
    lines += _fields(title, shown)
    told = [f"{code} ({_MEANINGS[str(code)]})" for code in call["responses"] if str(code) in _MEANINGS]
    return [*lines, "Réponses : " + ", ".join(told) + ".", ""]


def _parameter(one: Mapping[str, Any]) -> str:
    schema = one["schema"]
    where = "en-tête" if one["in"] == "header" else "adresse"
    said = one.get("description") or schema.get("description", "")
    default = schema.get("default")
    if default not in (None, ""):
        said = f"{said} D’origine : {default}."
    return f"| `{one['name']}` | {where} | {said.strip()} |"


def _of(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    found: Mapping[str, Any] = schemas[name] if name else schema
    return found


def _fields(title: str, schema: Mapping[str, Any]) -> list[str]:
    needed = set(schema.get("required", ()))
    rows = [
        f"| `{name}` | {_kind(one)} | {'oui' if name in needed else ''} | {one.get('description', '')} |"
        for name, one in schema["properties"].items()
    ]
    return [f"{title} :", "", "| champ | genre | toujours | |", "|---|---|---|---|", *rows, ""]


_KINDS = {"integer": "entier", "number": "nombre", "string": "texte", "boolean": "vrai ou faux"}


def _kind(one: Mapping[str, Any]) -> str:
    among = [part for part in one.get("anyOf", [one]) if part.get("type") != "null"]
    first = among[0]
    if "enum" in first:
        return " ou ".join(f"`{value}`" for value in first["enum"])
    if first.get("format") in {"date", "date-time"}:
        return "date" if first["format"] == "date" else "date et heure"
    return _KINDS.get(first.get("type", ""), "texte")
