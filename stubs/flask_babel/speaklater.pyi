from collections.abc import Callable
from typing import Any

# It is no str, but stands where one is asked for: labels and messages of forms.
class LazyString(str):
    def __new__(cls, func: Callable[..., str], *args: Any, **kwargs: Any) -> LazyString: ...
