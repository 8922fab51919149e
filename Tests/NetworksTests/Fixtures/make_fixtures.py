"""Makes the fixtures of the Networks tests (PyTorch 2.13.0 on the CPU, h5py); run in this folder.

Inputs are drawn in single precision, results and gradients computed from them in double precision and rounded, so that
what is left between them and the library is the library's own rounding. Of each case: `in/NAME`, `out`, `cotangent` (the
gradient by the result) and `gradients/NAME`.

With the path of response_predictor.h5 as an argument, copies its figures in single precision as well.
"""
import sys
import h5py, torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(20260722)


def numbers(*shape, scale=1.0):
    return (scale * torch.randn(shape)).float().double()


def away_from_zero(*shape):
    """No number within 0.25 of the kink of a rectifier."""
    x = numbers(*shape)
    return (x + 0.25 * x.sign()).float().double()


def put(group, name, value):
    value = torch.as_tensor(value).detach()
    group[name] = value.numpy() if value.dtype == torch.int64 else value.float().numpy()


def case(name, function, **inputs):
    group = out_file.create_group(name)
    leaves = {key: value.clone().requires_grad_() for key, value in inputs.items()}
    out = function(**leaves)
    cotangent = numbers(*out.shape)
    gradients = torch.autograd.grad(out, list(leaves.values()), cotangent)
    for key, value in leaves.items():
        put(group, f"in/{key}", value)
    put(group, "out", out)
    put(group, "cotangent", cotangent)
    for key, value in zip(leaves, gradients):
        put(group, f"gradients/{key}", value)


def operations():
    for name, function in {
        "exp": torch.exp, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "gelu": F.gelu,
        "softmax": lambda x: F.softmax(x, -1), "logSoftmax": lambda x: F.log_softmax(x, -1),
    }.items():
        case(name, function, x=numbers(5, 9))
    case("log", torch.log, x=numbers(5, 9).abs() + 0.1)
    case("squareRoot", torch.sqrt, x=numbers(5, 9).abs() + 0.1)
    case("leakyReLU", lambda x: F.leaky_relu(x, 0.2), x=away_from_zero(5, 9))
    case("linear", F.linear, input=numbers(7, 9), weight=numbers(11, 9), bias=numbers(11))
    case("product", lambda a, b: a @ b.transpose(-1, -2), a=numbers(2, 3, 5, 7), b=numbers(2, 3, 4, 7))
    case("layerNorm", lambda x, weight, bias: F.layer_norm(x, (9,), weight, bias),
        x=numbers(7, 9), weight=numbers(9), bias=numbers(9))
    case("deviationNorm", deviation_norm, x=numbers(7, 9), weight=numbers(9), bias=numbers(9))
    case("batchNorm", lambda x, weight, bias: F.batch_norm(x, None, None, weight, bias, training=True),
        x=numbers(13, 9), weight=numbers(9), bias=numbers(9))
    for stride, padding in (1, 0), (2, 3):
        case(f"convolution{stride}{padding}",
            lambda x, weight, bias: F.conv1d(x, weight, bias, stride=stride, padding=padding),
            x=numbers(3, 4, 11), weight=numbers(5, 4, 3), bias=numbers(5))
    case("maximumPooled", lambda x: F.max_pool1d(x, 3, 2), x=numbers(2, 3, 10))
    case("maximum", lambda x: x.amax((0, 2)), x=numbers(3, 4, 5))
    case("mean", lambda x: x.mean((0, 2)), x=numbers(3, 4, 5))
    case("sum", lambda x: x.sum(1, keepdim=True), x=numbers(3, 4, 5))
    case("permuted", lambda x: x.permute(2, 0, 1), x=numbers(3, 4, 5))
    case("concatenated", lambda a, b: torch.cat((a, b), 1), a=numbers(3, 4, 5), b=numbers(3, 2, 5))
    case("slice", lambda x: x[:, 1:3], x=numbers(3, 4, 5))
    case("embedding", lambda table: F.embedding(torch.tensor([3, 0, 3, 6]), table), table=numbers(7, 5))
    case("crossEntropy", lambda x: F.cross_entropy(x, torch.tensor([0, -100, 4, 2, 2])), x=numbers(5, 6, scale=4))
    case("binaryCrossEntropy",
        lambda x: F.binary_cross_entropy_with_logits(x, torch.tensor([0.0, 1, 1, 0, 0.5, 1, 0, 1, 0]).expand(3, 9)),
        x=numbers(3, 9, scale=8))
    case("meanSquaredError", F.mse_loss, input=numbers(4, 9), target=numbers(4, 9))


def deviation_norm(x, weight, bias):
    """The normalisation of the molecule attention transformer: epsilon added to the unbiased deviation."""
    return weight * (x - x.mean(-1, keepdim=True)) / (x.std(-1, keepdim=True) + 1e-6) + bias


def batch_norm_state():
    """Three passes in training, then one in evaluation."""
    group = out_file.create_group("batchNormState")
    norm = torch.nn.BatchNorm1d(9)
    with torch.no_grad():
        norm.weight.copy_(numbers(9))
        norm.bias.copy_(numbers(9))
    put(group, "weight", norm.weight)
    put(group, "bias", norm.bias)
    for step in range(3):
        x = numbers(5 + step, 9, scale=2) + 1
        put(group, f"x{step}", x)
        put(group, f"out{step}", norm(x))
    put(group, "running_mean", norm.running_mean)
    put(group, "running_var", norm.running_var)
    norm.eval()
    x = numbers(4, 9).requires_grad_()
    out = norm(x)
    cotangent = numbers(4, 9)
    gradients = torch.autograd.grad(out, [x, norm.weight, norm.bias], cotangent)
    for name, value in zip(["x", "out", "cotangent", "byX", "byWeight", "byBias"], [x, out, cotangent, *gradients]):
        put(group, f"evaluation/{name}", value)


def gradient_penalty():
    """The mean of (|grad_x critic(x)| - 1)^2, whose gradient by the weights is of second order."""
    group = out_file.create_group("gradientPenalty")
    critic = torch.nn.Sequential(torch.nn.Linear(9, 16), torch.nn.LeakyReLU(0.2), torch.nn.Linear(16, 1))
    with torch.no_grad():
        for parameter in critic.parameters():
            parameter.copy_(numbers(*parameter.shape))
    while True:
        x = numbers(7, 9).requires_grad_()
        # The gates must not be near their kink, where rounding could turn them.
        if critic[0](x).abs().min() > 0.05:
            break
    gradient, = torch.autograd.grad(critic(x).sum(), x, create_graph=True)
    penalty = ((gradient.norm(2, dim=1) - 1) ** 2).mean()
    weights = [critic[0].weight, critic[2].weight]
    put(group, "x", x)
    put(group, "penalty", penalty)
    for name, parameter in critic.named_parameters():
        put(group, f"initial/{name}", parameter)
    for name, value in zip(["0.weight", "2.weight"], torch.autograd.grad(penalty, weights)):
        put(group, f"gradients/{name}", value)


def adam():
    """Five steps with decay of weights, each with a gradient of its own."""
    group = out_file.create_group("adam")
    parameter = torch.nn.Parameter(numbers(17))
    put(group, "initial", parameter)
    optimizer = torch.optim.Adam([parameter], lr=0.01, weight_decay=0.1)
    gradients = numbers(5, 17)
    put(group, "gradients", gradients)
    steps = []
    for gradient in gradients:
        parameter.grad = gradient.clone()
        optimizer.step()
        steps.append(parameter.detach().clone())
    put(group, "steps", torch.stack(steps))


def cosine():
    """Rates of 21 epochs; the schedule falls over the first ten."""
    optimizer = torch.optim.Adam([torch.nn.Parameter(numbers(1))], lr=3e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=10, eta_min=1e-4)
    rates = []
    for _ in range(21):
        rates.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
    out_file["cosine"] = torch.tensor(rates).numpy()


def copy_predictor(path):
    with h5py.File(path) as source, h5py.File("response_predictor.h5", "w") as copy:
        def visit(name, item):
            if isinstance(item, h5py.Dataset):
                value = item[()]
                copy[name] = value.astype("float32") if value.dtype == "float64" else value
        source.visititems(visit)
        copy.attrs["made_with"] = f"PyTorch {torch.__version__}"


with h5py.File("operations.h5", "w") as out_file:
    out_file.attrs["made_with"] = f"PyTorch {torch.__version__}"
    operations()
    batch_norm_state()
    gradient_penalty()
    adam()
    cosine()
if len(sys.argv) > 1:
    copy_predictor(sys.argv[1])
