"""The tutorial's own procedure, step by step, for comparison with ours.

A DataLoader over ToTensor images, no shuffling, the network, SGD, the two loops; it records the text it prints and
more. Written from the tutorial's description; see https://pytorch.org/tutorials/beginner/basics/optimization_tutorial.html
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import nn
from torch.utils.data import DataLoader
from torchvision import datasets
from torchvision.transforms import ToTensor


class NeuralNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        self.flatten = nn.Flatten()
        layers = [nn.Linear(28 * 28, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)]
        self.linear_relu_stack = nn.Sequential(*layers)

    def forward(self, x):
        return self.linear_relu_stack(self.flatten(x))


@dataclass
class Record:
    """Everything that the procedure computed."""

    losses: list[float] = field(default_factory=list)
    evaluations: list[tuple[float, float]] = field(default_factory=list)
    text: str = ""
    weights: dict[str, torch.Tensor] = field(default_factory=dict)


def carry_out(root, *, epochs=1, batch_size=64, learning_rate=1e-3, seed=0):
    """Train as the tutorial does; `root` holds Fashion-MNIST."""
    training = datasets.FashionMNIST(root, train=True, download=False, transform=ToTensor())
    test = datasets.FashionMNIST(root, train=False, download=False, transform=ToTensor())
    train_loader = DataLoader(training, batch_size=batch_size)
    test_loader = DataLoader(test, batch_size=batch_size)
    torch.manual_seed(seed)
    model = NeuralNetwork()
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=learning_rate)
    record = Record()
    for epoch in range(epochs):
        record.text += f"Epoch {epoch + 1}\n-------------------------------\n"
        _train(train_loader, model, loss_fn, optimizer, record)
        _test(test_loader, model, loss_fn, record)
    record.text += "Done!\n"
    record.weights = model.state_dict()
    return record


def _train(loader, model, loss_fn, optimizer, record):
    size = len(loader.dataset)
    model.train()
    for batch, (images, labels) in enumerate(loader):
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        record.losses.append(loss.item())
        if batch % 100 == 0:
            value, current = loss.item(), (batch + 1) * len(images)
            record.text += f"loss: {value:>7f}  [{current:>5d}/{size:>5d}]\n"


def _test(loader, model, loss_fn, record):
    model.eval()
    total, correct = 0, 0
    with torch.no_grad():
        for images, labels in loader:
            logits = model(images)
            total += loss_fn(logits, labels).item()
            correct += (logits.argmax(1) == labels).type(torch.float).sum().item()
    average, accuracy = total / len(loader), correct / len(loader.dataset)
    record.evaluations.append((average, accuracy))
    record.text += f"Test Error: \n Accuracy: {(100 * accuracy):>0.1f}%, Avg loss: {average:>8f} \n\n"
