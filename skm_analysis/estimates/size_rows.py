"""The rows on the size of a unit's sample: what it should have been, by every rule."""

from skm_analysis.estimates.planning import Need, UnitPlan
from skm_analysis.estimates.recording import Address
from skm_analysis.estimates.rows import Row
from skm_analysis.estimates.sample_size import krejcie_morgan
from skm_analysis.estimates.surveyed import Surveyed


def size_rows(at: Address, surveyed: Surveyed, plan: UnitPlan) -> list[Row]:
    """Planned, required by each rule, and to be asked; counts, never suppressed.

    Where a rule gives no number the flags say why: `no_aim` (the study states no margin
    or change), `no_previous`, `too_few`, `no_variance`, `not_comparable`,
    `no_rate`, `census`. `whole_population` marks all there are. `both_years`: last year
    is too unsure for that change; so many are needed this year and the next.
    """
    population = plan.population
    flags = () if population is not None else ("infinite_population",)
    earlier = plan.spread.n if plan.spread else None

    def row(measure: str, need: Need, n: int | None = None) -> Row:
        value = None if need.size is None else float(need.size)
        return at.row(measure, value, n=n, population=population).flagged(
            *flags, *need.flags
        )

    required = Need(plan.krejcie_morgan, below_required(surveyed))
    return [
        *([row("n_planned", Need(plan.unit.planned))] if plan.unit.planned else ()),
        row("n_required", required),
        row("n_cochran", Need(plan.cochran)),
        row("n_slovin", Need(plan.slovin)),
        row("n_required_precision", plan.precision, earlier),
        row("n_required_change", plan.change, earlier),
        row("n_to_ask", plan.ask),
    ]


def below_required(surveyed: Surveyed) -> tuple[str, ...]:
    short = surveyed.n < krejcie_morgan(surveyed.population)
    return ("below_required",) if short else ()
