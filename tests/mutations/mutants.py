"""The mistakes that are planted: one change of one line, and who should find it."""

from typing import NamedTuple


class Mutant(NamedTuple):
    name: str
    file: str
    old: str  # exactly once in the file
    new: str
    tests: tuple[str, ...]  # files of which one must turn red


def _in(
    module: str, tests: str, *changes: tuple[str, str, str], room: str = "estimates"
) -> list[Mutant]:
    """Mutants of one module; `tests` are names in tests/estimates unless with a /."""
    files = tuple(
        f"tests/{name}.py" if "/" in name else f"tests/estimates/test_{name}.py"
        for name in tests.split()
    )
    path = f"skm_analysis/{room}/{module}.py"
    return [Mutant(name, path, old, new, files) for name, old, new in changes]


_SURVEY = "reference/test_survey_package"
_WORKED = "reference/test_worked_unit"

INDEX = [
    *_in(
        "records",
        "deriving",
        ("25 points per score become 24", "Fraction(100, self", "Fraction(96, self"),
        room="study",
    ),
    *_in(
        "instruments",
        "grade_edges",
        (
            "0.11 for one ninth",
            "equal = Fraction(1, len(items))",
            "equal = Fraction(round(1 / len(items), 2)).limit_denominator(100)",
        ),
        room="study",
    ),
    *_in(
        "index",
        f"index properties {_WORKED}",
        (
            "covariances between items left out",
            "np.sum(factors * means.influences, axis=0)",
            "np.sum((factors * means.influences) ** 2, axis=0) ** 0.5",
        ),
        (
            "ratio: a blank counts as an answer",
            "shares = np.where(counted, sample.weights / divisors, 0.0)",
            "shares = sample.weights / divisors",
        ),
        (
            "complete: half a sheet is enough",
            "np.all(sample.answered, axis=1)",
            "np.any(sample.answered, axis=1)",
        ),
        (
            "person: divided by all items",
            "_total(sample, np.where(divisor == each, amount, 0)) / int(each)",
            "_total(sample, np.where(divisor == each, amount, 0)) / int(max(divisor))",
        ),
        (
            "weights of items ignored in A",
            "np.sum(factors * means.shares, axis=0)",
            "np.mean(means.shares, axis=0)",
        ),
    ),
]

VARIANCE = [
    *_in(
        "variance",
        f"properties {_SURVEY}",
        ("n - 1 becomes n", "spread = n / (n - 1) *", "spread = n / n *"),
        (
            "finite correction left out",
            "variance += float(1 - fraction) * spread",
            "variance += spread",
        ),
        (
            "spread around 0 instead of the stratum's mean",
            "mean = fsum(values) / n",
            "mean = 0.0",
        ),
        (
            "strata ignored in the variance",
            "inside = sample.stratum == place",
            "inside = sample.stratum >= 0",
        ),
        (
            "strata ignored in df",
            "strata = int(np.count_nonzero(np.bincount(sample.stratum[counted])))",
            "strata = 1",
        ),
        (
            "adjust becomes remove",
            'if lonely == "adjust" else 0.0',
            'if lonely != "adjust" else 0.0',
        ),
    ),
    *_in(
        "variance",
        "index deriving",
        (
            "remove by default",
            'lonely: Lonely = "adjust"',
            'lonely: Lonely = "remove"',
        ),
    ),
    *_in(
        "variance",
        f"interval properties {_WORKED}",
        (
            "finite correction left out of u",
            "free = fsum((1 - sample.fractions) * squares)",
            "free = fsum(squares)",
        ),
        (
            "all weights alike in A",
            "squares = share**2",
            "squares = share / len(share)",
        ),
    ),
    *_in(
        "variance",
        "clusters reference/test_scales_and_clusters",
        ("clusters: df C - H becomes C", "df = between\n", "df = between + strata\n"),
        ("clusters: few is one more", "few = between <", "few = between <="),
        (
            "clusters: reaching over strata is no matter",
            "reaching or 1 / together",
            "1 / together",
        ),
        (
            "clusters: not widened where few",
            "se *= sqrt(concentration / alone)",
            "se *= 1",
        ),
        (
            "clusters: respondents one by one",
            "values = cluster_sums(values, sample.cluster[inside])",
            "values = values",
        ),
    ),
    *_in(
        "sample",
        f"index properties {_SURVEY}",
        (
            "strata ignored in the weights",
            "weight=tuple(Fraction(people, n) for n, people in pairs)",
            "weight=tuple(Fraction(1) for n, people in pairs)",
        ),
        (
            "as many as there are is no census",
            "population is None or n > population",
            "population is None or n >= population",
        ),
        (
            "a correction below nothing",
            "if population is None or n > population:",
            "if population is None:",
        ),
    ),
    *_in(
        "sample",
        "clusters reference/test_scales_and_clusters",
        (
            "clusters: finite correction kept",
            "fraction=tuple(Fraction(0) for _ in sample.fraction)",
            "fraction=sample.fraction",
        ),
        (
            "clusters: all of no known name are one",
            'number if name == "" else -1',
            "-1",
        ),
    ),
    *_in(
        "surveyed",
        "deriving nasty_inputs",
        (
            "finite correction for convenience",
            '("random", "systematic", "census")',
            '("random", "systematic", "census", "convenience")',
        ),
        (
            "weighting ignored",
            'if weighting == "strata" and unit.strata:',
            'if weighting == "strata" and not unit:',
        ),
        (
            "a census where one is missing",
            'flags.append("census" if n == population else',
            'flags.append("census" if n >= population - 1 else',
        ),
        (
            "n = N is above the population",
            "elif n > population:",
            "elif n >= population:",
        ),
    ),
    *_in(
        "clusters",
        "clusters reference/test_scales_and_clusters",
        (
            "deff counts the respondent himself",
            "1 + (size - 1) * rho",
            "1 + size * rho",
        ),
        (
            "rho: the size of the largest cluster",
            "whole = mean_between + (size - 1) * mean_within",
            "whole = mean_between + size * mean_within",
        ),
        ("rho may be negative", "return max(0.0, (", "return max(-1.0, ("),
        (
            "deff by the plain mean size",
            "float((sizes**2).sum() / sizes.sum())",
            "float(sizes.sum() / len(sizes))",
        ),
    ),
]

INTERVAL = [
    *_in(
        "interval",
        f"interval properties {_WORKED}",
        (
            "the quantile of one side",
            "beta_quantile((1 + level) / 2, *below)",
            "beta_quantile(level, *below)",
        ),
        (
            "the normal quantile for Student's",
            "special.stdtrit(estimate.df, upper_tail) / special.ndtri(upper_tail)",
            "1.0",
        ),
        (
            "half a pseudo-observation below",
            "down = (1 - gap) * estimate.concentration / 4",
            "down = (1 - gap) * estimate.concentration / 2",
        ),
        (
            "half a pseudo-observation above",
            "up = gap * estimate.concentration / 4",
            "up = gap * estimate.concentration / 2",
        ),
        (
            "mover: sides not swapped",
            "upwards == (factor > 0)",
            "upwards",
        ),
        (
            "mover: sides swapped the other way",
            "upwards == (factor > 0)",
            "upwards == (factor < 0)",
        ),
        (
            "mover: distances added up",
            "squares += (float(factor) * distance) ** 2",
            "squares += abs(float(factor) * distance)",
        ),
        (
            "a city's respondents weigh by their unit's factor, not squared",
            "float(factor) ** 2 * each.concentration",
            "float(factor) * each.concentration",
        ),
        (
            "what is finished of a city by number of units",
            "sampled=free / whole",
            "sampled=fsum(each.sampled for each in estimates) / len(estimates)",
        ),
        (
            "a city's df is that of all its respondents",
            "df=satterthwaite(terms) or sum(each.df for each in estimates)",
            "df=sum(each.df for each in estimates)",
        ),
        (
            "df of 1 is too few",
            "estimate.se is not None and estimate.df >= 1",
            "estimate.se is not None and estimate.df > 1",
        ),
        (
            "city: weights not squared in A",
            "float(factor) ** 2 * each.concentration",
            "float(factor) * each.concentration",
        ),
        (
            "city: finite populations forgotten",
            "sampled=free / whole if whole else 0.0",
            "sampled=1.0",
        ),
        (
            "satterthwaite without df",
            "variance**2 / df for variance, df",
            "variance**2 for variance, df",
        ),
    ),
]

GRADE = [
    *_in(
        "grading",
        "grading grade_edges",
        (
            "half to even",
            "whole = math.floor(value * unit + Fraction(1, 2))",
            "whole = round(value * unit)",
        ),
        (
            "cut off instead of rounded",
            "math.floor(value * unit + Fraction(1, 2))",
            "math.floor(value * unit)",
        ),
        (
            "the bound itself is below",
            "if shown >= band.lower",
            "if shown > band.lower",
        ),
        ("graded before rounding", "shown = shown_value(value)", "shown = value"),
        (
            "the nearest float, whatever it rounds to",
            "return math.nextafter(nearest, -math.inf)",
            "return nearest",
        ),
    ),
    *_in(
        "regulation",
        "grading grade_edges",
        (
            "A from 88.30",
            '"permenpanrb-14-2017": _bands("88.31"',
            '"permenpanrb-14-2017": _bands("88.30"',
        ),
        ("B from 76.60", '_bands("88.31", "76.61"', '_bands("88.31", "76.60"'),
        ("C from 64.99", '"76.61", "65.00"', '"76.61", "64.99"'),
        ("A from 88.32", '_bands("88.31", "76.61"', '_bands("88.32", "76.61"'),
        ("B from 76.62", '_bands("88.31", "76.61"', '_bands("88.31", "76.62"'),
        ("C from 65.01", '"76.61", "65.00"', '"76.61", "65.01"'),
        (
            "A of 2004 from 81.25",
            '"kepmenpan-25-2004": _bands("81.26"',
            '"kepmenpan-25-2004": _bands("81.25"',
        ),
        room="study",
    ),
    *_in(
        "grade_certainty",
        "grade_certainty properties",
        (
            "probability at the printed bound",
            "return Fraction(band.lower - _HALF_STEP)",
            "return Fraction(band.lower)",
        ),
        (
            "probability of one side only",
            "(_share_within(gap, below) + _share_within(gap, above)) / 2",
            "_share_within(gap, below)",
        ),
        (
            "a census just at the bound is below",
            "return float(estimate.value >= bound)",
            "return float(estimate.value > bound)",
        ),
    ),
    *_in(
        "targets",
        "comparisons deriving",
        (
            "a target just reached is missed",
            "shown_value(value) >= target",
            "shown_value(value) > target",
        ),
        (
            "supported only above",
            "if found.low >= target",
            "if found.low > target",
        ),
        (
            "contradicted at the target",
            "if found.high < target",
            "if found.high <= target",
        ),
    ),
]

DISCLOSURE = [
    *_in(
        "disclosure",
        "deriving comparisons",
        ("nine may be told", "FEWEST_TOLD = 10", "FEWEST_TOLD = 9"),
        ("twenty-nine are reliable", "FEWEST_RELIABLE = 30", "FEWEST_RELIABLE = 29"),
        (
            "ten may not be told",
            "(('suppressed',), ('indicative',), ())\n    \"\"\"\n    if n < F",
            "(('suppressed',), ('indicative',), ())\n    \"\"\"\n    if n <= F",
        ),
        (
            "thirty are indicative",
            'return ("indicative",) if n < FEWEST_RELIABLE',
            'return ("indicative",) if n <= FEWEST_RELIABLE',
        ),
        (
            "no distribution of thirty",
            'return ("indicative", "suppressed") if n < FEWEST_RELIABLE',
            'return ("indicative", "suppressed") if n <= FEWEST_RELIABLE',
        ),
        (
            "two cells of few follow from the rest",
            "if sum(counts[each] for each in hidden) >= FEWEST_TOLD:",
            "if len(hidden) > 1:",
        ),
    ),
    *_in(
        "city_rows",
        "deriving",
        (
            "a unit of ten stays out of the city",
            "return self.ikm.n >= FEWEST_TOLD",
            "return self.ikm.n > FEWEST_TOLD",
        ),
    ),
    *_in(
        "item_disclosure",
        "item_disclosure",
        (
            "the fee follows from the index without it",
            "without_fee = bool(keys & fees)",
            "without_fee = False",
        ),
        (
            "the other item is told after all",
            "if instrument.item(key).weight",
            "if estimate.n < 10",
        ),
    ),
    *_in(
        "counting",
        "deriving nasty_inputs",
        (
            "more answers than people asked unsaid",
            "if accepted > approached else",
            "if accepted < 0 else",
        ),
    ),
    *_in(
        "parts",
        "deriving",
        (
            "a part of nine is told",
            "0 < size < FEWEST_TOLD",
            "0 < size < FEWEST_TOLD - 4",
        ),
    ),
]

SIZE = [
    *_in(
        "sample_size",
        "sample_size reference/test_schools",
        (
            "Krejcie and Morgan rounded up",
            "return floor(size + Fraction(1, 2))",
            "return ceil(size)",
        ),
        (
            "chi-square with more decimals",
            'CHI_SQUARE = Fraction("3.841")',
            'CHI_SQUARE = Fraction("3.8415")',
        ),
        ("slovin without the one", "population / (1 + ", "population / ("),
        (
            "cochran without the one",
            "first / (1 + (first - 1) / population)",
            "first / (1 + first / population)",
        ),
        (
            "to ask: times the answering",
            "ceil(size / (1 - nonr",
            "ceil(size * (1 + nonr",
        ),
    ),
    *_in(
        "index_size",
        "sample_size",
        ("power of 0.5", "POWER = 0.8", "POWER = 0.5"),
    ),
    *_in(
        "size_rows",
        "deriving nasty_inputs",
        (
            "just enough is too few",
            "surveyed.n < krejcie_morgan(",
            "surveyed.n <= krejcie_morgan(",
        ),
    ),
    *_in(
        "allocation",
        "allocation",
        (
            "neyman without the spread",
            "n * Fraction(deviations[name])",
            "n * Fraction(1)",
        ),
    ),
]

COMPARISON = [
    *_in(
        "change",
        "comparisons interval properties",
        ("p of one side", "return 1 - excluded", "return (1 - excluded) / 2"),
        (
            "Holm: all as hard as the first",
            "(len(ordered) - place) * p",
            "len(ordered) * p",
        ),
        (
            "Holm: one step short",
            "(len(ordered) - place) *",
            "(len(ordered) - place - 1) *",
        ),
        (
            "Holm: may fall again",
            "reached = max(reached, min(",
            "reached = max(0.0, min(",
        ),
        ("Holm: above 1", "min(1.0, (len", "min(9.0, (len"),
        (
            "a change counted backwards",
            "[Term(Fraction(1), later), Term(Fraction(-1), earlier)]",
            "[Term(Fraction(-1), later), Term(Fraction(1), earlier)]",
        ),
    ),
    *_in(
        "comparison_rows",
        "nasty_inputs comparison_rows",
        (
            "an internal survey as the year before",
            "if later.source != earlier.source:",
            "if later.source == 'nobody':",
        ),
    ),
    *_in(
        "ranking",
        "ranking rank_rows",
        (
            "ranks: every pair by itself",
            "excluded(1 - (1 - level) / left)",
            "excluded(level)",
        ),
        (
            "ranks: limits of the wrong side",
            "np.hypot(down[higher], up[lower])",
            "np.hypot(up[higher], down[lower])",
        ),
        (
            "ranks: better and worse mixed up",
            "low=1 + int(better[:, own].sum())",
            "low=1 + int(better[own].sum())",
        ),
    ),
    *_in(
        "weakest",
        "weakest",
        (
            "covariance of two items left out",
            "above.influence - below.influence",
            "np.hypot(above.influence, below.influence)",
        ),
        (
            "items shown alike told apart",
            "shown[above] != shown[below] for",
            "True for",
        ),
    ),
    *_in(
        "printed_difference",
        "printed_difference",
        (
            "entered or left: sign lost",
            "share = Fraction(sign, len(estimates))",
            "share = Fraction(1, len(estimates))",
        ),
        (
            "method counted backwards",
            "sum(values, Fraction(0)) / len(values) - Fraction(years.printed)",
            "Fraction(years.printed) - sum(values, Fraction(0)) / len(values)",
        ),
        (
            "instrument not less matched",
            "instrument=_terms(_plus(change, matched, -1), years)",
            "instrument=_terms(change, years)",
        ),
    ),
]

QUALITY = [
    *_in(
        "reliability",
        "reliability properties reference/test_psych_package",
        ("alpha without k/(k-1)", "return items / (items - 1) * (", "return ("),
        (
            "Feldt's df of items and sheets",
            "df = n - 1, (n - 1) * (items - 1)",
            "df = n - 1, (n - 1) * items",
        ),
        (
            "covariance over n",
            "_moment(one, other) / (len(one) - 1)",
            "_moment(one, other) / len(one)",
        ),
        (
            "item-total with the item",
            "scores.sum(axis=1) - scores[:, item])",
            "scores.sum(axis=1))",
        ),
        (
            "r-table of one side",
            "special.stdtrit(n - 2, 0.975)",
            "special.stdtrit(n - 2, 0.95)",
        ),
        (
            "r-table with n - 1",
            "return t / sqrt(n - 2 + t**2)",
            "return t / sqrt(n - 1 + t**2)",
        ),
        (
            "omega: no variance of the item's own",
            "common / (common + float(np.sum(1 - fit.x**2)))",
            "common / (common + float(np.sum(1 - fit.x)))",
        ),
    ),
    *_in(
        "importance",
        "importance",
        (
            "gap without the covariance",
            "satisfaction.influence - importance.influence",
            "np.hypot(satisfaction.influence, importance.influence)",
        ),
        (
            "index of satisfaction: importance taken as known",
            "+ float((s.value - value) / whole) * m.influence",
            "+ 0 * m.influence",
        ),
        (
            "quadrant: the cross counts low",
            "if importance >= cross[1]",
            "if importance > cross[1]",
        ),
    ),
    *_in(
        "data_quality",
        "data_quality",
        ("twins: the first is none", "if count > 1)", "if count > 2)"),
        (
            "one answer is a straight line",
            "(answered.sum(axis=1) > 1)",
            "(answered.sum(axis=1) > 0)",
        ),
        ("expected twins of n", "** (n - 1)\n", "** n\n"),
    ),
    *_in(
        "printed_figures",
        "printed_figures reference/test_published_cases",
        (
            "GRIM: a whole unit of play",
            "half = _unit(_places(printed)) / 2\n    least",
            "half = _unit(_places(printed))\n    least",
        ),
        (
            "GRIM: ends not included",
            "most = floor((Fraction(printed) + half) * n)",
            "most = ceil((Fraction(printed) + half) * n) - 1",
        ),
        (
            "GRIM: off the scale",
            "max(least, lowest * n) <= min(most, highest * n)",
            "least <= most",
        ),
    ),
    *_in(
        "sensitivity",
        "sensitivity",
        (
            "nine moved sheets are told",
            "0 < moved(sheets, each) < FEWEST_TOLD",
            "0 < moved(sheets, each) < FEWEST_TOLD - 1",
        ),
        (
            "a worksheet that rounds nothing",
            "return value if places is None else",
            "return value if True else",
        ),
    ),
]

MUTANTS = [
    *INDEX,
    *VARIANCE,
    *INTERVAL,
    *GRADE,
    *DISCLOSURE,
    *SIZE,
    *COMPARISON,
    *QUALITY,
]
