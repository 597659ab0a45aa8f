"""Closeness of two types, by walking the tree and trying every link: the twin of ``problem.compatibility``."""

from maillage_engine.problem.types import Link, TypeTable


def closeness(table: TypeTable, offer_type: int, need_type: int) -> int:
    """Return 0 to 1000 for two indices of types; -1 is the unknown type."""
    if offer_type == -1 or need_type == -1:
        return 500
    ways = [0]
    if need_type in ancestors(table, offer_type):
        levels = ancestors(table, offer_type).index(need_type)
        ways.append(max(700, 1000 * 9**levels // 10**levels))
    if offer_type in ancestors(table, need_type):
        levels = ancestors(table, need_type).index(offer_type)
        ways.append(1000 if levels == 0 else max(400, 1000 * 8**levels // 10**levels))
    for link in table.links:
        from_type, to_type = table.index[link.offer], table.index[link.need]
        if (from_type, to_type) == (offer_type, need_type):
            ways.append(link.per_mille)
        if from_type == offer_type and are_parent_and_child(table, to_type, need_type):
            ways.append(link.per_mille * 8 // 10)
        if to_type == need_type and may_stand_for(table, link, offer_type):
            ways.append(link.per_mille * 8 // 10)
    return max(ways)


def may_stand_for(table: TypeTable, link: Link, offer_type: int) -> bool:
    """Whether an offered type next to the link's own may take its place; a narrower service may not handle it."""
    linked = table.index[link.offer]
    if link.relation == "handles":
        return table.types[linked].parent == table.types[offer_type].code
    return are_parent_and_child(table, linked, offer_type)


def ancestors(table: TypeTable, start: int) -> list[int]:
    """Return the type itself, its parent, its grandparent and so on."""
    parent = table.types[start].parent
    return [start] if parent is None else [start, *ancestors(table, table.index[parent])]


def are_parent_and_child(table: TypeTable, one: int, other: int) -> bool:
    """Whether one of the two is the parent of the other."""
    codes = table.types[one].code, table.types[other].code
    return table.types[one].parent == codes[1] or table.types[other].parent == codes[0]
