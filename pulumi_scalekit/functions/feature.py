"""getFeatures."""

from dataclasses import dataclass

from pulumi_scalekit.model.api import Listing
from pulumi_scalekit.program.function import function
from pulumi_scalekit.remote.environment import Environment


@dataclass(frozen=True)
class FeatureResult:
    """A feature of the environment.

    Attributes:
        name: Its name, such as `session_policy`.
        enabled: Whether the environment has it.

    """

    name: str
    enabled: bool


class FeaturesResult(list[FeatureResult]):
    """A list, and its own `features`: the name that code in every other language, and generated code, reads it by."""

    @property
    def features(self) -> list[FeatureResult]:
        return self


@function()
def get_features(environment: Environment) -> FeaturesResult:
    """The features of the environment, and which of them are on. Those of one organization are its own.

    API: `GET /api/v1/features`.
    """
    found = environment.bodies(Listing("/features", "features", paged="no"), {}, "listing features")
    return FeaturesResult(FeatureResult(str(body.get("name")), bool(body.get("enabled"))) for body in found)
