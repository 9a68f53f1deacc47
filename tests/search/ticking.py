"""A clock that counts how often it was asked, so that work can be limited without waiting."""


class Ticking:
    """Each look at it is a second."""

    def __init__(self) -> None:
        self.ticks = -1

    def __call__(self) -> float:
        self.ticks += 1
        return float(self.ticks)
