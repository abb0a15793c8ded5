"""One open network of queues, simulated by the project's compiled kernel and by other people's engines.

One file an engine, each with ``run(network, until, warm_up, seed)``; ``open_network.py`` says what they all simulate
and what they all count. ``python -m bench.network ENGINE SEED`` runs one engine once and prints JSON.
"""
