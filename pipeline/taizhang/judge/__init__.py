"""The judge: rules say what they see, weights fitted on gold add it up, the best option wins, rivals are kept."""

from taizhang.judge.choice import (
    Choice,
    FeatureSum,
    Option,
    Weighed,
    choose,
    likeliest,
    probabilities,
    ranked,
)
from taizhang.judge.weights import Weights

__all__ = [
    "Choice",
    "FeatureSum",
    "Option",
    "Weighed",
    "Weights",
    "choose",
    "likeliest",
    "probabilities",
    "ranked",
]
