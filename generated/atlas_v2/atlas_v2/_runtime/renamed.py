# Part of the Lockstep runtime, copied here by the generator. Do not edit.
# fmt: off
"""Names of before: they still work, and a DeprecationWarning says what took their place.

In come a message, or old names with new ones; out go decorators, and what finds old names in a
module. Type checkers read ``deprecated`` as that of ``typing_extensions``, which they all know and
which need not be installed.
"""

import sys
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Mark a function as one that is called otherwise now."""

        def mark(function: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(function)
            def warned(*arguments: Any, **named: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*arguments, **named)

            warned.__deprecated__ = message
            return warned

        return mark


T = TypeVar("T")


def renamed_arguments(names: Mapping[str, str]) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Take arguments under the names that they had, too."""

    def mark(function: Callable[..., T]) -> Callable[..., T]:
        @wraps(function)
        def renaming(*arguments: Any, **named: Any) -> T:
            for old in names.keys() & named.keys():
                if names[old] in named:
                    raise TypeError(f"{old!r} is {names[old]!r} now, which is given, too")
                message = f"the argument {old!r} is {names[old]!r} now"
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                named[names[old]] = named.pop(old)
            return function(*arguments, **named)

        return renaming

    return mark


def renamed_classes(module: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a module whose classes had other names."""

    def find(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        message = f"{module}.{name} is {names[name]} now"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return getattr(sys.modules[module], names[name])

    return find
