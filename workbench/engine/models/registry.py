"""The registry of models.

Only rows at import: the window lists them before torch is loaded. `build` imports the module of the network.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workbench.engine.config.hidden_widths import widths_of
from workbench.engine.config.registry import Registry
from workbench.engine.errors import UsageError
from workbench.engine.models.network_source import OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from torch import nn

    from workbench.engine.config.hyperparameters import Value
    from workbench.engine.data.data_spec import DataSpec
    from workbench.engine.errors import UserError

SMALLEST_IMAGE: Final = 8
"""The least height and width for a convolutional network of this program."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A network to train.

    Attributes:
        name: the key.
        label: its name in the window, in English.
        help: what it is.
        layers: the sizes of its layers for some data, in one short line.
        build: creates one for some data, from its hyperparameters; its weights are drawn from torch's global random
            state.
        refusal: why it cannot be built for some data, as a sentence; None where it can.
        accepts: its own hyperparameters, in the order of the controls; `dropout` needs an attribute of that name.
        defaults: of its hyperparameters, where they differ from the table's.
    """

    name: str
    label: str
    help: str
    layers: Callable[[DataSpec, Mapping[str, Value]], str]
    build: Callable[[DataSpec, Mapping[str, Value]], nn.Module]
    accepts: tuple[str, ...] = ()
    defaults: Mapping[str, Value] = field(default_factory=dict)
    refusal: Callable[[DataSpec], UserError | None] = lambda _: None

    def parameter_count(self, spec: DataSpec, values: Mapping[str, Value]) -> int:
        """The number of trainable parameters. Imports torch; allocates nothing (meta device)."""
        import torch

        with torch.device("meta"):
            return sum(parameter.numel() for parameter in self.build(spec, values).parameters())


# What the rows build, and for which data


def _mlp(spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
    from workbench.engine.models.mlp import NeuralNetwork

    return NeuralNetwork(spec.input_count, spec.output_count)


def _mlp_dropout(spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
    from workbench.engine.models.mlp import DropoutNetwork

    return DropoutNetwork(spec.input_count, spec.output_count)


def _mlp_layers(spec: DataSpec, _values: Mapping[str, Value]) -> str:
    return f"{spec.input_count} → 512 → 512 → {spec.output_count}"


def _custom(spec: DataSpec, values: Mapping[str, Value]) -> nn.Module:
    from workbench.engine.models.custom_mlp import CustomPerceptron

    return CustomPerceptron(
        spec.input_count,
        spec.output_count,
        widths_of(str(values["hidden"])),
        str(values["activation"]),
        batch_norm=bool(values["batch_norm"]),
    )


def _custom_layers(spec: DataSpec, values: Mapping[str, Value]) -> str:
    return " → ".join(map(str, (spec.input_count, *widths_of(str(values["hidden"])), spec.output_count)))


def _cnn(spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
    from workbench.engine.models.convolutional import SmallConvNet

    channels, height, width = spec.sample_shape
    return SmallConvNet(channels, height, width, spec.output_count)


def _resnet(blocks: int) -> Callable[[DataSpec, Mapping[str, Value]], nn.Module]:
    def build(spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
        from workbench.engine.models.residual import SmallResNet

        return SmallResNet(spec.sample_shape[0], spec.output_count, blocks)

    return build


def _torchvision(name: str) -> Callable[[DataSpec, Mapping[str, Value]], nn.Module]:
    def build(spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
        from workbench.engine.models.torchvision_models import FittedNetwork

        return FittedNetwork(name, spec.sample_shape[0], spec.output_count)

    return build


def _between(middle: str) -> Callable[[DataSpec, Mapping[str, Value]], str]:
    """A function for `layers`: the shape of an image, `middle`, and the number of outputs."""

    def layers(spec: DataSpec, _values: Mapping[str, Value]) -> str:
        shape = " × ".join(map(str, spec.sample_shape))
        return f"{shape} → {middle} → {spec.output_count}"

    return layers


def _needs_images(spec: DataSpec) -> UserError | None:
    if not spec.is_image:
        return UsageError(
            "This network is for images, but each sample of the data is a row of {count} numbers: choose a perceptron, "
            "such as mlp-custom.",
            count=spec.input_count,
        )
    if min(spec.sample_shape[1:]) < SMALLEST_IMAGE:
        return UsageError(
            "This network needs images of {least} × {least} pixels or more, but those of the data have "
            "{height} × {width}: choose a perceptron, such as mlp-custom.",
            least=SMALLEST_IMAGE,
            height=spec.sample_shape[1],
            width=spec.sample_shape[2],
        )
    return None


def _torchvision_row(name: str, label: str, what: str) -> ModelRow:
    return ModelRow(
        name=name,
        label=label,
        help=f"{what} As torchvision builds it, without trained weights. Its first layer takes the channels of the "
        "data and its last layer has one output for each class or target; images below 32 × 32 pixels are enlarged to "
        "that. Slow without a GPU.",
        layers=_between(label),
        build=_torchvision(name),
        refusal=_needs_images,
    )


def _no_file(_spec: DataSpec, _values: Mapping[str, Value]) -> nn.Module:
    raise UsageError("A network of your own is built from its source, which the recipe holds.")


MODELS: Final[Registry[ModelRow]] = Registry(
    "model",
    ModelRow(
        name="mlp",
        label="Multilayer perceptron",
        help="The tutorial's network: each image becomes a row of numbers (784 for Fashion-MNIST) and passes through "
        "two hidden layers of 512 units with ReLU to the outputs, one per class.",
        layers=_mlp_layers,
        build=_mlp,
    ),
    ModelRow(
        name="mlp-dropout",
        label="Perceptron with dropout",
        help="The tutorial's network with dropout: in each training batch some hidden units, chosen at random, are "
        "switched off (Srivastava and others, 2014). It overfits less in long runs.",
        layers=_mlp_layers,
        build=_mlp_dropout,
        accepts=("dropout",),
    ),
    ModelRow(
        name="mlp-custom",
        label="Layers of your own",
        help="A perceptron with as many hidden layers as you like: add and remove layers, set their widths, and choose "
        "activation, dropout and batch normalization. At first it is the tutorial's network, bit for bit.",
        layers=_custom_layers,
        build=_custom,
        accepts=("hidden", "activation", "dropout", "batch_norm"),
        defaults={"dropout": 0.0},
    ),
    ModelRow(
        name="cnn",
        label="Small convolutional network",
        help="Two convolutions with pooling and a hidden layer of 128 units, in the spirit of LeNet-5 (LeCun and "
        "others, 1998), for images of 8 × 8 pixels or more. It sees which pixels are neighbours, so it needs far fewer "
        "weights than a perceptron and is usually more accurate.",
        layers=_between("16 → 32 → 128"),
        build=_cnn,
        accepts=("dropout",),
        defaults={"dropout": 0.0},
        refusal=_needs_images,
    ),
    ModelRow(
        name="resnet8",
        label="Small ResNet, 8 layers",
        help="A residual network for small images (He and others, 2016, section 4.2, with n = 1): each block adds its "
        "input to its output, so that deep networks train as well as flat ones. It has batch normalization.",
        layers=_between("16 → 32 → 64"),
        build=_resnet(1),
        refusal=_needs_images,
    ),
    ModelRow(
        name="resnet20",
        label="Small ResNet, 20 layers",
        help="The residual network of 20 layers for small images (He and others, 2016, section 4.2, with n = 3), with "
        "which the paper reaches 91 % on CIFAR-10. Slow without a GPU.",
        layers=_between("16 → 32 → 64"),
        build=_resnet(3),
        refusal=_needs_images,
    ),
    _torchvision_row(
        "resnet18",
        "ResNet-18",
        "A residual network of 18 layers for photographs (He and others, 2016), 11 million weights.",
    ),
    _torchvision_row(
        "mobilenet_v3_small",
        "MobileNet V3 small",
        "A network for telephones (Howard and others, 2019), 1.5 million weights, with dropout.",
    ),
    _torchvision_row(
        "efficientnet_b0",
        "EfficientNet B0",
        "Balanced in depth, width and resolution (Tan and Le, 2019), 4 million weights, with dropout.",
    ),
    _torchvision_row(
        "densenet121",
        "DenseNet-121",
        "Each layer sees the outputs of all layers before it (Huang and others, 2017), 7 million weights.",
    ),
    own=(
        ModelRow(
            name=OWN,
            label="Network of your own",
            help="A class or function of a Python file that you have opened with File > Open network. Its source is "
            "kept with each run.",
            layers=lambda spec, _values: f"{spec.input_count} → … → {spec.output_count}",
            build=_no_file,
        ),
    ),
)
