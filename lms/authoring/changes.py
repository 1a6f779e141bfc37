"""What one publication changed since the one before, by module id."""

from dataclasses import asdict, dataclass
from typing import Any

from lms.content.catalogue import Catalogue, ModuleEntry


@dataclass(frozen=True, slots=True)
class Changes:
    """Module ids by what happened to them; `renamed` has pairs of the earlier id and the present one."""

    new: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    framework: bool = False
    courses: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain values, without what is empty."""
        return {key: value for key, value in asdict(self).items() if value}


def changes_between(before: Catalogue, after: Catalogue) -> Changes:
    """What a publication changed; an edition is `lowered` by going back to an earlier publication."""
    pairs = [(entry, before_of(entry, before)) for entry in after.modules]
    changed = [(new, old) for new, old in pairs if old and old.version_id != new.version_id]
    same_name = [(new, old) for new, old in changed if new.id == old.id]
    return Changes(
        new=tuple(new.id for new, old in pairs if old is None),
        editions=tuple(new.id for new, old in changed if new.edition > old.edition),
        lowered=tuple(new.id for new, old in changed if new.edition < old.edition),
        corrected=tuple(new.id for new, old in same_name if new.edition == old.edition),
        retired=tuple(old.id for old in before.modules if after.module(after.resolve(old.id)) is None),
        renamed=tuple((old.id, new.id) for new, old in pairs if old and old.id != new.id),
        framework=before.framework != after.framework,
        courses=_changed_ids(before.courses, after.courses),
        standards=_changed_ids(before.standards, after.standards),
    )


def before_of(entry: ModuleEntry, before: Catalogue) -> ModuleEntry | None:
    """The module as it was published before, under this name or an earlier one."""
    names = (entry.id, *entry.aliases)
    return next((found for name in names if (found := before.module(name))), None)


def _changed_ids(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[str, ...]:
    """The ids of courses or standards that are new, other than they were, or gone."""
    old, new = {one.id: one for one in before}, {one.id: one for one in after}
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))
