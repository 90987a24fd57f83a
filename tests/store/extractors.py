"""Stand-ins for half one, importable in worker processes: what they do stands in the item's bytes."""

import os
import signal
import time
from pathlib import Path

from reportedly.batch.pool import Extract
from reportedly.errors import ModelError
from reportedly.read import page_id
from reportedly.settings import Settings
from reportedly.types import Item, Reason, Record, Reject, Stage
from tests.store import samples


class Scripted:
    """Does what the item says: hang, die, abort, refuse, be slow; anything else gives a record."""

    def extract(self, item: Item) -> Record | Reject:
        words = item.data.decode().split()
        if "hang" in words:
            time.sleep(600)
        if "die" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "abort" in words:
            os.abort()
        if "eat" in words:
            bytearray(1_500_000_000)
        if "no-model" in words:
            raise ModelError("the model is damaged")
        if "slow" in words:
            time.sleep(0.2)
        if "refuse" in words:
            return Reject(Stage.PAGE, Reason.NO_STORY, item.name, "no story")
        return samples.record(item.name, key=page_id(item))


def scripted(settings: Settings) -> Extract:
    return Scripted().extract


def unable(settings: Settings) -> Extract:
    raise ModelError("the model is missing")


def dead(settings: Settings) -> Extract:
    os._exit(3)


def counted(settings: Settings) -> Extract:
    """Leaves a file behind for each worker that starts, in the folder named by the environment."""
    Path(os.environ["REPORTEDLY_TEST_STARTS"], str(os.getpid())).touch()
    return Scripted().extract
