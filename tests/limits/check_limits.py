#!/usr/bin/env python3
"""Every known limit in the README names the tests that pin it, and they exist.

Usage: check_limits.py README BUILD
"""
import json
import re
import subprocess
import sys

TEST = re.compile(r'`(\w+\.\w+)`')


def limits(readme):
    section = readme.split('\n## Limits\n')[1].split('\n## ')[0]
    return [' '.join(entry.split()) for entry in re.split(r'^- ', section, flags=re.M)[1:]]


def existing_tests(build):
    done = subprocess.run(['ctest', '--test-dir', build, '--show-only=json-v1'],
                          capture_output=True, text=True, check=True)
    return {test['name'] for test in json.loads(done.stdout)['tests']}


def problems(entries, existing):
    for entry in entries:
        named = TEST.findall(entry)
        if not named:
            yield f'no test is named: {entry}'
        for name in named:
            if name not in existing:
                yield f'there is no test {name}: {entry}'


def main(readme, build):
    with open(readme, encoding='utf-8') as file:
        entries = limits(file.read())
    found = list(problems(entries, existing_tests(build)))
    print('\n'.join(found) or f'{len(entries)} limits')
    return 1 if found or not entries else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
