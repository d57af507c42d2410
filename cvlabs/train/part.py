"""The part of an epoch that is done, from which another process can go on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """The part of an epoch that is done: sums over its images.

    Args:
        images: Images seen.
        loss: Sum of their losses.
        error: Sum of their errors.
        seconds: Time taken.
    """

    images: int = 0
    loss: float = 0.0
    error: float = 0.0
    seconds: float = 0.0

    def plus(self, images: int, loss: float, error: float, seconds: float) -> "Part":
        """Returns the part with another one behind it, of which the means are known."""
        return Part(
            self.images + images,
            self.loss + images * loss,
            self.error + images * error,
            self.seconds + seconds,
        )
