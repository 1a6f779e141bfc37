"""The results for a person at a terminal."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from tools.bench.hidden import Hidden
from tools.bench.pages import LEAST_RATIO, LEAST_RATIO_OF_REPORT, MOST_STATEMENTS, Measured

VERDICTS = {True: "met", False: "NOT MET", None: ""}


def pages_table(measured: Sequence[Measured], hidden: Sequence[Hidden]) -> str:
    """Pages, and what small groups hide."""
    lines = [f"{'':28}{'requests/s':>11}{'to bare':>9}{'statements':>12}{'bytes':>9}  goals"]
    for each in measured:
        share = f"{statistics.median(each.ratios):.0%}"
        lines.append(
            f"{each.name:28}{statistics.median(each.rates):>11,.1f}{share:>9}"
            f"{each.statements:>12}{each.size:>9,}  {VERDICTS[each.meets]}"
        )
    lines.append(
        f"Goals: the module page at least {LEAST_RATIO:.0%} of the bare page, "
        f"the gap report {LEAST_RATIO_OF_REPORT:.0%}; "
        f"no page opened with over {MOST_STATEMENTS} statements, the gap report apart."
    )
    lines.append(f"\n{'Not shown, for want of size':37}{'hidden':>11}{'of':>9}{'share':>12}")
    for one in hidden:
        title = f"{one.lead}, {one.what}"
        lines.append(f"{title:37}{one.hidden:>11}{one.of:>9}{one.hidden / max(1, one.of):>12.1%}")
    return "\n".join(lines)


def ledger_table(found: Mapping[str, Any]) -> str:
    """What the ledger costs, each line beside a page of that moment; then what else was found."""
    title = f"{found['people']:,} people, {found['database']}, a page: {found['page_milliseconds']} ms"
    lines = [f"{title:52}{'ms':>12}{'pages':>10}  {'goal':12}"]
    lines += [
        f"{each['name']:52}{each['milliseconds']:>12,.2f}{each['ratio']:>10,.1f}"
        f"  {each['goal']:12}{VERDICTS[each['meets_goal']]:8}{each['note']}"
        for each in found["timed"]
    ]
    for name, value in found["facts"].items():
        lines.append(f"{name:52}{value:>12,}" if isinstance(value, int | float) else f"{name:52}{value}")
    for days, size in found["memory_megabytes"].items():
        lines.append(f"{f'memory after reports of {days} days, MB':52}{size:>12,}")
    return "\n".join(lines)
