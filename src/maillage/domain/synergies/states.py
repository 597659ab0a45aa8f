"""The states of a synergy, as data; ``docs/reference/etats.md`` is drawn from this table."""

from maillage.domain.exchanges.states import Transition, draw_moves
from maillage.domain.synergies.enums import SynergyState as S

TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition("propose", "Proposer aux structures", frozenset({S.DETECTED}), S.PROPOSED),
        Transition("interest", "Tout le monde a dit oui", frozenset({S.PROPOSED}), S.INTERESTED),
        Transition("talk", "Ouvrir les discussions", frozenset({S.INTERESTED}), S.TALKS),
        Transition("agree", "Noter l’accord", frozenset({S.INTERESTED, S.TALKS}), S.AGREED),
        Transition("run", "Commencer", frozenset({S.AGREED}), S.RUNNING),
        Transition("end", "Terminer", frozenset({S.RUNNING}), S.ENDED),
        Transition(
            "refuse",
            "Noter un refus",
            frozenset({S.PROPOSED, S.INTERESTED, S.TALKS}),
            S.REFUSED,
        ),
        Transition(
            "abandon",
            "Abandonner",
            frozenset({S.DETECTED, S.PROPOSED, S.INTERESTED, S.TALKS, S.AGREED, S.RUNNING}),
            S.ABANDONED,
        ),
        Transition("resume", "Reprendre les discussions", frozenset({S.AGREED}), S.TALKS),
        Transition("reopen", "Rouvrir", frozenset({S.REFUSED, S.ABANDONED}), S.DETECTED),
    )
}
# What nobody chooses: it follows from the answers of the parties.
FOLLOWS = frozenset({"interest"})
# What follows from the agreement, once there is one.
BY_AGREEMENT = frozenset({"agree", "run", "end", "resume"})
# What must say why.
WITH_REASON = frozenset({"refuse", "abandon"})
# What one may take back while nothing followed; a proposal has left by mail, answers belong to those who gave them.
UNDOABLE = frozenset({"talk", "agree", "run", "end", "refuse", "abandon", "resume"})
OPEN = (S.DETECTED, S.PROPOSED, S.INTERESTED, S.TALKS, S.AGREED, S.RUNNING)
CLOSED = (S.ENDED, S.REFUSED, S.ABANDONED)
STOPPED = (S.REFUSED, S.ABANDONED)
# From the last yes on, what the offers give is promised; once ended, only what is given once for all stays given.
HOLDING = (S.INTERESTED, S.TALKS, S.AGREED, S.RUNNING)


def steps() -> list[tuple[str, str]]:
    """Return every change of state that the database accepts: the moves, and the way back of those that have one."""
    forth = {(start, move.ends) for move in TRANSITIONS.values() for start in move.starts}
    back = {(move.ends, start) for verb in UNDOABLE for move in [TRANSITIONS[verb]] for start in move.starts}
    return sorted((str(one), str(other)) for one, other in forth | back)


def draw() -> str:
    """Draw the states of a synergy."""
    moves = draw_moves(
        title="Une synergie",
        first=S.DETECTED,
        labels={state.value: str(state.label) for state in S},
        moves=TRANSITIONS.values(),
    )
    undo = ", ".join(f"`{verb}`" for verb in sorted(UNDOABLE))
    return f"{moves}\nTant que rien n’a suivi, le dernier geste s’annule : {undo}.\n"
