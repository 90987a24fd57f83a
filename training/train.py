"""The training loop: AdamW, linear decay, a running mean of the weights, checkpoints to resume from."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.config import Config
from training.data import label
from training.layers import Names
from training.loss import Batch, collate, joint_loss
from training.measure import Figures, measure, measure_trees
from training.mixture import Data, epoch
from training.network import Network, build

ANNOTATORS = 32
"""Most annotators that a corpus may have, 0 standing for an unknown one."""


class Run:
    """A training run with its folder: checkpoint.pt (to resume from), log.jsonl, best.pt."""

    def __init__(self, config: Config, folder: Path, names: Names) -> None:
        torch.manual_seed(config.train.seed)
        torch.set_num_threads(config.train.threads)
        self.config = config
        self.folder = folder
        self.names = names
        self.annotators = ANNOTATORS if config.trial.annotators else 0
        self.network = build(config.model, names, self.annotators)
        self._hold_still()
        self.mean = {name: value.detach().clone() for name, value in self.network.named_parameters()}
        self.step = 0
        self.best = -1.0
        self.seconds = 0.0
        self.optimizer = torch.optim.AdamW(self._groups(), fused=True)
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / "checkpoint.pt").exists():
            self._restore()

    def _hold_still(self) -> None:
        """Leave at zero what the configuration does not want learned."""
        for embedding in self.network.features:
            embedding.requires_grad_(self.config.model.features)
        self.network.transitions.requires_grad_(self.config.model.chain)
        learned = tuple(self.config.model.learns)
        for name, value in self.network.named_parameters():
            if learned and not name.startswith(learned):
                value.requires_grad_(False)

    def _groups(self) -> list[dict[str, Any]]:
        rates: dict[tuple[float, bool], list[Tensor]] = {}
        fresh = ("features", "emit", "dependent", "head", "heads", "transitions", "distances", "no_cue")
        for name, value in self.network.named_parameters():
            rate = self.config.train.head_rate if name.startswith(fresh) else self.config.train.encoder_rate
            if not value.requires_grad:
                continue
            decays = value.dim() > 1 and not name.startswith(("transitions", "distances"))
            rates.setdefault((rate, decays), []).append(value)
        decay = self.config.train.weight_decay
        return [
            {"params": values, "lr": rate, "rate": rate, "weight_decay": decay if decays else 0.0}
            for (rate, decays), values in rates.items()
        ]

    def train(self, data: Data, stop_after: int | None = None) -> None:
        """Train to the end, or for ``stop_after`` steps, from wherever the last checkpoint stands."""
        begun, stop = self.step, None if stop_after is None else self.step + stop_after
        steps = len(epoch(data, self.config, 0))
        total = steps * self.config.train.epochs
        for number, batch, last in self._batches(data, steps):
            if stop is not None and self.step >= stop:
                break
            started = time.perf_counter()
            figures = self._update(batch, total)
            self.seconds += time.perf_counter() - started
            if self.step % 20 == 0:
                self._log({"step": self.step, "of": total, "epoch": number, **figures})
            if self.step % self.config.train.checkpoint_steps == 0:
                self.save()
            if last:
                self._judge(data, number)
        if self.step > begun:
            self.save()

    def _batches(self, data: Data, steps: int) -> Iterator[tuple[int, Batch, bool]]:
        """Yield (epoch, batch, whether it is the epoch's last), leaving out those already learned from."""
        done, skip = 0, self.step
        for number in range(self.config.train.epochs):
            batches = epoch(data, self.config, number)
            # epochs differ by a few batches, because seams move; the schedule counts the first one's
            batches = batches[:steps] + batches[: max(0, steps - len(batches))]
            for at, batch in enumerate(batches):
                done += 1
                if done > skip:
                    yield number, collate(batch), at == len(batches) - 1

    def _update(self, batch: Batch, total: int) -> Figures:
        self.network.train()
        self._set_rates(total)
        found = joint_loss(self.network, batch, self.config.tasks, self.config.train.link_weight)
        if "words" in found:
            found["words"] = self.config.trial.words * found["words"]
        loss = torch.stack(list(found.values())).sum() if found else torch.zeros(())
        if not loss.requires_grad:  # nothing to learn from these windows, such as names of no kind of ours
            self.step += 1
            return {}
        self.optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward([loss])
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.config.train.clip)
        self.optimizer.step()
        self.step += 1
        self._average()
        return {name: round(value.item(), 4) for name, value in [*found.items(), ("norm", norm)]}

    def _set_rates(self, total: int) -> None:
        warm = max(1, int(total * self.config.train.warmup))
        share = min((self.step + 1) / warm, max(0.0, (total - self.step) / max(1, total - warm)))
        for group in self.optimizer.param_groups:
            group["lr"] = group["rate"] * share

    @torch.no_grad()
    def _average(self) -> None:
        decay = min(self.config.train.ema, (1 + self.step) / (10 + self.step))
        for name, value in self.network.named_parameters():
            self.mean[name].lerp_(value, 1 - decay)

    def averaged(self) -> Network:
        """Return a network with the running mean of the weights."""
        network = Network(self.config.model, self.names, self.annotators)
        network.load_state_dict(self.mean)
        network.eval()
        return network

    def _judge(self, data: Data, number: int) -> None:
        """Measure a round's mean weights, then their mean with the round's before; keep the best.

        Best on the held-out articles, where the mean of two was better than either (Izmailov et al. 2018).
        """
        state = torch.get_rng_state()
        network = self.averaged()
        before = self.folder / "round.pt"
        states = [network.state_dict()]
        if number and before.exists():
            states.append(torch.load(before, weights_only=True))
        self._compare(network, data, {"epoch": number})
        if len(states) > 1:
            both = {name: (value + states[1][name]) / 2 for name, value in states[0].items()}
            network.load_state_dict(both)
            self._compare(network, data, {"epoch": number, "mean of": 2})
        torch.save(self.averaged().state_dict(), before)
        torch.set_rng_state(state)

    def _compare(self, network: Network, data: Data, row: dict[str, Any]) -> None:
        """Measure a network and keep it if it is the best so far on the held-out articles."""
        held = measure(network, [label(document, data.tokenizer) for document in data.held_out])
        dev = measure(network, [label(document, data.tokenizer) for document in data.dev])
        trees = measure_trees(network, data)
        self._log(row | {"dev": dev, "held_out": held, "trees_dev": trees})
        mark = held["source"] + held["cue"] + held["content"]
        if mark > self.best:
            self.best = mark
            self._keep(network, dev | trees)

    def _keep(self, network: Network, dev: Figures) -> None:
        state = {"network": network.state_dict(), "step": self.step, "dev": dev, "names": asdict(self.names)}
        fresh = self.folder / "best.new"
        torch.save(state, fresh)
        fresh.replace(self.folder / "best.pt")

    def save(self) -> None:
        """Write checkpoint.pt, whole or not at all."""
        state = {
            "hash": self.config.hash,
            "network": self.network.state_dict(),
            "mean": self.mean,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "step": self.step,
            "best": self.best,
            "seconds": self.seconds,
            "names": asdict(self.names),
        }
        fresh = self.folder / "checkpoint.new"
        torch.save(state, fresh)
        fresh.replace(self.folder / "checkpoint.pt")

    def _restore(self) -> None:
        state = torch.load(self.folder / "checkpoint.pt", weights_only=True)
        if state["hash"] != self.config.hash:
            raise ValueError(f"{self.folder} holds a run of another configuration, {state['hash']}")
        self.network.load_state_dict(state["network"])
        self.mean = state["mean"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        self.step, self.best, self.seconds = state["step"], state["best"], state["seconds"]

    def _log(self, row: dict[str, Any]) -> None:
        text = json.dumps(row | {"seconds": round(self.seconds, 1)})
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(text + "\n")
        print(text, flush=True)
