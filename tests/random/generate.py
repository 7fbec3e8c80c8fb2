#!/usr/bin/env -S python3 -B
"""Prints a random C++ program, the same for the same seed and size.

Usage: generate.py --seed N [--size N] > program.cc
It is compiled with -I of this folder. A smaller size gives another, smaller program.
"""
import argparse

import program


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--seed', type=int, required=True)
    parser.add_argument('--size', type=int, default=1)
    options = parser.parse_args()
    print(program.generate(options.seed, options.size), end='')


if __name__ == '__main__':
    main()
