"""Shared by all peers: the images, and the protocol with the benchmark."""

import resource
import sys
import time

import numpy as np

CLASSES = 4
COUNT = 4096


def add_options(parser):
    parser.add_argument("--device", choices=["cpu", "gpu"], default="cpu")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--stem", choices=["pooled", "small"], required=True)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--threads", type=int, default=0)


def images(size):
    """Noise whose mean tells the class: [COUNT, size, size, 3] uint8, [COUNT] int64."""
    random = np.random.default_rng(1)
    labels = np.arange(COUNT, dtype=np.int64) % CLASSES
    centre = 60 + 45 * labels[:, None, None, None]
    noise = random.integers(-40, 41, (COUNT, size, size, 3))
    return np.clip(centre + noise, 0, 255).astype(np.uint8), labels


def serve(make_step, options, start):
    """Answers each line "N" on standard input by running N steps; ends with the input."""
    step = make_step()
    order = np.random.default_rng(2)

    def turn(steps):
        before, cpu = time.perf_counter(), time.process_time()
        for _ in range(steps):
            step.run(order.integers(0, COUNT, options.batch))
        loss = step.mean_loss(steps)
        return time.perf_counter() - before, time.process_time() - cpu, loss

    turn(1)
    print(f"ready {time.time() - start:.3f} {step.version()}", flush=True)
    for line in sys.stdin:
        seconds, cpu, loss = turn(int(line))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{seconds:.6f} {cpu:.6f} {loss:.4f} {peak:.0f}", flush=True)
