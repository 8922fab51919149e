"""Makes csg2a.h5 (single precision) and the three checkpoints from the golden figures of PyTorch 2.13.

Usage: python make_csg2a.py FOLDER-OF-GOLDEN
"""

import sys
from pathlib import Path

import h5py
import numpy as np
import torch
from safetensors.torch import save_file

golden, here = Path(sys.argv[1]), Path(__file__).resolve().parent

with h5py.File(golden / "csg2a.h5") as source, h5py.File(here / "csg2a.h5", "w", libver=("earliest", "v108")) as out:

    def copy(name, item):
        if isinstance(item, h5py.Dataset):
            out.create_dataset(name, data=np.asarray(item[()], dtype=np.float32))

    source.visititems(copy)

state = torch.load(golden / "csg2a_pretrained.pt", weights_only=True)
torch.save(state, here / "csg2a.pt")
torch.save(state, here / "csg2a-legacy.pt", _use_new_zipfile_serialization=False)
save_file({name: tensor.contiguous() for name, tensor in state.items()}, here / "csg2a.safetensors")
