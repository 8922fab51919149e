"""Makes python.safetensors and weights.safetensors (safetensors 0.8.0, numpy 2.4.6). Run in this folder.

swift.safetensors is written by SafetensorsTests: `THERAPI_RECORD_CHECKPOINT=1 swift test --disable-xctest --filter
SafetensorsTests` writes it anew.
"""
import numpy as np
from safetensors import TensorSpec, serialize_file
from safetensors.numpy import save_file

brain = np.array([0x3FC0, 0xC040, 0x7F80, 0x7FC1], "<u2")
tensors = {
    "float": np.array([[0.5, -0.0, 1e-45], [3.4028235e38, np.inf, -np.inf]], "<f4"),
    "nan": np.array([0x7FC00001, 0xFFC12345, 0x7F800001], "<u4").view("<f4"),
    "double": np.array([0.1, -1e300, 5e-324]),
    "half": np.array([1.5, -0.25, 6e-8, 65504, np.inf, -0.0], "<f2"),
    "long": np.array([[-(2**63)], [2**63 - 1]], "<i8"),
    "int": np.array([-(2**31), 2**31 - 1], "<i4"),
    "byte": np.array([0, 255, 7], "u1"),
    "scalar": np.array(42, "<i8"),
    "empty": np.zeros((0, 4), "<f4"),
    "décoder.\"0\"\n\U0001f9ec": np.array([1], "<f4"),
}
specs = {n: TensorSpec(dtype=t.dtype.name, shape=t.shape, data_ptr=t.ctypes.data, data_len=t.nbytes) for n, t in tensors.items()}
specs["brain"] = TensorSpec(dtype="bfloat16", shape=[2, 2], data_ptr=brain.ctypes.data, data_len=brain.nbytes)
serialize_file(specs, "python.safetensors", {"made by": "safetensors 0.8.0\t\"é\"/\\"})

# Only what the Swift writer writes: its bytes must be these.
save_file({
    "decoder.0.bias": np.array([0.25, -1], "<f4"), "decoder.0.weight": np.arange(6, dtype="<f4").reshape(2, 3),
    "steps": np.array(42, "<i8"), "loss": np.array([0.1, 0.2]), "Zürich": np.zeros((0, 2), "<f4"),
}, "weights.safetensors", {"preset": "pa\"per\n\x01é/"})
