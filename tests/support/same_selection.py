#!/usr/bin/env -S python3 -B
"""`omnitrace select` lists what -fomni-explain tells.

Usage: same_selection.py REMARKS OMNITRACE ARGUMENT...

Fails unless `omnitrace select --explain ARGUMENT...` lists the functions, verdicts and reasons of the
remarks in the file REMARKS, which holds what compilers printed in the working directory.
"""
import os
import re
import subprocess
import sys

REMARK = re.compile(r'(/?[^:\s][^:]*)(:\d+:\d+: )remark: omnitrace: (.*?)(?: \[-R[^]]*\])?$')


def short_path(path):
    """As select prints it: relative when it lies below the working directory."""
    path = os.path.normpath(os.path.join(os.getcwd(), path))
    return os.path.relpath(path) if path.startswith(os.getcwd() + '/') else path


def explained(file):
    with open(file, encoding='utf-8', errors='replace') as lines:
        found = [REMARK.match(line.rstrip('\n')) for line in lines]
    return {short_path(match[1]) + match[2] + match[3] for match in found if match}


def selected(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return set(done.stdout.splitlines())


def main():
    remarks, omnitrace, *arguments = sys.argv[1:]
    one, other = explained(remarks), selected([omnitrace, 'select', '--explain', *arguments])
    for line in sorted(one - other):
        print('only explained: ', line)
    for line in sorted(other - one):
        print('only selected: ', line)
    print(f'{len(one)} remarks, {len(other)} lines of select {" ".join(arguments)}')
    return 0 if one and one == other else 1


if __name__ == '__main__':
    sys.exit(main())
