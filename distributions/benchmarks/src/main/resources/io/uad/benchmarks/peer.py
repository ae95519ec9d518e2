"""Does one piece of work with the Python original's code and prints one line of JSON.

    python3 peer.py PIECE FOLDER THREADS [ARGUMENT ...]

FOLDER holds uad_reference.py: the original's behaviour on PyTorch, Faiss and torchvision.
"""
import json
import os
import resource
import shutil
import sys
import tempfile
import time

piece, folder, threads = sys.argv[1], sys.argv[2], sys.argv[3]
arguments = sys.argv[4:]
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = threads
sys.path.insert(0, folder)

import numpy as np
import torch
import torch.nn.functional as F
import faiss
import uad_reference as original

torch.set_num_threads(int(threads))
faiss.omp_set_num_threads(int(threads))


def answer(value, **more):
    print(json.dumps({"value": value, **more}))


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def matrix(path, columns):
    return np.fromfile(path, dtype=np.float32).reshape(-1, columns)


def timed(call, images, calls):
    for _ in range(2):
        call()
    began = time.time()
    for _ in range(calls):
        call()
    answer(images * calls / (time.time() - began))


def network(work, size, batch, calls, memory_format):
    size, batch, calls = int(size), int(batch), int(calls)
    torch.manual_seed(0)
    net = original.AlexNet(size, True)
    net.new_head(1000)
    x = torch.randn(batch, 3, size, size)
    if memory_format == "channels_last":
        net = net.to(memory_format=torch.channels_last)
        x = x.contiguous(memory_format=torch.channels_last)
    labels = torch.randint(0, 1000, (batch,))
    weights = torch.ones(batch)
    sgd = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-5)

    def step():
        loss = (F.cross_entropy(net(x), labels, reduction="none") * weights).mean()
        sgd.zero_grad(set_to_none=True)
        loss.backward()
        sgd.step()

    def forward():
        with torch.no_grad():
            net.embed(x)

    net.train(work == "train")
    timed(step if work == "train" else forward, batch, calls)


def sgemm(side, calls):
    a, b = torch.randn(int(side), int(side)), torch.randn(int(side), int(side))
    a @ b
    began = time.time()
    for _ in range(int(calls)):
        a @ b
    answer(2e-9 * int(side) ** 3 * int(calls) / (time.time() - began))


def load(root, transform):
    tree = original.ImageTree(root)
    chosen = original.eval_transform(224) if transform == "eval" else original.train_transform(224)
    view = original.View(tree, chosen)
    for i in range(20):
        view[i]
    began = time.time()
    for i in range(len(view)):
        view[i]
    answer(len(view) / (time.time() - began))


def pca(path, columns, components):
    x = matrix(path, int(columns))
    began = time.time()
    original.whiten(x, int(components), 0, "eigh")
    answer(time.time() - began)


def kmeans(path, columns, k, iterations):
    x = matrix(path, int(columns))
    began = time.time()
    _, distances, _, _ = original.kmeans(x, int(k), int(iterations))
    answer(time.time() - began, quality=float(distances.sum(dtype=np.float64)))


def graph(path, columns, count):
    x = matrix(path, int(columns))
    began = time.time()
    distances, indices = original.neighbour_graph(x, int(count))
    labels = original.power_iteration_clusters(distances, indices)
    answer(time.time() - began, quality=float(labels.max() + 1))


def epoch(root, size, batch, k):
    found = {}
    draw = original.balanced_draw

    def noticing(*given):
        found["peak"] = peak()  # the last thing before the network is trained
        return draw(*given)

    original.balanced_draw = noticing
    folder_of_run = tempfile.mkdtemp()
    sys.argv = [
        "original", root, "--size", size, "--sobel", "--k", k, "--epochs", "1", "--batch", batch,
        "--workers", threads, "--threads", threads, "--pca-solver", "eigh", "--sampler", "uniform",
        "--exp", folder_of_run]
    out, sys.stdout = sys.stdout, open(os.devnull, "w")
    began = time.time()
    original.main()
    seconds = time.time() - began
    sys.stdout = out
    shutil.rmtree(folder_of_run)
    answer(seconds, peakMiB=found["peak"])


{
    "network": network, "sgemm": sgemm, "load": load, "pca": pca, "kmeans": kmeans, "graph": graph, "epoch": epoch,
    "nothing": lambda: answer(0),
}[piece](*arguments)
