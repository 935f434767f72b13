"""What a block is when it is read. Its classes are in `outputs.py`, which is generated."""

import inspect
from operator import itemgetter
from typing import Any, ClassVar


class Block(dict[str, Any]):
    """A block that is read: a dict, and each key is an attribute too. What is not set is None by both."""

    _keys: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        cls._keys = frozenset(inspect.get_annotations(cls))
        for name in cls._keys:
            setattr(cls, name, property(itemgetter(name)))

    def __missing__(self, key: str) -> None:
        if key not in self._keys:
            raise KeyError(key)
