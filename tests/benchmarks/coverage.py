"""How often a 95 % interval holds the truth: the study behind docs/methodology.md.

    nice -n 10 python tests/benchmarks/coverage.py [--quick] [WORD...]

Runs the cells whose name holds one of the words (all without a word), prints them, and
replaces their lines in docs/coverage.csv and the chart docs/coverage.svg. `--quick`
takes 1,000 samples and only prints. The seed is fixed; each cell has its own stream, so
that cells can be run apart.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from coverage_cells import Cell, cells
from coverage_chart import draw_chart
from coverage_designs import Simple
from coverage_methods import METHODS, Floats, Found, Pair, bca, combined, joined

SEED = 20_170_014
SAMPLES = 20_000
BOOTSTRAPPED = 5_000  # samples of the BCa interval, of 999 resamples each
QUICK = 1_000
DOCS = Path(__file__).parents[2] / "docs"


class Line(NamedTuple):
    """Shares in per cent, width in index points; empty where no such sample came."""

    group: str
    population: str
    people: str
    n: str
    method: str
    samples: int
    coverage: float
    above: float  # the whole interval lies above the truth
    below: float
    width: float
    alike: float  # samples whose answers are all alike …
    alike_coverage: float | str
    few: float  # samples with at most two answers below the highest …
    few_coverage: float | str


def main(arguments: Sequence[str]) -> None:
    quick = "--quick" in arguments
    words = [word for word in arguments if not word.startswith("-")]
    lines = []
    for cell in cells():
        if not words or any(word in cell.name for word in words):
            for line in measure(cell, QUICK if quick else SAMPLES):
                lines.append(line)
                print(*line[:6], *(_shown(each) for each in line[6:]), flush=True)
    if not quick:
        kept = _write(DOCS / "coverage.csv", lines)
        draw_chart(kept, DOCS / "coverage.svg")


def measure(cell: Cell, samples: int) -> Iterator[Line]:
    rng = np.random.default_rng([SEED, crc32(cell.name.encode())])
    truth = sum(factor * design.truth for factor, design in cell.terms)
    batch = max(20, min(samples, 400_000 // cell.sheets // 20 * 20))
    drawn = [
        joined(parts)
        for parts in zip(
            *(
                [design.draw(rng, batch) for _, design in cell.terms]
                for _ in range(-(-samples // batch))
            ),
            strict=True,
        )
    ]
    factors = [factor for factor, _ in cell.terms]
    for name, method in METHODS.items():
        limits = _sum(factors, drawn, [method(found) for found in drawn])
        if cell.group == "city" and name == "pseudo-beta":
            yield _line(cell, "mover", limits, truth, drawn)
            limits = method(combined(factors, drawn))
        yield _line(cell, name, limits, truth, drawn)
    design = cell.terms[0][1]
    if isinstance(design, Simple) and not design.people and len(cell.terms) == 1:
        values = design.values(rng, min(samples, BOOTSTRAPPED))
        yield _line(cell, "bca", bca(values, 999, rng), truth, [])


def _sum(factors: list[float], drawn: list[Found], pairs: list[Pair]) -> Pair:
    """Limits of a sum of independent estimates from their own limits (MOVER)."""
    down, up, centre = 0.0, 0.0, 0.0
    for factor, found, (low, high) in zip(factors, drawn, pairs, strict=True):
        below, above = found.value - low, high - found.value
        if factor < 0:
            below, above = above, below
        down, up = down + (factor * below) ** 2, up + (factor * above) ** 2
        centre = centre + factor * found.value
    return centre - np.sqrt(down), centre + np.sqrt(up)


def _line(
    cell: Cell, method: str, limits: Pair, truth: float, drawn: list[Found]
) -> Line:
    low, high = limits
    above, below = low > truth + 1e-9, high < truth - 1e-9
    covered = ~(above | below)
    alike = few = np.zeros(len(low), dtype=bool)
    if len(drawn) == 1:
        alike, few = drawn[0].se == 0, drawn[0].below <= 2
    return Line(
        *(cell.group, cell.population, cell.people, cell.n, method, len(low)),
        *(_percent(covered), _percent(above), _percent(below)),
        round(float((high - low).mean()), 3),
        *(_percent(alike), _percent(covered[alike])),
        *(_percent(few), _percent(covered[few])),
    )


def _percent(flags: Floats) -> float | str:
    return round(100 * float(flags.mean()), 2) if len(flags) else ""


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.1f}"


def _write(path: Path, lines: list[Line]) -> list[Line]:
    """The table with these lines in place of the earlier ones of their cells."""
    new = {line[:5]: line for line in lines}
    old = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            old = {tuple(row[:5]): Line(*row) for row in list(csv.reader(file))[1:]}
    known = {(c.group, c.population, c.people, c.n): c for c in cells()}
    places = {cell: place for place, cell in enumerate(known)}
    kept = sorted(
        (line for key, line in (old | new).items() if key[:4] in known),
        key=lambda line: places[line[:4]],
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Line._fields)
        writer.writerows(kept)
    return kept


if __name__ == "__main__":
    main(sys.argv[1:])
