"""Shapes of places and members: what they are is read from the form, the colour only helps."""

from markupsafe import Markup

from maillage.interfaces.drawing.marks import tag

SHAPES: dict[str, str] = {
    "cup": "M-8,-8h16v7a8,8,0,0,1,-16,0z",
    "cup-empty": "M-8,-8h16v7a8,8,0,0,1,-16,0z",
    "arch": "M-8,8v-7a8,8,0,0,1,16,0v7z",
    "arch-empty": "M-8,8v-7a8,8,0,0,1,16,0v7z",
    "disc": "M-7.5,0a7.5,7.5,0,1,0,15,0a7.5,7.5,0,1,0,-15,0z",
    "square": "M-6.5,-6.5h13v13h-13z",
    "house": "M-7.5,7.5v-8l7.5,-7.5l7.5,7.5v8z",
    "triangle": "M0,-8l8.5,15h-17z",
    "diamond": "M0,-9l8.5,9l-8.5,9l-8.5,-9z",
    "ring": "M-6.5,0a6.5,6.5,0,1,0,13,0a6.5,6.5,0,1,0,-13,0z",
}
SHAPE_WORDS: dict[str, str] = {
    "cup": "Besoin",
    "cup-empty": "Besoin sans réponse",
    "arch": "Offre",
    "arch-empty": "Offre non retenue",
    "disc": "Structure de l’ESS",
    "square": "Entreprise",
    "house": "Collectivité",
    "triangle": "Formation",
    "diamond": "Habitants",
    "ring": "Lieu",
}


def shaped(name: str) -> str:
    """Return the name, or "ring" when nobody knows it."""
    return name if name in SHAPES else "ring"


def shape(name: str, x: float, y: float, *, size: float = 1.0, title: str = "") -> Markup:
    """Return a shape centred on x, y."""
    moved = f"translate({x:.10g},{y:.10g})" + (f" scale({size:.3g})" if size != 1 else "")
    named = [tag("title", title)] if title else ""
    return tag("path", named, d=SHAPES[shaped(name)], class_=f"d-point d-s-{shaped(name)}", transform=moved)


def swatch(name: str) -> Markup:
    """Return the shape as the key shows it."""
    return shape(name, 10, 7, size=0.85)
