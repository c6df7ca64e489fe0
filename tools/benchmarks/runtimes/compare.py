"""An exported model in this project's form, frozen, and in other runtimes, by turns.

Usage: compare.py MODELS NETWORK --java "COMMAND ..." [--rounds N] [--threads N]

MODELS is the folder that ServedModels wrote. Each runner is a process of its own; they take turns of about a
third of a second, in alternating order. Prints, for pixels and JPEG files and batches of 1 and 32, the median
of the times and of the processor times per call, and the quotient of processor times with the best other runtime.
"""

import argparse
import pathlib
import shlex
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TURN_MS = 300
TOLERANCE = 1e-4


class Runner:
    def __init__(self, command, label):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        name = self.line()
        self.name = f"{label} ({name})" if label else name
        self.logits = [float(value) for value in self.line().split()]
        self.cpu, self.millis = [], []

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit("a runner ended; see its messages above")
        return line.strip()

    def turn(self, calls, keep=True):
        self.process.stdin.write(f"{calls}\n")
        self.process.stdin.flush()
        cpu, *millis = [float(value) for value in self.line().split()]
        if keep:
            self.cpu.append(cpu)
            self.millis.extend(millis)
        return statistics.median(millis)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def agree(runners):
    want = runners[0].logits
    for runner in runners:
        largest = max(abs(value) for value in want)
        worst = max(abs(a - b) for a, b in zip(runner.logits, want, strict=True)) / max(1, largest)
        if not worst <= TOLERANCE:
            sys.exit(f"{runner.name} gives other logits: they differ by {worst:.1e}")


def case(arguments, kind, count):
    folder = pathlib.Path(arguments.models) / arguments.network
    requests = folder / kind
    variables, frozen = folder / "model" / "1", folder / "frozen" / "1"
    java = shlex.split(arguments.java)
    runners = []

    def start(command, label):
        runners.append(Runner([str(word) for word in command], label))

    tail = [kind, requests, count, arguments.threads]
    start([*java, variables, *tail], "variables")
    start([*java, frozen, *tail], "frozen")
    for runtime in ("OpenVINO", "onnxruntime"):
        start([sys.executable, HERE / "peer.py", runtime, variables, *tail], "")
    if kind == "PIXELS":
        start([sys.executable, HERE / "peer.py", "TensorFlow", frozen, *tail], "frozen")
    agree(runners)
    calls = {}
    for runner in runners:
        typical = runner.turn(max(3, int(1000 / runner.turn(3, keep=False))), keep=False)
        calls[runner.name] = max(3, min(2000, int(TURN_MS / typical)))
    for turn in range(arguments.rounds):
        for runner in runners if turn % 2 == 0 else reversed(runners):
            runner.turn(calls[runner.name])
    print(f"\n{arguments.network}, {kind}, batch {count}, {arguments.threads} threads, {arguments.rounds} rounds")
    others = [statistics.median(runner.cpu) for runner in runners[2:4]]
    for runner in runners:
        cpu = statistics.median(runner.cpu)
        print(f"  {runner.name:42s} {statistics.median(runner.millis):9.3f} ms   CPU {cpu:9.3f} ms"
              f"   {cpu / min(others):5.2f} of the best other runtime", flush=True)
    for runner in runners:
        runner.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models")
    parser.add_argument("network")
    parser.add_argument("--java", required=True, help="the command that starts SessionPeer")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    for kind in ("PIXELS", "FILES"):
        for count in (1, 32):
            case(arguments, kind, count)


main()
