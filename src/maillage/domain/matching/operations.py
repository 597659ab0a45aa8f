"""Ask for a run, carry it out, decide of its leads."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from maillage.core.errors import Stopped, UserMistake
from maillage.domain.actors.models import Account, Pole
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.enums import DecisionKind, RunStatus, SetAsideReason
from maillage.domain.matching.learning import weights_in_force
from maillage.domain.matching.models import Decision, MatchingRun, Proposal
from maillage.domain.matching.problem_rows import PairFound, Solution
from maillage.domain.matching.rows import catalogue_table, set_aside_pairs, sides_of

Progress = Callable[[int, int, str], None]
DEFAULT_K = 10


def ask_run(
    *, pole: Pole, asked_by: Account | None, at: datetime, k: int = DEFAULT_K, seed: int = 0
) -> MatchingRun:
    """Create a run that waits to be carried out."""
    return MatchingRun.objects.create(
        pole=pole, asked_by=asked_by, asked_at=at, seed=seed, parameters={"k": k}
    )


def carry_out_run(
    *,
    run: MatchingRun,
    today: date,
    clock: Callable[[], datetime],
    encoder: str,
    vector_folder: Path,
    progress: Progress | None = None,
) -> MatchingRun:
    """Read the pole's open intents, solve with its weights, certify, and store the proposals in one transaction.

    ``clock`` gives the time at the start and at the end. On an error the run is marked as failed and the error
    goes on.
    """
    begun = clock()
    MatchingRun.objects.filter(pk=run.pk).update(status=RunStatus.RUNNING)
    try:
        solution, content, sizes, build = _solve(run, today, encoder, vector_folder, progress)
        with transaction.atomic():
            _store(run, solution, content, sizes, build)
            ended = clock()
            run.status = RunStatus.DONE
            run.finished_at = ended
            run.duration_ms = max(int((ended - begun).total_seconds() * 1000), 0)
            run.save()
    except BaseException as error:
        status = RunStatus.CANCELLED if isinstance(error, Stopped) else RunStatus.FAILED
        MatchingRun.objects.filter(pk=run.pk).update(status=status)
        raise
    return run


def _solve(
    run: MatchingRun, today: date, encoder_name: str, folder: Path, progress: Progress | None
) -> tuple[Solution, bytes, tuple[int, int], str]:
    encoder = bridge.encoder_named(encoder_name, folder)
    needs, offers = sides_of(pole=run.pole, on=today)
    problem = bridge.build_problem(
        needs=needs,
        offers=offers,
        catalogue=catalogue_table(),
        set_aside=set_aside_pairs(pole=run.pole),
        encoder=encoder,
        today=today,
    )
    weights = weights_in_force(pole=run.pole)
    if weights is not None:
        run.parameters = {**run.parameters, "weights": weights}
    solution = bridge.solve(
        problem=problem, k=run.parameters["k"], seed=run.seed, weights=weights, progress=progress
    )
    return solution, bridge.problem_bytes(problem), (len(needs), len(offers)), encoder.build


def _store(run: MatchingRun, solution: Solution, content: bytes, sizes: tuple[int, int], build: str) -> None:
    run.needs, run.offers = sizes
    run.encoder_build = build
    run.input_digest = solution.digest
    run.engine_version = solution.engine_version
    run.problem = content
    run.certificate = solution.certificate
    run.refusals = solution.refusals
    run.unanswered = {key: asdict(refused) if refused else {} for key, refused in solution.unanswered.items()}
    run.gap = 0.0
    Proposal.objects.filter(run=run).delete()
    Proposal.objects.bulk_create([_proposal(run, pair) for pair in solution.pairs], batch_size=500)


def _proposal(run: MatchingRun, pair: PairFound) -> Proposal:
    return Proposal(
        run=run,
        need_id=int(pair.need),
        offer_id=int(pair.offer),
        rank_for_need=pair.rank_for_need,
        rank_for_offer=pair.rank_for_offer,
        score=pair.score,
        verdict=pair.verdict,
        criteria=pair.criteria,
        facts={
            "four": [asdict(fact) for fact in pair.facts],
            "covered_per_mille": pair.covered_per_mille,
            "distance_m": pair.distance_m,
        },
        reasons=[asdict(said) for said in pair.reasons],
    )


def _check_pair(pole: Pole, need: Intent, offer: Intent) -> None:
    if need.kind != IntentKind.NEED or offer.kind != IntentKind.OFFER:
        raise UserMistake("Une piste va d’un besoin à une offre.")
    if need.pole_id != pole.pk or offer.pole_id != pole.pk:
        raise UserMistake("Ce besoin et cette offre ne sont pas du même pôle.")


def _last_proposal(need: Intent, offer: Intent) -> Proposal | None:
    return Proposal.objects.filter(need=need, offer=offer).order_by("-run__asked_at", "-pk").first()


@transaction.atomic
def accept_lead(*, pole: Pole, need: Intent, offer: Intent, by: Account | None, at: datetime) -> Decision:
    """Keep a lead for follow-up; a lead set aside before is taken back by this."""
    return _decide(pole, need, offer, kind=DecisionKind.ACCEPTED, reason="", words="", by=by, at=at)


@transaction.atomic
def set_lead_aside(
    *, pole: Pole, need: Intent, offer: Intent, reason: str, words: str, by: Account | None, at: datetime
) -> Decision:
    """Set a lead aside with its reason; it will not be proposed again until it is taken back."""
    if reason not in SetAsideReason.values:
        raise UserMistake("Choisissez une raison : elle évite de reproposer la même chose.", field="reason")
    if reason == SetAsideReason.OTHER and not words.strip():
        raise UserMistake("Dites en quelques mots quelle est cette autre raison.", field="words")
    return _decide(
        pole, need, offer, kind=DecisionKind.SET_ASIDE, reason=reason, words=words.strip(), by=by, at=at
    )


def _decide(
    pole: Pole,
    need: Intent,
    offer: Intent,
    *,
    kind: DecisionKind,
    reason: str,
    words: str,
    by: Account | None,
    at: datetime,
) -> Decision:
    _check_pair(pole, need, offer)
    proposal = _last_proposal(need, offer)
    decision, _created = Decision.objects.update_or_create(
        need=need,
        offer=offer,
        defaults={
            "pole": pole,
            "kind": kind,
            "reason": reason,
            "words": words[:500],
            "by": by,
            "at": at,
            "score": proposal.score if proposal else None,
            "criteria": proposal.criteria if proposal else {},
        },
    )
    return decision


@transaction.atomic
def take_back(*, pole: Pole, need: Intent, offer: Intent) -> None:
    """Forget what was decided of a pair; its history keeps it."""
    _check_pair(pole, need, offer)
    Decision.objects.filter(need=need, offer=offer).delete()
