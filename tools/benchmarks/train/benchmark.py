"""Training throughput: OpenMargin and its peers take turns on one machine. See README.md."""

import argparse
import datetime
import json
import os
import re
import statistics
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# name of the setting: size, stem, batch, steps per turn on a CPU
SETTINGS = {
    "28px": (28, "pooled", 64, 10),
    "32px": (32, "small", 64, 2),
    "64px": (64, "pooled", 64, 4),
    "28px-256": (28, "pooled", 256, 4),
    "32px-256": (32, "small", 256, 1),
}
# name of a peer: script, options, precision
PEERS = {
    "openmargin float32": ("java", [], "float32"),
    "openmargin bfloat16": ("java", [], "bfloat16"),
    "pytorch eager": ("pytorch_peer.py", [], "float32"),
    "pytorch eager channels_last": ("pytorch_peer.py", ["--layout", "channels_last"], "float32"),
    "pytorch compile": ("pytorch_peer.py", ["--layout", "channels_last", "--compile"], "float32"),
    "pytorch eager bfloat16": ("pytorch_peer.py", ["--layout", "channels_last"], "bfloat16"),
    "pytorch compile bfloat16": (
        "pytorch_peer.py",
        ["--layout", "channels_last", "--compile"],
        "bfloat16",
    ),
    "keras": ("keras_peer.py", [], "float32"),
    "keras jit_compile": ("keras_peer.py", ["--compile"], "float32"),
    "keras bfloat16": ("keras_peer.py", [], "bfloat16"),
}


class Peer:
    """A process that runs a turn of steps on request."""

    def __init__(self, name, setting, options):
        size, stem, batch, turn = SETTINGS[setting]
        script, extra, precision = PEERS[name]
        self.name = name
        self.turn_steps = turn * options.turn_factor
        self.batch = batch
        if script == "java":
            command = options.openmargin.split("\x1f") + [
                options.device, str(size), stem, str(batch), precision, "0", str(self.turn_steps),
            ]
        else:
            command = [options.python, str(HERE / "peers" / script), "--device", options.device,
                       "--size", str(size), "--stem", stem, "--batch", str(batch),
                       "--precision", precision, *extra]
        self.errors = open(options.logs / f"{setting}-{name.replace(' ', '-')}.log", "w+")
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True
        )
        self.turns = []

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} ended: see {self.errors.name}")
        return line.split()

    def start(self):
        words = self.answer()
        if words[0] != "ready":
            raise RuntimeError(f"{self.name} said {words}")
        self.first_step = float(words[1])
        self.version = " ".join(words[2:])

    def turn(self):
        self.process.stdin.write(f"{self.turn_steps}\n")
        self.process.stdin.flush()
        seconds, cpu, loss, peak = map(float, self.answer())
        return {"ms": seconds * 1000 / self.turn_steps, "cpu_ms": cpu * 1000 / self.turn_steps,
                "loss": loss, "peak_mib": peak}

    def close(self):
        self.process.stdin.close()
        self.process.wait(60)
        self.errors.close()


def run(setting, names, options):
    peers = []
    for name in names:
        peer = Peer(name, setting, options)
        try:
            peer.start()
        except RuntimeError as e:
            print(f"  left out: {e}", flush=True)
            peer.process.kill()
            continue
        for _ in range(options.warm_up):
            peer.turn()
        peers.append(peer)
        print(f"  {name}: first step after {peer.first_step:.1f} s ({peer.version})", flush=True)
    try:
        for number in range(options.rounds):
            for peer in peers if number % 2 == 0 else reversed(peers):
                peer.turns.append(peer.turn())
            print("  round", number + 1, "  ".join(f"{p.turns[-1]['ms']:.1f}" for p in peers),
                  flush=True)
    finally:
        for peer in peers:
            peer.close()
    return peers


def table(setting, peers):
    size, stem, batch, _ = SETTINGS[setting]
    ours = next((p for p in peers if p.name == "openmargin float32"), None)
    lines = [
        f"ResNet-18, {stem} stem, {size} px, batch {batch}, crop and flip, softmax, Adam:"
        " medians; speed of OpenMargin in float32 (and in bfloat16) / the peer's: median of the"
        " rounds",
        "",
        "| | images/s | ms/step | quartiles | CPU ms/step | first step s | peak MiB | loss |"
        " OpenMargin is | in bfloat16 |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    half = next((p for p in peers if p.name == "openmargin bfloat16"), None)
    for peer in peers:
        ms = [t["ms"] for t in peer.turns]
        low, middle, high = statistics.quantiles(ms, n=4, method="inclusive")
        ratios = [ratio(peer, p) for p in (ours, half)]
        lines.append(
            f"| {peer.name} | {batch * 1000 / middle:.0f} | {middle:.1f} | {low:.1f}, {high:.1f} |"
            f" {statistics.median(t['cpu_ms'] for t in peer.turns):.1f} | {peer.first_step:.1f} |"
            f" {peer.turns[-1]['peak_mib']:.0f} | {peer.turns[-1]['loss']:.3f} |"
            f" {ratios[0]} | {ratios[1]} |"
        )
    return "\n".join(lines)


def ratio(peer, ours):
    if ours is None:
        return "-"
    pairs = zip(peer.turns, ours.turns)
    return f"{statistics.median(theirs['ms'] / own['ms'] for theirs, own in pairs):.2f} x"


def hardware(device):
    text = Path("/proc/cpuinfo").read_text()
    cpu = re.search(r"model name\s*:\s*(.*)", text).group(1).strip()
    flags = set(re.search(r"flags\s*:\s*(.*)", text).group(1).split())
    known = [f for f in ("avx2", "avx512f", "avx512_bf16", "amx_bf16") if f in flags]
    memory = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text()).group(1))
    line = f"{cpu}, {os.cpu_count()} cores, {' '.join(known)}, {memory / 2**20:.0f} GiB"
    if device == "gpu":
        query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
        return f"{subprocess.check_output(query, text=True).strip()}; {line}"
    return line


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--openmargin", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--python", default=sys.executable, help=argparse.SUPPRESS)
    parser.add_argument("--revision", default="unknown", help=argparse.SUPPRESS)
    parser.add_argument("--logs", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, required=True, help="text file of the results")
    parser.add_argument("--device", choices=["cpu", "gpu"], default="cpu")
    parser.add_argument("--settings", default="28px,32px,64px", help=", ".join(SETTINGS))
    parser.add_argument("--peers", default=",".join(PEERS), help="; ".join(PEERS))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--warm-up", type=int, default=1, help="unmeasured turns of each at the start")
    parser.add_argument("--turn-factor", type=int, default=1, help="longer turns, for a GPU")
    options = parser.parse_args()

    results = [
        "Training throughput: OpenMargin and its peers take turns",
        f"hardware: {hardware(options.device)}",
        f"date: {datetime.date.today()}",
        f"load before the start: {os.getloadavg()[0]:.2f}",
    ]
    raw = {}
    for setting in options.settings.split(","):
        print(setting, flush=True)
        peers = run(setting, options.peers.split(","), options)
        versions = dict.fromkeys(
            p.version if p.version != "OpenMargin" else f"OpenMargin {options.revision}"
            for p in peers
        )
        if len(results) == 4:
            results.append("versions: " + ", ".join(versions))
            results.append("command: tools/benchmarks/train/run " + " ".join(shown()))
        results += ["", table(setting, peers)]
        raw[setting] = {p.name: [round(t["ms"], 2) for t in p.turns] for p in peers}
        write(options.out, "\n".join(results) + "\n\nms/step of every turn\n\n" + lists(raw))
    print("\n".join(results))


def lists(raw):
    return "".join(
        f"{setting} {name}: {' '.join(map(str, turns))}\n"
        for setting, peers in raw.items()
        for name, turns in peers.items()
    )


def shown():
    """The arguments of the run script."""
    return json.loads(os.environ.get("BENCHMARK_ARGUMENTS", "[]"))


def write(path, text):
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text)
    unfinished.replace(path)


if __name__ == "__main__":
    main()
