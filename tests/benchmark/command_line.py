"""What the benchmarks' scripts are told."""
import argparse
import tempfile


def parse(calls, checked_calls, runs=5, on_disk=True):
    """`calls` and `runs` are the defaults; --check is one run of `checked_calls`."""
    parser = argparse.ArgumentParser()
    parser.add_argument('build')
    parser.add_argument('--runs', type=int)
    parser.add_argument('--calls', type=int)
    if on_disk:
        parser.add_argument('--folder', default=tempfile.gettempdir())
    parser.add_argument('--write', metavar='README')
    parser.add_argument('--check', action='store_true')
    options = parser.parse_args()
    options.runs = options.runs or (1 if options.check else runs)
    options.calls = options.calls or (checked_calls if options.check else calls)
    return options
